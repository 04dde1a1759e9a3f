# km_chart_fast: optimised whatever the preset, so that the limits mean the same everywhere.
add_executable(chart_bench ${CMAKE_CURRENT_SOURCE_DIR}/bench/chart_bench.c)
km_chart_optimised(chart_bench)
target_link_libraries(chart_bench PRIVATE km_chart_fast)
