#include "desktop.h"
#include "server.h"

int main(int argc, char **argv)
{
    using namespace dockerauto::app;
    const auto settings = beginProgram(argc, argv);
    if (!settings) {
        return settings.error();
    }
    // Decided before any application object exists: the server must not need a display.
    return settings->mode == Settings::Mode::Server ? runServer(argc, argv, *settings)
                                                    : runDesktop(argc, argv, *settings);
}
