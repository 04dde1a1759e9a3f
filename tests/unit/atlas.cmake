set(dir ${CMAKE_CURRENT_SOURCE_DIR}/unit)
km_unit_test(atlas_whole_test SOURCES ${dir}/atlas_whole_test.c DEPENDS atlas)
km_unit_test(atlas_body_test SOURCES ${dir}/atlas_body_test.c DEPENDS atlas)
km_unit_test(atlas_place_test SOURCES ${dir}/atlas_place_test.c DEPENDS atlas)
km_unit_test(atlas_damage_test SOURCES ${dir}/atlas_damage_test.c DEPENDS atlas)
km_unit_test(topic_test SOURCES ${dir}/topic_test.c DEPENDS atlas)
# The loader's own header: damaged tables are given from memory, not from files.
target_include_directories(atlas_damage_test PRIVATE ${PROJECT_SOURCE_DIR}/src/atlas)
