# refer, find, explain: answers, and the warnings that come before them.
. "$(dirname "$0")/lib.sh"

# refer: every zone, the site always among them
run 0 refer infraspinatus:1 --format csv
out_has '^infraspinatus,1,same,shoulder_front,essential,3,'
out_has '^infraspinatus,1,same,scapula,local,'
run 0 refer infraspinatus:1 --side left --format csv
out_has '^infraspinatus,1,left,shoulder_front,essential,3,'
run 0 refer right:infraspinatus:1 --format csv
out_has '^infraspinatus,1,right,shoulder_front,essential,3,'
run 0 refer infraspinatus --format csv
for tp in 1 2 3 4; do out_has "^infraspinatus,$tp,"; done
run 0 refer hamstrings --format csv
out_has '^biceps_femoris,1,'
out_has '^semitendinosus,1,'
run 65 refer infraspinatus:9
run 65 refer temple
run 0 refer infraspinatus:1
out_has 'page'
out_has 'commonly overloaded by'
out_has 'its satellites:'
# every trigger point of the atlas answers, with its site
"$KNOTMAP" atlas points --format csv | sed 1d | cut -d, -f1-3 >points
said="refer of every point"
holds "points are missing" [ "$(wc -l <points)" -ge 229 ]
while IFS=, read -r muscle tp site; do
    "$KNOTMAP" refer "$muscle:$tp" --format csv >"$HOME/.out" 2>"$HOME/.err" </dev/null
    said="refer $muscle:$tp"
    holds "its site $site is not among the zones" grep -q "^$muscle,$tp,[a-z]*,$site," "$HOME/.out"
done <points
run 0 refer adductor_hallucis:1 --format csv

# find
run 0 find right:temple right:eye --format csv
out_lines 17
out_has '^1,'
first=$(sed -n 2p "$HOME/.out")
run 0 find right:eye right:temple --format csv
holds "the order of the places changes the answer" [ "$(sed -n 2p "$HOME/.out" | cut -d, -f2-5)" = "$(echo "$first" | cut -d, -f2-5)" ]
run 0 find left:temple left:eye --format csv
holds "the mirrored answer differs" [ "$(cut -d, -f1-3 "$HOME/.out")" = "$("$KNOTMAP" find right:temple right:eye --format csv 2>/dev/null | cut -d, -f1-3)" ]
run 0 find right:temple --limit 3 --format csv
out_lines 4
run 0 find temple --format csv
out_has ',left,'
out_has ',right,'
run 0 find right:hamstrings --format csv
run 0 find right:temple --limit 2
out_has '^right '
err_has 'more; --limit 0 shows all'
run 0 find right:temple --ask --limit 3 --format csv
out_lines 4
out_has 'press right '
run 0 --client me find right:temple --format json
out_has '"rank":1,"muscle":"'

# history raises a point that was found before
run 0 find right:temple --limit 0 --format csv
last=$(tail -n 1 "$HOME/.out" | cut -d, -f2,3 | tr , :)
rank=$(tail -n 1 "$HOME/.out" | cut -d, -f1)
run 0 mark "right:$last" --state active --referral-felt right:temple
run 0 find right:temple --limit 0 --format csv
holds "a confirmed point did not rise" \
    [ "$(grep "^[0-9]*,${last%:*},${last#*:},right," "$HOME/.out" | cut -d, -f1)" -lt "$rank" ]

# warnings first, on standard error; answers are kept
run 0 find left:chest --format csv
err_has 'emergency'
err_has 'chest'
run 0 find left:arm_front --format csv
err_has 'emergency'
run 0 find left:chest --quiet --format csv
err_has 'emergency'
run 0 find left:chest --no-flags --format csv
err_is ''
run 0 find left:chest --flag cardiac --format csv
holds "the warning is not the first result" [ "$(sed -n 2p "$HOME/.out" | cut -c1-10)" = ",,,,,,,,,\"" ]
out_has '^1,'
run 0 find left:chest --flag cardiac --format json
out_has '^{"rank":null,"muscle":null,.*"why":".*emergency'
run 0 find left:chest --flag tumour --flag cardiac --format csv
holds "the worse warning is not first" [ "$(sed -n 2p "$HOME/.out" | grep -c emergency)" = 1 ]
run 0 explain left:chest left:arm_front --format csv
err_has 'emergency'
run 0 routine left:chest
err_has 'emergency'
run 0 find right:knee_outer --format csv

# explain
run 0 explain right:temple left:knee_front --format csv
out_lines 3
out_has '^1,'
holds "something is left over at the end" [ -z "$(sed -n '3s/.*,//p' "$HOME/.out")" ]
run 0 explain right:temple
out_has 'The next best set'

# a place said twice is one place
run 0 find left:calf left:calf --limit 1 --format csv
out_has ',left:calf,,,,'
# soreness after training: it is said that it is none of this, and what eases it
run 0 --db sore.db mark right:calf --kind soreness --intensity 4
run 0 --db sore.db find right:calf --format csv
err_has '^right:calf is marked as sore after training, .*the usual peak is at 24-72 h'
err_has 'knotmap routine right:calf --kind smr$'
run 0 --db sore.db explain right:soleus
err_has '^right:calf is marked as sore'
run 0 --db sore.db find left:calf
holds "the other calf is not sore" [ "$(grep -c 'marked as sore' "$HOME/.err")" = 0 ]
# why there is no step, and not which tools were taken as there
run 1 --db none.db routine left:infraspinatus --kind massage
err_is 'knotmap: routine: no technique fits what was asked for'

# the press tests come to an end, and say which: found, or nothing left to press
run 0 --db ask.db find right:temple right:eye --ask
holds "it was not found yet" [ "$(grep -c 'was found' "$HOME/.err")" = 0 ]
run 0 --db ask.db mark right:masseter_superficial:3 --state active --intensity 5
run 0 --db ask.db find right:temple right:eye --ask
err_has '^The pain you know was found; it explains every place.$'
for round in 1 2 3 4 5 6; do
    "$KNOTMAP" --db spent.db find left:heel --ask --limit 0 --format csv 2>/dev/null | sed 1d |
        cut -d, -f2,3,4 >spots
    while IFS=, read -r muscle point side; do
        "$KNOTMAP" --db spent.db mark "$side:$muscle:$point" --state latent >/dev/null
    done <spots
done
run 1 --db spent.db find left:heel --ask
err_has '^knotmap: find: every likely spot was pressed$'
run 0 --db spent.db find left:heel
finish
