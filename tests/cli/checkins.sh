# checkin, checkins: one a day, amended by what is said again.
. "$(dirname "$0")/lib.sh"

columns=id,client,at,sleep,stress,fatigue,soreness,hooper,did,flexibility,energy,mood,at_offset_min,uid
run 0 checkins --format csv
out_is "$columns"
run 0 checkin --sleep 2 --stress 3 --fatigue 4 --soreness 5 --format csv
masked_is "$columns
1,me,2026-11-20T18:30:00Z,2,3,4,5,14,,,,,0,UID"
run 0 checkin --energy 7 --did stretch,foam_roll --flexibility knee_to_wall:left=11.5 --format csv
masked_is "$columns
1,me,2026-11-20T18:30:00Z,2,3,4,5,14,foam_roll;stretch,knee_to_wall:left=11.5,7,,0,UID"
run 0 checkin --did sleep --flexibility knee_to_wall:left=12 --flexibility finger_floor=-3 --mood 0 --format csv
masked_is "$columns
1,me,2026-11-20T18:30:00Z,2,3,4,5,14,foam_roll;stretch;sleep,finger_floor=-3;knee_to_wall:left=12,7,0,0,UID"
run 0 checkin --at yesterday --sleep 7 --format csv
masked_is "$columns
2,me,2026-11-19T12:00:00Z,7,,,,,,,,,0,UID"
run 0 checkins --format csv
out_lines 3
run 0 checkins --since today --format csv
out_lines 2
run 0 checkins --until yesterday --format json
out_has '"sleep":7,"stress":null'
run 0 checkins --limit 1 --format csv
out_lines 2
run 0 undo
run 0 checkins --format csv
out_lines 2

run 64 checkin
run 64 checkin --at today
run 65 checkin --sleep 8
run 65 checkin --energy 11
run 65 checkin --did dancing
run 65 checkin --flexibility knee_to_wall=3
err_has 'say which side'
run 65 checkin --flexibility finger_floor:left=3
run 65 checkin --flexibility ppt:left=3
err_has 'There are knee_to_wall'
run 65 checkin --flexibility knee_to_wall:left=far
run 65 checkin --flexibility knee_to_wall:left=0x10
err_has '0x10 is not a number'
run 65 checkin --at 2026-02-30 --sleep 3
run 0 checkins --format csv
out_lines 2
finish
