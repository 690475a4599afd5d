#!/usr/bin/env python3
"""Train the weights of the readings of trees (data/en/statement/weights.tsv).

usage: train_statement.py CANDIDATES TRAIN.jsonl[.xz] OUT.tsv [--first N --last M]

CANDIDATES: the program built from tools/statement_candidates.c, against the libraries of a
build folder. TRAIN: one document a line, "text" and "attributions" with byte spans
"source", "cue" and "content". Only facts are learned from (classes of our own word lists,
relations, marks, forms, distances), never words. One softmax a cue over its readings and
"none", of weights and a small hidden layer; deterministic. Needs numpy and scipy.
"""
import argparse, array, json, lzma, os, subprocess, sys, tempfile

import numpy as np
from scipy import sparse

BATCH, LEFT_OUT, UNITS_OUT = 1500, 0.1, 0.2 # cues; features and hidden units left out by chance
# Pairs and triples with a class: the hidden layer makes its own of the bare facts.
PAIRS = {'class-reading-role', 'class-reading-source', 'class-mark', 'class-case', 'class-role', 'class-source'}
EDGE = '"\'“”‘’ \n\t,.!?;:–—-'

def documents(path, first, last):
    opened = lzma.open(path, 'rt', encoding='utf8') if path.endswith('.xz') else open(path, encoding='utf8')
    with opened as lines:
        return [json.loads(l) for i, l in enumerate(lines) if l.strip() and first <= i < last]

class Reading: # of one cue: what it takes for source and content, its features' numbers
    __slots__ = ('kind', 'source', 'content', 'features')
    def __init__(self, line):
        _, kind, source, content, features = line
        spans = lambda s: [tuple(map(int, x.split(':'))) for x in s.split(',')] if s != '-' else []
        self.kind, self.source, self.content = int(kind), spans(source), spans(content)
        self.features = array.array('I', map(int, features.split(' ')))

def readings(program, docs):
    """-> for each document its cues, each a list of readings; names of features by number"""
    out, names, cue = [], {}, None
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i, d in enumerate(docs):
            files.append(os.path.join(folder, f'{i:05d}.txt'))
            with open(files[-1], 'w', encoding='utf8', newline='') as f: f.write(d['text'])
        listing = os.path.join(folder, 'list')
        with open(listing, 'w') as f: f.write('\n'.join(files) + '\n')
        with open(listing) as f, subprocess.Popen([program], stdin=f, stdout=subprocess.PIPE, text=True) as run:
            for line in run.stdout:
                field = line.rstrip('\n').split('\t')
                if line.startswith('doc '):
                    out.append([])
                    cue = None
                elif line.startswith('name '):
                    _, number, name = line.rstrip('\n').split(' ')
                    names[int(number)] = name
                else:
                    if field[0] != cue: out[-1].append([])
                    cue = field[0]
                    out[-1][-1].append(Reading(field))
    return out, names

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

def label(doc, cues):
    """-> for each cue the indices of the readings that are right: of all that have half of
    the words of an attribution in common with it the likest, the source counted in"""
    text = doc['text'].encode()
    gold = [[trimmed(text, a[k]) for k in ('content', 'source', 'cue')] for a in doc['attributions'] if a['content']]
    gold = [g for g in gold if g[0]]
    best, rank = {}, {}
    for c, cue in enumerate(cues):
        for r, reading in enumerate(cue):
            content, source = trimmed(text, reading.content), trimmed(text, reading.source)
            for i, (words, owner, _) in enumerate(gold):
                if not content or words[0][0] >= content[-1][1] or words[-1][1] <= content[0][0]: continue
                v = likeness(content, words)
                if v < 0.5: continue
                v += 0.3 * (shared(source, owner) > 0 or (not owner and not source))
                if v > rank.get((c, r), (0, 0))[0]: rank[c, r] = v, i
    for v, i in rank.values(): best[i] = max(best.get(i, 0), v)
    right = [[] for _ in cues]
    for (c, r), (v, i) in rank.items():
        if v >= best[i] - 1e-9: right[c].append(r)
    return right

def shares(sums, start):
    """-> what each reading has of 1 (the rest: none of its cue is right), and its cue"""
    size = np.diff(np.append(start, len(sums)))
    cue = np.repeat(np.arange(len(start)), size)
    most = np.maximum(np.maximum.reduceat(sums, start), 0)
    e = np.exp(sums - most[cue])
    return e / (np.add.reduceat(e, start) + np.exp(-most))[cue], cue

def matrix(data, least, names):
    """-> readings by features (0, 1), first reading of each cue, which are right, the features"""
    rows = [r for cue, _ in data for r in cue]
    number = np.concatenate([np.frombuffer(r.features, np.uint32) for r in rows])
    ends = np.cumsum([0] + [len(r.features) for r in rows])
    kept, count = np.unique(number, return_counts=True)
    kept = kept[count >= least]
    at = np.minimum(np.searchsorted(kept, number), len(kept) - 1)
    known = kept[at] == number
    before = np.append(0, np.cumsum(known))
    x = sparse.csr_matrix((np.ones(known.sum(), np.float32), at[known], before[ends]), shape=(len(rows), len(kept)))
    start = np.cumsum([0] + [len(cue) for cue, _ in data])[:-1]
    right = np.zeros(len(rows), bool)
    for s, (_, list_) in zip(start, data): right[[s + r for r in list_]] = True
    return x, start, right, [names[int(k)] for k in kept]

def train(x, start, right, bare, epochs, l2, hidden, rate, seed=1):
    """Weights of features, and a hidden layer over those that are `bare`: AdaGrad over
    batches of cues; the mean of the later half of the passes."""
    rng = np.random.default_rng(seed)
    n, features = x.shape
    p = {'weight': np.zeros(features, np.float32), 'row': (rng.standard_normal((features, hidden)) * .05 * bare[:, None]).astype(np.float32),
         'bias': np.zeros(hidden, np.float32), 'out': (rng.standard_normal(hidden) * .2).astype(np.float32)}
    seen = {k: np.full_like(v, 1e-3) for k, v in p.items()}
    mean, means = {k: np.zeros(v.shape) for k, v in p.items()}, 0
    end = np.append(start[1:], n)
    for epoch in range(epochs):
        order, loss = rng.permutation(len(start)), 0.0
        for at in range(0, len(order), BATCH):
            cues = order[at:at + BATCH]
            size = end[cues] - start[cues]
            first = np.append(0, np.cumsum(size)[:-1])
            b = x[np.repeat(start[cues] - first, size) + np.arange(size.sum())]
            good = right[np.repeat(start[cues] - first, size) + np.arange(size.sum())]
            b.data = b.data * (rng.random(len(b.data)) > LEFT_OUT).astype(np.float32) / np.float32(1 - LEFT_OUT)
            h = b @ p['row'] + p['bias']
            mask = (rng.random(h.shape) > UNITS_OUT).astype(np.float32) / np.float32(1 - UNITS_OUT)
            a = np.maximum(h, 0) * mask
            share, cue = shares(b @ p['weight'] + a @ p['out'], first)
            mass = np.add.reduceat(share * good, first)
            has = np.add.reduceat(good.astype(int), first) > 0
            loss -= np.log(np.maximum(np.where(has, mass, 1 - np.add.reduceat(share, first)), 1e-9)).sum()
            d = (share - np.where(good, share / np.maximum(mass[cue], 1e-9), 0)).astype(np.float32)
            dh = d[:, None] * p['out'] * mask * (h > 0)
            grad = {'weight': b.T @ d + l2 * b.shape[0] * p['weight'], 'out': a.T @ d, 'bias': dh.sum(0),
                    'row': np.asarray(b.T @ dh) * bare[:, None] + l2 * b.shape[0] * p['row']}
            for k, g in grad.items():
                seen[k] += g * g
                p[k] -= (0.1 if k == 'weight' else rate) * g / np.sqrt(seen[k])
        if epoch >= epochs // 2:
            means += 1
            for k in p: mean[k] += p[k]
        print(f'epoch {epoch}: loss {loss / len(start):.4f}', file=sys.stderr)
    return {k: v / means for k, v in mean.items()}

def write(path, head, names, p, bare, small):
    scale = np.maximum(np.abs(p['row']).max(0), 1e-9) / 127
    rows = np.rint(p['row'] / scale).astype(int)
    with open(path, 'w', encoding='utf8') as f:
        f.write(head)
        for name, values in (('=scale', scale), ('=bias', p['bias']), ('=out', p['out'])):
            f.write(name + '\t' + ' '.join(f'{v:.6g}' for v in values) + '\n')
        for name, i in sorted((n, i) for i, n in enumerate(names)):
            row = ''.join(f'{v + 128:02x}' for v in rows[i]) if bare[i] and rows[i].any() else '-'
            if row != '-' or abs(p['weight'][i]) >= small:
                f.write('\t'.join(name.split('/')) + f'\t{p["weight"][i]:.2f}\t{row}\n')

def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('program'); a.add_argument('data'); a.add_argument('out')
    a.add_argument('--first', type=int, default=0); a.add_argument('--last', type=int, default=10**9)
    a.add_argument('--epochs', type=int, default=6); a.add_argument('--l2', type=float, default=1e-5)
    a.add_argument('--least', type=int, default=40); a.add_argument('--small', type=float, default=0.02)
    a.add_argument('--hidden', type=int, default=32); a.add_argument('--rate', type=float, default=0.02)
    a = a.parse_args()
    docs = documents(a.data, a.first, a.last)
    found, names = readings(a.program, docs)
    data = [(cue, right) for doc, cues in zip(docs, found) for cue, right in zip(cues, label(doc, cues))]
    x, start, right, names = matrix(data, a.least, names)
    print(f'{len(docs)} documents, {len(data)} cues, {x.shape[0]} readings, {x.shape[1]} features', file=sys.stderr)
    bare = np.array([n.split('/')[0] not in PAIRS for n in names], np.float32)
    p = train(x, start, right, bare, a.epochs, a.l2, a.hidden, a.rate)
    write(a.out, HEAD.format(docs=len(docs), rows=x.shape[0]), names, p, bare, a.small)

HEAD = '''# Weights of the readings of trees: one softmax a cue over facts of its readings.
# Columns: feature (as in src/statement/statement_score.c); its three facts (0: none); weight;
#   its row of the hidden layer, two hexadecimal digits a unit, 80 for 0 (-: none).
#   =scale, =bias, =out: a number for each unit: of a step of its rows, its bias, its weight.
# Made by tools/train_statement.py from {docs} documents of the train part of PolNeAR 1.0
# (Newell, Margolin and Ruths 2018), {rows} readings; the facts are classes of our own word
# lists, relations, forms, marks and distances: no text of the corpus is in here.
# Do not edit. Licence: Apache-2.0.
'''
if __name__ == '__main__': main()
