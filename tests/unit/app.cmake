km_unit_test(app_test
    SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/app_test.c ${CMAKE_CURRENT_SOURCE_DIR}/unit/store_help.c
    DEPENDS app
    PRIVATE SQLite::SQLite3)
target_include_directories(app_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/unit)
