#!/bin/sh
# kill_export.sh PROGRAM RECORDS: an export killed at any moment is there whole, or not at all.
#
# Exports a record to a folder and to a file, over older exports and afresh, and kills each run
# at a moment drawn with a fixed seed. What stands at the name afterwards is empty-handed
# (nothing), or passes its own manifest, or, for a file, equals an undisturbed export.
set -u
program=$1 record=$2/one/r.rapporteur kills=40
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

fail() {
    echo "kill_export: $*" >&2
    exit 1
}

"$program" export "$record" --to jsonl --all --quiet -o "$work/whole" || fail "the undisturbed export failed"
begin=$(date +%s%N)
"$program" export "$record" --to csv --all --quiet -o "$work/csv" || fail "the undisturbed export failed"
took=$((($(date +%s%N) - begin) / 1000000 + 1))
seed=20310504 killed=0 round=0
while [ $round -lt $kills ]; do
    round=$((round + 1))
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    wait_ms=$((seed / 65536 % (took + 1)))
    [ $((round % 3)) -ne 0 ] || rm -rf "$work/csv" "$work/file"
    "$program" export "$record" --to csv --all --quiet -o "$work/csv" 2>/dev/null &
    first=$!
    "$program" export "$record" --to jsonl --all --quiet -o "$work/file" 2>/dev/null &
    second=$!
    sleep "$(printf '0.%03d' "$wait_ms")"
    kill -9 $first 2>/dev/null && killed=$((killed + 1))
    kill -9 $second 2>/dev/null
    wait $first 2>/dev/null
    wait $second 2>/dev/null
    if [ -e "$work/csv" ]; then
        (cd "$work/csv" && sha256sum --quiet --strict -c MANIFEST.sha256) || fail "kill $round: half a folder"
    fi
    [ ! -e "$work/file" ] || cmp "$work/file" "$work/whole" || fail "kill $round: half a file"
done
"$program" export "$record" --to csv --all --quiet -o "$work/csv" || fail "what a kill leaves is in the way"
"$program" verify "$record" --quiet || fail "the record was harmed"
[ -z "$(ls "$work" | grep '\.part$' | grep -v '^file')" ] || fail "leftovers: $(ls "$work")"
echo "$killed of $kills runs killed, $took ms a run"
