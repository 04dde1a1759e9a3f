# How every knotmap target is compiled. Settings are per target, never global.

set(KM_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wformat=2 -Wstrict-prototypes
                -Wvla)

# km_target(NAME): language level, warnings, sanitizers and hardening for one target.
function(km_target name)
    set_target_properties(${name} PROPERTIES
        C_STANDARD 17
        C_STANDARD_REQUIRED ON
        C_EXTENSIONS OFF
        POSITION_INDEPENDENT_CODE ON)
    target_compile_definitions(${name} PRIVATE _XOPEN_SOURCE=700 _DEFAULT_SOURCE)
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/include)
    target_compile_options(${name} PRIVATE ${KM_WARNINGS})
    if(KM_WERROR)
        target_compile_options(${name} PRIVATE -Werror)
    endif()
    if(KM_SANITIZE)
        set(san -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
        target_compile_options(${name} PRIVATE ${san})
        target_link_options(${name} PRIVATE ${san})
    elseif(KM_FUZZ)
        set(san -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
        target_compile_options(${name} PRIVATE ${san})
        target_link_options(${name} PRIVATE ${san})
    elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
        target_compile_options(${name} PRIVATE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
                               -fstack-clash-protection)
    endif()
endfunction()

# km_room(ROOM SOURCES... DEPENDS rooms...): a static library km_ROOM.
function(km_room room)
    cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
    add_library(km_${room} STATIC ${arg_SOURCES})
    km_target(km_${room})
    foreach(dep ${arg_DEPENDS})
        target_link_libraries(km_${room} PUBLIC km_${dep})
    endforeach()
    if(arg_PRIVATE)
        target_link_libraries(km_${room} PRIVATE ${arg_PRIVATE})
    endif()
endfunction()

# km_program(NAME SOURCES... DEPENDS rooms... [PRIVATE libraries...]): an executable.
function(km_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    km_target(${name})
    foreach(dep ${arg_DEPENDS})
        target_link_libraries(${name} PRIVATE km_${dep})
    endforeach()
    if(arg_PRIVATE)
        target_link_libraries(${name} PRIVATE ${arg_PRIVATE})
    endif()
    if(CMAKE_BUILD_TYPE STREQUAL "Release")
        target_link_options(${name} PRIVATE -pie -Wl,-z,relro,-z,now)
    endif()
endfunction()

# km_unit_test(NAME SOURCES... DEPENDS rooms...): a cmocka program, run by ctest as NAME.
function(km_unit_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
    km_program(${name} SOURCES ${arg_SOURCES} DEPENDS ${arg_DEPENDS}
               PRIVATE ${arg_PRIVATE} cmocka)
    target_compile_definitions(${name} PRIVATE KM_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name})
endfunction()
