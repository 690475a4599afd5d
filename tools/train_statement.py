#!/usr/bin/env python3
"""Train the weights of the readings of trees (data/en/statement/weights.tsv).

usage: train_statement.py CANDIDATES TRAIN.jsonl[.xz] OUT.tsv [--first N --last M]

CANDIDATES: the program built from tools/statement_candidates.c, against the libraries of a
build folder. TRAIN: one document a line, "text" and "attributions" with byte spans
"source", "cue" and "content". Only facts are learned from (classes of our own word lists,
relations, marks, forms, distances), never words. Logistic regression, AdaGrad, L2;
deterministic. Standard library only.
"""
import argparse, json, lzma, math, os, random, subprocess, sys, tempfile

EDGE = '"\'“”‘’ \n\t,.!?;:–—-'

def documents(path, first, last):
    opened = lzma.open(path, 'rt', encoding='utf8') if path.endswith('.xz') else open(path, encoding='utf8')
    with opened as lines:
        return [json.loads(l) for i, l in enumerate(lines) if l.strip() and first <= i < last]

def candidates(program, docs):
    """-> for each document its list of (cue, kind, source, content, features)"""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, d in enumerate(docs):
            names.append(os.path.join(folder, f'{i:05d}.txt'))
            with open(names[-1], 'w', encoding='utf8', newline='') as f: f.write(d['text'])
        run = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        answer, _ = run.communicate('\n'.join(names) + '\n')
        for line in answer.split('\n'):
            if line.startswith('doc '): out.append([])
            elif line:
                cue, kind, source, content, features = line.split('\t')
                spans = lambda s: [tuple(map(int, x.split(':'))) for x in s.split(',')] if s not in ('-', '') else []
                out[-1].append((int(cue), int(kind), spans(source), spans(content), [sys.intern(f) for f in features.split(' ')]))
    return out

def trimmed(text, spans):
    out = []
    for b, e in spans:
        s = text[b:e].decode('utf8', 'ignore')
        left = len(s) - len(s.lstrip(EDGE)); right = len(s.rstrip(EDGE))
        if right > left:
            out.append((b + len(s[:left].encode()), b + len(s[:right].encode())))
    return out

def shared(a, b): return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
def size(a): return sum(e - b for b, e in a)
def likeness(a, b):
    both = shared(a, b)
    return both / (size(a) + size(b) - both) if both else 0.0

def examples(docs, found):
    """-> [(features, is it right)]; of several candidates for one attribution the likest is right"""
    out = []
    for d, cands in zip(docs, found):
        text = d['text'].encode()
        gold = [(trimmed(text, a['content']), trimmed(text, a['source']), a) for a in d['attributions'] if a['content']]
        cands = [(c, trimmed(text, c[3])) for c in cands]
        best = {}
        label = [0] * len(cands)
        by_begin = sorted(range(len(gold)), key=lambda i: gold[i][0][0] if gold[i][0] else (0, 0))
        for k, (c, content) in enumerate(cands):
            if not content: continue
            lo, hi = content[0][0], content[-1][1]
            for i in by_begin:
                g, source, _ = gold[i]
                if not g or g[0][0] >= hi or g[-1][1] <= lo: continue
                v = likeness(content, g)
                if v < 0.5: continue
                same = shared(trimmed(text, c[2]), source) > 0 or (not source and not c[2])
                rank = v + (0.3 if same else 0)
                if c[4][0] == 'reading/rule/0/0': label[k] = 1 # the rules' own reading
                else: best.setdefault(i, []).append((rank, v, k))
        for i, list_ in best.items():
            top = max(r for r, _, _ in list_)
            for r, v, k in list_:
                if r >= top - 1e-9: label[k] = 1
        out += [(c[4], y) for (c, _), y in zip(cands, label)]
    return out

def train(data, epochs, l2, least):
    count = {}
    for f, _ in data:
        for x in f: count[x] = count.get(x, 0) + 1
    ids = {x: i for i, x in enumerate(sorted(x for x, n in count.items() if n >= least))}
    rows = [([ids[x] for x in f if x in ids], y) for f, y in data]
    w, g = [0.0] * len(ids), [1e-6] * len(ids)
    rng = random.Random(1)
    for epoch in range(epochs):
        rng.shuffle(rows)
        loss = 0.0
        for f, y in rows:
            s = sum(w[i] for i in f)
            p = 1 / (1 + math.exp(-max(-30, min(30, s))))
            loss -= math.log(max(1e-9, p if y else 1 - p))
            err = p - y
            for i in f:
                d = err + l2 * w[i]
                g[i] += d * d
                w[i] -= 0.1 * d / math.sqrt(g[i])
        print(f'epoch {epoch}: loss {loss / len(rows):.4f}', file=sys.stderr)
    return {x: w[i] for x, i in ids.items()}

def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('program'); a.add_argument('data'); a.add_argument('out')
    a.add_argument('--first', type=int, default=0); a.add_argument('--last', type=int, default=10**9)
    a.add_argument('--epochs', type=int, default=2); a.add_argument('--l2', type=float, default=3e-4)
    a.add_argument('--least', type=int, default=5)
    a = a.parse_args()
    docs = documents(a.data, a.first, a.last)
    data = examples(docs, candidates(a.program, docs))
    print(f'{len(docs)} documents, {len(data)} candidates, {sum(y for _, y in data)} right', file=sys.stderr)
    weights = train(data, a.epochs, a.l2, a.least)
    with open(a.out, 'w', encoding='utf8') as f:
        f.write(HEAD.format(docs=len(docs), rows=len(data)))
        for x in sorted(weights):
            if abs(weights[x]) >= 0.08: f.write('\t'.join(x.split('/')) + f'\t{weights[x]:.2f}\n')

HEAD = '''# Weights of the readings of trees: logistic regression over facts of a reading.
# Columns: feature (as in src/statement/statement_score.c); its three facts (0: none); weight.
# Made by tools/train_statement.py from {docs} documents of the train part of PolNeAR 1.0
# (Newell, Margolin and Ruths 2018), {rows} readings; the facts are classes of our own word
# lists, relations, forms, marks and distances: no text of the corpus is in here.
# Do not edit. Licence: Apache-2.0.
'''
if __name__ == '__main__': main()
