# mark, marks, unmark, edit, undo, redo: what is stored is what was said, and comes back.
. "$(dirname "$0")/lib.sh"

ids() { # the ids of a listing, in order
    "$KNOTMAP" marks "$@" --format csv 2>/dev/null | sed 1d | cut -d, -f1 | tr '\n' ' ' | sed 's/ $//'
}
list_is() {
    want=$1
    shift
    said="marks $*"
    checks=$((checks + 1))
    got=$(ids "$@")
    [ "$got" = "$want" ] || fault "lists '$got' instead of '$want'"
}

run 0 mark left:infraspinatus:1 --at 2026-11-01T10:00 --intensity 6
run 0 mark right:temple --kind pain --at 2026-11-05T10:00 --intensity 4
run 0 mark left:biceps_femoris --kind soreness --at 2026-11-10T10:00 --intensity 3
run 0 mark left:infraspinatus:1 --at 2026-11-15T10:00 --intensity 2
run 0 mark right:temple --kind pain --at 2026-11-19T10:00 --intensity 0
run 0 mark sternum --kind tightness --at 2026-11-19T23:59

list_is "6 5 4 3 2 1"
list_is "6 4 3" --open
list_is "6 5" --limit 2
list_is "4 1" --muscle infraspinatus
list_is "3" --muscle hamstrings
list_is "5 2" --region temple
list_is "5 2" --side right
list_is "6" --side midline
list_is "5 2" --kind pain
list_is "2 1" --min-intensity 4
list_is "5 2" --kind pain --side right --region temple
list_is "6 5" --since 2026-11-19
list_is "6 5" --since 2026-11-19 --until 2026-11-19
list_is "2 1" --until 2026-11-05
list_is "1" --until 2026-11-05T10:00
list_is "6 5" --since yesterday
list_is "6 5 4" --since 1w
list_is "" --since today
list_is "4 1" --muscle infraspinatus --side left --kind knot --min-intensity 1
# as it was: the pain was open until it was marked gone
list_is "2 1" --open --until 2026-11-06

# places: synonyms, beginnings, case, midline muscles
run 0 mark left:lats --format csv
out_has ",left,axilla,latissimus_dorsi,"
run 0 mark RIGHT:Knee_Outer --format csv
out_has ",right,knee_outer,,"
run 0 mark left:levator_ani --format csv
out_has ",left,pelvic_floor,levator_ani,"
run 0 mark sphincter_ani --format csv
out_has ",midline,pelvic_floor,sphincter_ani,"
for i in 1 2 3 4; do run 0 undo; done
list_is "6 5 4 3 2 1"

# edit changes what is named and nothing else
run 0 edit 1 --intensity 7 --quality deep --quality dull --note 'held "long"'
run 0 edit 1 --state latent --format csv
out_has '^1,me,,2026-11-01T10:00:00Z,knot,left,scapula,infraspinatus,1,back,.*,7,latent,dull;deep,,,,"held ""long""",'
run 0 edit 1 --clear note --clear qualities --clear state --format csv
out_has ',7,unspecified,,,,,,'
run 0 edit 1 --place right:trapezius_middle --format csv
out_has ',knot,right,.*,middle_trapezius,,'
run 0 edit 1 --clear trigger_point --clear muscle --format csv
out_has ',knot,right,[a-z_]*,,,back,'
for i in 1 2 3 4 5; do run 0 undo; done
run 0 marks --until 2026-11-02 --format csv
out_has '^1,me,,2026-11-01T10:00:00Z,knot,left,scapula,infraspinatus,1,back,.*,6,unspecified,'

# unmark, undo and redo walk the same log
run 0 unmark 3 --format csv
out_has '^3,'
list_is "6 5 4 2 1"
run 1 unmark 3
run 0 undo --format csv
out_has ',3$'
list_is "6 5 4 3 2 1"
run 0 redo
list_is "6 5 4 2 1"
run 0 undo
for i in 1 2 3 4 5 6; do run 0 undo; done
list_is ""
run 1 undo
for i in 1 2 3 4 5 6; do run 0 redo; done
list_is "6 5 4 3 2 1"
run 0 undo
run 0 mark left:scapula
run 1 redo

# the day is the local day of the record
TZ=Pacific/Auckland run 0 mark sternum --at 2026-11-21T08:00 --format csv
out_has ',2026-11-20T19:00:00Z,.*,780,'

# a field is emptied by the name of its column, too
run 0 --db clear.db mark left:soleus --ppt 200 --ppt 210
run 0 --db clear.db edit 1 --clear ppt_kpa --format json
out_has '"ppt_kpa":null,.*"ppt_readings":null'

# a day is the local day of each record, wherever it is asked
TZ=Europe/Berlin run 0 --db days.db mark left:temple --kind pain --at 2026-11-12T00:30
TZ=America/New_York run 0 --db days.db mark right:temple --kind pain --at 2026-11-12T23:30
for zone in UTC Asia/Tokyo Europe/Berlin; do
    TZ=$zone run 0 --db days.db marks --since 2026-11-12 --until 2026-11-12 --format csv
    out_lines 3
    TZ=$zone run 0 --db days.db marks --open --until 2026-11-11 --format csv
    out_lines 1
    TZ=$zone run 0 --db days.db marks --since 2026-11-13 --format csv
    out_lines 1
done
# a time is the same moment everywhere
TZ=Asia/Tokyo run 0 --db days.db marks --since 2026-11-12T00:00:00Z --format csv
out_lines 2
# a muscle stands where it lies, and what is recorded has happened
run 0 --db place.db mark left:knee_front --format csv
at=$(sed -n '2s/^\([^,]*,\)\{10\}\([^,]*\),\([^,]*\),.*/--x \2 --y \3/p' "$HOME/.out")
run 65 --db place.db mark left:infraspinatus --view front $at
err_is "knotmap: infraspinatus: it does not lie in knee_front
it lies in scapula"
run 65 --db place.db edit 1 --at 2026-11-21T18:30:01
err_begins 'knotmap: time 2026-11-21 18:30: it lies in the future'
run 0 --db place.db edit 1 --at 2026-11-21T18:30:00
run 65 --db place.db session start --at 2027-01-01
err_begins 'knotmap: start 2027-01-01 00:00: it lies in the future'
run 65 --db place.db done left:soleus --kind smr --at 2027-01-01
run 0 --db place.db goal add 'next year' --at 2027-01-01
run 0 --db place.db marks --format csv
out_lines 2
finish
