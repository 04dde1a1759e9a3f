#!/bin/sh
# The floors of tools/bench insert into and read from the schema knotmap writes today.
set -eu
knotmap=$1
floors=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
HOME=$dir KNOTMAP_DB=$dir/floor.db
export HOME KNOTMAP_DB
"$knotmap" mark left:infraspinatus:1 --intensity 6 >/dev/null
"$floors/floor_insert" "$KNOTMAP_DB" >/dev/null
[ "$("$floors/floor_read" "$KNOTMAP_DB" | wc -l)" -eq 2 ]
[ "$("$knotmap" marks --format csv | grep -c infraspinatus)" -eq 2 ]
