# The command line from outside: one script per topic, each in a home of its own.
if(TARGET knotmap)
    foreach(topic arguments formats marks reasoning treating care people checkins exchange exchange_care
                  database output docs history verdicts pairs filters summary)
        add_test(NAME cli_${topic}
                 COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/cli/${topic}.sh $<TARGET_FILE:knotmap>
                         ${PROJECT_BINARY_DIR}/knotmap.1)
        set_tests_properties(cli_${topic} PROPERTIES LABELS cli)
    endforeach()
endif()
