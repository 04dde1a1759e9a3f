# A life's data: trends, starts, memory and bytes at a million marks.
km_program(history_bench SOURCES ${CMAKE_CURRENT_LIST_DIR}/history_bench.c
           DEPENDS app PRIVATE SQLite::SQLite3 util m)
set_target_properties(history_bench PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
