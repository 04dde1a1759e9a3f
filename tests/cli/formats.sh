# Names, columns and order of every listing are what scripts rely on.
. "$(dirname "$0")/lib.sh"

header() {
    columns=$1
    shift
    run 0 "$@" --format csv
    checks=$((checks + 1))
    [ "$(head -n 1 "$HOME/.out")" = "$columns" ] || fault "header is not: $columns"
}

marks=id,client,session,at,kind,side,region,muscle,trigger_point,view,x,y,intensity,state
marks=$marks,qualities,ppt_kpa,taut_band,twitch,note,ppt_readings,ppt_area_cm2,referral_felt
marks=$marks,cause,tissue,onset,session_uid,at_offset_min,test,uid

header "$marks" marks
out_lines 1
run 0 marks --format json
out_is "[]"
run 0 marks
out_is ""
err_is "No marks."
run 0 marks --quiet
err_is ""

header "$marks" mark left:infraspinatus:1 --intensity 6 --state active
header "$marks" edit 1 --intensity 5
header change,what,id undo
header change,what,id redo
header muscle,trigger_point,side,region,kind,weight,source refer infraspinatus:1
header rank,muscle,trigger_point,side,score,explains,misses,expects,history,why find right:knee_front
header step,muscle,trigger_point,side,explains,left_over explain right:knee_front
header step,muscle,side,kind,tool,position,action,seconds,sets,pressure,caution,source,pressure_word,cue,cue_count routine --open
header id,client,session,at,muscle,side,kind,tool,seconds,before,after,response,note,region,trigger_point,routine,routine_step,session_uid,at_offset_min,during,stiffness_before,stiffness_after,tension_before,tension_after,stopped,routine_uid,uid treatments
header id,name,born,sex,contact,archived,last_seen,open_marks,note,conditions,tools,profile,worst,change,verdict,next_visit,lasting,flags,warnings,uid client list
header id,client,kind,started,ended,rpe,minutes,load,note,subjective,objective,assessment,plan,goal,muscles,feel,at_offset_min,feel_before,modality,service,practitioner,signed,checked,skipped,uid session list
header check,result,detail verify
header code,name,area,midline,views atlas regions
header muscle,trigger_point,region,kind,laterality,weight,source,basis atlas referrals
header key_muscle,satellite_muscle,source atlas satellites
header "$marks" export
run 0 unmark 1

# one full record in all three formats
run 0 mark left:infraspinatus:1 --at 2026-11-19T08:00:00+01:00 --intensity 6 --state active \
    --quality aching --quality deep --ppt 250 --ppt 260.5 --ppt-area 1 --twitch --no-taut-band \
    --referral-felt left:shoulder_front --referral-felt sternum --cause posture --tissue muscle \
    --onset 2026-11-01T00:00:00Z --note 'a "quoted", note' --view back --x -50 --y 204.5 --format csv
masked_is "$marks
1,me,,2026-11-19T07:00:00Z,knot,left,scapula,infraspinatus,1,back,-50.0,204.5,6,active,aching;deep,255.2,no,yes,\"a \"\"quoted\"\", note\",250;260.5,1,left:shoulder_front;sternum,posture,muscle,2026-11-01T00:00:00Z,,60,,UID"
run 0 marks --format json
masked_is '[
{"id":1,"client":"me","session":null,"at":"2026-11-19T07:00:00Z","kind":"knot","side":"left","region":"scapula","muscle":"infraspinatus","trigger_point":1,"view":"back","x":-50.0,"y":204.5,"intensity":6,"state":"active","qualities":"aching;deep","ppt_kpa":255.2,"taut_band":false,"twitch":true,"note":"a \"quoted\", note","ppt_readings":"250;260.5","ppt_area_cm2":1,"referral_felt":"left:shoulder_front;sternum","cause":"posture","tissue":"muscle","onset":"2026-11-01T00:00:00Z","session_uid":null,"at_offset_min":60,"test":null,"uid":"UID"}
]'
run 0 marks
out_has "^ 1  2026-11-19 08:00  knot  left:infraspinatus:1 "
run 0 mark sternum --kind pain --format csv
masked_is "$marks
2,me,,2026-11-20T18:30:00Z,pain,midline,sternum,,,front,$(sed -n '2s/^\([^,]*,\)\{10\}\([^,]*,[^,]*\),.*/\2/p' "$HOME/.out"),,unspecified,,,,,,,,,,,,,0,,UID"
finish
