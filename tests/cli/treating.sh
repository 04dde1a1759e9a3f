# routine, done, treatments.
. "$(dirname "$0")/lib.sh"

run 1 routine --open
run 0 mark left:infraspinatus:1 --intensity 6
run 0 routine --open --format csv
out_has '^[0-9]*,infraspinatus,left,'
run 0 routine left:infraspinatus --kind stretch --format csv
out_lacks ',compression,'
out_has ',stretch,'
run 0 routine left:infraspinatus --kind smr --format csv
out_lacks ',stretch,'
run 1 routine left:infraspinatus --kind massage
run 0 routine left:masseter_deep --kind massage --format csv
out_has ',massage,'
run 0 routine left:infraspinatus --format csv
out_lacks ',massage,'
run 0 routine left:infraspinatus --tool ball --format csv
out_lacks ',roller,'
run 0 routine left:infraspinatus --minutes 5
run 0 routine right:hamstrings --format csv
run 0 routine left:infraspinatus
out_has ' min$'
out_has 'Source: '
out_has '^tools not said yet: hands, ball, roller are taken as there; '
run 0 routine left:infraspinatus --tool ball
out_lacks 'tools not said'
# tools are taken at the person's word, and what would do is named
run 0 routine right:upper_trapezius --tool roller --format csv
out_lacks ',hands,'
run 0 routine right:upper_trapezius --tool roller
out_has 'none of the tools at hand fits for pressure; these would: hands, ball, cane$'
run 0 routine right:upper_trapezius --tool roller --tool hands
out_has 'SMR, hands'
out_lacks 'none of the tools at hand'
out_lacks ' smr'

run 0 routine left:infraspinatus --save
err_has '^Kept as routine 1: knotmap done 1 records how it went.$'
run 0 routine left:infraspinatus --save --quiet
err_is ''
run 0 done --before 6 --after 3 --response looser --note well --format csv
out_has '^1,me,,2026-11-20T18:30:00Z,,,,,[0-9]*,6,3,looser,well,,,2,,,0,'
run 0 done 1:2 --after 2 --format csv
out_has '^2,me,,.*,1,2,,0,'
run 0 done left:infraspinatus:1 --kind compression --tool ball --seconds 90 --at 2026-11-18T09:00 --format csv
out_has '^3,me,,2026-11-18T09:00:00Z,infraspinatus,left,compression,ball,90,,,,,scapula,1,,,,0,'
run 1 done 9
run 1 done 1:99
run 1 done 1:0
err_has 'routine 1 has no step 0, only 1'
run 1 done 1:4294967298
run 1 done 0
err_is 'knotmap: done: routine 0: there is no such routine'
run 65 done left:infraspinatus --kind knead
run 0 treatments --format csv
out_lines 4
run 0 treatments --kind compression --format csv
out_has '^3,'
run 0 treatments --muscle infraspinatus --until 2026-11-18 --format csv
out_lines 2
run 0 treatments --limit 1 --format json
out_has '"before":null,"after":2,"response":null'
run 0 undo
run 0 treatments --format csv
out_lines 3
run 0 treatments --since 2027-01-01
err_is 'No treatments.'

# nothing to do: the answer is "nothing", as a listing without a row
run 1 --db none.db routine --open --format csv
out_is 'step,muscle,side,kind,tool,position,action,seconds,sets,pressure,caution,source,pressure_word,cue,cue_count'
err_is 'knotmap: routine: nothing is open'
run 1 --db none.db routine --open --format json
out_is '[]'
run 1 --db none.db routine --open
out_is ''
# the pressure in words and the movement cue have columns of their own
run 0 routine left:infraspinatus --tool ball --format json
out_has '"kind":"compression","tool":"ball",.*"pressure":6,.*"pressure_word":"deep","cue":".*","cue_count":[0-9]'
out_has '"kind":"warm_up",.*"pressure":0,.*"pressure_word":null,"cue":null,"cue_count":null'
# what is missing is said, and what would do
run 0 routine left:infraspinatus --tool roller
out_has 'none of the tools at hand fits for pressure; these would: ball, cane'

# a treatment is amended: what is named changes, what was said else stays
KNOTMAP_DB=amend.db
export KNOTMAP_DB
run 0 done left:infraspinatus --kind compression --tool ball --before 6 --after 3 --during 7:5:3 --stiffness 5:3
run 0 done --amend 1 --after 1 --tension 5:2
run 0 courses --format json
out_has '"before":6.*"during":"7;5;3".*"after":1'
out_has '"stiffness_before":5.*"tension_after":2'
run 0 undo
run 0 courses --format json
out_has '"after":3'
run 1 done --amend 9 --after 1
run 64 done --amend 1
err_is 'knotmap: done --amend: say what to change'
run 64 done left:calf --amend 1 --after 1
run 65 done --amend 1 --after 11

# a routine that is kept is called what it is for
run 0 mark right:upper_trapezius --intensity 5
run 0 routine --open --save
run 0 routine left:calf --complaint neck --side left --save
run 0 routines list --format csv
out_has ',all that is open,'
out_has ',"Neck pain, left:calf",'

# whole routines help, too
for day in 14 15 16 17 18; do
    run 0 done 1 --before 6 --after 3 --at 2026-11-$day
done
run 0 summary
out_has '^helps .*: -3.0 at once (median of 5)'

# the muscle of an open mark is asked about, as with its own routine
run 0 routine --open
err_has 'one-sided neck pain'

# the next week a line says what helped so far, and that it is too little for a verdict
run 0 client add week
run 0 --client week summary
out_lacks 'so far'
for day in 6d 3d; do
    run 0 --client week done left:infraspinatus --kind compression --tool ball --before 6 --after 3 --at $day
done
run 0 --client week summary
out_has '^helps .*so far compression with ball at left .*: -3.0 at once (median of 2)'
out_has 'too little to say'

# a fresh injury holds back what lies where it is, asked for or not; so does swelling of any age
run 0 client add hurt
run 0 --client hurt mark right:calf --kind pain --cause injury --intensity 6 --format csv
hurt=$(sed -n '2s/,.*//p' "$HOME/.out")
run 0 --client hurt mark right:flexor_digitorum_longus:1 --intensity 6
run 0 --client hurt routine --open --minutes 60 --format csv
out_has ',right,motion,'
out_lacks ',right,\(smr\|compression\|pin_and_stretch\|pir\|stretch\),'
run 0 --client hurt routine right:soleus
out_has 'right Soleus: fresh injury or swelling: pressure and stretch wait'
out_lacks 'pressure (. of 10)'
run 0 --client hurt routine left:soleus --format csv
out_has ',left,smr,'
# a rating given since, which says no cause, does not heal it; gone is gone
run 0 --client hurt mark right:calf --kind pain --intensity 4
run 0 --client hurt routine right:soleus --format csv
out_lacks ',right,smr,'
run 0 --client hurt mark right:calf --kind pain --intensity 0
run 0 --client hurt routine right:soleus --format csv
out_has ',right,smr,'
run 0 --client hurt undo
run 0 --client hurt undo
# a routine kept before the injury is held to it, too: what was kept stays as it was
run 0 --client hurt routine left:soleus right:infraspinatus --save --quiet
run 0 --client hurt mark left:calf --cause injury --kind pain --intensity 5
run 0 --client hurt routines show --format csv
out_has ',left,smr,'
err_has '^today: left Soleus: fresh injury or swelling'
run 0 --client hurt routines handout
out_has '^left Soleus: fresh injury or swelling'
out_lacks 'left Soleus: SMR'
out_has 'right Infraspinatus: compression'
run 0 --client hurt edit "$hurt" --onset 5d
run 0 --client hurt routine right:soleus --format csv
out_has ',right,smr,'
run 0 --client hurt edit "$hurt" --quality swollen
run 0 --client hurt routine right:soleus --format csv
out_lacks ',right,smr,'

finish
