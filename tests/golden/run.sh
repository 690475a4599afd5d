#!/bin/sh
# run.sh PROGRAM [--accept]: in every folder beside this script the output of `cmd` must equal
# `want`. cmd is a shell script that calls "$rapporteur"; its exit status is part of the output.
# --accept writes the new output, so that a person reads the change in `git diff`.
program=$(realpath "$1") accept=${2:-} bad=0
here=$(dirname "$(realpath "$0")")
for case in "$here"/*/; do
    got=$(mktemp)
    scratch=$(mktemp -d)
    (cd "$case" && rapporteur=$program scratch=$scratch NO_COLOR=1 sh ./cmd; echo "exit $?") >"$got" 2>&1
    if [ "$accept" = --accept ]; then cp "$got" "$case/want"
    elif ! diff -u "$case/want" "$got"; then echo "differs: $case"; bad=1; fi
    rm -rf "$got" "$scratch"
done
exit $bad
