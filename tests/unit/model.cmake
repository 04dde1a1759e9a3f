km_unit_test(model_test SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/model_test.c DEPENDS model)
