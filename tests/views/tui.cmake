# The screen without a terminal: keys in, pictures out. KM_RENEW=1 renews the pictures in
# tests/views/*.txt; a person reads the difference.
set(views ${CMAKE_CURRENT_SOURCE_DIR}/views)
foreach(test keys views flow typing files clock follow follow_first care history reasons time tour topics)
    km_unit_test(tui_${test}_test
        SOURCES ${views}/${test}_test.c ${views}/screen.c ${views}/places.c
                ${views}/flow.c ${views}/scenes.c
        DEPENDS tui)
    target_include_directories(tui_${test}_test
        PRIVATE ${views} ${PROJECT_SOURCE_DIR}/src/tui)
endforeach()
