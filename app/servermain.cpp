#include "server.h"

int main(int argc, char **argv)
{
    const auto settings = dockerauto::app::beginProgram(argc, argv);
    return settings ? dockerauto::app::runServer(argc, argv, *settings) : settings.error();
}
