# Made-up data of any size for the benchmarks.
km_program(km_bench_gen SOURCES ${CMAKE_CURRENT_LIST_DIR}/gen.c DEPENDS store atlas)
set_target_properties(km_bench_gen PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
