# Write a C file that holds the migrations db/NNN_name.sql, in the order given.
#
#   cmake -DOUT=FILE.c -DIN=A.sql,B.sql -P KmEmbedSql.cmake
#
# As numbers and not as a string: ISO C promises only 4095 characters of a literal.
string(REPLACE "," ";" files "${IN}")
set(text "/* Made from db/ by tools/cmake/KmEmbedSql.cmake. */\n#include \"store_impl.h\"\n\n")
set(table "const km_migration km_migrations[] = {\n")
set(n 0)
foreach(file ${files})
    math(EXPR n "${n} + 1")
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" hex HEX)
    string(REGEX REPLACE "(................................)" "\\1\n    " hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
    string(APPEND text "static const char sql_${n}[] = {\n    ${hex}0\n};\n\n")
    string(APPEND table "    { \"${name}\", sql_${n} },\n")
endforeach()
string(APPEND table "};\nconst int km_migration_count = ${n};\n")
file(WRITE "${OUT}" "${text}${table}")
