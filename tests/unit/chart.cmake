set(chart_dir ${CMAKE_CURRENT_SOURCE_DIR}/unit)

km_unit_test(chart_test
    SOURCES
        ${chart_dir}/chart_test.c
        ${chart_dir}/chart_moves.c
        ${chart_dir}/chart_pictures.c
        ${chart_dir}/chart_scenes.c
    DEPENDS chart)

# Sweeps over every size: built optimised even where the rest is instrumented. The outline is
# read back in a real font where FreeType and DejaVu Sans Mono are there, else in the idealised
# strokes it was fitted with.
add_executable(chart_outline_test ${chart_dir}/chart_outline_test.c ${chart_dir}/chart_ink.c)
km_chart_optimised(chart_outline_test)
target_include_directories(chart_outline_test PRIVATE ${PROJECT_SOURCE_DIR}/include)
target_link_libraries(chart_outline_test PRIVATE km_chart_fast cmocka)
pkg_check_modules(FREETYPE IMPORTED_TARGET freetype2)
find_file(KM_FONT DejaVuSansMono.ttf PATH_SUFFIXES share/fonts/truetype/dejavu
          share/fonts/dejavu-sans-mono-fonts share/fonts/TTF)
if(FREETYPE_FOUND AND KM_FONT)
    target_compile_definitions(chart_outline_test PRIVATE KM_FONT="${KM_FONT}")
    target_link_libraries(chart_outline_test PRIVATE PkgConfig::FREETYPE)
endif()
add_test(NAME chart_outline_test COMMAND chart_outline_test)
