km_unit_test(app_test
    SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/app_test.c ${CMAKE_CURRENT_SOURCE_DIR}/unit/store_help.c
    DEPENDS app
    PRIVATE SQLite::SQLite3)
target_include_directories(app_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/unit)
foreach(topic care care_session care_pair)
    km_unit_test(${topic}_test
        SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/${topic}_test.c
                ${CMAKE_CURRENT_SOURCE_DIR}/unit/care_room.c
                ${CMAKE_CURRENT_SOURCE_DIR}/unit/store_help.c
        DEPENDS app
        PRIVATE SQLite::SQLite3)
    target_include_directories(${topic}_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/unit)
endforeach()
foreach(topic history narrow damage migrate)
    km_unit_test(${topic}_test
        SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/${topic}_test.c
                ${CMAKE_CURRENT_SOURCE_DIR}/unit/own_app.c
                ${CMAKE_CURRENT_SOURCE_DIR}/unit/store_help.c
        DEPENDS app
        PRIVATE SQLite::SQLite3 m)
    target_include_directories(${topic}_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/unit)
endforeach()
