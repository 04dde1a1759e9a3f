# km_fuzz(NAME DEPENDS rooms...): a fuzz target tests/fuzz/NAME_fuzz.c with its corpus in
# tests/data/corpus/NAME. With KM_FUZZ it is a libFuzzer program (build/fuzz/tests/NAME_fuzz
# CORPUS); otherwise a plain test that runs the corpus once.
function(km_fuzz name)
    cmake_parse_arguments(arg "" "" "DEPENDS" ${ARGN})
    set(dir ${CMAKE_CURRENT_SOURCE_DIR}/fuzz)
    set(corpus ${CMAKE_CURRENT_SOURCE_DIR}/data/corpus/${name})
    if(KM_FUZZ)
        km_program(${name}_fuzz SOURCES ${dir}/${name}_fuzz.c DEPENDS ${arg_DEPENDS})
        target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
        add_test(NAME ${name}_fuzz COMMAND ${name}_fuzz -runs=0 ${corpus})
    else()
        km_program(${name}_fuzz SOURCES ${dir}/${name}_fuzz.c ${dir}/corpus_main.c
                   DEPENDS ${arg_DEPENDS})
        add_test(NAME ${name}_fuzz COMMAND ${name}_fuzz ${corpus})
    endif()
endfunction()

km_fuzz(csv DEPENDS csv base)
km_fuzz(import DEPENDS exchange)
km_fuzz(place DEPENDS atlas base)
km_fuzz(table DEPENDS atlas base)
# The loader's own header: tables are given from memory.
target_include_directories(table_fuzz PRIVATE ${PROJECT_SOURCE_DIR}/src/atlas)
