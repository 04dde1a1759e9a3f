#!/bin/sh
# Who may include whom. Reads the #include lines of every room against the table below; a room
# may always include its own headers. Also: ncurses, sqlite3 and csv headers each in one room.
set -u
cd "$1" || exit 1

allowed() {
    case $1 in
    base) echo "" ;;
    csv | model | draw) echo "base" ;;
    atlas) echo "base csv model" ;;
    safety | trend) echo "base model atlas" ;;
    referral | routine) echo "base model atlas safety" ;;
    store) echo "base model" ;;
    chart) echo "base model atlas draw" ;;
    exchange) echo "base csv model atlas safety referral routine trend draw chart" ;;
    app) echo "base csv model atlas safety referral routine trend store exchange draw chart" ;;
    cli) echo "base csv model atlas safety referral routine trend store exchange draw chart app" ;;
    tui) echo "base csv model atlas safety referral routine trend store exchange draw chart app" ;;
    term) echo "tui draw base" ;;
    *) echo "?" ;;
    esac
}

# The room a public header belongs to: its own name, but for the base room's several.
room_of() {
    case $1 in
    care | history | summary) echo app ;;
    plot) echo draw ;;
    topic) echo atlas ;;
    status | mem | text | time | uid | path | rng) echo base ;;
    *) echo "$1" ;;
    esac
}

bad=0
files=0
for dir in src/*/; do
    room=$(basename "$dir")
    may=" $(allowed "$room") $room "
    for file in "$dir"*.c "$dir"*.h; do
        [ -e "$file" ] || continue
        files=$((files + 1))
        for header in $(sed -n 's/^#include "knotmap\/\([a-z_]*\)\.h".*/\1/p' "$file"); do
            owner=$(room_of "$header")
            case "$may" in
            *" $owner "*) ;;
            *)
                echo "$file: room $room may not include knotmap/$header.h (room $owner)"
                bad=$((bad + 1))
                ;;
            esac
        done
        for pair in curses:term sqlite3:store csv:csv; do
            home=${pair##*:}
            if [ "$room" != "$home" ] &&
                grep -qE "^#include <([^>]*/)?n?${pair%%:*}\.h>" "$file"; then
                echo "$file: only room $home may include <${pair%%:*}.h>"
                bad=$((bad + 1))
            fi
        done
    done
done
for header in include/knotmap/*.h; do
    if grep -nE '^#include <[^>]*(curses|sqlite3|csv)[^>]*\.h>' "$header"; then
        echo "$header: no type of ncurses, SQLite or libcsv belongs into a header"
        bad=$((bad + 1))
    fi
done
[ "$files" -gt 30 ] || { echo "only $files files read"; exit 1; }
echo "$files files read, $bad includes in the wrong direction"
[ "$bad" -eq 0 ]
