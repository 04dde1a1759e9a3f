# The day after day of care: check-in, routine, done, due, aftercare, helped, plan, causes, goals,
# sessions, saved routines.
. "$(dirname "$0")/lib.sh"

at() { KNOTMAP_NOW=$1; }

# a new user with two open knots, a roller and ten minutes
at 2026-11-16T18:00:00Z
run 0 mark left:infraspinatus:1 --intensity 6 --cause posture
run 0 mark right:upper_trapezius:1 --intensity 5 --cause stress
run 0 client edit me --tool roller --tool hands
run 0 routine --open --minutes 10 --save --name Evening --format csv
out_has ',right,smr,'
out_lacks ',ball,'
holds 'the saved routine is the printed one' \
    test "$(wc -l <"$HOME/.out")" = "$("$KNOTMAP" routines show --format csv | wc -l)"
run 0 done 1:2 --before 6 --after 3 --during 6:5:3 --stiffness 5:2 --tension 4 --response looser --format csv
out_has ',6,3,looser,'
run 65 done 1:2 --during 6:11
run 65 done 1:2 --stiffness 1:2:3
run 65 done 1:2 --stopped tired
run 0 courses --format csv
out_has '^1,2026-11-16T18:00:00Z,right,upper_trapezius,smr,hands,6,6;5;3,3,,'
out_has ',5,2,4,,,,,,neck_side$'

# the next day a question is asked, and answered once
run 0 due --format csv
out_lacks '^aftercare,'
at 2026-11-17T19:00:00Z
run 0 due --format csv
out_has '^aftercare,2026-11-17,right,.*,upper_trapezius,24,1,.*,aftercare 1 --hours 24 --rating N --energy N --strength S$'
out_has '^checkin,2026-11-17,'
run 0 aftercare 1 --hours 24 --rating 4 --response sore --energy 6 --format csv
out_has ',3,,4,,,looser,sore,,,6,'
err_is ''
run 0 courses
out_has ' 6, stiffness 5, tension 4 .* 3, stiffness 2, looser  *4, sore, energy 6$'
run 0 aftercare 1 --hours 72 --strength weaker
out_has '  4, sore, energy 6  *weaker$'
run 0 undo
run 0 done left:calf --kind smr --tool roller --before 5 --after 4 --quiet
run 0 courses --format csv
out_has '^2,.*,left,,smr,roller,5,.*,calf$'
run 0 undo
run 0 due --format csv
out_lacks '^aftercare,'
run 65 aftercare 1 --hours 36 --rating 3
run 65 aftercare 1 --hours 24
run 1 aftercare 99 --hours 24 --rating 3
run 0 aftercare 1 --hours 48 --response sore
err_has '^Soreness after pressure usually fades'
run 0 undo
out_has 'answer 48 h after treatment 1'

# next week a line says what helped
run 0 helped --format csv
out_has ',smr,hands,1,-3.0,.*Too little to say: 1 of at least 5 treatments.$'
for day in 18 19 20 21; do
    at 2026-11-${day}T20:00:00Z
    run 0 done 1:2 --before 6 --after 4 --at 2026-11-${day}T09:00 --quiet
done
at 2026-11-23T19:00:00Z
run 0 helped --format csv
out_has ',smr,hands,5,-2.0,.*clearly less.$'
run 0 helped --of stiffness --format csv
out_has ',smr,hands,1,-3.0,'
run 0 helped --by movement --format csv
out_has ',moving,,5,'
run 0 helped --by movement
out_has 'Your own numbers count for you'
run 0 helped --by routine --format csv
out_has ',Evening,,5,'
run 65 helped --by luck

# the check-in and the plan
run 0 checkin --sleep 2 --stress 3 --fatigue 3 --soreness 4 --did foam_roll,stretch --flexibility knee_to_wall:left=9
run 0 checkin --did sleep --format csv
out_has ',2,3,3,4,12,foam_roll;stretch;sleep,'
run 65 checkin --flexibility knee_to_wall=9
run 0 checkin --at 2026-11-02 --flexibility knee_to_wall:left=6
run 0 flexibility --format csv
out_has '^knee_to_wall,left,2,6.0,2026-11-02,9.0,2026-11-23,3.0,cm,1.9,better,'
run 0 plan --smr 3 --stretch 4 --strength 1 --format csv
out_lines 13
out_has '^2026-11-23,1,3,1,4,0,1,0.25,,1,0,1,1,0,1,0,0$'
run 0 undo
run 0 plan --weeks 1 --format csv
out_lines 2
out_has '^2026-11-23,1,2,1,5,0,2,'
run 65 plan --smr 15

# causes, goals
run 0 causes --format csv
out_has '^posture,1,1,7,infraspinatus$'
run 0 causes
out_has '^Infraspinatus is overloaded by '
run 0 goal add 'run 10 km' --kind event --at 2026-11-29 --before 4 --format csv
out_has '^1,me,event,run 10 km,2026-11-29,6,4,,no,,,,,,'
run 65 goal add 'no day' --kind event
run 0 goal show 1
out_has '^motion  *left Knee to wall +3.0 cm, better'
run 0 goal show 1 --format csv
out_has ',"left Knee to wall +3.0 cm, better."'
out_lines 2
run 0 due --format csv
out_has '^goal,2026-11-29,.*run 10 km: in 6 days.'
run 0 goal edit 1 --after 8 --done
run 0 goal list --format csv
out_lines 1
run 0 goal list --all --format csv
out_lines 2
run 64 goal edit 1 --done --not-done
run 0 goal remove 1
run 0 undo
run 1 goal show 7

# sessions: a recovery session has three pages
at 2026-11-23T20:00:00Z
run 0 session start --kind recovery --modality massage,stretching --service physical_therapy --feel-before 4
out_has '^not looked at  *soreness;knots;flexibility'
run 65 session end
err_begins 'knotmap: session 1: not looked at yet: soreness, knots, flexibility'
run 0 mark left:soleus --kind soreness --intensity 3
run 0 mark left:soleus:1 --intensity 4
run 65 session end
err_begins 'knotmap: session 1: not looked at yet: flexibility'
# one command is one change
run 0 session check soreness knots --skip
run 0 undo --format csv
out_has ',skip soreness;knots in session 1,1$'
run 65 session end
err_begins 'knotmap: session 1: not looked at yet: flexibility'
run 0 session check flexibility --skip --format csv
out_has '^1,flexibility,skipped$'
run 0 session end
run 65 session sign 1
run 0 session sign 1 --practitioner 'R. Hale, LMT'
run 0 session note 1 --plan 'twice a week'
out_has '^amendments .*plan: twice a week'
run 65 session edit 1 --modality rolling
run 0 session start --kind training --goal strength --muscle hamstrings --rpe 7 --minutes 60 --format csv
out_has ',7,60,420,'
run 0 session end
run 0 session pairs --format csv
out_has ',strength,7,60,420,'
run 0 recovery --format csv
out_has '^pain,'
run 0 ready calf --format csv
out_has ',soreness,left,'
run 0 soreness --format csv
out_has ',left,.*,soleus,'

run 0 client add Ada
run 0 session show 1 --client Ada
out_has '^amendments .*plan: twice a week'

# a week's problem
run 0 problem knee_front --taking-part 1 --volume 1 --performance 1 --symptoms 1 --format csv
out_has '^1,me,2026-11-23,knee_front,1,1,1,1,28,no,'
run 0 problem knee_front --volume 4 --format csv
out_has '^1,me,2026-11-23,knee_front,0,4,0,0,25,yes,'
run 65 problem nowhere
run 0 problems --format csv
out_lines 2

# saved routines and their handout
run 0 routines list --format csv
out_has '^1,Evening,2026-11-16T18:00:00Z,'
run 0 routines edit 1 --name 'Neck & co' --quiet
run 0 routines edit 1 --step 2 --seconds 20 --sets 1 --format csv
out_has '^2,.*,20,1,'
# steps that trade places, taken back and done again
run 0 routines show 1 --format csv
cp "$HOME/.out" before.csv
run 0 routines edit 1 --step 4 --move 2
run 0 routines show 1 --format csv
cp "$HOME/.out" after.csv
holds "nothing was moved" [ "$(cut -d, -f2-8 before.csv | sed -n 5p)" = "$(cut -d, -f2-8 after.csv | sed -n 3p)" ]
run 0 undo
run 0 routines show 1 --format csv
holds "undo did not bring the order back" cmp -s before.csv "$HOME/.out"
run 0 redo
run 0 routines show 1 --format csv
holds "redo did not bring the order back" cmp -s after.csv "$HOME/.out"
run 64 routines edit 1 --seconds 20
run 65 routines edit 1 --step 99 --seconds 20
run 65 routines edit 1 --step 2 --pressure 8
run 0 goal add 'Dr. Lind' --kind visit --at 2026-12-01
run 0 routines handout
out_has '^Neck & co$'
out_has 'Dr. Lind'
out_has '^The next two days$'
run 0 routines handout 1 --html
out_has '<h1>Neck &amp; co</h1>'
run 0 routines remove 1
run 0 treatments --format csv
out_lines 6
run 1 routines handout
run 0 undo
run 0 routines handout
run 64 routine left:infraspinatus --name Neck

# what to expect
run 0 atlas expectations massage --format csv
out_has '^massage,The next two days,'
out_has '^any,When to stop,'
run 0 atlas tests --format csv
out_has '^knee_to_wall,'
run 65 atlas expectations dancing

# conditions of a client reach the routine
run 0 routine left:infraspinatus --tool ball --format csv
cp "$HOME/.out" plain
run 0 client edit me --condition osteoporosis
run 0 routine left:infraspinatus --tool ball --format csv
holds 'a condition changes the routine' sh -c '! cmp -s plain "$HOME/.out"'

run 0 verify
finish
