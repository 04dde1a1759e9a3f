foreach(topic rows import)
    km_unit_test(exchange_${topic}_test
        SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/unit/exchange_${topic}_test.c
        DEPENDS exchange
        PRIVATE PkgConfig::JANSSON)
endforeach()
