#!/usr/bin/env python3
"""One bit flipped anywhere in documents or log is noticed by verify.

usage: flips.py PROGRAM [--flips N] [--seed N]

Makes a record with decisions of every kind and a purge, then flips one bit at a time in the pages of the
tables of documents and decisions and of their indexes, drawn over all their bytes. A flip that verify
does not notice must have hit a byte that holds nothing: every row then still reads as before, by SQLite
alone. Needs SQLite's dbstat to find the pages. Standard library only."""
import random, shutil, sqlite3, sys
from property_common import Command, option, rows, write_reports

c = Command(sys.argv[1])
rng = random.Random(option('--seed', 1))
record, flipped = c.path('r.rapporteur'), c.path('flipped.rapporteur')
write_reports(c.path('in'), 6)
c.run('add', '-q', record, c.path('in'), '--outlet', 'The Post', '--author', 'A. Writer')
ids = [r[0] for r in rows(record, "SELECT id FROM entry WHERE kind = 'statement' ORDER BY id")]
c.run('accept', record, *ids[:4], '--as', 'ana', '--reason', 'looked at')
c.run('reject', record, *ids[2:6], '--as', 'bea')
c.run('edit', record, ids[6], 'venue=the pier', '--as', 'ana')
c.run('merge', record, ids[7], ids[8], '--as', 'ana')
c.run('note', record, ids[9], 'a note', '--as', 'ana')
c.run('undo', record, '--as', 'ana')
c.run('meta', record, '2', 'outlet=The Other Post', '--as', 'ana')
c.run('purge', record, '3', '--yes', '--as', 'ana')
c.verify(record, 'before the flips')

kept = ['document', 'decision', 'decision_anchor']
def dump(path):
    return [rows(path, f'SELECT * FROM {t} ORDER BY 1, 2') for t in kept]
try:
    trees = [r[0] for r in rows(record, "SELECT name FROM sqlite_schema WHERE tbl_name IN ('document', 'decision', 'decision_anchor') AND rootpage > 0")]
    pages = [p for t in trees for p, in rows(record, 'SELECT pageno FROM dbstat WHERE name = ?', t)]
except sqlite3.OperationalError as why:
    print(f'skipped: {why}')
    sys.exit(77)
size = rows(record, 'PRAGMA page_size')[0][0]
whole = open(record, 'rb').read()
before = dump(record)
noticed = empty = 0
for n in range(option('--flips', 200)):
    at, bit = (rng.choice(pages) - 1) * size + rng.randrange(size), rng.randrange(8)
    changed = bytearray(whole)
    changed[at] ^= 1 << bit
    open(flipped, 'wb').write(changed)
    r = c.run('verify', '-q', flipped, allow=None)
    if r.returncode: noticed += 1; continue
    try: same = dump(flipped) == before
    except sqlite3.Error: same = False
    if not same: c.fail(f'bit {bit} of byte {at} flipped, and verify says nothing')
    empty += 1
c.done(f'{noticed} flips noticed, {empty} hit bytes that hold nothing, in {len(pages)} pages')
