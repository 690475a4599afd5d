#!/usr/bin/env python3
"""Names of GUM as IOB2: python3 tools/gum_names.py en_gum-train.conllu > gum-names.iob2

GUM annotates every noun phrase with a type (MISC, Entity=); Universal NER marks names
alone, without articles and titles. A phrase of a person, an organization or a place whose
head is a proper noun becomes a name: the head with the words around it that belong to it
as parts of a name (flat, compound, amod and nmod among proper nouns, the function words
between them; of a person flat and compound alone). Plural persons are OTH (Afghans), as in
Universal NER. Titles (nmod:desc) and determiners stay outside; of nested names the outer
one counts. Trees and tags are GUM's own, nothing is guessed from words.
"""
import re
import sys

TYPE = {'person': 'PER', 'organization': 'ORG', 'place': 'LOC'}
PART = {'flat', 'compound', 'amod', 'nmod', 'nummod', 'goeswith'}
PERSON_PART = {'flat', 'compound', 'goeswith'}
GLUE = {'ADP', 'DET', 'CCONJ', 'PUNCT', 'PART'}
PERSON_GLUE = {'PUNCT'}


def sentences(lines):
    words, comments = [], []
    for line in lines:
        line = line.rstrip('\n')
        if not line:
            if words:
                yield comments, words
            words, comments = [], []
        elif line.startswith('#'):
            comments.append(line)
        else:
            row = line.split('\t')
            if row[0].isdigit():
                words.append(row)


def entities(words, still_open):
    """(first, last, type) of every phrase; brackets may nest, and close by id."""
    found = []
    for i, row in enumerate(words):
        field = next((f[7:] for f in row[9].split('|') if f.startswith('Entity=')), '')
        for opened, ident, kind, closed, closing in re.findall(
                r'(\()(\d+)-([a-z]+)[^()]*?(\)|(?=\()|$)|(\d+)\)', field):
            if opened:
                if closed:
                    found.append((i, i, kind))
                else:
                    still_open.append((ident, i, kind))
            elif closing:
                for n in range(len(still_open) - 1, -1, -1):
                    if still_open[n][0] == closing:
                        _, first, kind = still_open.pop(n)
                        found.append((first, i, kind))
                        break
    still_open.clear()
    return found


def head_of(words, first, last):
    for i in range(first, last + 1):
        head = int(words[i][6]) - 1
        if not first <= head <= last:
            return i
    return first


def is_part(words, i, first, last, head, parts):
    """Does word i hang on the head by relations inside names alone?"""
    for _ in range(8):
        if i == head:
            return True
        row = words[i]
        if row[3] != 'PROPN' and row[7].split(':')[0] != 'nummod':
            return False
        if row[7] in ('nmod:desc', 'nmod:poss') or row[7].split(':')[0] not in parts:
            return False
        i = int(row[6]) - 1
        if not first <= i <= last:
            return False
    return False


def name_of(words, first, last, person):
    """The span of the name in a phrase, or None."""
    head = head_of(words, first, last)
    if words[head][3] != 'PROPN':
        return None
    parts, glue = (PERSON_PART, PERSON_GLUE) if person else (PART, GLUE)
    inside = [is_part(words, i, first, last, head, parts) for i in range(first, last + 1)]
    begin = end = head
    while begin > first and inside[begin - 1 - first]:
        begin -= 1
    while end < last:
        step = end + 1
        while step <= last and words[step][3] in glue and words[step][1] != ',':
            step += 1
        if step > last or not inside[step - first] or step - end > 3:
            break
        end = step
    return begin, end


def main():
    out = sys.stdout
    for comments, words in sentences(open(sys.argv[1], encoding='utf-8')):
        tags = ['O'] * len(words)
        names = []
        for first, last, kind in entities(words, []):
            person = kind == 'person'
            span = name_of(words, first, last, person) if kind in TYPE else None
            if span:
                plural = person and words[head_of(words, first, last)][4].endswith('S')
                names.append((span[0] - span[1], span, 'OTH' if plural else TYPE[kind]))
        for _, (begin, end), kind in sorted(names):
            if all(t == 'O' for t in tags[begin:end + 1]):
                tags[begin:end + 1] = ['B-' + kind] + ['I-' + kind] * (end - begin)
        for comment in comments:
            if comment.startswith(('# newdoc', '# sent_id', '# text =')):
                out.write(comment + '\n')
        for n, (row, tag) in enumerate(zip(words, tags), 1):
            out.write(f'{n}\t{row[1]}\t{tag}\t-\t-\n')
        out.write('\n')


main()
