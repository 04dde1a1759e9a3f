# The terminal: the decoder of keys alone, the room with a screen that shows what it is told, and
# the real program, all in a pseudo-terminal read by libvterm.
set(KM_TERM_DIR ${CMAKE_CURRENT_SOURCE_DIR}/term)
pkg_check_modules(VTERM REQUIRED IMPORTED_TARGET vterm)

km_unit_test(term_input_test SOURCES term/input_test.c DEPENDS term base)
target_include_directories(term_input_test PRIVATE ${PROJECT_SOURCE_DIR}/src/term)

add_library(km_pt STATIC term/pt.c)
km_target(km_pt)
target_include_directories(km_pt PUBLIC ${KM_TERM_DIR})
target_link_libraries(km_pt PUBLIC PkgConfig::VTERM util)

# fake_tui.c stands in for the room tui: its functions are found first.
km_program(term_fake SOURCES term/fake_tui.c DEPENDS term)
foreach(part screen ends)
    km_unit_test(term_${part}_test SOURCES term/${part}_test.c PRIVATE km_pt)
    target_compile_definitions(term_${part}_test PRIVATE KM_FAKE="$<TARGET_FILE:term_fake>")
    add_dependencies(term_${part}_test term_fake)
endforeach()

km_unit_test(term_program_test SOURCES term/program_test.c PRIVATE km_pt SQLite::SQLite3)
target_compile_definitions(term_program_test PRIVATE KM_PROGRAM="$<TARGET_FILE:knotmap>")
add_dependencies(term_program_test knotmap)

set_tests_properties(term_input_test term_screen_test term_ends_test term_program_test PROPERTIES LABELS term TIMEOUT 300)
