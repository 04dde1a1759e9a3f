set(dir ${CMAKE_CURRENT_SOURCE_DIR}/unit)
set(demo ${PROJECT_SOURCE_DIR}/src/app)
km_unit_test(demo_test
    SOURCES ${dir}/demo_test.c ${demo}/demo.c ${demo}/demo_marks.c ${demo}/demo_people.c
    DEPENDS atlas model base)
target_include_directories(demo_test PRIVATE ${demo})
km_unit_test(demo_store_test
    SOURCES ${dir}/demo_store_test.c ${dir}/store_help.c
    DEPENDS app
    PRIVATE SQLite::SQLite3)
