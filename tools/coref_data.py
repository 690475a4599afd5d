#!/usr/bin/env python3
"""Gold chains over the program's own trees: what the ranker of coreference learns from.

usage: coref_data.py --gold GOLD.conllu[.xz] --bin RAPPORTEUR --out OUT.conllu

The program reads the gold's words (all else blanked); its tags, lemmas, trees and names
(MISC Name=) are written with the comments and the Entity= of the gold. Python 3 standard
library only.
"""
import argparse

import conllu_eval as conllu


def words_of(blocks):
    return [line.split("\t") for block in blocks for line in block
            if line[0] != "#" and line.split("\t")[0].isdigit()]


def merged(gold, system):
    """Lines of a document: ids, forms and ranges of the gold, the rest of the program."""
    ours = iter(words_of(system))
    for block in gold:
        for line in block:
            columns = line.split("\t")
            if line[0] == "#" or not columns[0].isdigit():
                if "." not in columns[0] or line[0] == "#":
                    yield line
                continue
            mine = next(ours)
            misc = [part for part in columns[9].split("|")
                    if part.startswith(("Entity=", "SpaceAfter="))]
            name = conllu.value(mine[9], "Name")
            if name:
                misc.append("Name=" + name)
            yield "\t".join(columns[:2] + mine[2:8] + ["_", "|".join(sorted(misc)) or "_"])
        yield ""


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--gold", "--bin", "--out"):
        parser.add_argument(option, required=True)
    options = parser.parse_args()
    documents = conllu.documents_of(conllu.text_of(options.gold))
    system = conllu.run(options.bin, documents, False, None)
    with open(options.out, "w", encoding="utf-8", newline="\n") as file:
        for gold, ours in zip(documents, system):
            if len(words_of(gold)) == len(words_of(ours)):
                file.write("\n".join(merged(gold, ours)) + "\n")
            else:
                print("left out:", conllu.comment(gold[0], "newdoc id"))


if __name__ == "__main__":
    main()
