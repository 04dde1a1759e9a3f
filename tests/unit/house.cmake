# The house itself: direction of knowledge, and every header compiling alone.
add_test(NAME includes_test
         COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/unit/includes_test.sh ${PROJECT_SOURCE_DIR})
add_test(NAME includes_selftest
         COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/unit/includes_selftest.sh ${PROJECT_SOURCE_DIR})

file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/knotmap/*.h)
set(alone "")
foreach(header ${headers})
    get_filename_component(name ${header} NAME_WE)
    set(unit ${CMAKE_CURRENT_BINARY_DIR}/alone/${name}.c)
    file(CONFIGURE OUTPUT ${unit} CONTENT [[
#include "knotmap/@name@.h"
#include "knotmap/@name@.h"
int km_alone_@name@(void);
int km_alone_@name@(void)
{
    return 0;
}
]] @ONLY)
    list(APPEND alone ${unit})
endforeach()
# Building this library is the test: a header that needs another first does not compile.
add_library(km_headers_alone OBJECT ${alone})
km_target(km_headers_alone)
