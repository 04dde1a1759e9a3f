#!/bin/sh
# The include test must be able to fail: a wrong include in a copy of the tree is found.
set -eu
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp -r "$1/src" "$1/include" "$dir/"
printf '#include "knotmap/store.h"\n' > "$dir/src/base/wrong.c"
printf '#include <sqlite3.h>\n' > "$dir/src/tui/wrong.c"
if out=$("$here/includes_test.sh" "$dir"); then
    echo "a wrong include was not found"
    exit 1
fi
echo "$out" | grep -q 'base/wrong.c: room base may not include knotmap/store.h'
echo "$out" | grep -q 'tui/wrong.c: only room store may include <sqlite3.h>'
