#!/usr/bin/env python3
"""Random decisions survive a rebuild with other confidences and another lexicon: none lost, none misapplied.

usage: decisions.py PROGRAM [--documents N] [--decisions N] [--seed N]

Makes N reports, decides at random (accept, reject, edit, merge, split, note, undo, by two people), then rebuilds
with other actors and other confidences, adds reports, and rebuilds as before. After each step every decision
is looked at by an independent reading of the file:
  lost        it is not in the log word for word, or has neither effect nor a reason why not; or it is called
              orphaned though its words stand in one reading of its kind, in its context, read the same;
  misapplied  an entry is accepted, rejected, edited or merged that no standing decision on exactly its words says
              so of; or an edited value is not what was said.
Standard library only."""
import json, random, re, sys
from property_common import Command, option, rows, write_reports

documents, decisions, seed = option('--documents', 500), option('--decisions', 1000), option('--seed', 1)
c = Command(sys.argv[1])
rng = random.Random(seed)
record = c.path('r.rapporteur')
write_reports(c.path('in'), documents)
c.run('add', '-q', record, c.path('in'))

# ---- decide ----------------------------------------------------------------------------
def entries():
    return rows(record, "SELECT id, kind, documents FROM entry WHERE kind NOT IN ('disagreement', 'variant') ORDER BY id")
def decide(*args, stdin=None):
    r = c.run(*args, stdin=stdin, allow=(0, 2) if args[0] in ('merge', 'split') else (0,)) # of what is rejected nothing is made
    m = re.match(r'#(\d+)(?: to #(\d+))?', r.stderr)
    return 0 if not m else int(m[2] or m[1]) - int(m[1]) + 1
made, fields = 0, {'statement': 'venue', 'meeting': 'place', 'event': 'place', 'document': 'name', 'commitment': 'due', 'position': 'issue'}
while made < decisions:
    known = entries()
    of_kind = {}
    for e in known: of_kind.setdefault(e[1], []).append(e)
    who = rng.choice(['ana', 'ana', 'ana', 'bea'])
    kind = rng.choices(['accept', 'reject', 'edit', 'merge', 'split', 'note', 'undo'], [30, 20, 25, 10, 5, 5, 5])[0]
    some = [e[0] for e in rng.sample(known, min(len(known), rng.randrange(1, 30)))]
    if kind in ('accept', 'reject'):
        made += decide(kind, record, '-', '--as', who, '--reason', f'seed {seed}', stdin='\n'.join(some) + '\n')
    elif kind == 'edit':
        group = rng.choice(list(of_kind))
        chosen = [e[0] for e in rng.sample(of_kind[group], min(len(of_kind[group]), 8))]
        value = '2031-05-04' if fields[group] == 'due' else f'edited {made}'
        made += decide('edit', record, *chosen, f'{fields[group]}={value}', '--as', who)
    elif kind == 'merge':
        group = rng.choice([k for k in of_kind if len(of_kind[k]) > 3])
        made += decide('merge', record, *[e[0] for e in rng.sample(of_kind[group], rng.choice([2, 2, 3]))], '--as', who)
    elif kind == 'split':
        several = [e[0] for e in known if e[2] > 1]
        if not several: continue
        entry = rng.choice(several)
        own = rows(record, 'SELECT DISTINCT r.document FROM entry e JOIN entry_reading er ON er.entry = e.number JOIN reading r ON r.number = er.reading WHERE e.id = ?', entry)
        made += decide('split', record, entry, rng.choice(own)[0], '--as', who)
    elif kind == 'note':
        made += decide('note', record, some[0], 'looked', 'at', '--as', who)
    else:
        last = rows(record, "SELECT max(d.id) FROM decision d JOIN applied p ON p.decision = d.id WHERE d.who = ? AND d.kind <> 'undo' AND p.state <> 'undone'", who)[0][0]
        if last: made += decide('undo', record, rng.choice([last, last, max(1, last // 2)]) if rng.random() < 0.0 else last, '--as', who)
c.verify(record, 'after the decisions')
log_columns = 'SELECT d.id, d.at, d.who, d.kind, d.final, d.target, d.reason, d.payload, d.hash FROM decision d ORDER BY d.id'
anchor_columns = 'SELECT decision, n, document_sha256, entry_kind, span_begin, span_end, quote, prefix, suffix, facet FROM decision_anchor ORDER BY decision, n'
log_before, anchors_before = rows(record, log_columns), rows(record, anchor_columns)

# ---- an independent look ----------------------------------------------------------------
def look(what):
    bad, lost, misapplied, orphaned = [], 0, 0, 0
    if rows(record, log_columns) != log_before or rows(record, anchor_columns) != anchors_before:
        c.fail(f'{what}: the log is not what it was')
    text = {s: t if isinstance(t, bytes) else t.encode() for s, t in rows(record, 'SELECT d.sha256, coalesce(a.text, d.bytes) FROM document d JOIN article a ON a.document = d.id')}
    readings = {}
    names_of = {}
    for number, role, name in rows(record, "SELECT p.reading, p.role, a.name FROM reading_party p JOIN actor a ON a.document = p.document AND a.n = p.actor WHERE p.role IN ('who', 'whom', 'host') ORDER BY p.reading, p.role, p.n"):
        names_of.setdefault(number, {}).setdefault(role, []).append(name)
    other_names = {}
    for number, role, alias in rows(record, 'SELECT p.reading, p.role, l.alias FROM reading_party p JOIN actor_alias l ON l.document = p.document AND l.actor = p.actor'):
        other_names.setdefault((number, role), set()).add(alias.lower())
    fact = {}
    for r in rows(record, 'SELECT r.number, d.sha256, r.kind, r.span_begin, r.span_end, r.date, r.date_basis, r.place, r.status, r.type, r.name, r.stance, r.due FROM reading r JOIN document d ON d.id = r.document'):
        number, sha, kind, begin, end, date, basis, place, status, kind_of, name, stance, due = r
        readings.setdefault((sha, kind, text[sha][begin:end]), []).append((number, begin, end))
        fact[number] = {'date': date if basis == 'stated' else None, 'place': place, 'status': status, 'type': kind_of, 'name': name, 'stance': stance, 'due': due}
    def same(number, facet, except_):
        """is it read as it was decided on? Names in another wording of the report are the same"""
        for role in ('who', 'whom', 'host'):
            if role in except_: continue
            was, now = facet.get(role, []), names_of.get(number, {}).get(role, [])
            told = {n.lower() for n in now} | other_names.get((number, role), set())
            if len(was) != len(now) or any(n.lower() not in told for n in was): return False
        return all(k in except_ or facet.get(k) == v for k, v in fact[number].items())
    anchors = {}
    for a in anchors_before: anchors.setdefault(a[0], []).append(a)
    def stands(a):
        """readings with the anchor's words in its context"""
        sha, kind, quote, prefix, suffix = a[2], a[3], a[6].encode('utf8', 'surrogateescape'), a[7].encode('utf8', 'surrogateescape'), a[8].encode('utf8', 'surrogateescape')
        return [(n, b) for n, b, e in readings.get((sha, kind, quote), []) if text[sha][:b].endswith(prefix) and text[sha][e:].startswith(suffix)]
    state = {d: (s, entry, why) for d, s, entry, why in rows(record, 'SELECT decision, state, entry, why FROM applied')}
    undone = set()
    for d in reversed(log_before):
        if d[3] == 'undo' and d[0] not in undone: undone.add(d[5])
    owner, said = {}, {} # by reading: who decides; what it is then
    groups = []
    for d in log_before:
        id, who, kind = d[0], d[2], d[3]
        if id not in state: bad.append(f'{id} has no state'); lost += 1; continue
        s, entry, why = state[id]
        if (s == 'undone') != (id in undone): bad.append(f'{id} undone?'); misapplied += 1
        if id in undone or kind in ('undo', 'note'): continue
        found = [stands(a) for a in anchors[id]]
        facets = [json.loads(a[9]) for a in anchors[id]]
        except_ = set(json.loads(d[7])['set']) if kind == 'edit' else set()
        def one(candidates, a, facet):
            twins = facet.get('twins', 1) > 1
            if len(candidates) == 1 and not twins: return candidates[0][0]
            there = [n for n, b in candidates if b == a[4]]
            if len(candidates) > 1 and len(there) == 1: return there[0]
            alike = [n for n, b in candidates if same(n, facet, set())]
            return alike[0] if len(alike) == 1 else None
        where = [one(f, a, x) for f, a, x in zip(found, anchors[id], facets)]
        whole = all(w is not None for w in where) and (kind in ('merge', 'split') or same(where[0], facets[0], except_))
        if s == 'orphaned':
            orphaned += 1
            if not why: bad.append(f'{id} orphaned without a reason'); lost += 1
            elif whole and 'part of' not in why: bad.append(f'{id} {kind} orphaned ({why}) though it stands'); lost += 1
            continue
        if not whole: bad.append(f'{id} {kind} is {s} though its words are not read so'); misapplied += 1; continue
        first = owner.setdefault(where[0], who)
        if s == 'apart' and kind == 'reject' and first == who and 'came after' in (why or ''): continue # as its reports did
        if (s == 'apart') != (first != who): bad.append(f'{id} {kind} by {who} is {s}, {first} decided first'); misapplied += 1; continue
        if s != 'applied': continue
        if kind in ('merge', 'split'): groups.append((d, where))
        if kind in ('accept', 'reject', 'edit'):
            before = said.get(where[0], ('suggested', {}))
            values = dict(before[1])
            if kind == 'edit': values.update(json.loads(d[7])['set'])
            said[where[0]] = ('rejected' if kind == 'reject' else 'edited' if values else 'accepted', values)
    in_entry = dict(rows(record, 'SELECT reading, entry FROM entry_reading WHERE entry >> 52 = 0'))
    split_off = {w for d, w in groups if d[3] == 'split' for w in w}
    for d, w in groups:
        if d[3] == 'merge' and not split_off & set(w) and len({in_entry[n] for n in w}) > 1:
            bad.append(f'{d[0]} merge: its entries are apart'); misapplied += 1
    for number, id, review, place, venue, name, due, stance in rows(record, 'SELECT number, id, review, place, venue, name, due, stance FROM entry'):
        want, values = said.get(number, ('suggested', {}))
        now = {'place': place, 'venue': venue, 'name': name, 'due': due, 'stance': stance}
        if review != want: bad.append(f'{id} is {review}, decided: {want}'); misapplied += 1
        elif any(now[k] != v for k, v in values.items()): bad.append(f'{id} is not as edited'); misapplied += 1
    for line in bad[:20]: print(line, file=sys.stderr)
    c.verify(record, what)
    print(f'{what}: lost {lost}, misapplied {misapplied}, orphaned {orphaned} of {len(log_before)}')
    if lost or misapplied: c.fail(what)
    return orphaned

look('as decided')

# ---- other confidences, another lexicon, more reports --------------------------------------
keys = [k for k, in rows(record, "SELECT DISTINCT name FROM actor WHERE kind = 'person' AND name LIKE '% %' ORDER BY name")]
rng.shuffle(keys)
with open(c.path('own.tsv'), 'w', encoding='utf8') as f:
    for name in keys[:len(keys) // 3]: # known by another, fuller name, with a country
        f.write(f'person\tDr {name}\tRUR\tRUR\tGOV\t{name}\n')
states = [n for n, in rows(record, "SELECT DISTINCT name FROM actor WHERE kind <> 'person' AND name NOT LIKE '% %' ORDER BY name")]
rng.shuffle(states)
with open(c.path('own.tsv'), 'a', encoding='utf8') as f:
    for name in states[:len(states) // 3]: f.write(f'organisation\tThe {name} Union\t\t\tIGO\t{name}\n')
r = c.run('rebuild', '-q', record, '--actors', c.path('own.tsv'), allow=None)
if r.returncode not in (0, 2): c.fail(r.stderr)
if r.returncode == 2: c.fail(f'the changed lexicon is refused: {r.stderr}')
look('after a rebuild with another lexicon')

import sqlite3
db = sqlite3.connect(record)
db.create_function('chance', 0, rng.random)
db.execute('UPDATE reading SET confidence = round(chance(), 3)')
db.execute('UPDATE entry SET confidence = (SELECT max(r.confidence) FROM entry_reading er JOIN reading r ON r.number = er.reading WHERE er.entry = entry.number)')
db.commit()
db.close()
write_reports(c.path('more'), max(5, documents // 20), documents)
c.run('add', '-q', record, c.path('more')) # joins, and applies the log again
look('after other confidences and more reports')

c.run('rebuild', '-q', record, '--actors', 'none')
look('after a rebuild as before')
c.run('verify', '-q', '--deep', record)
c.done(f'{len(log_before)} decisions on {documents} documents: 0 lost, 0 misapplied')
