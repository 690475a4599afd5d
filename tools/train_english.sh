#!/bin/sh
# train_english.sh DATA TRAINER OUT: make models/en.rapmodel again, from corpora in the folder DATA.
# 40 minutes of two cores that others used, too. DATA holds (docs/training.md says where they come from):
#   en_ewt-train.conllu en_ewt-dev.conllu en_gum-train.conllu en_gum-dev.conllu
#   uner_en_ewt-train.iob2 uner_en_ewt-dev.iob2 english-8M-words.txt
# The model records its command: files are linked into one folder, so that it never differs.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
data=$(realpath "$1") trainer=$(realpath "$2") out=$(realpath "$3")
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
ln -s "$data"/*.conllu "$data"/*.iob2 "$data"/*.txt "$here/training/en/forms.tsv" .
non_commercial=GUM_fiction,GUM_whow,GUM_essay,GUM_letter,GUM_podcast,GUM_reddit
python3 "$here/tools/gum_names.py" en_gum-train.conllu >gum-names.iob2.new
mv -f gum-names.iob2.new gum-names.iob2
# First the layers that text teaches, then all that the treebanks teach.
"$trainer" --language en --treebank en_ewt-train.conllu --treebank en_gum-train.conllu \
    --skip-documents $non_commercial --text english-8M-words.txt --workers 3 \
    --text-batch 700 --samples 600 --save-encoder text.encoder
"$trainer" --language en --treebank en_ewt-train.conllu --treebank en_gum-train.conllu \
    --skip-documents $non_commercial --names uner_en_ewt-train.iob2 --names gum-names.iob2 \
    --text english-8M-words.txt --forms forms.tsv --dev en_ewt-dev.conllu \
    --dev en_gum-dev.conllu --dev-names uner_en_ewt-dev.iob2 --load-encoder text.encoder \
    --workers 3 --batch 350 --entity-weight 1 --licence CC-BY-SA-4.0 --date 2026-11-25 \
    --corpus 'UD_English-EWT; 2.16; CC-BY-SA-4.0' \
    --corpus 'UD_English-GUM without its non-commercial genres; 2.16; CC-BY-4.0 (annotation)' \
    --corpus 'UNER_English-EWT, training part as first committed; CC-BY-SA-4.0' \
    --corpus 'statistics of 8 million words of English text; none of it is in the model' \
    --out en.rapmodel
mv en.rapmodel "$out"
