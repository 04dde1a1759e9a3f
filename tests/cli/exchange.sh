# import and export: all or nothing, and back to the same records.
. "$(dirname "$0")/lib.sh"

# byte for byte the same through another database, ids and session numbers aside
run 0 demo clinic.db
run 0 --db clinic.db export --all all.csv
holds "the file is not private" [ "$(stat -c %a all.csv)" = 600 ]
holds "too few marks" [ "$(wc -l <all.csv)" -gt 3000 ]
run 0 --db other.db import all.csv
err_has ' 0 already here, 0 refused.$'
said="export after import"
"$KNOTMAP" --db clinic.db export --all | sed -E 's/^[0-9]+,([^,]*),[0-9]*,/\1,/' >a
"$KNOTMAP" --db other.db export --all | sed -E 's/^[0-9]+,([^,]*),[0-9]*,/\1,/' >b
holds "what came back is not the same" cmp -s a b
run 0 --db other.db verify
# every kind of record, in the order that needs no frames
for what in clients sessions treatments checkins marks; do
    run 0 --db clinic.db export --all --what $what $what.csv
    run 0 --db whole.db import --what $what $what.csv
    err_has ' 0 refused.$'
    run 0 --db whole.db export --all --what $what
    drop='s/^[0-9]+,//'
    case $what in
    clients) ;; # their last day and open marks come with the other records
    marks | treatments) sed -E 's/^[0-9]+,([^,]*),[0-9]*,/\1,/' $what.csv | sort >a
        sed -E 's/^[0-9]+,([^,]*),[0-9]*,/\1,/' "$HOME/.out" | sort >b
        holds "$what came back changed" cmp -s a b ;;
    *) sed -E "$drop" $what.csv | sort >a
        sed -E "$drop" "$HOME/.out" | sort >b
        holds "$what came back changed" cmp -s a b ;;
    esac
    holds "$what: nothing was exported" [ "$(wc -l <$what.csv)" -gt 12 ]
done
# what the list of clients adds up comes last; the empty "me" became the one of the file
same_clients() {
    sed -E 's/^[0-9]+,//' clients.csv | sort >a
    sed -E 's/^[0-9]+,//' "$HOME/.out" | sort >b
    holds "clients came back changed" cmp -s a b
}
run 0 --db whole.db export --what clients
same_clients
run 0 --db whole.db verify
# the other way round records make the clients and sessions that their own files then fill
for what in checkins treatments marks sessions clients; do
    run 0 --db backwards.db import --what $what $what.csv
    err_has ' 0 already here, 0 refused.$'
done
run 0 --db backwards.db export --what clients
same_clients
run 0 --db backwards.db export --all --what sessions
sed -E 's/^[0-9]+,//' sessions.csv | sort >a
sed -E 's/^[0-9]+,//' "$HOME/.out" | sort >b
holds "sessions came back changed" cmp -s a b
run 0 --db backwards.db import --what clients clients.csv
err_is '0 clients stored, 12 already here, 0 refused.'
# a client of whom something is told here keeps it
run 0 --db told.db client edit me --note mine
run 0 --db told.db import --what clients clients.csv
err_is '11 clients stored, 1 already here, 0 refused.'
run 0 --db told.db client show me
out_has mine
# what a session says beside its own fields, signed ones too
run 0 --db signed.db session start --kind treatment --at 2026-11-20T09:00:00Z --feel-before 3 \
    --modality massage --service massage --practitioner 'R. Hale, LMT'
run 0 --db signed.db session end
run 0 --db signed.db session sign 1
run 0 --db signed.db session list --format json
out_has '"feel_before":3,"modality":"massage","service":"massage","practitioner":"R. Hale, LMT","signed":"2026-11-20T18:30:00Z","checked":null,"skipped":null,"uid"'
run 0 --db signed.db export --what sessions signed.csv
run 0 --db signed2.db import --what sessions signed.csv
run 0 --db signed2.db export --what sessions
holds "the signed session came back changed" cmp -s signed.csv "$HOME/.out"
run 65 --db signed2.db session sign 1
# sessions known from marks are filled by the sessions themselves
run 0 --db other.db import --what sessions sessions.csv
err_has '^[0-9]* sessions stored, [0-9]* already here, 0 refused.$'
run 0 --db other.db export --all --what sessions
sed -E 's/^[0-9]+,//' sessions.csv | sort >a
sed -E 's/^[0-9]+,//' "$HOME/.out" | sort >b
holds "sessions came back changed" cmp -s a b
# a second time nothing is new
run 0 --db other.db import all.csv
err_has '^0 marks stored, [0-9]* already here, 0 refused.$'
# one undo takes an import back
run 0 --db third.db import all.csv
run 0 --db third.db undo
run 0 --db third.db export --all
out_lines 1

cat >bad.csv <<'CSV'
at,side,region,intensity,note
2026-11-20T08:00:00Z,left,scapula,5,"two
lines"
2026-11-20T08:00:00Z,left,nowhere,5,
2026-11-20T08:00:00Z,left,scapula,11,
yesterday,,sternum,1,
CSV
run 65 import bad.csv --format csv
out_is 'line,column,value,problem
4,region,nowhere,no such region
5,intensity,11,outside 0..10'
err_has '^knotmap: bad.csv: 2 rows refused, nothing was stored$'
run 0 marks --format csv
out_lines 1
run 65 import bad.csv --dry-run --format json
out_has '{"line":4,"column":"region","value":"nowhere","problem":"no such region"}'
run 0 marks --format csv
out_lines 1
run 65 import bad.csv --keep-going
out_has 'nowhere'
run 0 marks --format csv
out_has ',sternum,'
out_has '"two$'
run 0 undo
run 0 marks --format csv
out_lines 1

printf 'When;x\n' >semicolons.csv
run 65 import semicolons.csv
printf 'at,region\n2026-11-20,"sternum\n' >open.csv
run 65 import open.csv
: >empty.csv
run 65 import empty.csv
err_begins 'knotmap: empty.csv: it is empty, a header row was expected'
printf 'Date,Where,Side\n2026-11-20,temple,left\n' >foreign.csv
run 65 import foreign.csv
run 0 import foreign.csv --map at=Date --map region=Where --dry-run
err_is '1 mark would be stored, 0 already here, 0 refused.'
run 0 import foreign.csv --map at=Date --map region=Where
err_is '1 mark stored, 0 already here, 0 refused.'
run 65 import foreign.csv --map at=Day
run 65 import foreign.csv --map when=Date
run 65 import foreign.csv --map at
printf '\357\273\277at,muscle,side,trigger_point,extra\r\n2026-11-20,infraspinatus,right,1,x\r\n' >bom.csv
run 0 import bom.csv
err_begins 'Columns not read: extra.'
run 0 marks --side right --format csv
out_has ',right,scapula,infraspinatus,1,back,'
printf 'at,region,client\n2026-11-20,sternum,Someone New\n' >people.csv
run 0 import people.csv
run 0 --client 'someone new' marks --format csv
out_lines 2
run 0 import bom.csv --quiet
err_is ''
# standard input
"$KNOTMAP" --db in.db import - <people.csv >"$HOME/.out" 2>"$HOME/.err"
said="import -"
holds "standard input was not read" [ $? = 0 ]
run 0 --db in.db --client 'Someone New' export
out_lines 2
finish
