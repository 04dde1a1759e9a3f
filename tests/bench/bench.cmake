# Speed beside floors built from source here: tools/bench runs it. The programs are built with the
# tests so that they cannot rot; ctest only checks that the floors read the schema of today.
set(KM_BENCH_DIR ${CMAKE_CURRENT_SOURCE_DIR}/bench)
foreach(floor floor_screen floor_insert floor_read floor_cursor speed)
    add_executable(${floor} ${KM_BENCH_DIR}/${floor}.c)
    km_target(${floor})
    set_target_properties(${floor} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
endforeach()
foreach(floor floor_screen floor_insert floor_read)
    target_link_libraries(${floor} PRIVATE SQLite::SQLite3)
endforeach()
foreach(floor floor_screen floor_cursor)
    target_link_libraries(${floor} PRIVATE ${CURSES_LIBRARIES})
endforeach()
target_link_libraries(speed PRIVATE util)

add_test(NAME bench_floors_fit_the_schema
         COMMAND ${KM_BENCH_DIR}/floors_test.sh $<TARGET_FILE:knotmap> ${PROJECT_BINARY_DIR}/bench)
set_tests_properties(bench_floors_fit_the_schema PROPERTIES LABELS term)

include(bench/chart.cmake OPTIONAL)
include(bench/store.cmake OPTIONAL)
include(bench/referral.cmake OPTIONAL)
include(bench/atlas.cmake OPTIONAL)
include(bench/history.cmake OPTIONAL)

# What tools/bench builds and runs.
add_custom_target(bench DEPENDS knotmap floor_screen floor_insert floor_read floor_cursor speed)
foreach(part chart_bench referral_bench atlas_bench atlas_start atlas_start_bare history_bench history_keys
             km_bench_gen)
    if(TARGET ${part})
        add_dependencies(bench ${part})
        set_target_properties(${part} PROPERTIES
            RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
    endif()
endforeach()
