# Help, the manual and the completions name every command and option, and no other.
manual=$2
. "$(dirname "$0")/lib.sh"

run 0 help
overview=$(cat "$HOME/.out")
run 0 --help
out_is "$overview"
holds "wider than 80 columns" [ "$(wc -L <"$HOME/.out")" -le 80 ]
said=help
sed -n '/^Commands:/,/^$/s/^  \([a-z]* \{0,1\}[a-z]*\)  .*/\1/p' "$HOME/.out" | sed 's/ *$//' >verbs
holds "too few commands" [ "$(wc -l <verbs)" -ge 30 ]
[ -f "$manual" ] && sed 's/\\-/-/g; s/\\fB//g; s/\\fR//g; s/\\fI//g' "$manual" >page
for shell in bash zsh fish; do
    run 0 completion $shell
    cp "$HOME/.out" script.$shell
    if command -v $shell >/dev/null; then
        said="$shell -n"
        holds "$shell does not read the script" $shell -n script.$shell
    fi
done
said=manual
[ ! -f page ] || holds "a key without a name" [ "$(grep -c '^\\&$' page)" = 0 ]
while read -r verb; do
    run 0 help $verb
    page=$(cat "$HOME/.out")
    out_has "^knotmap $verb: "
    holds "wider than 80 columns" [ "$(wc -L <"$HOME/.out")" -le 80 ]
    out_has '^Example'
    out_has "^  knotmap $verb"
    run 0 $verb --help
    out_is "$page"
    sed -n '/^Options:/,/^Global options:/s/^  \(--[a-z-]*\).*/\1/p' "$HOME/.out" >options
    if [ -f page ]; then
        said="manual of $verb"
        holds "the command is missing" grep -q "^\.SS \"$verb\"" page
        sed -n "/^\.SS \"$verb\"\$/,/^\.S[SH] /p" page | sed '$d' >section
    fi
    while read -r option; do
        said="$verb $option"
        [ ! -f page ] || holds "not in the manual" grep -qe "^$option\( \|\$\)" section
        holds "not in bash" grep -qe "'$verb').*$option[ \"]" script.bash
        holds "not in zsh" grep -qe "'$verb').*$option[ \"]" script.zsh
        holds "not in fish" grep -qe "$verb.* -l ${option#--} " script.fish
    done <options
done <verbs

# the examples of help are sound: none is refused for its form
run 0 demo
while read -r verb; do
    "$KNOTMAP" help $verb | sed -n '/^Example/,$s/^  knotmap //p' >>examples
done <verbs
while read -r example; do
    case $example in
    *'>'* | 'client erase'* | demo* | import* | done*) continue ;;
    esac
    eval "set -- $example"
    "$KNOTMAP" "$@" >"$HOME/.out" 2>"$HOME/.err" </dev/null
    code=$?
    said="$example"
    checks=$((checks + 1))
    case $code in
    0 | 1) ;;
    *) fault "an example of help exits $code" ;;
    esac
done <examples

# what is refused as unknown is not named anywhere
for word in trend compare plan due helped causes goal restore merge report checkin frobnicate; do
    "$KNOTMAP" $word --help >/dev/null 2>&1
    [ $? = 64 ] || continue
    said="$word, which is no command"
    holds "help names it" sh -c "! grep -q '^$word' verbs"
    for shell in bash zsh fish; do
        holds "$shell offers it" sh -c "! sed -n \"/^_knotmap_command=/p;/^function __knotmap_command/,/^end/p\" script.$shell | grep -qw $word"
    done
done

if command -v bash >/dev/null; then
    cat >ask.bash <<'BASH'
source "$1"
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
compopt() { COMPREPLY=(FILES); }
COMP_LINE=$2 COMP_POINT=${#2}
_knotmap
echo "${COMPREPLY[*]}"
BASH
    offers() {
        said="tab after: $1"
        checks=$((checks + 1))
        got=$(bash ask.bash script.bash "$1")
        [ "$got" = "$2" ] || fault "offers '$got' instead of '$2'"
    }
    offers 'knotmap unm' 'unmark'
    offers 'knotmap client ' 'add list show edit archive erase'
    offers 'knotmap --db x client a' 'add archive'
    offers 'knotmap mark left:infras' 'infraspinatus'
    offers 'knotmap mark left:x --kind s' 'soreness'
    offers 'knotmap mark --kind=p' 'pain'
    offers 'knotmap refer infraspinatus:' '1 2 3 4'
    offers 'knotmap marks --format j' 'json'
    offers 'knotmap find left:x --flag car' 'cardiac'
    offers 'knotmap import ' 'FILES'
    offers 'knotmap help uns' ''
fi
finish
