# The client in short, for somebody who never saw him: every figure is the one that marks,
# episodes, trend, compare, recurrence and helped give in csv, and json says the same.
. "$(dirname "$0")/lib.sh"

run 0 --db clinic.db demo
KNOTMAP_DB=clinic.db
KNOTMAP_CLIENT='Viktor Sorel'
export KNOTMAP_DB KNOTMAP_CLIENT

# A csv without quotes around commas; the text of a summary, its last column, is left out.
csv() {
    file=$1
    shift
    run 0 "$@" --format csv
    sed 's/,"[^"]*"$/,/' "$HOME/.out" >"$file"
}
# The columns NAMES of the rows in which column TOPIC is WANTED: pick FILE COLUMN WANTED NAMES...
pick() {
    awk -F, -v by="$2" -v wanted="$3" -v names="$4" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(names, name, " "); next }
        by == "" || $at[by] == wanted {
            for (i = 1; i <= n; i++) printf("%s%s", i > 1 ? "," : "", $at[name[i]])
            print ""
        }' "$1"
}
same() { # WHAT FILE FILE
    checks=$((checks + 1))
    [ -s "$2" ] && cmp -s "$2" "$3" || fault "$1: $(diff "$2" "$3" | head -5)"
}

csv summary.csv summary
out_has '^topic,side,place,kind,now,since,days,times,change,verdict,size,text$'
out_has '^warning,.*Blood thinners$'
out_has "^warning,.*2 places open over three months: time for a clinician's look$"

# what hurts, how much: the marks that are open
pick summary.csv topic hurts 'side place kind now' | sort >a
run 0 marks --open --format csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    { m = $c["muscle"]; t = $c["trigger_point"]
      print $c["side"] "," (m == "" ? $c["region"] : t == "" ? m : m ":" t) "," $c["kind"] "," $c["intensity"] }' \
    "$HOME/.out" | sort >b
same 'what hurts' a b

# since when: the episodes that are open
pick summary.csv topic hurts 'side place kind since days' | sort >a
csv episodes.csv episodes
pick episodes.csv open yes 'side place kind first days' | sort >b
same 'since when' a b

# worse or better, and more than noise: the last row of trend
csv trend.csv trend
pick summary.csv topic hurts 'side place' | sort -u >keys
pick trend.csv '' '' 'side key verdict size' |
    awk -F, '{ last[$1 "," $2] = $0 } END { for (k in last) print last[k] }' | sort |
    grep -F -f keys >b
pick summary.csv topic hurts 'side place verdict size' | sort -u >a
same 'verdicts' a b
holds 'one place is clearly worse' grep -q ',worse,clear$' a
holds 'one place is the same' grep -q ',same,$' a

# since the last visit: compare of its end with now
run 0 session list --format csv
visit=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    $c["kind"] == "treatment" { print $c["ended"]; exit }' "$HOME/.out")
csv compare.csv compare "$visit" now
for what in new gone worse better same; do
    echo "$(pick compare.csv verdict $what 'place' | wc -l | tr -d ' ') $what"
done >b
run 0 summary --format csv
grep '^visit,,' "$HOME/.out" | head -1 | sed 's/.*: //; s/"$//; s/the same/same/; s/, /\n/g' >a
same 'changes since the last visit' a b

# what comes back and how often
pick summary.csv topic back 'side place kind times days' >a
csv recurrence.csv recurrence
pick recurrence.csv '' '' 'side place kind episodes interval' | head -3 >b
same 'what comes back' a b

# sides
csv balance.csv balance
right=$(pick balance.csv '' '' right | awk '{ n += $1 } END { print n }')
left=$(pick balance.csv '' '' left | awk '{ n += $1 } END { print n }')
run 0 summary --format csv
out_has "^side,.*mostly right: $left marks left and $right right in 90 days$"

# together, causes
csv together.csv together
pick together.csv '' '' both | head -2 >b
pick summary.csv topic together times >a
same 'together' a b
run 0 causes --format csv
cause=$(awk -F, 'NR == 2 { print $1 " " $2 }' "$HOME/.out")
run 0 summary --format csv
out_has "causes named, by marks: $cause,"

# what helps: the best median of those with five treatments and more
run 0 helped --format csv
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    $c["n"] >= 5 && $c["median"] < 0 { print $c["median"] "," $c["n"] }' "$HOME/.out" |
    sort -t, -k1,1n -k2,2nr | head -2 | awk -F, '{ printf("%.1f,%d\n", $1, $2) }' >b
pick summary.csv topic helps 'change times' | awk -F, '{ printf("%.1f,%d\n", $1, $2) }' >a
same 'what helps' a b

# what is next: the goal of kind visit
run 0 goal list --format csv
out_has ',visit,.*,2026-11-23,'
run 0 summary --format csv
out_has '^next,.*visit Mon 23 Nov, in 3 days"$'
out_has '^next,.*look over the right shoulder when driving'

# json says what csv says, and text fits people
run 0 summary --format json
holds 'as many objects as rows' [ "$(grep -c '"topic"' "$HOME/.out")" -eq "$(($(wc -l <summary.csv) - 1))" ]
out_has '"topic": *"hurts".*"now": *8'
run 0 summary
out_has '^hurts     8 right side of neck (upper trapezius 1), knot, 269 days: clearly worse'
run 0 --client me summary
out_has '^helps '

# of somebody without a record there is only what is due
KNOTMAP_DB=empty.db
KNOTMAP_CLIENT=me
run 0 summary --format csv
out_lacks '^[^tn]'
out_has '^next,'

finish
