#!/usr/bin/env python3
"""Throughput and memory of `annotate`, as ratios to reading the same bytes in the same run.

usage: bench.py PROGRAM [TEXT_FILE_OR_DIR…]
Without files the examples are used. The texts are repeated into documents of about 4 KB, 64 KB
and 1 MB, so that a cost that grows with a document's length shows. One thread. Prints a table;
bench/RESULTS.md keeps it with its date. Nothing here fails on a slow machine.
"""
import os, resource, subprocess, sys, tempfile, time

program = sys.argv[1]
here = os.path.dirname(os.path.abspath(__file__))
paths = sys.argv[2:] or [os.path.join(here, '..', 'examples', 'reports')]
texts = []
for path in paths:
    names = [path] if os.path.isfile(path) else sorted(os.path.join(path, n) for n in os.listdir(path))
    texts += [open(n, 'rb').read() for n in names if n.endswith('.txt')]
if not texts: sys.exit('no .txt files')

def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

def peak_kb(command):
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    return usage.ru_maxrss

print(f'{"document":>10} {"total MB":>9} {"read MB/s":>10} {"annotate MB/s":>14} {"ratio":>7} {"peak MB":>8} {"x size":>7}')
with tempfile.TemporaryDirectory() as folder:
    for size in (4_000, 64_000, 1_000_000):
        files, total, turn = [], 0, 0
        while total < 8_000_000:
            body = b''
            while len(body) < size:
                body += texts[turn % len(texts)] + b'\n\n'; turn += 1
            name = os.path.join(folder, f'{size}-{len(files)}.txt')
            open(name, 'wb').write(body); files.append(name); total += len(body)
        # CPU seconds, the best of three: other work on the machine must not count
        read = max(min(timed(['cat', *files]) for _ in range(3)), 1e-3)
        own = min(timed([program, 'annotate', '--threads', '1', '--input', 'plain', *files]) for _ in range(3))
        alone = peak_kb([program, 'annotate', '--threads', '1', '--input', 'plain', files[0]])
        length = os.path.getsize(files[0])
        print(f'{length:>10} {total / 1e6:>9.1f} {total / 1e6 / read:>10.0f} {total / 1e6 / own:>14.2f} {own / read:>7.0f} {alone / 1e3:>8.1f} {alone * 1e3 / length:>7.1f}')
