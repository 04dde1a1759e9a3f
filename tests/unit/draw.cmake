km_unit_test(draw_test SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/draw_test.c DEPENDS draw)
km_unit_test(plot_test SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/plot_test.c DEPENDS draw PRIVATE m)
