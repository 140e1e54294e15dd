# Compile settings that hold for every target of the project.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_program(DOCKERAUTO_CCACHE ccache)
if(DOCKERAUTO_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${DOCKERAUTO_CCACHE}")
endif()

# mold links an executable in a fraction of the time of bfd; nothing depends on it.
find_program(DOCKERAUTO_MOLD mold)
if(DOCKERAUTO_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

include(CheckPIESupported)
check_pie_supported()

add_library(dockerauto_settings INTERFACE)
target_compile_definitions(dockerauto_settings INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_KEYWORDS
    QT_NO_FOREACH
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_USE_QSTRINGBUILDER
    _GLIBCXX_ASSERTIONS
    DOCKERAUTO_VERSION="${PROJECT_VERSION}")
target_compile_options(dockerauto_settings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Werror
    -fstack-protector-strong -fstack-clash-protection)
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT DOCKERAUTO_SANITIZE)
    target_compile_definitions(dockerauto_settings INTERFACE _FORTIFY_SOURCE=2)
endif()
target_link_options(dockerauto_settings INTERFACE -Wl,-z,relro,-z,now)
if(DOCKERAUTO_SANITIZE)
    add_compile_options(-fsanitize=${DOCKERAUTO_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${DOCKERAUTO_SANITIZE})
endif()
if(DOCKERAUTO_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
endif()
