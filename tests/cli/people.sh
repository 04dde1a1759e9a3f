# client and session.
. "$(dirname "$0")/lib.sh"

run 0 client list --format csv
masked_is 'id,name,born,sex,contact,archived,last_seen,open_marks,note,conditions,tools,profile,worst,change,verdict,next_visit,lasting,flags,warnings,uid
1,me,,,,no,,0,,,,,,,too_few,,0,,,UID'
run 0 client add 'Ada "B", C.' --born 1990-04-01 --sex f --contact ada@example.org --tool ball \
    --tool roller --note new --format csv
masked_is 'id,name,born,sex,contact,archived,last_seen,open_marks,note,conditions,tools,profile,uid
2,"Ada ""B"", C.",1990-04-01,f,ada@example.org,no,,0,new,,ball;roller,,UID'
run 65 client add 'ada "b", c.'
run 65 client add ''
run 65 client add "$(printf 'a\033b')"
run 0 client edit 'ada "B", c.' --name Ada --clear contact --tool cane --format csv
masked_is 'id,name,born,sex,contact,archived,last_seen,open_marks,note,conditions,tools,profile,uid
2,Ada,1990-04-01,f,,no,,0,new,,cane,,UID'
run 0 client show 2 --format json
out_has '"name":"Ada","born":"1990-04-01","sex":"f","contact":null,"archived":false'
run 0 --client ada mark left:scapula --intensity 3
run 0 --client 2 marks --format csv
out_lines 2
KNOTMAP_CLIENT=ADA run 0 marks --format csv
out_lines 2
run 1 --client Adda marks
err_is 'knotmap: client Adda: there is no such client
close to it: Ada'
run 1 --client Quentin marks
err_is 'knotmap: client Quentin: there is no such client
knotmap client list shows those there are'
run 0 marks --format csv
out_lines 1
run 0 client list --format csv
out_has '^2,Ada,1990-04-01,f,,no,2026-11-20T18:30:00Z,1,new,'
run 0 client archive ada
run 0 client list --format csv
out_lines 2
run 0 client list --archived --format csv
out_has '^2,Ada,1990-04-01,f,,yes,'
run 0 client archive Ada --restore --format csv
out_has ',no,'
run 0 filter save 'knee of ada' side:left
run 0 filter save 'for all' side:left
run 0 filter save gone ada side:left
run 0 filter remove gone
run 0 client erase Ada --yes --format csv
out_has '^2,Ada,'
run 1 client show Ada
run 1 undo
run 1 client show Ada
said="traces of an erased client"
holds "a trace is left" [ "$(cat "$HOME"/.local/share/knotmap/* | grep -ce 'Ada' -e 'of ada' -e 'ada side')" = 0 ]
run 0 filter list --format csv
out_lines 2
out_has 'for all'

# whom a list shows
run 0 client add Worn
run 0 --client Worn mark left:calf --intensity 4 --at 100d
run 0 --client Worn checkin --stress 6
run 0 client add Calm
run 0 --client Calm mark left:calf --intensity 4 --at 10d
run 0 --client Calm checkin --stress 2
run 0 client list --chronic --format csv
out_lines 2
out_has ',Worn,'
run 0 client list --stress 2 --format csv
out_lines 3
run 0 client list --chronic --stress 7 --format csv
out_lines 1
run 65 client list --stress 8
# profiles: a plan until one is set, and what is offered first
run 0 --client Calm plan --format csv
out_has '^2026-11-16,0,2,0,5,0,2,'
run 0 client edit Calm --profile "Desk worker" --format csv
out_has ',desk_worker,'
run 0 client edit Calm --profile athlete
out_has 'Athlete: rolling 3, stretching 5, strengthening 3 times a week unless you set a plan'
out_has 'causes offered first: training, overuse'
run 0 --client Calm plan --format csv
out_has '^2026-11-16,0,3,0,5,0,3,'
run 0 --client Calm plan --smr 1
run 0 --client Calm plan --format csv
out_has '^2026-11-16,0,1,0,5,0,3,'
run 0 client list --profile athlete --format csv
out_lines 2
out_has ',Calm,'
run 0 client show Calm --format json
out_has '"profile":"athlete","uid"'
run 0 export --what clients people.csv --all
holds "the profile is exported" grep -q ',athlete,' people.csv
run 0 --db other.db import --what clients people.csv
run 0 --db other.db client show Calm --format csv
out_has ',athlete,'
sed s/athlete/astronaut/ people.csv >bad.csv
run 65 --db third.db import --what clients bad.csv
run 65 client edit Calm --profile astronaut
err_begins 'knotmap: --profile: astronaut is no profile'
err_has 'athlete, desk_worker'
run 0 client edit Calm --clear profile --format csv
out_lacks 'athlete'
run 0 client add Sam --profile desk_worker --format csv
out_has ',desk_worker,'
run 0 client erase Sam --yes
run 0 client erase Worn --yes
run 0 client erase Calm --yes

# sessions
run 0 session start --kind training --goal strength --muscle hamstrings --muscle gluteus_maximus \
    --rpe 7 --minutes 45 --feel 8 --note hard --format csv
masked_is 'id,client,kind,started,ended,rpe,minutes,load,note,subjective,objective,assessment,plan,goal,muscles,feel,at_offset_min,feel_before,modality,service,practitioner,signed,checked,skipped,uid
1,me,training,2026-11-20T18:30:00Z,,7,45,315,hard,,,,,strength,hamstrings;gluteus_maximus,8,0,,,,,,,,UID'
run 65 session start
run 0 mark sternum --format csv
out_has '^[0-9]*,me,1,'
run 0 session end --format csv
out_has '2026-11-20T18:30:00Z,2026-11-20T18:30:00Z,'
run 1 session end
run 0 mark sternum --format csv
out_has '^[0-9]*,me,,'
run 0 marks --session 1 --format csv
out_lines 2
run 0 session note 1 --subjective s --objective o --assessment a --plan p --format csv
out_has ',hard,s,o,a,p,strength,'
run 0 session edit 1 --modality massage --service massage --practitioner Me --feel-before 2 --format csv
out_has ',2,massage,massage,Me,,,,'
run 0 session edit 1 --clear modality --clear service --clear practitioner --clear feel_before --format csv
out_has ',8,0,,,,,,,,'
run 0 undo --format csv
out_has ',edit training session,1$'
run 0 redo
run 0 session edit 1 --kind recovery --clear rpe --clear goal --format csv
out_has '^1,me,recovery,.*,,45,,hard,s,o,a,p,,'
run 0 session show 1
out_has '^assessment  a$'
run 0 session start --kind treatment --at 2026-11-20T17:00
run 0 session list --limit 1 --format csv
out_lines 2
run 0 session list --format csv
out_lines 3
# what the list says besides: worst, the week against the four before, next visit, what to heed
KNOTMAP_DB=glance.db
export KNOTMAP_DB
row() { # of Ann: the columns of the list that are no part of the record
    run 0 client list --format csv
    checks=$((checks + 1))
    [ "$(grep '^2,Ann,' "$HOME/.out" | cut -d, -f13-19)" = "$1" ] ||
        fault "the list does not say: $1"
}
run 0 client add Ann
row ',,too_few,,0,,'
KNOTMAP_CLIENT=Ann
export KNOTMAP_CLIENT
for day in 20 21 22 23 24; do
    run 0 mark left:calf --kind pain --intensity 2 --at 2026-10-${day}T09:00
done
for day in 15 16 17 18 19; do
    run 0 mark left:calf --kind pain --intensity 6 --at 2026-11-${day}T09:00
done
row '6,4.0,worse,,0,,'
run 0 mark left:soleus:1 --intensity 3 --at 2026-05-01T09:00
run 0 goal add physio --kind visit --at 2026-11-10
run 0 goal add physio --kind visit --at 2026-12-01
run 0 goal add physio --kind visit --at 2026-11-25
row '6,4.0,worse,2026-11-25,1,,1 place open over three months'
run 0 client edit Ann --condition anticoagulants
run 0 find left:calf --flag clot
run 0 client list --format csv
out_has ',2026-11-25,1,clot,"\{0,1\}red flag: .*(said 2026-11-20); Blood thinners; 1 place open'
run 0 find left:calf --no-flags
run 0 client list --format csv
out_has ',2026-11-25,1,,Blood thinners; 1 place open over three months,'
# a sign said half a year ago and never asked again is no warning any more
KNOTMAP_DB=old.db
KNOTMAP_CLIENT=me
KNOTMAP_NOW=2026-05-01T12:00:00Z
run 0 find left:calf --flag clot
run 0 client list --format csv
out_has 'red flag: '
KNOTMAP_NOW=2026-11-20T18:30:00Z
run 0 client list --format csv
out_lacks 'red flag: '
unset KNOTMAP_CLIENT

# a name that was never set is nobody's, not mine; one of which nothing is seen is none
run 65 --client '' mark left:infraspinatus
err_is 'knotmap: --client: it is empty'
run 65 --db '' marks
err_is 'knotmap: --db: it is empty'
run 65 client add "$(printf '\342\200\213')"
err_is 'knotmap: name: it is empty'

# what lasts: gone and back on one day was never gone, as in episodes; gone till the next day was
KNOTMAP_DB=lasting.db
export KNOTMAP_DB
run 0 mark left:calf --intensity 4 --at 120d
run 0 mark right:calf --intensity 4 --at 120d
for side in left right; do
    run 0 mark $side:calf --intensity 0 --at 2026-11-10T09:00
done
run 0 mark left:calf --intensity 5 --at 2026-11-10T18:00
run 0 mark right:calf --intensity 5 --at 2026-11-11T18:00
run 0 episodes --format csv
out_has '^left,calf,.*,120,yes,'
run 0 client list --format json
out_has '"lasting":1'
run 0 client list --chronic --format csv
out_has '^1,me,'
run 0 news
out_has '1 open over three months'
run 0 undo
run 0 undo
run 0 client list --chronic --format csv
out_lacks '^1,me,'
run 0 news
out_lacks 'over three months'
# gone for days stays gone, whatever a later day says
run 0 mark left:calf --intensity 0 --at 2026-11-13T09:00
run 0 mark left:calf --intensity 5 --at 2026-11-13T18:00
run 0 news
out_lacks 'over three months'
run 0 client list --chronic --format csv
out_lacks '^1,me,'

finish
