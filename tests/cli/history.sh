# trend, compare, episodes, recurrence, balance, follow, filters: what changed, what comes back.
. "$(dirname "$0")/lib.sh"

# ---- trend: buckets, gaps, what silence means
run 0 mark left:calf --kind soreness --at 2026-10-05T09:00 --intensity 6
run 0 mark left:calf --kind soreness --at 2026-10-07T09:00 --intensity 4
run 0 mark left:calf --kind soreness --at 2026-10-20T09:00 --intensity 2
run 0 trend --format csv
out_is "bucket,key,side,n,mean,max,change,verdict,size
2026-10-05,calf,left,2,5.00,6,,too_few,
2026-10-19,calf,left,1,2.00,2,-3.00,too_few,"
run 0 trend --silence gone --format csv
out_has '^2026-10-12,calf,left,0,0.00,0,-5.00,'
run 0 trend --bucket month --format csv
out_is "bucket,key,side,n,mean,max,change,verdict,size
2026-10-01,calf,left,3,4.00,6,,too_few,"
run 0 trend --bucket day --format json
out_has '"bucket": *"2026-10-20"'
out_has '"change": *-2'
run 0 trend --by kind --format csv
out_has '^2026-10-05,soreness,,2,'
run 0 trend --by client --format csv
out_has '^2026-10-05,me,,2,'
run 0 trend --by all --since 2026-10-19 --format csv
out_lines 2
run 0 trend --by muscle --format csv
out_lines 1
run 0 trend right:calf --format csv
out_lines 1
run 0 trend calf --kind soreness --format csv
out_lines 3
run 0 trend calf --kind pain --format csv
out_lines 1
run 0 --ascii trend
out_has '^left:calf'
out_has 'too few: '
out_lacks 'gone'
run 0 mark right:jaw --kind pain --at 2026-11-05 --intensity 0
run 0 trend
out_has '^right:jaw .* 0 .*too few: 11 more days; gone$'
run 0 trend --by client
out_lacks 'gone'
run 0 undo
run 0 --ascii trend --plot
out_is "left:calf                                                              mean 0-10
10+
  |
  |
  |
  |
  |
  |
 5+*
  |
  |
  |
  |                                                                            *
  |
  |
 0+
  +-----------------------------------------------------------------------------
   2026-10-05                       2026-10-12                        2026-10-19"
run 0 --ascii trend --calendar
out_has '^Mo 6 . .'
run 0 trend --why
out_has 'wanted on each side'
run 0 trend --why --format csv
out_has '^bucket,key,side,n,mean,max,change,verdict,size,before,after,days_before,days_after,needed,noise,margin,why$'
out_has '^2026-10-19,calf,left,1,2.00,2,-3.00,too_few,,4.00,2.00,1,1,11,,,"Too few: '
run 64 trend --plot --format csv
run 64 trend --plot --calendar
run 65 trend --by moon
run 65 trend nowhere

# ---- a verdict, its size, its source
for rated in 01:7 02:6 03:7 04:6 05:7 06:6 07:3 08:2 09:3 10:2 11:3 12:2; do
    run 0 mark right:temple --kind pain --at 2026-11-${rated%:*}T09:00 --intensity ${rated#*:}
done
run 0 trend right:temple --format csv
out_has ',temple,right,.*,better,clear$'
run 0 trend right:temple --why
out_has 'better, clear'
out_has 'Farrar 2001'
# the figures of the verdict stand in csv as they do in words
run 0 trend right:temple --why --format csv
out_has ',better,clear,6.60,3.00,5,7,0,1.15,2.06,"3.0 over 7 days'
# the line says what the last row says, also where silence means gone
run 0 trend right:temple --silence gone --why --format csv
tail -n 1 "$HOME/.out" | awk -F, '{ printf("%.1f %.1f %s\n", $10, $11, $8) }' >verdict
run 0 trend --silence gone
sed -n 's/^right:temple.* 2026-11-12 *\([0-9.]*\) *\([0-9.]*\) *[-0-9.]* *\([a-z]*\).*/\1 \2 \3/p' "$HOME/.out" >said_so
said='trend --silence gone'
holds "text and csv differ: $(cat verdict said_so)" cmp -s verdict said_so

# ---- measures
run 0 mark left:infraspinatus --at 2026-10-01 --ppt 200 --ppt 210 --ppt 190
run 0 mark left:infraspinatus --at 2026-10-15 --ppt 250 --ppt 248 --ppt 254
run 0 mark left:infraspinatus --at 2026-10-29 --ppt 310 --ppt 305 --ppt 315
run 0 mark left:infraspinatus --at 2026-11-01 --ppt 100
run 0 trend --measure ppt --format csv
out_is "bucket,key,side,n,mean,max,change,verdict,size,unit,since_first,verdict_since_first,moment
2026-10-01,infraspinatus,left,3,200.0,210.0,,too_few,,kPa,,too_few,
2026-10-15,infraspinatus,left,3,250.7,254.0,50.7,same,,kPa,50.7,same,
2026-10-29,infraspinatus,left,3,310.0,315.0,59.3,better,,kPa,110.0,better,
2026-11-01,infraspinatus,left,1,100.0,100.0,-210.0,too_few,,kPa,-100.0,too_few,"
run 0 trend --measure ppt right:infraspinatus --format csv
out_lines 1
# another probe is another measure: its readings are held against its own alone
for probe in 01:200:1 08:300:0.5 15:210:1 22:360:0.5; do
    kpa=${probe#*:} && kpa=${kpa%:*}
    run 0 mark right:soleus --at 2026-10-${probe%%:*} --ppt "$kpa" --ppt "$kpa" --ppt "$kpa" \
        --ppt-area "${probe##*:}"
done
run 0 trend --measure ppt right:soleus --format csv
out_is "bucket,key,side,n,mean,max,change,verdict,size,unit,since_first,verdict_since_first,moment
2026-10-01,soleus,right,3,200.0,200.0,,too_few,,kPa,,too_few,
2026-10-08,soleus,right,3,300.0,300.0,,too_few,,kPa,,too_few,
2026-10-15,soleus,right,3,210.0,210.0,10.0,same,,kPa,10.0,same,
2026-10-22,soleus,right,3,360.0,360.0,60.0,better,,kPa,60.0,better,"
run 0 trend --measure ppt
out_has '51 kPa'
run 0 checkin --flexibility knee_to_wall:left=8 --flexibility finger_floor=-10 --at 2026-10-01
run 0 checkin --flexibility knee_to_wall:left=9.5 --flexibility finger_floor=-1 --at 2026-10-08
run 0 checkin --flexibility knee_to_wall:left=11.5 --at 2026-10-15
run 0 trend --measure knee_to_wall --format csv
out_has '^2026-10-08,knee_to_wall,left,1,9.5,9.5,1.5,same,,cm,1.5,same,$'
out_has '^2026-10-15,knee_to_wall,left,1,11.5,11.5,2.0,better,,cm,3.5,better,$'
run 0 trend --measure finger_floor --format csv
out_has ',9.0,,,cm,9.0,,$'
run 0 trend --measure finger_floor
out_has 'no figure is published'
run 65 trend --measure levitation
run 65 trend --measure knee_to_wall left:calf

# ---- days with and without recovery
run 0 trend --split recovery --format csv
out_has '^without recovery session,'
out_has '^with recovery session,0,,,too_few,$'

# ---- compare
KNOTMAP_DB=$HOME/two.db
export KNOTMAP_DB
run 0 mark left:infraspinatus:1 --at 2026-10-01T09:00 --intensity 6
run 0 mark right:temple --kind pain --at 2026-10-01T09:00 --intensity 4
run 0 mark sternum --kind tightness --at 2026-10-01T09:00 --intensity 3
run 0 mark left:calf --kind soreness --at 2026-10-01T09:00
run 0 mark left:infraspinatus:1 --at 2026-10-10T09:00 --intensity 3
run 0 mark right:temple --kind pain --at 2026-10-10T09:00 --intensity 0
run 0 mark sternum --kind tightness --at 2026-10-10T09:00 --intensity 5
run 0 mark right:knee_outer --kind pain --at 2026-10-10T09:00 --intensity 2
run 0 compare 2026-10-01 2026-10-10 --format csv
head -n 1 "$HOME/.out" >first
said="columns of compare"
holds "they changed" [ "$(cat first)" = side,place,kind,before,after,change,verdict ]
out_has '^left,infraspinatus:1,knot,6,3,-3,better$'
out_has '^right,temple,pain,4,,,gone$'
out_has '^midline,sternum,tightness,3,5,2,worse$'
out_has '^left,calf,soreness,,,,same$'
out_has '^right,knee_outer,pain,,2,,new$'
out_lines 6
run 0 compare 2026-10-01 2026-10-10
out_has '^before: 4 places, extent .* sum 13, mean 4.3'
out_has 'overlap of the places 0.60'
run 0 compare 2026-10-01 2026-10-10 --measures --format csv
sed 's/,[0-9.]*,13,/,13,/; s/,[0-9.]*,10,/,10,/' "$HOME/.out" >drawings
said="compare --measures"
holds "the two drawings differ" [ "$(cat drawings)" = "moment,at,places,extent_percent,sum,mean,highest,overlap
before,2026-10-01,4,13,4.33,6,0.60
after,2026-10-10,4,10,3.33,5,0.60" ]
run 0 compare 2026-09-01 2026-09-02 --measures --format csv
out_has '^before,2026-09-01,0,0.00,0,,,$'
run 0 compare 2026-10-01 2026-10-10
out_has 'by noise'
run 0 compare 2026-09-01 2026-09-02 --format csv
out_lines 1
run 65 compare yesterday 2026-02-30
run 64 compare yesterday

# ---- what comes back
for day in 03-01 05-01 07-01; do
    run 0 mark left:soleus --at 2026-${day}T09:00 --intensity 5
    run 0 done left:soleus --kind compression --tool ball --at 2026-${day}T10:00
    run 0 mark left:soleus --at 2026-${day%01}11T09:00 --intensity 0
done
run 0 recurrence --format csv
out_has '^left,soleus,knot,3,no,51,2026-08-31,3,3,10,0,0,$'
out_has '^,all,,'
run 0 episodes left:soleus --format csv
out_lines 4
out_has '^left,soleus,knot,2026-07-01,2026-07-11,10,no,5,2,yes,51,$'
run 0 mark right:scalenus_medius --at 2026-06-01 --intensity 4
run 0 mark right:calf --kind soreness --at 2026-11-01 --intensity 4
run 0 episodes --format csv
out_has "^right,scalenus_medius,knot,.*clinician's look$"
out_has '^right,calf,soreness,.*seven days$'
run 0 episodes right:scalenus_medius --silence gone --format csv
out_has '^right,scalenus_medius,knot,2026-06-01,2026-06-02,1,no,'
run 0 balance --days 365 --format csv
out_has '^temple,0,1,0,1,,4.0$'
run 0 balance --by area --format csv
out_has '^head,0,1,0,1,'
run 0 mark left:levator_ani --at 2026-11-02 --intensity 4
run 0 balance --days 365 --format csv
out_has '^pelvic_floor,1,0,1,0,4.0,$'
# a journey turns the order of days: three marks on two days
run 0 mark left:heel --at 2026-11-03T23:00:00+02:00 --intensity 4
run 0 mark left:heel --at 2026-11-04T08:00:00+10:00 --intensity 4
run 0 mark left:heel --at 2026-11-03T23:00:00Z --intensity 4
run 0 balance --days 365 --format csv
out_has '^heel,3,0,2,0,4.0,$'
for at in 01 15; do
    run 0 mark left:deltoid_middle --at 2026-08-$at --intensity 4
    run 0 mark left:biceps_brachii --at 2026-08-$at --intensity 4
    run 0 mark left:deltoid_middle --at 2026-08-${at%?}9 --intensity 0
    run 0 mark left:biceps_brachii --at 2026-08-${at%?}9 --intensity 0
done
run 0 together --format csv
out_has '2,1.00$'
out_lines 2
# places go together, whatever kinds of mark they have
for at in 01 15; do
    run 0 mark left:deltoid_middle --kind pain --at 2026-08-$at --intensity 4
    run 0 mark left:deltoid_middle --kind pain --at 2026-08-${at%?}9 --intensity 0
done
run 0 together --format csv
out_has '2,1.00$'
out_lines 2
# gone and back on one day was never gone: one length by either command
run 0 mark left:gracilis --at 2026-10-01T09:00 --intensity 4
run 0 mark left:gracilis --at 2026-10-11T09:00 --intensity 0
run 0 mark left:gracilis --at 2026-10-11T18:00 --intensity 3
run 0 episodes left:gracilis --format csv
days=$(awk -F, 'NR == 2 { print $6 }' "$HOME/.out")
run 0 marks --open --muscle gracilis --format csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    { print $c["days_open"] }' "$HOME/.out" >open
said='days open'
holds 'they differ' [ "$(cat open)" = "$days" ]
# silence that means gone does so after the last mark, too
run 0 trend right:temple --silence gone --format csv
out_has '^2026-11-16,temple,right,0,0.00,0,'
run 0 trend right:temple --silence gone --until 2026-11-01 --format csv
out_has '^2026-10-26,temple,right,0,0.00,0,'
out_lacks '^2026-11-'

# what lasts longer than the first screen reads back is told the same by the first line
KNOTMAP_DB=$HOME/old.db
for at in 2024-05-01 2024-11-01 2025-05-01 2025-10-20 2026-04-01 2026-11-01; do
    run 0 mark left:soleus --at $at --intensity 5
done
run 0 mark left:calf --kind pain --at 2025-07-01 --intensity 5
run 0 news
out_has '^nothing new or worse this week, 2 open | 2 open over three months'
run 0 due
out_has 'left Soleus (knot) has been open for over a year'

# ---- training and soreness
KNOTMAP_DB=$HOME/three.db
day=0
while [ $day -lt 150 ]; do
    on=$(date -u -d "2026-05-01 + $day days" +%F)
    later=$(date -u -d "2026-05-01 + $((day + 2)) days" +%F)
    echo "$on,training,legs" >>plan
    echo "${later}T09:00:00Z,left,calf,soreness,4" >>sore.csv
    day=$((day + 7 + day % 5))
done
while IFS=, read -r on kind goal; do
    run 0 session start --kind $kind --goal $goal --rpe 6 --minutes 50 --at ${on}T18:00
    run 0 session end
done <plan
sed -i 1i"at,side,region,kind,intensity" sore.csv
run 0 import sore.csv
run 0 follow --format csv
out_has '^training,calf,[0-9]*,[0-9]*,0.[0-9]*,0.00,0.00'
out_has '^training: legs,calf,'
run 0 follow
out_has 'against chance'
out_has 'risk of injury'
run 0 session start --rpe 5 --minutes 60 --at 2026-11-18T18:00
run 0 session end
run 0 load --format csv
out_is "acute,chronic,sessions
300,75,1"

# ---- lists that serve
KNOTMAP_DB=$HOME/four.db
run 0 mark left:calf --at 2026-11-18 --intensity 3 --cause posture --note "Desk all day"
run 0 mark right:calf --at 2026-11-18 --intensity 5 --cause overuse
run 0 mark left:temple --kind pain --at 2026-11-19 --intensity 7 --cause posture
run 0 marks --cause posture --format csv
out_lines 3
run 0 marks --text desk --format csv
out_lines 2
run 0 filter save Desk side:left cause:posture since:4w open
out_has 'side:left cause:posture since:4w open'
run 0 marks --filter desk --format csv
out_lines 3
run 0 marks --filter desk --kind pain --format csv
out_lines 2
run 0 marks --filter desk --min-intensity 9 --format csv
out_lines 1
run 0 filter save note all day
run 0 marks --filter note --format csv
out_lines 2
run 0 filter save desk min:5
run 0 filter list --format csv
out_is "id,name,filter
1,desk,min:5
2,note,all day"
run 0 filter remove desk
run 1 marks --filter desk
run 0 undo
run 0 marks --filter desk --format csv
out_lines 3
run 65 filter save bad kind:nothing
run 65 filter save bad colour:red
run 65 filter save bad region:infraspinatus
run 65 filter save '' open
run 1 filter remove nobody
run 0 news
out_has 'new: left temple 7, 2 more'
run 0 news --format csv
out_has '^news,open,worse,new,lasting,due$'
out_has ',3,0,3,0,'

# a day is the record's local day, wherever it is asked for
KNOTMAP_DB=away.db
export KNOTMAP_DB
run 0 mark left:calf --kind pain --intensity 6 --at 2026-11-10T23:30:00-08:00
run 0 mark left:calf --kind pain --intensity 2 --at 2026-11-12T00:30:00+09:00
for zone in UTC Asia/Tokyo America/Los_Angeles; do
    TZ=$zone
    run 0 trend --bucket day --since 2026-11-10 --until 2026-11-10 --format csv
    out_has '^2026-11-10,calf,left,1,6.00,6,'
    out_lines 2
    run 0 trend --bucket day --since 2026-11-11 --until 2026-11-11 --format csv
    out_lines 1
    run 0 trend --bucket day --since 2026-11-12 --format csv
    out_has '^2026-11-12,calf,left,1,2.00,2,'
    out_lines 2
    run 0 compare 2026-11-09 2026-11-10 --format csv
    out_has '^left,calf,pain,,6,,new$'
    run 0 compare 2026-11-10 2026-11-11 --format csv
    out_has '^left,calf,pain,6,6,0,same$'
    run 0 compare 2026-11-11 2026-11-12 --format csv
    out_has '^left,calf,pain,6,2,-4,better$'
done
TZ=UTC
# a moment stays a moment
run 0 compare 2026-11-11T07:29:59Z 2026-11-11T07:30:00Z --format csv
out_has '^left,calf,pain,,6,,new$'

finish
