#!/usr/bin/env python3
"""Texts that are copies of one another, made from articles, and the score of finding them.

usage: make_copies.py make ARTICLES.json FOLDER [--originals N] [--seed N]
       make_copies.py score FOLDER PROGRAM

ARTICLES.json  {name: {"articleBody": text}}, as published article benchmarks have it, or a folder of .txt files.
make   writes originals and copies of them (cut at the end, another headline, boilerplate added, paragraphs
       dropped, one word in twenty changed, and all of these together), and pairs.tsv: file, original.
score  adds the folder to a new record, reads who copies whom from `sources`, and prints the precision and
       recall of pairs. Standard library only."""
import csv, io, itertools, json, os, random, subprocess, sys, tempfile

BOILERPLATE = ['Subscribe to our newsletter for more stories like this one.',
               'This story was first sent to our partners by a news agency and has not been edited by our staff.',
               'Follow us for the latest updates, and tell us what you think in the comments below.',
               'All rights reserved. No part of this report may be used without permission.']

def paragraphs(text):
    return [p.strip() for p in text.split('\n') if len(p.strip()) > 1]
def headline(rng, text):
    words = text.split()
    return ' '.join(rng.sample(words, min(9, len(words)))).capitalize()
def noise(rng, text, share=0.05):
    words = text.split(' ')
    for i in range(len(words)):
        if rng.random() < share: words[i] = rng.choice(['report', 'late', 'again', 'official', 'said', words[rng.randrange(len(words))]])
    return ' '.join(words)
def cut(rng, p): return p[:max(2, int(len(p) * rng.uniform(0.4, 0.8)))]
def drop(rng, p): return [x for x in p if rng.random() > 0.3] or p[:1]
def dressed(rng, p):
    return [rng.choice(BOILERPLATE)] + p + rng.sample(BOILERPLATE, 2)
KINDS = {'cut': lambda r, p: cut(r, p), 'headline': lambda r, p: p, 'boilerplate': dressed,
         'dropped': drop, 'noise': lambda r, p: [noise(r, x) for x in p],
         'all': lambda r, p: dressed(r, [noise(r, x) for x in drop(r, cut(r, p) if len(p) > 5 else p)])}

def articles(path):
    if os.path.isdir(path):
        return [(f, open(os.path.join(path, f), encoding='utf8').read()) for f in sorted(os.listdir(path)) if f.endswith('.txt')]
    return [(k, v['articleBody']) for k, v in sorted(json.load(open(path, encoding='utf8')).items())]

def make(path, folder, originals, seed):
    rng = random.Random(seed)
    os.makedirs(folder, exist_ok=True)
    pairs = open(os.path.join(folder, 'pairs.tsv'), 'w', encoding='utf8')
    kept = 0
    for name, body in articles(path):
        p = paragraphs(body)
        if len(body.split()) < 120 or len(p) < 3: continue
        kept += 1
        if kept > originals: break
        first = f'{kept:04d}-original.txt'
        for kind, change in [('original', lambda r, x: x), *KINDS.items()]:
            file = f'{kept:04d}-{kind}.txt'
            lines = [headline(rng, body)] + change(rng, p)
            open(os.path.join(folder, file), 'w', encoding='utf8').write('\n\n'.join(lines) + '\n')
            pairs.write(f'{file}\t{first}\n')
    print(f'{min(kept, originals)} originals, {len(KINDS)} copies of each')

def score(folder, program):
    group = dict(l.rstrip('\n').split('\t') for l in open(os.path.join(folder, 'pairs.tsv'), encoding='utf8'))
    files = sorted(group)
    record = os.path.join(tempfile.mkdtemp(), 'copies.rapporteur')
    subprocess.run([program, 'add', '-q', record, *[os.path.join(folder, f) for f in files]], check=True)
    out = subprocess.run([program, 'sources', record, '--format', 'csv'], stdout=subprocess.PIPE, check=True).stdout.decode('utf8')
    rows = list(csv.DictReader(io.StringIO(out)))
    voice = {os.path.basename(r['path']): r['copy_of'] or r['n'] for r in rows}
    tp = fp = fn = 0
    for a, b in itertools.combinations(files, 2):
        want, got = group[a] == group[b], voice.get(a) is not None and voice.get(a) == voice.get(b)
        tp += want and got; fp += got and not want; fn += want and not got
    print(f'copies: pair precision {tp / max(1, tp + fp):.4f} recall {tp / max(1, tp + fn):.4f} ({tp} right, {fp} wrong, {fn} missed, {len(files)} texts)')
    for kind in KINDS:
        lost = sum(1 for f in files if f.endswith(f'-{kind}.txt') and voice.get(f) != voice.get(group[f]))
        if lost: print(f'  {kind}: {lost} not joined with their original')

if __name__ == '__main__':
    args = sys.argv[1:]
    def option(name, default):
        if name not in args: return default
        i = args.index(name); value = int(args[i + 1]); del args[i:i + 2]
        return value
    n, seed = option('--originals', 10 ** 9), option('--seed', 1)
    if len(args) == 3 and args[0] == 'make': make(args[1], args[2], n, seed)
    elif len(args) == 3 and args[0] == 'score': score(args[1], args[2])
    else: sys.exit(__doc__)
