# Care as CSV: whatever a client's history consists of comes back the same; bad rows are named.
. "$(dirname "$0")/lib.sh"

kinds='clients sessions routines treatments checkins marks plans goals aftercare problems
       amendments findings'
a=019f0000-0000-7000-8000-00000000000

# A history with something of everything.
run 0 --db rich.db demo
run 0 --db rich.db routine left:infraspinatus right:upper_trapezius --save
run 0 --db rich.db routine left:soleus --save
run 0 --db rich.db done 1:2 --before 7 --after 3 --during 7:5:3 --stiffness 6:2 --tension 5:4 \
    --stopped numb --note 'went "numb", then fine'
run 0 --db rich.db done 2
run 0 --db rich.db done left:soleus --kind smr --tool roller --during 4:4:2
run 0 --db rich.db session start --kind treatment --at 2026-11-20T09:00:00Z --practitioner 'R. Hale'
run 0 --db rich.db session end
run 0 --db rich.db --format csv session list --limit 1
id=$(sed -n '2s/,.*//p' "$HOME/.out")
run 0 --db rich.db session sign "$id"
run 0 --db rich.db session note "$id" --objective 'taut band, left' --plan 'twice a week'
run 0 --db rich.db session note "$id" --plan 'three times'
run 0 --db rich.db --format csv session amendments "$id"
masked_is "id,client,session,at,field,text,session_uid,at_offset_min,uid
1,me,$id,2026-11-20T18:30:00Z,objective,\"taut band, left\",UID,0,UID
2,me,$id,2026-11-20T18:30:00Z,plan,twice a week,UID,0,UID
3,me,$id,2026-11-20T18:30:00Z,plan,three times,UID,0,UID"
run 0 --db rich.db session amendments 1
err_is 'No amendments.'
run 1 --db rich.db session amendments 999999
run 0 --db rich.db aftercare 1 --hours 72 --rating 2 --energy 8 --strength stronger --note 'a; b, "c"'
run 0 --db rich.db plan --smr 0 --stretch 14 --strength 7
run 0 --db rich.db problem knee_outer --taking-part 2 --volume 4 --performance 3 --symptoms 3
cat >findings.in <<CSV
at,side,muscle,region,trigger_point,session,uid
2026-11-19T10:00:00Z,left,soleus,calf,1,$id,${a}1
2026-11-19T10:00:00Z,right,infraspinatus,scapula,,,${a}2
2026-11-18T10:00:00Z,,,sternum,,,
CSV
run 0 --db rich.db import --what findings findings.in
err_is '3 findings stored, 0 already here, 0 refused.'

# Everything out and in again, twice; ids and sessions by number belong to a database.
without_numbers() {
    case $1 in
    clients) sed -E 's/^[0-9]+,//' "$2" | sort ;; # by name, what they add up to comes last
    plans) cat "$2" ;;
    amendments) sed -E 's/^[0-9]+,([^,]*),[0-9]+,/\1,/' "$2" ;;
    marks | findings | treatments) sed -E 's/^[0-9]+,([^,]*),[0-9]*,/\1,/' "$2" ;;
    sessions | checkins) sed -E 's/^[0-9]+,//' "$2" | sort ;; # newest first: ties trade places
    *) sed -E 's/^[0-9]+,//' "$2" ;;
    esac
}
for what in $kinds; do
    run 0 --db rich.db export --all --what "$what" "$what.csv"
    run 0 --db copy.db import --what "$what" "$what.csv"
    err_has ' 0 already here, 0 refused.$'
    holds "$what: nothing was exported" [ "$(wc -l <"$what.csv")" -gt 1 ]
done
for what in $kinds; do
    run 0 --db copy.db export --all --what "$what" "$what.again"
    without_numbers "$what" "$what.csv" >one
    without_numbers "$what" "$what.again" >two
    said="export --what $what"
    holds "$what came back changed" cmp -s one two
    run 0 --db copy.db import --what "$what" "$what.csv"
    err_has '^0 .* stored, [0-9]* already here, 0 refused.$'
done
run 0 --db copy.db verify
# what the treatment said during it is there for the commands, too
run 0 --db copy.db --format csv courses --limit 3
out_has ',compression,.*,7,7;5;3,3,numb,'
run 0 --db copy.db --format csv treatments --limit 3
out_has ',7;5;3,6,2,5,4,numb,'
run 0 --db copy.db routines list --format csv
out_lines 3
run 0 --db copy.db --format csv problems
out_has ',2026-11-16,knee_outer,2,4,3,3,'
# one undo an import
run 0 --db undone.db import --what plans plans.csv
run 0 --db undone.db undo
run 0 --db undone.db export --all --what plans
out_is 'client,smr,stretch,strength'

# Records that come before what they belong to wait in frames.
for what in findings treatments aftercare marks routines sessions clients plans; do
    run 0 --db backwards.db import --what "$what" "$what.csv"
    err_has ' 0 refused.$'
done
run 0 --db backwards.db export --all --what treatments treatments.back
without_numbers treatments treatments.csv >one
without_numbers treatments treatments.back >two
said='treatments before their routines'
holds "treatments came back changed" cmp -s one two
run 0 --db backwards.db export --all --what routines routines.back
without_numbers routines routines.csv >one
without_numbers routines routines.back >two
holds "routines came back changed" cmp -s one two
run 0 --db frames.db import --what treatments treatments.csv
err_has '^2 routines are known only from records that name them; import the routines to fill them.$'
run 0 --db backwards.db verify

# One of a kind takes the place of the one that is here.
printf 'client,smr,stretch,strength\nme,1,2,3\n' >plan.csv
run 0 --db copy.db import --what plans plan.csv
err_is '1 weekly plan stored, 0 already here, 0 refused.'
run 0 --db copy.db import --what plans plan.csv
err_is '0 weekly plans stored, 1 already here, 0 refused.'
run 0 --db copy.db export --what plans
out_is 'client,smr,stretch,strength
me,1,2,3'
# hand-written rows go by what people know: the number of a treatment, the name of a routine
printf 'treatment,hours,rating,at\n1,72,2,2026-11-20\n' >answer.csv
run 0 --db copy.db import --what aftercare answer.csv
err_is '1 answer after a treatment stored, 0 already here, 0 refused.'
run 0 --db copy.db import --what aftercare answer.csv
err_is '0 answers after treatments stored, 1 already here, 0 refused.'
cat >own.csv <<'CSV'
name,step,kind,muscle,side,seconds,action
evening,1,smr,soleus,left,60,roll slowly
evening,2,stretch,soleus,left,30,lean at the wall
CSV
run 0 --db own.db import --what routines own.csv
run 0 --db own.db --format csv routines list
out_has ',evening,2026-11-20T18:30:00Z,2,2,'
run 65 --db own.db import --what routines own.csv
out_has 'step 1: routine evening has one'

# Bad rows: named by line, column and value; nothing is stored.
bad() {
    what=$1
    run 65 --db copy.db --format csv import --what "$what" bad.csv
    err_has '1 row refused, nothing was stored$'
}
treatment=$(sed -n '2s/.*,//p' treatments.csv)
session=$(sed -n '2s/.*,\(01[-0-9a-f]*\),[-0-9]*,[-0-9a-f]*$/\1/p' amendments.csv)
one_bad() {
    printf '%s\n%s\n' "$2" "$3" >bad.csv
    bad "$1"
    out_is "line,column,value,problem
$4"
}
one_bad plans smr,stretch,strength 15,0,0 '2,smr,15,outside 0..14'
one_bad plans smr,stretch,strength ,0,0 '2,smr,,it is empty'
one_bad plans smr,stretch,strength 1,99999999999999999999,0 '2,stretch,99999999999999999999,outside 0..14'
one_bad goals name,kind 'x,visit' '2,,,x: a visit needs a day'
one_bad goals name,day 'x,2026-02-30' '2,day,2026-02-30,2026-02-30: no such day'
one_bad goals name,uid 'x,nothing' '2,uid,nothing,not a uid'
one_bad goals name "$(printf 'a\033[31mb')" '2,,,name: it holds a control character'
one_bad goals name,client "$(printf 'x,Eve\001')" "$(printf '2,client,Eve\001,name: it holds a control character')"
one_bad aftercare treatment_uid,hours,rating "$treatment,36,5" \
    '2,,,"hours 36: it is asked at 24, 48 and 72"'
one_bad aftercare treatment_uid,hours,rating "$treatment,24,11" '2,rating,11,outside 0..10'
one_bad aftercare treatment_uid,hours "$treatment,24" '2,,,aftercare: nothing is said'
one_bad aftercare treatment_uid,hours,rating "${a}9,24,5" \
    "2,,,treatment ${a}9: there is no such treatment"
one_bad aftercare treatment,hours,rating 999999,24,5 '2,,,treatment 999999: there is no such treatment'
one_bad aftercare treatment_uid,hours,rating ",24,5" '2,,,it names no treatment'
one_bad amendments text,session_uid,field x,,plan '2,,,it names no session'
one_bad problems week,area 2026-11-20,nowhere '2,area,nowhere,no such region'
one_bad problems week,area,volume 2026-11-20,calf,5 '2,volume,5,outside 0..4'
one_bad amendments text,session_uid,field "x,${a}8,plan" "2,,,session ${a}8: there is no such session"
one_bad amendments text,session_uid,field "x,$session,color" \
    '2,,,field color: a session has no such field to amend'
run 0 --db copy.db --format csv session list
open=$(sed -nE 's/^([0-9]+),me,training,.*/\1/p' "$HOME/.out" | head -n 1)
one_bad amendments text,session,field "x,$open,plan" \
    "2,,,session $open: only a signed session is amended"
one_bad amendments text,session,field x,999999,plan '2,,,session 999999: there is no such session'
one_bad findings at,muscle,side 2026-11-20,soleus, '2,,,soleus: say left: or right:'
one_bad findings at,muscle,side,trigger_point 2026-11-20,soleus,left,98 \
    '2,trigger_point,,the muscle has no such trigger point'
one_bad findings at,region,session 2026-11-20,sternum,999999 '2,,,session 999999: there is no such session'
one_bad routines name,step,kind x,1,dance '2,,,kind dance: no such kind of step'
one_bad routines name,step,kind,pressure x,1,smr,8 '2,pressure,8,outside 0..7'
one_bad routines name,step,kind,muscle x,1,smr,nothing '2,muscle,nothing,no such muscle'
one_bad treatments at,during '2026-11-20,5;11' '2,during,5;11,outside 0..10'
one_bad treatments at,during '2026-11-20,5;late:3' '2,during,5;late:3,"is not one of start, middle, end"'
one_bad treatments at,stopped 2026-11-20,bored \
    '2,stopped,bored,"is not one of above_7, spreading, numb, sharp"'
printf 'at,during\n2026-11-20,%s\n' "$(yes '5;' | head -n 31 | tr -d '\n')" >bad.csv
bad treatments
out_has 'more than 30 ratings'
# another client's routine is not joined
run 0 --db copy.db client add Zoe
printf 'client,name,step,kind,routine_uid\nZoe,x,9,smr,%s\n' \
    "$(sed -n '2s/.*,\([-0-9a-f]*\),[-0-9]*,[-0-9a-f]*$/\1/p' routines.csv)" >bad.csv
bad routines
out_has "it is another client's"
# what has happened lies behind us, give or take a day; a goal may lie ahead
one_bad marks at,region 2026-11-22,sternum '2,,,time 2026-11-22 00:00: it lies in the future'
one_bad treatments at 2027-01-01 '2,,,time 2027-01-01 00:00: it lies in the future'
one_bad checkins at,sleep 2030-01-01,3 '2,,,time 2030-01-01 00:00: it lies in the future'
one_bad sessions started 2026-12-24 '2,,,start 2026-12-24 00:00: it lies in the future'
one_bad sessions started,ended 2026-11-20,2026-12-24 '2,,,end 2026-12-24 00:00: it lies in the future'
one_bad findings at,region 2026-12-24,sternum '2,,,time 2026-12-24 00:00: it lies in the future'
printf 'at,region\n2026-11-21T18:30:00Z,sternum\n' >near.csv
run 0 --db near.db import near.csv
printf 'name,kind,day\nnext year,event,2027-11-20\n' >far.csv
run 0 --db near.db import --what goals far.csv
# a muscle stands in a region where it lies
one_bad marks at,region,muscle,side 2026-11-20,knee_front,infraspinatus,left \
    '2,,,infraspinatus: it does not lie in knee_front'
# a header that lacks what is needed
printf 'hours,rating\n24,5\n' >bad.csv
run 65 --db copy.db import --what aftercare bad.csv
err_begins 'knotmap: bad.csv line 1: the header lacks treatment_uid (or treatment)'
printf 'smr,stretch\n1,2\n' >bad.csv
run 65 --db copy.db import --what plans bad.csv
err_begins 'knotmap: bad.csv line 1: the header lacks strength'
# the good rows of a bad file
printf 'name,kind\nfirst,goal\nsecond,event\nthird,goal\n' >half.csv
run 65 --db half.db import --what goals half.csv --keep-going
out_has 'an event needs a day'
run 0 --db half.db --format csv goal list
out_lines 3
run 65 export --what nothing
finish
