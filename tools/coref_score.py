#!/usr/bin/env python3
"""Score coreference against gold CoNLL-U with Entity= in MISC (GUM, CorefUD).

usage: coref_score.py --gold GOLD.conllu[.xz] (--bin RAPPORTEUR [--raw] | --system OUT.conllu)
                      [--genres] [--errors N] [--keep OUT.conllu]
       coref_score.py --test

--bin     runs `RAPPORTEUR annotate --to conllu` on each document of the gold, with gold tokens
          and sentences (all other columns blanked), or with --raw on plain text.
--system  scores a file that was made before; its documents are those of the gold, in order.
--genres  a line for each kind of document (the second part of GUM's document names).
--errors  what was missed and what was found in vain, by kind of mention, with N examples each.
--test    checks the scorer on small cases whose figures are known.

Measures: MUC (Vilain et al. 1995), B3 (Bagga and Baldwin 1998) and CEAF-phi4 (Luo 2005) over
all documents, as the CoNLL-2012 scorer defines them for predicted mentions (Pradhan et al.
2014): no mention is added or removed to make the two sides equal. "CoNLL F1" is the mean of
the three F1s. A mention is right if it covers exactly the characters of a gold mention (white
space aside). Two mentions of one side with the same characters count once, as the first.

Singletons: "usual" is the definition of CoNLL-2012 and OntoNotes: chains of one mention are
left out of gold and system alike. "with singletons" keeps them. The first is the headline.

Behind each F1 stands its 95 % bootstrap interval: 1,000 resamples of documents, seed 1. The
point figures are those of the plain counts. Python 3 standard library only.
"""
import argparse
import collections
import random
import re
import sys

import conllu_eval as conllu

RESAMPLES, SEED = 1000, 1
PART = re.compile(r"\(?[^()]+\)?|\)")
FIGURES = ("MUC", "B3", "CEAF", "mentions")


# ---- reading

def rows_of(blocks):
    """-> [(first character, end, form, upos, misc)], over the document"""
    rows, at = [], 0
    for block in blocks:
        range_end, surface = 0, (0, 0)
        for line in block:
            columns = line.split("\t")
            if line[0] == "#" or "." in columns[0]:
                continue
            form = conllu.solid(columns[1])
            if "-" in columns[0]:
                range_end, left = int(columns[0].split("-")[1]), form
                surface = (at, at + len(form))
                at += len(form)
                continue
            if int(columns[0]) <= range_end:
                # Within a multiword token each word has its own letters, while they last.
                begin = surface[1] - len(left)
                last = int(columns[0]) == range_end
                length = len(left) if last or not left.startswith(form) else len(form)
                if not last and not left.startswith(form):
                    length = min(len(form), len(left))
                rows.append((begin, begin + length, columns[1], columns[3], columns[9]))
                left = left[length:]
                continue
            rows.append((at, at + len(form), columns[1], columns[3], columns[9]))
            at += len(form)
    return rows


def mentions_of(blocks):
    """-> {(begin, end): chain}, {(begin, end): (words, upos of the words)}"""
    rows = rows_of(blocks)
    chains, words, opened = {}, {}, collections.defaultdict(list)

    def close(entity, last):
        if not opened[entity]:
            return
        first = opened[entity].pop()
        span = (rows[first][0], rows[last][1])
        if span not in chains:
            chains[span] = entity
            words[span] = rows[first:last + 1]

    for number, row in enumerate(rows):
        for part in PART.findall(conllu.value(row[4], "Entity")):
            entity = part.strip("()").split("-")[0].split("[")[0]
            if part.startswith("("):
                opened[entity].append(number)
            if part.endswith(")"):
                close(entity, number)
    return chains, words


def clusters_of(chains, singletons):
    clusters = collections.defaultdict(set)
    for span, chain in chains.items():
        clusters[chain].add(span)
    return [c for c in clusters.values() if singletons or len(c) > 1]


# ---- measures: each gives (right, gold) of recall and (right, system) of precision

def owner_of(clusters):
    return {mention: number for number, c in enumerate(clusters) for mention in c}


def muc_side(clusters, other):
    right = total = 0
    for cluster in clusters:
        parts = {other.get(m, ("alone", m)) for m in cluster}
        right += len(cluster) - len(parts)
        total += len(cluster) - 1
    return right, total


def b3_side(clusters, others, other):
    right = total = 0
    for cluster in clusters:
        shares = collections.Counter(other[m] for m in cluster if m in other)
        right += sum(n * n for n in shares.values()) / len(cluster)
        total += len(cluster)
    return right, total


def assigned(rows, columns, weight):
    """The heaviest matching of a sparse bipartite graph, by its connected parts."""
    links = collections.defaultdict(dict)
    for (r, c), w in weight.items():
        links[r][c] = w
    back = collections.defaultdict(set)
    for r, c in weight:
        back[c].add(r)
    seen, total = set(), 0.0
    for start in list(links):
        if start in seen:
            continue
        part_rows, part_columns, stack = [], set(), [start]
        seen.add(start)
        while stack:
            r = stack.pop()
            part_rows.append(r)
            for c in links[r]:
                part_columns.add(c)
                for other in back[c] - seen:
                    seen.add(other)
                    stack.append(other)
        total += hungarian(part_rows, sorted(part_columns), links)
    return total


def hungarian(rows, columns, links):
    """Heaviest matching of one part: the Hungarian method with potentials, O(n^3)."""
    if len(rows) == 1 or len(columns) == 1:
        return max(links[r][c] for r in rows for c in links[r])
    if len(rows) > len(columns):
        flipped = collections.defaultdict(dict)
        for r in rows:
            for c, w in links[r].items():
                flipped[c][r] = w
        return hungarian(columns, rows, flipped)
    n, m = len(rows), len(columns)
    cost = [[0.0] * (m + 1)] + [[0.0] + [-links[r].get(c, 0.0) for c in columns] for r in rows]
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0], j0 = i, 0
        least, used, way = [float("inf")] * (m + 1), [False] * (m + 1), [0] * (m + 1)
        while True:
            used[j0], i0, delta, j1 = True, match[j0], float("inf"), 0
            for j in range(1, m + 1):
                if used[j]:
                    continue
                reduced = cost[i0][j] - u[i0] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, j0
                if least[j] < delta:
                    delta, j1 = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if not match[j0]:
                break
        while j0:
            match[j0] = match[way[j0]]
            j0 = way[j0]
    return -sum(cost[match[j]][j] for j in range(1, m + 1) if match[j])


def ceaf(gold, system, of_system):
    """phi4: twice what two chains share over the sum of their sizes, best one to one"""
    weight = {}
    for g, cluster in enumerate(gold):
        for s, n in collections.Counter(of_system[m] for m in cluster if m in of_system).items():
            weight[g, s] = 2 * n / (len(cluster) + len(system[s]))
    return assigned(range(len(gold)), range(len(system)), weight)


def counts_of(gold, system):
    """-> {measure: (right of recall, gold, right of precision, system)}"""
    of_gold, of_system = owner_of(gold), owner_of(system)
    best = ceaf(gold, system, of_system)
    both = len(of_gold.keys() & of_system.keys())
    return {"MUC": muc_side(gold, of_system) + muc_side(system, of_gold),
            "B3": b3_side(gold, system, of_system) + b3_side(system, gold, of_gold),
            "CEAF": (best, len(gold), best, len(system)),
            "mentions": (both, len(of_gold), both, len(of_system))}


def added(counts):
    return {f: tuple(map(sum, zip(*(c[f] for c in counts)))) for f in FIGURES}


def prf(four):
    recall = four[0] / four[1] if four[1] else 0.0
    precision = four[2] / four[3] if four[3] else 0.0
    total = recall + precision
    return precision, recall, 2 * precision * recall / total if total else 0.0


def mean_f1(counts):
    return sum(prf(counts[f])[2] for f in ("MUC", "B3", "CEAF")) / 3


# ---- the report

def intervals(documents):
    chance, samples = random.Random(SEED), collections.defaultdict(list)
    for _ in range(RESAMPLES):
        drawn = added(chance.choices(documents, k=len(documents)))
        for figure in FIGURES:
            samples[figure].append(prf(drawn[figure])[2])
        samples["CoNLL F1"].append(mean_f1(drawn))
    cut = RESAMPLES // 40
    return {f: (sorted(s)[cut], sorted(s)[-cut - 1]) for f, s in samples.items()}


def report(title, documents):
    totals, spans = added(documents), intervals(documents)
    print(title)
    for figure in FIGURES:
        p, r, f = prf(totals[figure])
        low, high = spans[figure]
        print(f"  {figure:8s} F1 {100 * f:6.2f} [{100 * low:.2f}, {100 * high:.2f}]"
              f"  P {100 * p:6.2f}  R {100 * r:6.2f}")
    low, high = spans["CoNLL F1"]
    print(f"  CoNLL F1    {100 * mean_f1(totals):6.2f} [{100 * low:.2f}, {100 * high:.2f}]"
          f"  ({len(documents)} documents)")


def by_genre(names, documents):
    groups = collections.defaultdict(list)
    for name, counts in zip(names, documents):
        groups[(name or "").split("_")[1] if "_" in (name or "") else "-"].append(counts)
    for genre in sorted(groups):
        totals = added(groups[genre])
        print(f"    {genre:14s} {100 * mean_f1(totals):6.2f}  mentions "
              f"{100 * prf(totals['mentions'])[2]:6.2f}  ({len(groups[genre])})")


def kind_of(rows):
    tags = [row[3] for row in rows]
    if len(rows) == 1 and tags[0] in ("PRON", "DET"):
        return "pronoun"
    return "name" if "PROPN" in tags else "noun"


def show(rows):
    words = " ".join(row[2] for row in rows)
    return words if len(words) < 60 else words[:57] + "..."


def errors(cases, examples):
    """Why gold links were missed and system links are wrong: for each mention with a chain
    before it on one side, what the other side says."""
    table = collections.Counter()
    shown = collections.defaultdict(list)
    for (gold, gold_words), (system, system_words) in cases:
        for one, words, other, side in ((gold, gold_words, system, "missed"),
                                        (system, system_words, gold, "in vain")):
            before = collections.defaultdict(list)
            for span in sorted(one):
                earlier = before[one[span]]
                if earlier:
                    if span not in other:
                        cause = "no such mention"
                    elif any(e in other and other[e] == other[span] for e in earlier):
                        cause = "linked" if side == "missed" else "right"
                    elif any(s < span and other[s] == other[span] for s in other):
                        cause = "linked elsewhere" if side == "missed" else "belongs elsewhere"
                    else:
                        cause = "taken as new" if side == "missed" else "is new"
                    key = (side, kind_of(words[span]), cause)
                    table[key] += 1
                    shown[key].append(f"{show(words[earlier[-1]])} <- {show(words[span])}")
                earlier.append(span)
    for key, count in sorted(table.items()):
        print(f"  {key[0]:8s} {key[1]:8s} {key[2]:18s} {count:6d}")
        if key[2] not in ("linked", "right"):
            random.Random(SEED).shuffle(shown[key])
            for example in shown[key][:examples]:
                print(f"           {example}")


# ---- cases with known figures

def close_to(a, b):
    return abs(a - b) < 5e-5


def sets(text):
    """"ab cde" -> [{a, b}, {c, d, e}]"""
    return [set(part) for part in text.split()]


CASES = [  # gold, system, F1 of MUC, B3 and CEAF
    ("abc", "abc", 1.0, 1.0, 1.0),
    # 12 mentions in chains of 5, 2 and 5 (Bagga and Baldwin 1998): two chains made one
    ("abcde fg hijkl", "abcde fghijkl", 18 / 19, 0.8649, None),
    # 5 and 5 made one: precision of B3 is 7/12 = 0.5833 (the same paper)
    ("abcde fg hijkl", "abcdehijkl fg", 18 / 19, 2 * 0.58333 / 1.58333, None),
    # phi4 (Luo 2005) pairs {a,b,c} with {a,b} (4/5) and {d,e,f,g} with {f,g,h,i} (4/8);
    # B3 recalls (5/3 + 5/4) of 7 and is right in 4 of 8
    ("abc defg", "ab cd fghi", 4 / 10, 5 / 11, 2 * 1.3 / 5),
    # nothing found, nothing in common
    ("abc", "", 0.0, 0.0, 0.0),
    ("ab", "cd", 0.0, 0.0, 0.0),
    # one mention of three missed: MUC 1/2 and 1, B3 4/9 and 1, CEAF 4/5 both ways
    ("abc", "ab", 2 / 3, 8 / 13, 0.8),
]

FILE = """# newdoc id = made_up
1\tHer\t_\tPRON\t_\t_\t2\t_\t_\tEntity=(2-person(1-person)
2\taunt\t_\tNOUN\t_\t_\t0\t_\t_\tEntity=2)
3-4\tsaw'em\t_\t_\t_\t_\t_\t_\t_\t_
3\tsaw\t_\tVERB\t_\t_\t2\t_\t_\t_
4\t'em\t_\tPRON\t_\t_\t2\t_\t_\tEntity=(e3)(2)
"""


def test():
    failed = 0
    for gold, system, muc, b3, phi in CASES:
        counts = counts_of(sets(gold), sets(system))
        for figure, want in zip(FIGURES, (muc, b3, phi)):
            got = prf(counts[figure])[2]
            if want is not None and not close_to(got, want):
                print(f"gold {gold!r} system {system!r}: {figure} {got:.5f}, not {want:.5f}")
                failed += 1
    want = {(0, 3): "1", (0, 7): "2", (10, 13): "e3"}
    got = mentions_of(conllu.documents_of(FILE)[0])[0]
    if got != want:
        print(f"read {got}, not {want}")
        failed += 1
    chance = random.Random(SEED)
    for _ in range(200):  # the matching agrees with trying every order
        n = chance.randint(1, 5)
        weight = {(r, c): chance.random() for r in range(n) for c in range(n)
                  if chance.random() < 0.6}
        if not close_to(assigned(range(n), range(n), weight), tried(0, n, set(), weight)):
            failed += 1
            print("a matching is not the heaviest")
    print("coref: failed" if failed else "coref: the scorer agrees with known figures")
    return 1 if failed else 0


def tried(row, n, taken, weight):
    if row == n:
        return 0.0
    best = tried(row + 1, n, taken, weight)
    for c in range(n):
        if c not in taken and (row, c) in weight:
            best = max(best, weight[row, c] + tried(row + 1, n, taken | {c}, weight))
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--gold", "--bin", "--system", "--keep"):
        parser.add_argument(option)
    for option in ("--raw", "--genres", "--test"):
        parser.add_argument(option, action="store_true")
    parser.add_argument("--errors", type=int)
    options = parser.parse_args()
    if options.test:
        return test()
    if not options.gold or bool(options.bin) == bool(options.system):
        parser.error("--gold, and either --bin or --system")
    documents = conllu.documents_of(conllu.text_of(options.gold))
    if options.bin:
        system = conllu.run(options.bin, documents, options.raw, options.keep)
    else:
        text = conllu.text_of(options.system)
        system = conllu.dealt(conllu.documents_of(text), documents)
    names = [conllu.comment(d[0], "newdoc id") for d in documents]
    cases = [(mentions_of(g), mentions_of(s)) for g, s in zip(documents, system)]
    for singletons, title in ((False, "usual (chains of one left out)"),
                              (True, "with singletons")):
        counts = [counts_of(clusters_of(g, singletons), clusters_of(s, singletons))
                  for (g, _), (s, _) in cases]
        report(title, counts)
        if options.genres and not singletons:
            by_genre(names, counts)
    if options.errors is not None:
        errors(cases, options.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
