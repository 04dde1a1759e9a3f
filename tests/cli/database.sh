# backup, verify, demo, and a database that is not as it should be.
. "$(dirname "$0")/lib.sh"

umask 022
run 0 mark left:infraspinatus --intensity 6
db=$HOME/.local/share/knotmap/knotmap.db
holds "the database is not private" [ "$(stat -c %a "$db")" = 600 ]
holds "its folder is not private" [ "$(stat -c %a "$HOME/.local/share/knotmap")" = 700 ]
run 0 verify --format csv
out_lacks ',fault,'

run 0 backup copy.db
err_is 'Copied to copy.db.'
holds "the copy is not private" [ "$(stat -c %a copy.db)" = 600 ]
run 0 --db copy.db marks --format csv
out_lines 2
run 73 backup copy.db

# the demo is the same on one day, and never mixes with records
run 0 demo a.db
run 0 demo b.db
"$KNOTMAP" --db a.db export --all >a
"$KNOTMAP" --db b.db export --all >b
said="demo twice"
holds "two demos differ" cmp -s a b
run 65 demo a.db
run 65 demo
run 0 --db c.db demo
run 0 --db c.db client list --format csv
out_lines 13
out_has '^1,me,'
run 0 --db c.db marks --open --format csv
out_has ',me,'

# what is no database is refused and left as it was
echo 'this is a text that is no database, and long enough to be looked at' >text.db
run 65 --db text.db marks
holds "the file was touched" [ "$(cat text.db)" = 'this is a text that is no database, and long enough to be looked at' ]
run 65 --db text.db mark sternum
head -c 3000 "$db" >cut.db
run 65 --db cut.db marks
# a file in the place of a folder: there the database cannot be created
run 73 --db text.db/x.db mark sternum
err_is 'knotmap: cannot open text.db/x.db: no such file or folder'
run 73 demo text.db/x.db
KNOTMAP_DB=$HOME/env.db run 0 mark sternum
holds "KNOTMAP_DB was not heeded" [ -s env.db ]
XDG_DATA_HOME=$HOME/xdg run 0 mark sternum
holds "XDG_DATA_HOME was not heeded" [ -s xdg/knotmap/knotmap.db ]
run 0 --db deep/er/x.db mark sternum

if [ "$(id -u)" != 0 ]; then
    mkdir locked && chmod 500 locked
    run 77 --db locked/x.db mark sternum
    cp "$db" readonly.db && chmod 400 readonly.db
    run 0 --db readonly.db marks
    run 77 --db readonly.db mark sternum
    chmod 700 locked
fi
finish
