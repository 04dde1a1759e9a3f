# What the scripts of this folder share. The first argument is the knotmap to test.
KNOTMAP=$1
HOME=$(mktemp -d) || exit 1
trap 'rm -rf "$HOME"' EXIT
cd "$HOME" || exit 1
TZ=UTC
KNOTMAP_NOW=2026-11-20T18:30:00Z
LC_ALL=C.UTF-8
export HOME TZ KNOTMAP_NOW LC_ALL
unset KNOTMAP_DB KNOTMAP_CLIENT KNOTMAP_ASSETS XDG_DATA_HOME XDG_CONFIG_HOME XDG_STATE_HOME NO_COLOR
checks=0
faults=0

fault() {
    faults=$((faults + 1))
    echo "not ok: knotmap $said"
    echo "  $*"
    sed 's/^/  out: /' "$HOME/.out" | head -20
    sed 's/^/  err: /' "$HOME/.err" | head -20
}

# run CODE ARGS...: run it and compare the exit code; output is kept for the next lines.
run() {
    want=$1
    shift
    said="$*"
    "$KNOTMAP" "$@" >"$HOME/.out" 2>"$HOME/.err" </dev/null
    code=$?
    checks=$((checks + 1))
    [ "$code" = "$want" ] || fault "exit code $code instead of $want"
}

# The whole of standard output, standard error, or their first line.
out_is() {
    checks=$((checks + 1))
    [ "$(cat "$HOME/.out")" = "$1" ] || fault "standard output is not: $1"
}
err_is() {
    checks=$((checks + 1))
    [ "$(cat "$HOME/.err")" = "$1" ] || fault "standard error is not: $1"
}
err_begins() {
    checks=$((checks + 1))
    [ "$(head -n 1 "$HOME/.err")" = "$1" ] || fault "standard error does not begin: $1"
}
out_has() {
    checks=$((checks + 1))
    grep -qe "$1" "$HOME/.out" || fault "standard output has no $1"
}
out_lacks() {
    checks=$((checks + 1))
    ! grep -qe "$1" "$HOME/.out" || fault "standard output has $1"
}
err_has() {
    checks=$((checks + 1))
    grep -qe "$1" "$HOME/.err" || fault "standard error has no $1"
}
# So many lines of output.
out_lines() {
    checks=$((checks + 1))
    [ "$(wc -l <"$HOME/.out")" -eq "$1" ] || fault "not $1 lines"
}
# A shell condition, with words for its failure.
holds() {
    words=$1
    shift
    checks=$((checks + 1))
    "$@" || fault "$words"
}
# Output with made-up identifiers blanked: a uid is new each time.
out_masked() {
    sed -E 's/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/UID/g' "$HOME/.out"
}
masked_is() {
    checks=$((checks + 1))
    [ "$(out_masked)" = "$1" ] || fault "standard output (uids masked) is not: $1"
}

finish() {
    echo "$checks checks, $faults faults"
    [ "$faults" -eq 0 ]
}
