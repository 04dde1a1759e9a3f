# A place beside the flexibility test it is held against; stiffness and tension over time; strength.
. "$(dirname "$0")/lib.sh"

# ---- the test of a mark
run 0 mark left:soleus:1 --intensity 6 --test knee_to_wall --at 2026-10-01T08:00 --format csv
out_has ',knee_to_wall:left,[0-9a-f-]*$'
run 0 edit 1 --test knee_to_wall:right --format csv
out_has ',knee_to_wall:right,[0-9a-f-]*$'
run 0 edit 1 --clear test --format json
out_has '"test":null'
run 0 undo
run 0 edit 1 --test knee_to_wall --format json
out_has '"test":"knee_to_wall:left"'
run 65 edit 1 --test ppt
err_begins 'knotmap: ppt: no such flexibility test'
err_has 'There are knee_to_wall'
run 65 edit 1 --test sit_and_reach:left
err_has 'takes no side'
run 65 mark sternum --test knee_to_wall
err_has 'say which side'
run 0 mark sternum --intensity 2 --test sit_and_reach --at 2026-10-01T08:00

# ---- every test and measure is offered where one is wanted
run 0 atlas tests --format csv
cut -d, -f1 .out | tail -n +2 >codes
for code in $(cat codes); do
    run 0 help mark
    out_has "$code"
    run 0 help trend
    out_has "$code"
done

# ---- pairs
run 0 checkin --flexibility knee_to_wall:left=8 --at 2026-10-01
run 0 checkin --flexibility knee_to_wall:left=11 --at 2026-10-20
run 0 mark left:soleus:1 --intensity 3 --at 2026-10-20T08:00
run 0 flexibility --pairs --format csv
out_is "side,place,test,test_side,unit,days_rated,days_tested,days_both,rating_first,rating_first_day,rating_last,rating_last_day,rating_verdict,rating_size,test_first,test_first_day,test_last,test_last_day,test_verdict,source
left,soleus:1,knee_to_wall,left,cm,2,2,2,6.0,2026-10-01,3.0,2026-10-20,too_few,,8.0,2026-10-01,11.0,2026-10-20,better,Powden 2015: smallest detectable change 1.9 cm with one rater (1.6 cm between raters)
midline,sternum,sit_and_reach,midline,cm,1,0,0,2.0,2026-10-01,2.0,2026-10-01,too_few,,,,,,,no published figure checked"
run 0 flexibility --pairs
out_has '^left:soleus:1  *knee_to_wall:left'
out_has 'commonly described together'
out_has 'no cause'
out_has 'no published figure'
run 0 flexibility --pairs --since 2026-10-10 --format csv
out_has '^left,soleus:1,knee_to_wall,left,cm,1,1,1,'

# ---- the file brings the test back
run 0 export "marks.csv"
run 0 --db "other.db" import "marks.csv"
run 0 --db "other.db" flexibility --pairs --format csv
out_has '^left,soleus:1,knee_to_wall,left,cm,2,0,0,'
sed 's/knee_to_wall:left/levitation/' "marks.csv" >"bad.csv"
run 65 --db "third.db" import "bad.csv"
out_has 'levitation'

# ---- stiffness and tension over time
run 0 done left:soleus --kind smr --tool roller --stiffness 7:4 --tension 5:2 --at 2026-11-01T08:00
run 0 done left:soleus --kind smr --tool roller --stiffness 5:3 --at 2026-11-08T08:00
run 0 trend --measure stiffness --format csv
out_is "bucket,key,side,n,mean,max,change,verdict,size,unit,since_first,verdict_since_first,moment
2026-11-01,soleus,left,1,7.0,7.0,,,,points,,,before
2026-11-08,soleus,left,1,5.0,5.0,-2.0,,,points,-2.0,,before
2026-11-01,soleus,left,1,4.0,4.0,,,,points,,,after
2026-11-08,soleus,left,1,3.0,3.0,-1.0,,,points,-1.0,,after"
run 0 trend --measure stiffness
out_has 'no figure is published'
run 0 trend --measure tension left:soleus --format csv
out_lines 3
run 0 trend --measure tension right:soleus --format csv
out_lines 1
run 65 trend --measure nrs
err_has 'ppt, stiffness, tension, knee_to_wall'

# ---- strength afterwards
run 0 aftercare 1 --hours 24 --energy 7 --strength stronger --format csv
out_has ',stronger,,,calf$'
run 65 aftercare 1 --hours 24 --strength mighty
run 0 aftercare 1 --hours 48 --strength weaker --format csv
out_has ',stronger,weaker,,calf$'
finish
