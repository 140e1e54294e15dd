# dockerauto_add_module(<name> SOURCES … HEADERS … [QOBJECTS] [PUBLIC …] [PRIVATE …])
#
# One static library for the folder that calls it: public headers under include/, private ones and the
# sources under src/. Only include/ reaches other modules, and the root of the repository is on no include
# path, so a header of a module that is not linked cannot be included. The headers join a file set, so that
# the target all_verify_interface_header_sets proves that each compiles alone. QOBJECTS turns moc on.
function(dockerauto_add_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "QOBJECTS" "" "SOURCES;HEADERS;PUBLIC;PRIVATE")
    add_library(dockerauto_${name} STATIC)
    add_library(DockerAuto::${name} ALIAS dockerauto_${name})
    target_sources(dockerauto_${name}
        PRIVATE ${arg_SOURCES}
        PUBLIC FILE_SET HEADERS BASE_DIRS "${CMAKE_CURRENT_SOURCE_DIR}/include" FILES ${arg_HEADERS})
    target_include_directories(dockerauto_${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")
    target_link_libraries(dockerauto_${name}
        PUBLIC ${arg_PUBLIC}
        PRIVATE ${arg_PRIVATE} dockerauto_settings)
    set_target_properties(dockerauto_${name} PROPERTIES
        VERIFY_INTERFACE_HEADER_SETS ON
        AUTOMOC ${arg_QOBJECTS})
endfunction()

# dockerauto_add_test(<name> LABEL <label> SOURCES … LIBRARIES … [TIMEOUT s] [ENVIRONMENT …])
#
# One Qt Test executable, run by ctest under one label and built by the target tests_<label>. Tests that use the
# one engine of the test run, or measure what a window does in time, do not run beside each other.
function(dockerauto_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT" "SOURCES;LIBRARIES;ENVIRONMENT")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} Qt6::Test dockerauto_settings)
    set_target_properties(${name} PROPERTIES AUTOMOC ON
        RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    add_test(NAME ${name} COMMAND ${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;${arg_ENVIRONMENT}")
    if(arg_LABEL MATCHES "^(integration|contract|e2e)$")
        set_tests_properties(${name} PROPERTIES RESOURCE_LOCK engine)
    elseif(arg_LABEL STREQUAL "gui")
        set_tests_properties(${name} PROPERTIES RESOURCE_LOCK screen)
    elseif(arg_LABEL STREQUAL "benchmark")
        set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
    endif()
    if(NOT TARGET tests_${arg_LABEL})
        add_custom_target(tests_${arg_LABEL})
    endif()
    add_dependencies(tests_${arg_LABEL} ${name})
endfunction()
