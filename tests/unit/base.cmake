set(dir ${CMAKE_CURRENT_SOURCE_DIR}/unit)
km_unit_test(base_text_test SOURCES ${dir}/base_text_test.c DEPENDS base)
km_unit_test(base_time_test SOURCES ${dir}/base_time_test.c DEPENDS base)
km_unit_test(base_misc_test SOURCES ${dir}/base_misc_test.c DEPENDS base)
