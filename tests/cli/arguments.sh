# What is asked wrongly is refused with its code, one line saying why, and nothing changed.
. "$(dirname "$0")/lib.sh"

run 0 mark left:infraspinatus:1 --intensity 6
run 0 marks --format csv
before=$(cat "$HOME/.out")

refused() {
    run "$1" $3
    err_begins "knotmap: $2"
    out_is ""
}

# unknown commands and options, missing and surplus arguments: 64
refused 64 "mrak: no such command" "mrak left:scapula"
err_has "^Did you mean mark?"
refused 64 "frobnicate: no such command" "frobnicate"
refused 64 "client: say what to do" "client"
refused 64 "lst: client has no such command" "client lst"
err_has "^Did you mean client list?"
refused 64 "--kindd: marks has no such option" "marks --kindd pain"
err_has "^Did you mean --kind?"
refused 64 "--intensity: marks has no such option" "marks --intensity 3"
refused 64 "-k: no such option" "marks -k"
refused 64 "--kind: no option for all commands; those of a command follow it" "--kind pain marks"
refused 64 "--kind: its K is missing" "marks --kind"
refused 64 "--kind: its K is missing" "marks --kind --open"
refused 64 "--format: its F is missing" "--format"
refused 64 "--open: takes no value" "marks --open=yes"
refused 64 "mark: its PLACE is missing" "mark"
refused 64 "unmark: its ID is missing" "unmark"
refused 64 "edit: say what to change" "edit 1"
refused 64 "edit: say what to change" "edit 1 --format csv"
refused 64 "find: its PLACE is missing" "find"
refused 64 "explain: its PLACE is missing" "explain"
refused 64 "refer: its MUSCLE[:TP] is missing" "refer"
refused 64 "routine: its PLACE is missing" "routine"
refused 64 "import: its FILE is missing" "import"
refused 64 "backup: its FILE is missing" "backup"
refused 64 "completion: its SHELL is missing" "completion"
refused 64 "atlas: its TABLE is missing" "atlas"
refused 64 "atlas: nothing: no such table" "atlas nothing"
refused 64 "client erase: --yes is missing" "client erase me"
refused 64 "marks: left: one argument too many" "marks left"
refused 64 "unmark: 2: one argument too many" "unmark 1 2"
refused 64 "undo: 1: one argument too many" "undo 1"
refused 64 "help: again: one argument too many" "help mark again"
refused 64 "--no-flags: it contradicts --flag" "find left:chest --flag cardiac --no-flags"
refused 64 "--twitch: it cannot be there and not there" "mark sternum --twitch --no-twitch"
refused 64 "--x and --y: one is missing, they come together" "mark sternum --view front --x 0"
refused 64 "--x and --y: --view is missing, it says of which picture" "mark sternum --x 0 --y 200"
refused 64 "done: --kind is missing, it says what was done" "done left:infraspinatus"

# refused values: 65
refused 65 "left:nosuchplace: no such place" "mark left:nosuchplace"
refused 65 "left:sternum: takes no side" "mark left:sternum"
refused 65 "infraspinatus: say left: or right:" "mark infraspinatus"
run 65 mark ''
err_begins 'knotmap: "": no such place'
refused 65 "infraspinatus:2: say left: or right:" "mark infraspinatus:2"
err_has "^write left:infraspinatus:2 or right:infraspinatus:2$"
run 65 mark right:hamstrings
err_has "^knotmap: right:hamstrings: .*semimembranosus"
run 65 mark left:infraspinatus:9
run 65 mark left:pectoralis
err_has "could be"
refused 65 "--intensity: 11 is outside 0..10" "mark sternum --intensity 11"
refused 65 "--intensity: -1 is outside 0..10" "mark sternum --intensity -1"
refused 65 "--intensity: 5x is not a whole number" "mark sternum --intensity 5x"
refused 65 "--kind: ache is not one of knot, soreness, pain, tightness, numbness" "mark sternum --kind ache"
refused 65 "--at: 2026-02-30: no such day" "mark sternum --at 2026-02-30"
run 65 mark sternum --at soon
run 65 mark sternum --quality itchy
run 65 mark sternum --ppt 0
run 65 mark sternum --ppt-area 99
run 65 mark sternum --referral-felt left:infraspinatus
run 65 mark sternum --view sideways
run 65 mark sternum --view back
run 65 mark sternum --view front --x 1900 --y 1900
run 65 mark sternum --onset 2026-11-21 --at 2026-11-20
refused 65 "--format: xml is not one of text, csv, json" "marks --format xml"
refused 65 "--since: 2026-13-01: no such day" "marks --since 2026-13-01"
run 65 marks --region infraspinatus
run 65 marks --muscle nothing
refused 65 "--limit: 0 is outside 1..2147483647" "marks --limit 0"
refused 65 "unmark: abc is not a whole number" "unmark abc"
run 65 unmark 0
refused 65 "unmark: 99999999999999999999 is no number of a record" "unmark 99999999999999999999"
run 65 chart --heat 0d
refused 65 "--clear: uid is no field that can be empty" "edit 1 --clear uid"
refused 65 "--flag: nothing is no code of a red flag" "find left:chest --flag nothing"
run 65 find left:chest,right:chest
refused 65 "--minutes: 0 is outside 1..240" "routine sternum --minutes 0"
run 65 routine left:infraspinatus --tool hammer
run 65 done left:infraspinatus --kind smr --after 11
run 65 chart --heat soon
err_has "^knotmap: --heat: soon: not a length of time"
run 65 chart --view top
run 65 chart --width 0
run 65 chart --refer sternum
run 65 session start --rpe 11
run 65 session start --kind party
run 65 client add x --born 2030-01-01
run 65 refer nothing
refused 65 "completion: tcsh is not one of bash, zsh, fish" "completion tcsh"
run 65 atlas muscles nothing
run 65 atlas flags nothing
run 65 import - --what dreams
run 65 import - --map region

# the answer is nothing: 1
run 1 unmark 99
run 1 mark sternum --session 99
run 1 edit 99 --intensity 3
run 1 --client nobody marks
run 1 client show nobody
run 1 session show 9
run 1 session end
run 1 redo
run 1 done
run 1 done 7

# other files
refused 66 "missing.csv: No such file or directory" "import missing.csv"
refused 66 ".: it is a folder" "import ."
run 73 backup nowhere/copy.db
run 73 export nowhere/marks.csv
KNOTMAP_NOW=rubbish run 65 marks

run 0 marks --format csv
out_is "$before"

# a refused command does not even create a database
run 65 --db fresh.db mark left:nosuchplace
run 64 --db fresh.db mark
holds "fresh.db was created" [ ! -e fresh.db ]

# options before and after the command, with = and without, and --
run 0 --format csv marks --limit 1
one=$(cat "$HOME/.out")
run 0 marks --limit=1 --format=csv
out_is "$one"
run 0 client --format csv list
out_has "^id,name,"
run 0 mark --note=--kind -- sternum
run 0 marks --limit 1 --format csv
out_has ",--kind,"
run 0 client add -- --odd
run 0 --client --odd marks
run 64 --client --format marks
run 0 --version
out_has "^knotmap [0-9]"

# without a command and a terminal
run 64
out_is ""
finish
