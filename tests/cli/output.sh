# Where output goes: pipes that close, disks that fill, colours and widths.
. "$(dirname "$0")/lib.sh"

run 0 demo
said="marks into a closed pipe"
{ "$KNOTMAP" atlas referrals --format csv 2>"$HOME/.err" || echo "code $?" >"$HOME/.out"; } | head -n 1 >/dev/null
err_is ''

if [ -e /dev/full ]; then
    for command in "marks" "marks --format csv" "atlas muscles --format json" "help" "chart" "completion bash" "export"; do
        said="$command >/dev/full"
        "$KNOTMAP" $command >/dev/full 2>"$HOME/.err" </dev/null
        code=$?
        : >"$HOME/.out"
        holds "exit code $code instead of 74" [ "$code" = 74 ]
        err_begins 'knotmap: standard output: No space left on device'
    done
    said="mark >/dev/full"
    "$KNOTMAP" mark sternum --note kept >/dev/full 2>"$HOME/.err" </dev/null
    err_has 'is stored; knotmap undo'
    run 74 export /dev/full
    holds "the device was replaced" [ -c /dev/full ]
fi
# a file that may not grow is an error like a full disk, and leaves nothing behind
said="export past the limit of a file's size"
(ulimit -f 1 && "$KNOTMAP" export big.csv >"$HOME/.out" 2>"$HOME/.err" </dev/null)
code=$?
holds "exit code $code instead of 74" [ "$code" = 74 ]
holds "a piece is left" [ -z "$(ls "$HOME" | grep big)" ]
said="marks with standard output closed"
"$KNOTMAP" marks >&- 2>"$HOME/.err" </dev/null
code=$?
holds "exit code $code instead of 74" [ "$code" = 74 ]

# no colour, no control sequences in a file
run 0 marks
out_lacks "$(printf '\033')"
run 0 chart
out_lacks "$(printf '\033')"
run 0 mark sternum --note "$(printf 'ring\007 and\033[31m red')"
run 0 marks --limit 1
out_lacks "$(printf '\033')"
out_has 'x1b'
run 0 mark sternum --note 'naïve'
run 0 marks --limit 1 --ascii
out_has 'na?ve'
run 0 marks --limit 1 --format csv --ascii
out_has 'naïve'

# the chart keeps to its size
for style in ascii unicode; do
    run 0 chart --style $style --width 80 --height 24
    checks=$((checks + 1))
    [ "$(wc -l <"$HOME/.out")" -le 24 ] || fault "more than 24 lines"
    checks=$((checks + 1))
    [ "$(wc -L <"$HOME/.out")" -le 80 ] || fault "more than 80 columns"
done
# where no body has room, its places stand in a list, strongest first
run 0 --db list.db mark left:scapula --intensity 10
run 0 --db list.db mark right:temple --kind pain --intensity 4
run 0 --db list.db mark sternum --kind tightness
run 0 --db list.db chart --style ascii --width 40 --height 12
holds "the list is not the places" [ "$(head -n 3 "$HOME/.out")" = "*o left:scapula
4! right:temple
=  sternum" ]
run 0 --db list.db chart --style ascii --width 12 --height 2
out_is '*o left:s...
2 more'
run 0 --db list.db chart --style unicode --width 20 --height 6 --refer infraspinatus:1 --heat 30d
out_lines 6
out_has '^# right:'
for size in 1:1 20:10 80:17 80:18 500:3; do
    for style in ascii unicode; do
        run 0 --db list.db chart --style $style --width ${size%:*} --height ${size#*:}
        out_lines ${size#*:}
        holds "wider than asked" [ "$(wc -L <"$HOME/.out")" -le ${size%:*} ]
    done
done
run 0 chart --style ascii --width 80 --height 24
out_has 'R .*FRONT.* L'
out_has 'BACK'
checks=$((checks + 1))
LC_ALL=C grep -q '[^ -~]' "$HOME/.out" && fault "something is not ASCII"
run 0 chart --view all --width 80 --height 24 --style ascii
for view in FRONT BACK LEFT RIGHT SOLES; do out_has $view; done
run 0 chart --view back --refer left:infraspinatus:1 --style ascii
out_has '#'
out_has 'essential'
run 0 chart --svg
out_has '<svg '
out_has 'data-region="scapula"\|id="[^"]*scapula'
run 0 chart --at 2020-01-01 --style ascii
out_lacks '[0-9]'
LC_ALL=C run 0 chart
checks=$((checks + 1))
LC_ALL=C grep -q '[^ -~]' "$HOME/.out" && fault "something is not ASCII without a UTF-8 locale"
finish
