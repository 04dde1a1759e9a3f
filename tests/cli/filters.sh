# What narrows lists and searches: tissue, feel, area, sport, age; complaints.
ASSETS=$(cd "$(dirname "$0")/../../assets" && pwd)
. "$(dirname "$0")/lib.sh"

run 0 mark left:achilles --intensity 1 --tissue tendon --quality stiff --kind tightness
run 0 mark left:soleus --intensity 2 --tissue muscle --quality stiff --quality fatigued --at 60d
run 0 mark right:elbow_outer --intensity 3 --kind pain --at 40d
run 0 mark right:elbow_outer --intensity 0 --kind pain --at 30d
run 0 mark right:elbow_outer --intensity 4 --kind pain --at 5d
run 0 mark left:infraspinatus:1 --intensity 5

# tissue, feel, kind
run 0 marks --tissue tendon --format csv
out_lines 2
out_has ',left,achilles,'
run 0 marks --quality fatigued --format csv
out_lines 2
out_has ',soleus,'
run 0 marks --quality stiff --quality fatigued --format csv
out_lines 2
run 0 marks --quality stiff --format csv
out_lines 3
run 0 marks --kind tightness --format csv
out_lines 2
out_has ',tightness,left,achilles,'
run 65 marks --tissue bone
err_has '^knotmap: --tissue: bone is not one of '
run 65 marks --quality soft
run 0 export tendons.csv
holds "the tissue is exported" grep -q ',tendon,' tendons.csv

# areas and sports, of marks and of treatments
run 0 marks --area "Ankle & Foot" --format csv
out_lines 2
out_has ',achilles,'
run 0 marks --area elbow_hand --format csv
out_lines 4
run 0 marks --sport running --format csv
out_lines 2
out_has ',soleus,'
run 0 marks --area shoulder_neck --sport tennis --format csv
out_lines 2
out_has ',infraspinatus,'
run 65 marks --area moon
err_begins 'knotmap: --area: moon is no area'
err_has 'ankle_foot'
run 65 marks --sport chess
err_has 'crossfit'
run 0 done left:soleus --kind smr --tool roller
run 0 done left:infraspinatus --kind smr --tool ball
run 0 treatments --area leg --format csv
out_lines 2
out_has ',soleus,'
run 0 treatments --sport running --format csv
out_lines 2
run 0 treatments --sport running --area shoulder --format csv
out_lines 1

# what is open, by age
run 0 marks --open --format csv
out_has ',days_open,uid$'
run 0 marks --format csv
out_lacks 'days_open'
run 0 marks --open --sort age --format json
holds "the longest stands first" sh -c 'sed -n 2p .out | grep -q "\"days_open\":60,"'
out_has '"days_open":5,'
run 0 marks --age 30d --format csv
out_lines 2
run 0 marks --age 5d --format csv
out_lines 3
run 0 marks --open --sort age --until 35d --format csv
out_lines 3
out_has ',25,' # days_open counts to that day
out_has ',5,'
run 64 marks --sort age
err_has 'Say --open, too'
run 65 marks --age soon
run 65 marks --age today
run 65 marks --open --sort size

# kept under a name, all of it
run 0 filter save stiff tissue:muscle quality:stiff area:leg sport:running age:30d
run 0 marks --filter stiff --format csv
out_lines 2
out_has ',60,[-0-9a-f]*$'
run 65 filter save bad size:3
err_has 'tissue: quality: cause: age:'
run 0 completion bash
out_has "_knotmap_sport='running crossfit"
out_has "'marks --sport'"

# complaints: the caution before anything else
run 0 find --complaint sciatica --side left
holds "the caution is the first line" sh -c 'head -n 1 .out | grep -q "^First, Sciatica .*come from a nerve"'
err_has 'saddle area'
run 0 find --complaint pregnancy --format csv
out_lacks '^First'
err_has '^First, Pregnancy: Ask the midwife'
err_has 'client edit .me. --condition pregnancy'
holds "the caution comes first on standard error, too" sh -c 'head -n 1 .err | grep -q "^First, Pregnancy"'
run 0 client edit me --condition pregnancy
run 0 find --complaint pregnancy --format csv --quiet
err_has '^First, Pregnancy'
run 0 find --complaint pregnancy
err_begins 'Before any massage: call emergency services for a numb saddle area, new trouble with urine or stool, or both legs weak or painful (pressed nerves at the end of the spine); or sudden breathlessness, chest pain on breathing in, or coughing blood (a clot in the lung).'
run 0 find --complaint "slipped disc" --side right --no-flags --format csv
out_lacks ',left,'
run 0 find right:temple --complaint knee --side right --format csv
out_has 'right:temple'
out_has 'right:knee_front'
run 0 explain --complaint knee --side left --format csv
out_has ',left,'
run 64 find --side left knee_front
err_has 'it belongs to --complaint'
run 64 find
err_begins 'knotmap: find: its PLACE is missing'
run 64 explain
run 65 find --complaint hiccups
err_has 'sciatica'
run 65 find --complaint knee --side midline
run 0 atlas complaints sciatica --format csv
out_lines 2
out_has '^sciatica,'
run 0 atlas sports --format csv
out_lines 14
run 0 atlas areas foot --format json
out_has '"code":"foot"'
run 0 atlas profiles --format csv
out_has '^athlete,'
run 65 atlas complaints hiccups

# a replaced table that is damaged is found
run 0 verify --format csv
out_has '^topics,ok,"22 areas, 13 sports, 3 profiles, 12 complaints"'
cp -r "$ASSETS" assets
sed 's/,gluteals;piriformis;/,no_such_muscle;/' "$ASSETS/sports.csv" >assets/sports.csv
KNOTMAP_ASSETS=assets run 1 verify --format csv
out_has '^topics,.*sports.csv line 2, column muscles: '
damaged() { # CHECK TABLE SED-SCRIPT: one fault, told by the check
    cp "$ASSETS"/*.csv assets
    sed "$3" "$ASSETS/$2.csv" >"assets/$2.csv"
    KNOTMAP_ASSETS=assets run 1 verify --format csv
    out_has "^$1,fault,.*$2.csv line 2, column "
    holds "more than one fault" [ "$(grep -c ',fault,' .out)" = 1 ]
}
damaged 'warning signs' flag_triggers '2s/,any,/,some,/'
damaged 'warning signs' red_flags '2s/,emergency,/,later,/'
damaged ranking rare_points '2s/,4,/,99,/'
damaged planner motions '2s/,5,20,/,5,0,/'
damaged planner endangerment '2s/^[a-z_]*,/no_such_place,/'

# a routine for a complaint: its caution first, and none that would not heed its condition
KNOTMAP_DB=complaint.db
export KNOTMAP_DB
run 0 routine --complaint neck --side left --minutes 5
holds "the caution is the first line" sh -c 'head -n 1 .out | grep -q "^First, Neck pain: "'
out_has '[0-9]  left '
out_lacks '[0-9]  right '
err_has 'headache that peaks'
run 65 routine --complaint pregnancy
out_has '^First, Pregnancy: '
err_has 'pregnancy is not kept with the client yet'
run 0 client edit me --condition pregnancy
run 0 routine --complaint pregnancy
run 64 routine --side left
run 64 routine

# the conditions a routine heeds have a list
run 0 atlas conditions
out_has '^anticoagulants .*Blood thinners'
run 65 client edit me --condition unheard_of
err_has 'knotmap atlas conditions'

finish
