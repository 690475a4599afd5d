#!/usr/bin/env python3
"""What a large record costs: one more document, and its views.

usage: bench/record.py PROGRAM [--documents N]

Makes N documents by varying the example reports (other names, numbers, days, sentences left out), adds 100,
times the addition of one more, adds the rest, times the addition of one more of the same kind, and then each
view. Prints a line a figure. Standard library only."""
import os, resource, shutil, subprocess, sys, tempfile, time

here = os.path.dirname(os.path.abspath(__file__))
program = sys.argv[1]
count = int(sys.argv[sys.argv.index('--documents') + 1]) if '--documents' in sys.argv else 10000
sys.path.insert(0, os.path.join(here, '../tools'))
from varied_reports import vary

def run(*args):
    start = time.perf_counter()
    r = subprocess.run([program, *args], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if r.returncode not in (0, 1): sys.exit(r.stderr.decode())
    return time.perf_counter() - start

def best(*args): return min(run(*args) for _ in range(5))

def best_add(record, file):
    """the quickest of five additions to a copy of `record`, its wall clock and processor time"""
    found = []
    for _ in range(5):
        copy = record + '.copy'
        if os.path.exists(record): shutil.copy(record, copy)
        elif os.path.exists(copy): os.remove(copy)
        os.sync() # what the copy left to write is not this addition's
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = run('add', '-q', copy, file)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall))
    return min(w for _, w in found), min(c for c, _ in found)

folder = tempfile.mkdtemp()
paths = []
for i in range(count):
    paths.append(os.path.join(folder, f'{i:06d}.txt'))
    open(paths[-1], 'w', encoding='utf8').write(vary(i))
one = os.path.join(folder, 'one.txt')
open(one, 'w', encoding='utf8').write(vary(10 ** 7))
small, large = os.path.join(folder, 'small.rapporteur'), os.path.join(folder, 'large.rapporteur')
first, rest = os.path.join(folder, 'first'), os.path.join(folder, 'rest')
os.mkdir(first), os.mkdir(rest)
for i, p in enumerate(paths): os.rename(p, os.path.join(first if i < 100 else rest, os.path.basename(p)))
run('add', '-q', small, first)
all_of_them = run('add', '-q', large, first, rest)
(w0, c0), (w1, c1), (w2, c2) = (best_add(r, one) for r in (os.path.join(folder, 'none'), small, large))
print(f'{count} documents added in {all_of_them:.1f} s, {os.path.getsize(large) / 1e6:.0f} MB')
print(f'one more, wall clock (processor): into an empty record {w0 * 1e3:.0f} ({c0 * 1e3:.0f}) ms, after 100 {w1 * 1e3:.0f} ({c1 * 1e3:.0f}) ms, '
      f'after {count} {w2 * 1e3:.0f} ({c2 * 1e3:.0f}) ms: {w2 / w1:.2f} ({c2 / c1:.2f}) times')
sure = ['--min-confidence', '0.5']
for view in ('timeline', 'positions', 'commitments', 'documents', 'meetings', 'disagreements', 'find'):
    words = ['who', 'guards', 'the', 'ferries'] if view == 'find' else []
    limit = [] if view == 'find' else ['--limit', '100'] # find gives 50
    print(f'{view} {" ".join(limit)}: {best(view, large, *words, *sure, *limit) * 1e3:.0f} ms')
