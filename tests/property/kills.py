#!/usr/bin/env python3
"""Killed at any moment, a record verifies, has every decision that was told, and no export is half written.

usage: kills.py PROGRAM [--kills N] [--documents N] [--seed N]

Runs add, accept, reject, undo, meta, rebuild, purge, report and export again and again on one record and kills each
with SIGKILL at a random moment of the time it takes. After every kill: verify is content; the log holds
every decision whose number was printed; a purged document left no byte; a page or export is whole or was not there.
Standard library only."""
import os, random, re, signal, subprocess, sys, time
from property_common import Command, option, rows, vary, write_reports

kills, documents = option('--kills', 40), option('--documents', 60)
c = Command(sys.argv[1])
rng = random.Random(option('--seed', 1))
record = c.path('r.rapporteur')
first = 0
def more(count):
    global first
    folder = c.path(f'in{first}')
    write_reports(folder, count, first)
    first += count
    return folder
c.run('add', '-q', record, more(documents))
exports = 'export' in c.run('--help').stdout.split()
told, took, killed, done = 0, {}, {}, {}
secrets = [] # words of documents that were purged

def marked(i):
    """a report with a word that stands nowhere else"""
    word = 'zan' + ''.join(chr(97 + (i * 7919 + k * 104729) % 26) for k in range(9))
    folder = c.path(f'marked{i}')
    os.makedirs(folder)
    open(os.path.join(folder, f'{word}.txt'), 'w', encoding='utf8').write(vary(10 ** 6 + i) + f'\nThe ship {word} sank. “{word.title()} is lost,” President Ada Quill said.\n')
    c.run('add', '-q', record, folder)
    return word

def some(n):
    ids = [r[0] for r in rows(record, 'SELECT id FROM entry WHERE number >> 52 = 0 ORDER BY id')]
    return '\n'.join(rng.sample(ids, min(n, len(ids)))) + '\n'
def action(name, n):
    """arguments, standard input, the file it writes"""
    if name == 'add': return ['add', record, more(8)], None, None
    if name in ('accept', 'reject'): return [name, record, '-', '--as', rng.choice(['ana', 'bea'])], some(30), None
    if name == 'edit': return ['edit', record, some(1).strip(), 'date=2031-05-04', '--as', 'ana'], None, None
    if name == 'undo': return ['undo', record, '--as', 'ana'], None, None
    if name == 'meta': return ['meta', record, str(rng.randrange(1, documents)), f'date=2031-05-{n % 27 + 1:02d}', '--as', 'ana'], None, None
    if name == 'rebuild': return ['rebuild', record], None, None
    if name == 'purge':
        word = marked(n)
        secrets.append(word)
        return ['purge', record, f'{word}.txt', '--yes', '--as', 'ana'], None, None
    if name == 'report': return ['report', record, '-o', c.path('page.html')], None, c.path('page.html')
    return ['export', record, '--to', 'jsonl', '-o', c.path('out.jsonl')], None, c.path('out.jsonl')
def is_whole(path):
    text = open(path, 'rb').read()
    return text.rstrip().endswith(b'</html>') if path.endswith('.html') else text.endswith(b'}\n') or not text
def check(what):
    r = c.run('verify', '-q', record, allow=None)
    if r.returncode: c.fail(f'{what}: verify says\n{r.stdout}{r.stderr}')
    count = rows(record, 'SELECT count(*), coalesce(max(id), 0) FROM decision')[0]
    if count[0] != count[1] or count[1] < told: c.fail(f'{what}: {told} decisions were told, the log has {count}')
    left = rows(record, "SELECT count(*) FROM document WHERE purged_at IS NOT NULL")[0][0]
    gone = [w for w in secrets if not rows(record, 'SELECT 1 FROM document WHERE path LIKE ?', f'%{w}%')]
    for file in os.listdir(c.folder):
        if not file.startswith('r.rapporteur'): continue
        held = open(c.path(file), 'rb').read().lower()
        for word in gone:
            if word.encode() in held: c.fail(f'{what}: a purged word is still in {file}')

names = ['add', 'accept', 'accept', 'reject', 'edit', 'undo', 'meta', 'rebuild', 'purge', 'purge', 'report'] + ['export'] * (2 if exports else 0)
n = 0
while sum(killed.values()) < kills and n < kills * 6:
    name = names[n % len(names)]
    n += 1
    args, given, file = action(name, n)
    if file and os.path.exists(file): os.unlink(file)
    started = time.monotonic()
    p = subprocess.Popen([c.program, *args], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if given: p.stdin.write(given)
    p.stdin.close()
    limit = rng.random() * 1.1 * took[name] if name in took else None
    try:
        p.wait(limit)
        took[name] = max(0.005, time.monotonic() - started)
        done[name] = done.get(name, 0) + 1
    except subprocess.TimeoutExpired:
        p.send_signal(signal.SIGKILL)
        p.wait()
        killed[name] = killed.get(name, 0) + 1
    said = re.match(r'#(\d+)(?: to #(\d+))?', p.stderr.read())
    p.stderr.close()
    if said: told = max(told, int(said[2] or said[1]))
    what = f'{name}, number {n}'
    if file and os.path.exists(file) and not is_whole(file): c.fail(f'{what}: {file} is half written')
    check(what)
c.run('rebuild', '-q', record)
check('at the end')
c.run('verify', '-q', '--deep', record)
c.done(f'{sum(killed.values())} kills ({", ".join(f"{k} {v}" for k, v in sorted(killed.items()))}), {sum(done.values())} runs undisturbed, {told} decisions: all verify, none lost')
