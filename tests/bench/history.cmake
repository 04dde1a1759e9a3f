# A life's data: trends, starts, memory and bytes at a million marks.
km_program(history_bench SOURCES ${CMAKE_CURRENT_LIST_DIR}/history_bench.c
           DEPENDS app PRIVATE SQLite::SQLite3 util m)
set_target_properties(history_bench PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)

# Every key of the history screens, on the real app and the real screen.
km_program(history_keys SOURCES ${CMAKE_CURRENT_LIST_DIR}/history_keys.c DEPENDS tui)
target_include_directories(history_keys PRIVATE ${PROJECT_SOURCE_DIR}/src/tui)
