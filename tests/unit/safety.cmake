km_unit_test(safety_test SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/safety_test.c DEPENDS safety)
