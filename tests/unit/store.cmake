# The store: opening, records, the change log, faults of the world around it.
set(store_help ${CMAKE_CURRENT_SOURCE_DIR}/unit/store_help.c)
foreach(topic open change events fault records whole)
    km_unit_test(store_${topic}_test
        SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/store_${topic}_test.c ${store_help}
        DEPENDS store
        PRIVATE SQLite::SQLite3)
    target_include_directories(store_${topic}_test PRIVATE ${PROJECT_SOURCE_DIR}/src/store
                               ${CMAKE_CURRENT_SOURCE_DIR}/unit)
endforeach()
