#!/bin/sh
# instructions.sh PROGRAM TEXT_FILE: instructions of annotate a byte of text, by callgrind.
# Repeatable to the instruction for the same binary and input, whatever else the machine does.
set -eu
out=$(mktemp)
trap 'rm -f "$out" "$out.err"' EXIT
valgrind --tool=callgrind --callgrind-out-file="$out" "$1" annotate --threads 1 --input plain \
    --zones none "$2" >/dev/null 2>"$out.err"
total=$(sed -n 's/^==[0-9]*== Collected : //p' "$out.err")
bytes=$(wc -c <"$2")
echo "$total instructions, $((total / bytes)) a byte of $bytes"
