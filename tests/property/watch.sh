#!/bin/sh
# watch.sh PROGRAM: what arrives while watching is told of once, also across a kill; old
# documents and copies fire no search.
set -u
program=$(realpath "$1")
work=$(mktemp -d) || exit 2
pid=
trap 'kill -9 $pid 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 2

fail() {
    echo "watch: $*" >&2
    exit 1
}
report() { # NAME DAY TOPIC: each in words of its own, or it would count as a copy
    words=$(awk -v seed="$2" 'BEGIN { srand(seed); for (i = 0; i < 60; i++) printf "w%d ", 1e6 * rand() }')
    printf 'Talks on %s\nMay %d, 2031\n\nPresident Ada Quill and Prime Minister Bruno Faber met in Lakeside on May %d, 2031. “We will open %s within the year,” Quill said. Faber said that he had no answer yet.\n\n%s\n' "$3" "$2" "$2" "$3" "$words" >"$1"
}
told() { # how often is what matches $1 told of?
    grep -c "$1" news
}
wait_for() { # until $1 is told of, ten seconds at most
    tries=0
    until grep -q "$1" news; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || fail "no news of '$1': $(cat news errors)"
        sleep 0.1
    done
}
start() {
    "$program" watch talks.rapporteur in --quiet --format jsonl --search ferry >>news 2>>errors &
    pid=$!
}

mkdir in
: >news
report in/old.txt 1 'the ferry line'
"$program" add talks.rapporteur in --quiet || fail 'the first add failed'
start
sleep 0.5
report in/a.txt 2 'the ferry line'
wait_for '/a.txt'
report in/b.txt 3 'the border market'
mkdir in/later
report in/later/c.txt 4 'the ferry fares'
wait_for '/b.txt'
wait_for '/c.txt'
sleep 1 # killed while it tells, it would tell of that one again
kill -9 $pid
wait $pid 2>/dev/null

# Added behind its back, as by a run killed before it could tell.
report in/d.txt 5 'the ferry harbour'
"$program" add talks.rapporteur in --quiet || fail 'the second add failed'
start
wait_for '/d.txt'
{ cat in/a.txt && printf 'Advertisement\n'; } >in/copy.txt
wait_for '/copy.txt'
kill -INT $pid
wait $pid || fail "interrupted, it ended with $?"

[ "$(told '"path":"in/old.txt"')" -eq 0 ] || fail 'an old document was told of'
for name in a b later/c d copy; do
    [ "$(told "\"path\":\"in/$name.txt\"")" -eq 1 ] || fail "$name was not told of once: $(cat news)"
done
fired() { grep "in/$1.txt" news | grep -c '"search":"ferry"'; }
for name in a later/c d; do [ "$(fired $name)" -eq 1 ] || fail "no search fired for $name"; done
for name in b copy; do [ "$(fired $name)" -eq 0 ] || fail "a search fired for $name"; done
"$program" watch talks.rapporteur in --once --quiet | grep . && fail 'told twice'
report in/e.txt 6 'the radio mast'
"$program" watch talks.rapporteur in --once --quiet --exec 'cat >>run' >/dev/null
grep -q 'in/e.txt' run || fail 'without a search, --exec was not run'
"$program" verify talks.rapporteur >/dev/null || fail 'the record does not verify'
exit 0
