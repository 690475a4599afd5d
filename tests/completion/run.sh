#!/usr/bin/env bash
# run.sh PROGRAM: the completion scripts are loaded by the shells themselves and asked what
# they would offer. zsh and fish are asked where they are installed.
set -u
program=$(realpath "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
ln -s "$program" "$scratch/rapporteur"
PATH=$scratch:$PATH
cd "$scratch" || exit 1
touch talks.rapporteur report.txt
bad=0

expect() { # name, wanted words, words got
    local word
    for word in $2; do
        grep -qxF -- "$word" <<<"$3" && continue
        echo "$1: '$word' is not among: ${3//$'\n'/ }"
        bad=1
    done
}

for shell in bash zsh fish; do
    rapporteur completion $shell >"$shell" || bad=1
    if command -v $shell >/dev/null; then
        $shell -n "$shell" || { echo "$shell cannot parse its script"; bad=1; }
    fi
done

# An option without a row in completion.c would be offered without a word of help.
if grep -n '\[\]' zsh; then echo 'these options have no help in apps/hint.c'; bad=1; fi

offers() { # what bash would offer after the words given; the last one is being typed
    bash -c 'source ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rapporteur
             printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
expect 'bash: verbs' 'statements' "$(offers rapporteur sta)"
expect 'bash: record' 'talks.rapporteur' "$(offers rapporteur timeline '')"
expect 'bash: options' '--speaker --since' "$(offers rapporteur statements talks.rapporteur --s)"
expect 'bash: values' 'json jsonl' "$(offers rapporteur statements talks.rapporteur --format j)"
expect 'bash: files' 'report.txt' "$(offers rapporteur annotate rep)"
if offers rapporteur timeline '' | grep -qx report.txt; then
    echo 'bash: a report was offered as a record'
    bad=1
fi

if command -v fish >/dev/null; then
    asked() { HOME=$scratch fish -c "source ./fish; complete -C '$1'" | cut -f1; }
    expect 'fish: verbs' 'statements' "$(asked 'rapporteur sta')"
    expect 'fish: values' 'json jsonl' "$(asked 'rapporteur statements t --format j')"
fi
if command -v zsh >/dev/null; then
    HOME=$scratch zsh -fc 'autoload -U compinit; compinit -D -u; source ./zsh
        [[ $_comps[rapporteur] = _rapporteur ]]' || { echo 'zsh does not register it'; bad=1; }
fi
exit $bad
