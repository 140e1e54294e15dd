#include "operations.h"

#include <iostream>
#include <string>

/// Reads one request a line and answers each with one line, in order, until the input ends.
int main()
{
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << dockerauto::probe::answer(line) << '\n' << std::flush;
    }
    return 0;
}
