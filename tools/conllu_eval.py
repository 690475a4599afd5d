#!/usr/bin/env python3
"""Score the language engine against gold CoNLL-U.

usage: conllu_eval.py --gold GOLD.conllu[.xz] (--bin RAPPORTEUR [--raw] | --system OUT.conllu)
                      [--names GOLD.iob2[.xz]] [--by document|sentence] [--keep OUT.conllu]

--bin     runs `RAPPORTEUR annotate --to conllu`, one file a "# newdoc" of the gold:
          with gold tokens and sentences (all other columns blanked), or with
--raw     plain text: forms and SpaceAfter, a blank line at "# newpar", as the CoNLL 2018
          shared task built it. Then tokens and sentences are the program's too.
--system  scores a file that was made before; its documents are those of the gold, in order.
--names   also scores the typed names in MISC (Name=B-PER ...) against IOB2 labels as
          Universal NER writes them: a name counts if its characters and its type are right.
          Sentences are paired by sent_id; types other than PER, ORG and LOC are left out.
--keep    writes what the program printed.

Words are aligned by their characters (white space aside) as in the shared task: a word of a
multiword token has the characters of the whole token, and words with the same characters are
paired in order. Each figure is F1 over words: 2 * right / (gold words + system words).
  LAS   counts full labels (nsubj:pass); LAS-u only their universal part (nsubj).
  lemma is not asked where the gold has "_". A head "_" counts as 0.
Behind each figure stands its 95 % bootstrap interval: 1,000 resamples of documents, or of
sentences where there are fewer than 30 documents, seed 1. The point figures are those of the
plain counts. Python 3 standard library only.
"""
import argparse
import bisect
import collections
import difflib
import hashlib
import lzma
import os
import random
import subprocess
import sys
import tempfile
import time

RESAMPLES, SEED, FEW_DOCUMENTS, CHUNK = 1000, 1, 30, 200
TYPES = ("PER", "ORG", "LOC")
Word = collections.namedtuple("Word", "begin end form lemma upos xpos head label name")
Sentence = collections.namedtuple("Sentence", "id words begin end chars")


# ---- reading

def text_of(path):
    if path.endswith(".xz"):
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
            return file.read()
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read()


def blocks_of(text):
    """-> [[line, ...], ...], one list a sentence"""
    block = []
    for line in text.split("\n"):
        line = line.rstrip("\r")
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def begins(block, word):
    return any(l == f"# {word}" or l.startswith(f"# {word} ") for l in block if l[0] == "#")


def comment(block, name):
    head = f"# {name} = "
    return next((l[len(head):] for l in block if l.startswith(head)), None)


def documents_of(text):
    """-> [[block, ...], ...]"""
    documents = []
    for block in blocks_of(text):
        if not any(line[0] != "#" for line in block):
            continue
        if begins(block, "newdoc") or not documents:
            documents.append([])
        documents[-1].append(block)
    return documents


def value(misc, name):
    return next((p[len(name) + 1:] for p in misc.split("|") if p.startswith(name + "=")), "")


def solid(form):
    return "".join(form.split())


def sentence_of(block, at):
    """A sentence whose characters begin at `at` of its document; heads are local."""
    words, begin, range_end, span = [], at, 0, (0, 0)
    chars = []
    for line in block:
        columns = line.split("\t")
        if line[0] == "#" or "." in columns[0]:
            continue
        form = solid(columns[1])
        if "-" in columns[0]:
            range_end, span = int(columns[0].split("-")[1]), (at, at + len(form))
        elif int(columns[0]) > range_end:
            span = (at, at + len(form))
        else:
            form = ""
        at += len(form)
        chars.append(form)
        if "-" in columns[0]:
            continue
        head = int(columns[6]) if columns[6].isdigit() else 0
        words.append(Word(*span, columns[1], columns[2], columns[3], columns[4], head,
                          columns[7], value(columns[9], "Name")))
    return Sentence(comment(block, "sent_id"), words, begin, at, "".join(chars))


def sentences_of(blocks):
    sentences, at = [], 0
    for block in blocks:
        sentences.append(sentence_of(block, at))
        at = sentences[-1].end
    return sentences


# ---- running the program

def blanked(block):
    """Only what a tokeniser knows."""
    for line in block:
        columns = line.split("\t")
        if line[0] == "#":
            if line.startswith(("# newdoc", "# newpar", "# sent_id", "# text =")):
                yield line
        elif "." not in columns[0]:
            no_space = value(columns[9], "SpaceAfter") == "No"
            yield "\t".join(columns[:2] + ["_"] * 7 + ["SpaceAfter=No" if no_space else "_"])


def raw_text(blocks):
    text = ""
    for block in blocks:
        if text and begins(block, "newpar"):
            text = text.rstrip(" ") + "\n\n"
        range_end = 0
        for line in block:
            columns = line.split("\t")
            if line[0] == "#" or "." in columns[0]:
                continue
            if "-" in columns[0]:
                range_end = int(columns[0].split("-")[1])
            elif int(columns[0]) <= range_end:
                continue
            text += columns[1]
            if value(columns[9], "SpaceAfter") != "No":
                text += " "
    return text.rstrip(" ") + "\n"


def run(program, documents, raw, keep):
    """-> the blocks of each document; a document without output has none"""
    command = [program, "annotate", "--to", "conllu"]
    command += ["--input", "plain", "--zones", "none"] if raw else ["--input", "conllu"]
    digests, printed, seconds = [], [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, blocks in enumerate(documents):
            content = raw_text(blocks) if raw else \
                "".join("\n".join(blanked(block)) + "\n\n" for block in blocks)
            paths.append(os.path.join(folder, f"{number:06d}.txt"))
            digests.append(hashlib.sha256(content.encode()).hexdigest())
            with open(paths[-1], "w", encoding="utf-8", newline="\n") as file:
                file.write(content)
        for i in range(0, len(paths), CHUNK):
            begun = time.monotonic()
            done = subprocess.run(command + paths[i:i + CHUNK], stdout=subprocess.PIPE,
                                  check=False)
            seconds += time.monotonic() - begun
            printed.append(done.stdout.decode())
            if done.returncode:
                print(f"the program ended with {done.returncode}", file=sys.stderr)
    output = "".join(printed)
    if keep:
        with open(keep, "w", encoding="utf-8", newline="\n") as file:
            file.write(output)
    by_digest = collections.defaultdict(list)
    for blocks in documents_of(output):
        by_digest[comment(blocks[0], "newdoc id")].append(blocks)
    print(f"{seconds:.1f} s in the program", file=sys.stderr)
    return [by_digest[d].pop(0) if by_digest[d] else [] for d in digests]


# ---- counting, a Counter a gold sentence

def unit_at(starts, place):
    """The gold sentence that holds the character at `place`."""
    return max(0, bisect.bisect_right(starts, place) - 1)


def numbered(sentences):
    """-> [(word, number of its head or -1)], over the document"""
    out = []
    for sentence in sentences:
        base = len(out)
        out += [(w, base + w.head - 1 if w.head else -1) for w in sentence.words]
    return out


def aligned(gold, system):
    """-> {number of a system word: number of the gold word}"""
    places = collections.defaultdict(list)
    for number, (word, _) in enumerate(gold):
        places[word.begin, word.end].append(number)
    pairs = {}
    taken = collections.Counter()
    for number, (word, _) in enumerate(system):
        here = places.get((word.begin, word.end), ())
        if taken[word.begin, word.end] < len(here):
            pairs[number] = here[taken[word.begin, word.end]]
            taken[word.begin, word.end] += 1
    return pairs


def count_words(gold, system, counts, starts):
    g, s = numbered(gold), numbered(system)
    for word, _ in g:
        counts[unit_at(starts, word.begin)]["gold"] += 1
    for word, _ in s:
        counts[unit_at(starts, word.begin)]["system"] += 1
    pairs = aligned(g, s)
    for si, gi in pairs.items():
        (sw, sh), (gw, gh) = s[si], g[gi]
        unit = counts[unit_at(starts, gw.begin)]
        head = pairs.get(sh, -2) == gh if sh >= 0 else gh == -1
        unit["words"] += 1
        unit["UPOS"] += sw.upos == gw.upos
        unit["XPOS"] += sw.xpos == gw.xpos
        unit["lemma"] += sw.lemma == gw.lemma or gw.lemma == "_"
        unit["UAS"] += head
        unit["LAS"] += head and sw.label == gw.label
        unit["LAS-u"] += head and sw.label.split(":")[0] == gw.label.split(":")[0]


def count_sentences(gold, system, counts, starts):
    ends = {sentence.end for sentence in gold}
    for unit in range(len(gold)):
        counts[unit]["gold sentences"] += 1
    for end in {sentence.end for sentence in system}:
        unit = counts[unit_at(starts, end - 1)]
        unit["system sentences"] += 1
        unit["sentences"] += end in ends


# ---- names

def names_of(labels):
    """[(begin, end, label)] of words -> {(begin, end, type)} by IOB2"""
    names, open_name = [], None
    for begin, end, label in labels:
        kind = label[2:]
        if label[:2] == "I-" and open_name and open_name[2] == kind:
            open_name[1] = end
            continue
        open_name = [begin, end, kind] if label[:2] in ("B-", "I-") else None
        if open_name:
            names.append(open_name)
    return {tuple(name) for name in names if name[2] in TYPES}


def spelt(words, at):
    """Words one after the other: within a multiword token each has its own letters."""
    labels = []
    for form, label in words:
        labels.append((at, at + len(solid(form)), label))
        at += len(solid(form))
    return labels


def iob2_of(path):
    """-> {sent_id: [(form, label), ...]}"""
    sentences = {}
    for block in blocks_of(text_of(path)):
        rows = [line.split("\t") for line in block if line[0] != "#"]
        sentences[comment(block, "sent_id")] = [(row[1], row[2]) for row in rows]
    return sentences


def moved(names, labelled, sentence):
    """Names of an IOB2 sentence, on the characters of the gold sentence."""
    chars = "".join(solid(form) for form, _ in labelled)
    if chars == sentence.chars:
        return {(b + sentence.begin, e + sentence.begin, t) for b, e, t in names}
    place = {}
    matcher = difflib.SequenceMatcher(None, chars, sentence.chars, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        place.update((a + i, b + i + sentence.begin) for i in range(size))
    return {(place.get(b, -1), place.get(e - 1, -2) + 1, t) for b, e, t in names}


def count_names(gold, system, iob2, counts, starts):
    """-> gold sentences without labels"""
    want, without, unlabelled = set(), 0, set()
    for number, sentence in enumerate(gold):
        labelled = iob2.get(sentence.id)
        if labelled is None:
            without += 1
            unlabelled.add(number)
            continue
        want |= moved(names_of(spelt(labelled, 0)), labelled, sentence)
    got = set()
    for sentence in system:
        words = [(word.form, word.name or "O") for word in sentence.words]
        got |= names_of(spelt(words, sentence.begin))
    got = {n for n in got if unit_at(starts, n[0]) not in unlabelled}
    for name in want | got:
        unit = counts[unit_at(starts, name[0])]
        for kind in ("names", name[2]):
            unit["gold " + kind] += name in want
            unit["system " + kind] += name in got
            unit[kind] += name in want and name in got
    return without


# ---- figures

def share(right, gold, system):
    return 2 * right / (gold + system) if gold + system else 0.0


def figures(totals, names):
    out = {"words": share(totals["words"], totals["gold"], totals["system"]),
           "sentences": share(totals["sentences"], totals["gold sentences"],
                              totals["system sentences"])}
    for key in ("UPOS", "XPOS", "lemma", "UAS", "LAS", "LAS-u"):
        out[key] = share(totals[key], totals["gold"], totals["system"])
    for key in ("names",) + TYPES if names else ():
        out[key] = share(totals[key], totals["gold " + key], totals["system " + key])
    return out


def intervals(units, names):
    keys = sorted({key for unit in units for key in unit})
    columns = {key: [unit[key] for unit in units] for key in keys}
    chance, samples = random.Random(SEED), collections.defaultdict(list)
    for _ in range(RESAMPLES):
        drawn = chance.choices(range(len(units)), k=len(units))
        totals = collections.Counter({key: sum(map(columns[key].__getitem__, drawn))
                                      for key in keys})
        for key, figure in figures(totals, names).items():
            samples[key].append(figure)
    cut = RESAMPLES // 40
    return {key: (sorted(s)[cut], sorted(s)[-cut - 1]) for key, s in samples.items()}


def report(units, names):
    totals = collections.Counter()
    for unit in units:
        totals.update(unit)
    points, spans = figures(totals, names), intervals(units, names)
    for key, figure in points.items():
        line = f"{key:9s} {figure:.4f} [{spans[key][0]:.4f}, {spans[key][1]:.4f}]"
        if key == "names" or key in TYPES:
            right, gold, system = (totals[p + key] for p in ("", "gold ", "system "))
            line += f"  P {right / max(1, system):.4f} R {right / max(1, gold):.4f} n {gold}"
        print(line)
    print("conllu: " + " ".join(f"{k} {v:.4f}" for k, v in points.items())
          + f" (n {totals['gold']})")


def count_document(gold, system, iob2):
    counts = [collections.Counter() for _ in gold]
    starts = [sentence.begin for sentence in gold]
    if system:
        count_words(gold, system, counts, starts)
        count_sentences(gold, system, counts, starts)
    else:
        for number, sentence in enumerate(gold):
            counts[number].update({"gold": len(sentence.words), "gold sentences": 1})
    without = count_names(gold, system, iob2, counts, starts) if iob2 is not None else 0
    same = "".join(s.chars for s in gold) == "".join(s.chars for s in system)
    return counts, without, same


def dealt(system, documents):
    """Blocks of a finished file to the documents of the gold, by their characters."""
    dealt_out, blocks = [], [block for document in system for block in document]
    blocks.reverse()
    for gold in documents:
        want, part, have = sentences_of(gold)[-1].end, [], 0
        while blocks and have < want:
            part.append(blocks.pop())
            have += len(sentence_of(part[-1], 0).chars)
        dealt_out.append(part)
    return dealt_out


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--gold", "--bin", "--system", "--names", "--keep"):
        parser.add_argument(option)
    parser.add_argument("--raw", action="store_true")
    parser.add_argument("--by", choices=("document", "sentence"))
    options = parser.parse_args()
    if not options.gold or bool(options.bin) == bool(options.system):
        parser.error("--gold, and either --bin or --system")
    documents = documents_of(text_of(options.gold))
    if options.bin:
        system = run(options.bin, documents, options.raw, options.keep)
    else:
        system = dealt(documents_of(text_of(options.system)), documents)
    iob2 = iob2_of(options.names) if options.names else None
    by = options.by or ("document" if len(documents) >= FEW_DOCUMENTS else "sentence")
    units, without, differ = [], 0, 0
    for gold, got in zip(documents, system):
        counts, missing, same = count_document(sentences_of(gold), sentences_of(got), iob2)
        without += missing
        differ += not same
        units += [sum(counts, collections.Counter())] if by == "document" else counts
    if differ:
        print(f"{differ} documents have other characters than the gold", file=sys.stderr)
    if without:
        print(f"{without} sentences have no labels and are left out", file=sys.stderr)
    print(f"{len(documents)} documents, intervals by {by}", file=sys.stderr)
    report(units, iob2 is not None)


if __name__ == "__main__":
    main()
