#!/bin/sh
# kill_add.sh PROGRAM: an add killed at any moment loses, doubles and damages nothing.
#
# Makes small reports about invented parties, adds them once undisturbed, then adds them to
# another record and kills that at 20 moments drawn with a fixed seed. After every kill the
# record must verify; a last add must bring it to the same documents and the same views.
# Bounded: a minute at most, whatever the machine.
set -u
program=$1 reports=120 kills=20
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export NO_COLOR=1

fail() {
    echo "kill_add: $*" >&2
    exit 1
}

# ---- reports -----------------------------------------------------------------------
mkdir "$work/reports"
awk -v n=$reports -v to="$work/reports" 'BEGIN {
    split("Port Vell,Lakeside,Stonebridge,Harrow Bay,Oldtown", place, ",")
    split("Ada Quill,Bruno Faber,Clara Nemo,Dario Lunt,Edna Voss", person, ",")
    split("the ferry line,the border market,the water treaty,the radio mast", issue, ",")
    for (i = 1; i <= n; i++) {
        file = sprintf("%s/%03d.txt", to, i)
        a = person[i % 5 + 1]; b = person[(i + 2) % 5 + 1]
        day = i % 27 + 1
        printf("Talks on %s, report %d\nMay %d, 2031\n\n", issue[i % 4 + 1], i, day) >file
        for (p = 1; p <= 6; p++) {
            printf("President %s and Prime Minister %s met in %s on May %d, 2031, to talk about %s. ", a, b, place[i % 5 + 1], day, issue[(i + p) % 4 + 1]) >file
            printf("“We will keep the agreement number %d,” %s said. ", i * p, a) >file
            printf("%s said that the other side had not answered for %d days.\n\n", b, p + 2) >file
        }
        close(file)
    }
}' || exit 2

# ---- the undisturbed run ------------------------------------------------------------
views() { # RECORD: all that can be asked of it, without the moments of adding
    for view in timeline statements meetings events actors sources zones; do
        "$program" "$view" "$1" --format jsonl --min-confidence 0
    done | sed 's/"added_at": *"[^"]*"//g'
    "$program" find "$1" "Who met about the water treaty?" --format jsonl --min-confidence 0
}
documents() {
    "$program" sources "$1" --format jsonl | wc -l
}
now_ms() {
    echo $(($(date +%s%N) / 1000000))
}

begin=$(now_ms)
"$program" add "$work/whole" "$work/reports" >"$work/log" 2>&1 || fail "the undisturbed add failed: $(cat "$work/log")"
took=$(($(now_ms) - begin))
[ $took -ge 20 ] || took=20
views "$work/whole" >"$work/views.whole"

# ---- the killed runs ----------------------------------------------------------------
seed=20310504 killed=0 round=0
while [ $killed -lt $kills ] && [ $round -lt 60 ] && [ $(($(now_ms) - begin)) -lt 40000 ]; do
    round=$((round + 1))
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    wait_ms=$((seed / 65536 % took))
    "$program" add "$work/broken" "$work/reports" >/dev/null 2>&1 &
    pid=$!
    sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
    kill -9 $pid 2>/dev/null && killed=$((killed + 1))
    wait $pid 2>/dev/null
    [ -e "$work/broken" ] || continue
    "$program" verify "$work/broken" >"$work/log" 2>&1 || fail "kill $killed after $wait_ms ms: $(cat "$work/log")"
    # Whole, and kills left: begin again.
    [ "$(documents "$work/broken")" -lt $reports ] || rm -f "$work"/broken*
done
[ $killed -gt 0 ] || fail "no run could be killed"

# ---- the last, whole run --------------------------------------------------------------
"$program" add "$work/broken" "$work/reports" >"$work/log" 2>&1 || fail "the last add failed: $(cat "$work/log")"
"$program" verify "$work/broken" >"$work/log" 2>&1 || fail "after the last add: $(cat "$work/log")"
count=$(documents "$work/broken")
[ "$count" -eq $reports ] || fail "$count documents of $reports"
views "$work/broken" >"$work/views.broken"
cmp "$work/views.whole" "$work/views.broken" || fail "the views differ from those of an unbroken run"
[ -s "$work/views.whole" ] || fail "the views are empty"
echo "$killed kills, $count documents, views identical, undisturbed add $took ms"
