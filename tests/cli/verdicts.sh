# Verdicts on made data, from end to end: rating files in, trend out. Whole ratings with a daily
# noise of SD 1.0, 14 days on each side, levels 5 to 8: pure noise gives at most 5 % false verdicts
# a series, falls of 30 % are found in at least 80 %.
. "$(dirname "$0")/lib.sh"

# One series a region and side, 28 days from 10 September 2026; level after the 14th day times FALL.
"$KNOTMAP" atlas regions --format csv >regions.csv
series() { # CLIENT LEVEL FALL SEED
    awk -F, -v client="$1" -v level="$2" -v fall="$3" -v seed="$4" '
        function unit() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
        function normal() { return sqrt(-2 * log(unit())) * cos(6.283185307179586 * unit()) }
        function put(side, region,    d, v, day, month) {
            for (d = 0; d < 28; d++) {
                v = int((d < 14 ? level : level * fall) + normal() + 10.5) - 10
                v = v < 0 ? 0 : v > 10 ? 10 : v
                day = d + 10
                month = day <= 30 ? 9 : 10
                printf("%s,2026-%02d-%02dT09:00:00Z,pain,%s,%s,%d\n", client, month,
                       (month == 9 ? day : day - 30), side, region, v)
            }
        }
        BEGIN { print "client,at,kind,side,region,intensity"; unit() }
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        {
            if ($column["midline"] == "yes") put("midline", $column["code"])
            else { put("left", $column["code"]); put("right", $column["code"]) }
        }' regions.csv
}
for level in 5 6 7 8; do
    series noise$level $level 1 $((level * 1000 + 7)) >noise$level.csv
    series fall$level $level 0.7 $((level * 1000 + 11)) >fall$level.csv
    run 0 import noise$level.csv
    run 0 import fall$level.csv
    holds "too few rows" [ "$(wc -l <noise$level.csv)" -gt 3000 ]
done

# How many series of CLIENT have one of these verdicts in any bucket, and how many there are.
called() { # CLIENT BUCKET VERDICTS
    "$KNOTMAP" --client "$1" trend --by place --bucket "$2" --format csv | awk -F, -v want="$3" '
        NR > 1 { all[$2 "," $3] = 1; if ($8 ~ "^(" want ")$") hit[$2 "," $3] = 1 }
        END { for (k in all) n++; for (k in hit) m++; print m + 0, n + 0 }'
}
for bucket in day week month; do
    false_ones=0 noise=0 found=0 falls=0
    for level in 5 6 7 8; do
        set -- $(called noise$level $bucket 'better|worse') $(called fall$level $bucket better)
        false_ones=$((false_ones + $1)) noise=$((noise + $2)) found=$((found + $3)) falls=$((falls + $4))
        said="trend --bucket $bucket, fall of 30 % from $level"
        holds "found $3 of $4" [ $(($3 * 100)) -ge $(($4 * 80)) ]
    done
    echo "by $bucket: false verdicts in $false_ones of $noise series of noise, $found of $falls falls found"
    said="trend --bucket $bucket"
    holds "too few series" [ "$noise" -gt 500 ]
    holds "$false_ones of $noise series of noise have a verdict" [ $((false_ones * 100)) -le $((noise * 5)) ]
done

finish
