"""valid.py FILE...: CoNLL-U by the rules of universaldependencies.org/format.html.

Prints what is wrong, a line each, and last whether there were sentences at all, not how
many, so that the output does not change with the reports.
"""
import re
import sys

seen, wrong, sentences = set(), 0, 0


def complain(path, number, what):
    global wrong
    wrong += 1
    print(f"{path}:{number}: {what}")


def sorted_by_name(field):
    names = [part.split("=")[0].lower() for part in field.split("|")]
    return field == "_" or (names == sorted(names) and len(set(names)) == len(names)
                            and all(re.fullmatch(r"[^=|\s]+=[^|\s]+", part)
                                    for part in field.split("|")))


def is_tree(heads):
    if sorted(heads).count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        steps = 0
        while word and steps <= len(heads):
            word, steps = heads[word - 1], steps + 1
        if word:
            return False
    return True


def look_at_columns(path, number, columns):
    if len(columns) != 10:
        return complain(path, number, f"{len(columns)} columns")
    for column in columns:
        if not column or column != column.strip() or re.search(r"\s\s", column):
            complain(path, number, f"empty, or white space too much: {column!r}")
    for column in columns[3:9]:
        if re.search(r"\s", column):
            complain(path, number, f"white space in {column!r}")
    if "-" in columns[0] and set(columns[2:9]) != {"_"}:
        complain(path, number, "a range with more than a form")
    for column in (columns[5], columns[9]):
        if not sorted_by_name(column):
            complain(path, number, f"no list sorted by name: {column}")


def look_at(path, number, comments, lines):
    global sentences
    sentences += 1
    ids = [c for c in comments if c.startswith("# sent_id = ")]
    texts = [c[len("# text = "):] for c in comments if c.startswith("# text = ")]
    if len(ids) != 1 or ids[0] in seen or len(texts) != 1:
        complain(path, number, "not one new sent_id and one text")
        return
    seen.add(ids[0])
    rows = [line.split("\t") for line in lines]
    for row in rows:
        look_at_columns(path, number, row)
    words = [row for row in rows if row[0].isdigit()]
    if [row[0] for row in words] != [str(i + 1) for i in range(len(words))]:
        complain(path, number, "ids out of order")
    text, inside = "", 0
    for at, row in enumerate(rows):
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            if int(rows[at + 1][0]) != first or not inside < first < last <= len(words):
                complain(path, number, "a range without its words")
            inside = last
        elif int(row[0]) <= inside:
            if "SpaceAfter" in row[9]:
                complain(path, number, "SpaceAfter within a multiword token")
            continue
        text += row[1] + ("" if "SpaceAfter=No" in row[9].split("|") else " ")
    if text.rstrip(" ") != texts[0]:
        complain(path, number, f"the text is not its forms: {texts[0]!r} {text!r}")
    heads = [row[6] for row in words]
    if set(heads) != {"_"}:
        if not all(h.isdigit() for h in heads) or not is_tree([int(h) for h in heads]):
            complain(path, number, "no tree")
        elif any((row[6] == "0") != (row[7] == "root") for row in words):
            complain(path, number, "root and 0 do not go together")


for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="\n") as file:
        content = file.read()
    if content and not content.endswith("\n\n"):
        complain(path, 0, "no blank line at the end")
    number = 1
    for block in content.split("\n\n")[:-1]:
        block = block.split("\n")
        if any(line.startswith("#") for line in block[1:] if block[0][0] != "#"):
            complain(path, number, "a comment within a sentence")
        look_at(path, number, [l for l in block if l.startswith("#")],
                [l for l in block if not l.startswith("#")])
        number += len(block) + 1
print(f"{'some' if sentences else 'no'} sentences, {wrong} wrong")
