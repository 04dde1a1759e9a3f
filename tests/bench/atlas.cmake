# What the atlas costs: build and run the target bench_atlas.
set(dir ${CMAKE_CURRENT_LIST_DIR})
km_program(atlas_start SOURCES ${dir}/atlas_start.c DEPENDS atlas)
target_compile_definitions(atlas_start PRIVATE KM_WITH_ATLAS)
km_program(atlas_start_bare SOURCES ${dir}/atlas_start.c)
km_program(atlas_bench SOURCES ${dir}/atlas_bench.c DEPENDS atlas)
set_target_properties(atlas_start atlas_start_bare atlas_bench PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
add_custom_target(bench_atlas
    COMMAND atlas_bench $<TARGET_FILE:atlas_start> $<TARGET_FILE:atlas_start_bare>
            ${PROJECT_SOURCE_DIR}/assets
    USES_TERMINAL VERBATIM)
