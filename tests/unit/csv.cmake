km_unit_test(csv_test
    SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/csv_test.c
    DEPENDS csv base)
