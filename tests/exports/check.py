#!/usr/bin/env python3
"""Every export read by somebody else.

  check.py --make PROGRAM FOLDER      two records of the same reports, added apart, in FOLDER
  check.py FORMAT PROGRAM FOLDER      export, read with independent readers, round-trip

Readers are Python's own csv, json and xml, xmllint with a DTD, JSON Schema, networkx, icalendar,
bibtexparser, R. What is missing is named, and the test is skipped (exit 77): install.sh test
installs all but R.
"""
import collections, csv, datetime, hashlib, importlib, io, json, os, re, shutil, subprocess, sys
import unicodedata, urllib.parse, xml.etree.ElementTree as xml

HERE = os.path.dirname(os.path.abspath(__file__))
SKIP = 77
LEAST = ["--min-confidence", "0.3"]


class Skipped(Exception):
    pass


def need(module):
    try:
        return importlib.import_module(module)
    except ImportError:
        # Debian's packages belong to Debian's Python.
        if sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
            os.execv("/usr/bin/python3", ["/usr/bin/python3"] + sys.argv)
        raise Skipped(f"no Python module {module}")


def need_program(name):
    if not shutil.which(name): raise Skipped(f"no program {name}")
    return name


def schema(name, value):
    jsonschema = need("jsonschema")
    with open(os.path.join(HERE, "schema", name + ".json"), encoding="utf-8") as file:
        jsonschema.Draft7Validator(json.load(file)).validate(value)


def dtd(name, path):
    need_program("xmllint")
    subprocess.run(["xmllint", "--noout", "--dtdvalid", os.path.join(HERE, "schema", name + ".dtd"), path], check=True)


class Exports:
    def __init__(self, program, folder, form):
        self.program, self.folder, self.form = os.path.abspath(program), folder, form
        self.who = None

    def run(self, *words, record="one"):
        path = os.path.join(self.folder, record, "r.rapporteur")
        done = subprocess.run([self.program, words[0], path, *words[1:]], capture_output=True)
        assert done.returncode in (0, 1), done.stderr.decode()
        return done

    def export(self, *options, form=None, record="one", name="out"):
        """Path of what is written, and the counts that were told."""
        out = os.path.join(self.folder, f"{self.form}.{record}.{name}")
        done = self.run("export", "--to", form or self.form, "-o", out, *options, record=record)
        told = done.stderr.decode()
        counts = [int(n) for n in re.findall(r"(\d+) (?:entries|documents|left)", told)]
        assert "entries" in told or "documents" in told, told
        return out, counts[0], counts[1] if len(counts) > 1 else 0

    def read(self, *options, **more):
        path, count, left = self.export(*options, **more)
        with open(path, "rb") as file: return file.read(), count, left

    def texts(self):
        """The texts of the reports, by the first 12 figures of their digest."""
        out, _, _ = self.export("--all", "--full-text", form="csv", name="texts")
        found = {}
        for name in os.listdir(os.path.join(out, "texts")):
            with open(os.path.join(out, "texts", name), "rb") as file: found[name[:12]] = file.read()
        return found

    def entries(self, *options):
        data, count, _ = self.read("--min-confidence", "0.3", *options, form="jsonl", name="entries")
        lines = data.decode().split("\n")[:-1]
        assert len(lines) == count
        return [json.loads(line) for line in lines]

    def parties(self, entry):
        """Who took part: keys, without the states for which they act."""
        if self.who is None:
            self.who = collections.defaultdict(list)
            out, _, _ = self.export("--all", form="csv", name="parties")
            with open(os.path.join(out, "parties.csv"), encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    if row["role"] == "who": self.who[row["entry"]].append(row["key"])
        return self.who[entry]

    def view(self, name, *options):
        return json.loads(self.run(name, "--format", "json", *LEAST, *options).stdout)


def bytes_of(path):
    """Of a file, or of every file of a folder."""
    if os.path.isfile(path):
        with open(path, "rb") as file: return {"": file.read()}
    found = {}
    for base, _, names in os.walk(path):
        for name in names:
            full = os.path.join(base, name)
            with open(full, "rb") as file: found[os.path.relpath(full, path)] = file.read()
    return found


# ---- what holds of every format -------------------------------------------------------------

WITH_TEXT = ("brat", "conllu", "timeml")


def same_bytes(e):
    """Two exports of one record, and of the same reports added elsewhere, are the same."""
    options = ["--full-text"] if e.form in WITH_TEXT else ["--all"]
    first = bytes_of(e.export(*options, name="a")[0])
    assert first == bytes_of(e.export(*options, name="b")[0]), "two exports differ"
    assert first == bytes_of(e.export(*options, record="two", name="a")[0]), "the place of the record shows"
    whole = b"".join(first.values())
    for secret in (e.folder.encode(), b"/reports/", b".part", os.environ.get("USER", "nobody-here").encode() + b"/"):
        assert secret not in whole, f"{secret} leaves"


def manifest_holds(e):
    out = e.export("--full-text" if e.form in WITH_TEXT else "--all", name="a")[0]
    if not os.path.isdir(out): return
    need_program("sha256sum")
    subprocess.run(["sha256sum", "--quiet", "--strict", "-c", "MANIFEST.sha256"], cwd=out, check=True)
    with open(os.path.join(out, "MANIFEST.sha256")) as file:
        listed = {line.split("  ", 1)[1].rstrip("\n") for line in file}
    assert listed == set(bytes_of(out)) - {"MANIFEST.sha256"}


def fold(text):
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in text if not unicodedata.combining(c))


def no_person_leaves(e):
    """With --redact persons no word of a known person's name is anywhere in the export."""
    if e.form in WITH_TEXT: return
    actors = json.loads(e.run("actors", "--format", "json").stdout)
    names = set()
    for actor in actors:
        if actor["kind"] != "person": continue
        for word in re.findall(r"\w+", fold(actor["name"])):
            if len(word) >= 3: names.add(word)
    assert {"olm", "kass", "quill"} <= names
    states = {actor["name"] for actor in actors if actor["kind"] == "state"}
    written = bytes_of(e.export("--all", "--redact", "persons", name="redacted")[0])
    for name, data in written.items():
        if name in ("codebook.md", "datapackage.json"): continue  # our own words
        words = {w for w in re.findall(r"\w+", fold(urllib.parse.unquote(data.decode("utf-8")))) if w.isalpha()}
        assert not names & words, f"{name}: {names & words}"
    if e.form in ("jsonl", "csv", "graphml", "plover"):  # states are nobody's secret
        assert all(state.encode() in b"".join(written.values()) for state in ("Ruritania", "Graustark")), states


def no_quote_leaves(e):
    if e.form in WITH_TEXT: return
    written = bytes_of(e.export("--all", "--redact", "quotes", name="unquoted")[0])
    whole = urllib.parse.unquote(b"".join(written.values()).decode("utf-8", "replace"))
    for words in ("looks", "prisoners are home", "kept its word", "had not fired a shot", "plan was dead"):
        assert words not in whole, words


# ---- formats --------------------------------------------------------------------------------

KINDS = ["meetings", "statements", "events", "documents", "commitments", "positions", "disagreements", "variants"]


def unguarded(cell):
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


def check_cell(field, cell):
    if cell == "": return
    kind = field["type"]
    if kind == "integer": int(cell)
    if kind == "number": float(cell)
    if kind == "date": datetime.date.fromisoformat(cell)
    if kind == "boolean": assert cell in ("true", "false")
    if kind == "string": assert not re.match(r"[=+\-@\t\r]", cell), f"a formula: {cell}"


def check_csv(e):
    out, count, _ = e.export(*LEAST)
    with open(os.path.join(out, "datapackage.json"), encoding="utf-8") as file: package = json.load(file)
    schema("datapackage", package)
    tables = {}
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        with open(os.path.join(out, resource["path"]), encoding="utf-8", newline="") as file: raw = file.read()
        assert raw.endswith("\r\n")
        rows = list(csv.reader(io.StringIO(raw, newline=""), strict=True))
        assert rows[0] == [f["name"] for f in fields]
        for row in rows[1:]:
            assert len(row) == len(fields)
            for field, cell in zip(fields, row): check_cell(field, cell)
        table = [dict(zip(rows[0], row)) for row in rows[1:]]
        assert len(table) == resource["rows"]
        key = resource["schema"].get("primaryKey")
        if key: assert len({row[key] for row in table}) == len(table)
        tables[resource["name"]] = table
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            other = {row[key["reference"]["fields"]] for row in tables[key["reference"]["resource"]]}
            for row in tables[resource["name"]]: assert row[key["fields"]] in other, (resource["name"], row)
    # The same as the views: every entry, no more; an event that is a meeting stands there.
    assert count == sum(len(tables[kind]) for kind in KINDS)
    for kind in KINDS:
        want = [entry["id"] for entry in e.view(kind) if kind != "events" or entry["kind"] == "event"]
        assert [row["id"] for row in tables[kind]] == want, kind
    texts = e.texts()
    for row in tables["evidence"] + tables["claims"]:
        words = texts[row["document"]][int(row["begin"]):int(row["end"])].decode("utf-8")
        assert unguarded(row["quote"]) == words, row
        assert row["address"] == f"rap:{row['document']}/{row['begin']}-{row['end']}"
    assert any(row["quote"].startswith("'=") for row in tables["evidence"]), "the formula was not met"
    for row in tables["sources"]:
        if row["document"] in texts and row["media_type"] == "text/plain" and row["file"].endswith(".txt"):
            assert hashlib.sha256(texts[row["document"]]).hexdigest() == row["sha256"]
    for name in tables: assert f"## {name}.csv" in open(os.path.join(out, "codebook.md"), encoding="utf-8").read()
    # Filters, and what a person accepted.
    one = e.view("statements", "--speaker", "Quill")
    narrow, few, _ = e.export(*LEAST, "--speaker", "Quill", "--kinds", "statement", name="narrow")
    with open(os.path.join(narrow, "statements.csv"), encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [entry["id"] for entry in one]
    assert few == len(one) > 0
    accepted, number, _ = e.export("--accepted", name="accepted")
    with open(os.path.join(accepted, "meetings.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert number == len(rows) == 1 and rows[0]["review"] == "accepted"
    if shutil.which("Rscript"):
        code = 'd <- read.csv("statements.csv", encoding="UTF-8", na.strings=""); cat(nrow(d), class(d$confidence))'
        done = subprocess.run(["Rscript", "--vanilla", "-e", code], cwd=out, capture_output=True, text=True, check=True)
        assert done.stdout == f"{len(tables['statements'])} numeric", done.stdout


def check_jsonl(e):
    entries = e.entries()
    by_id = {entry["id"]: entry for entry in entries}
    assert len(by_id) == len(entries)
    texts = e.texts()
    for kind in KINDS:
        for entry in e.view(kind):
            mine = by_id[entry["id"]]
            for evidence in entry["evidence"] + mine["evidence"]: evidence.pop("path", None)
            for claim in entry.get("claims", []) + entry.get("wordings", []) + mine.get("claims", []) + mine.get("wordings", []) + entry.get("clauses", []) + mine.get("clauses", []):
                for evidence in claim["evidence"]: evidence.pop("path", None)
                claim.pop("by", None)
            assert mine == entry
    joined = b"\n".join(texts.values())
    for entry in entries:
        for evidence in entry["evidence"]: assert evidence["quote"].encode() in joined


def check_webannotation(e):
    data, count, _ = e.read(*LEAST)
    collection = json.loads(data)
    schema("webannotation", collection)
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == count
    texts = {digest: text.decode("utf-8") for digest, text in e.texts().items()}
    targets = 0
    for item in items:
        for target in item["target"]:
            quote, place = target["selector"]
            text = texts[target["rapporteur:sha256"][:12]]
            begin, end = place["start"], place["end"]
            assert text[begin:end] == quote["exact"], item["id"]
            assert text[:begin].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])
            assert text.encode()[slice(*target["rapporteur:bytes"])].decode() == quote["exact"]
            targets += 1
    assert targets > 50


def fragment_words(link):
    """The text that a link's fragment points at: all of it, or its two ends."""
    part = link.split(":~:text=", 1)[1]
    return [urllib.parse.unquote(piece) for piece in part.split(",")]


def check_note(note, texts):
    """Every passage of a note stands at its address, and so do the words of its link."""
    for line in note.split("\n"):
        found = re.match(r"\S+ rap:([0-9a-f]{12})/(\d+)-(\d+) “", line)
        link = re.search(r"https?://\S+:~:text=\S+", line)
        words = texts[found[1]][int(found[2]):int(found[3])].decode("utf-8")
        if not link: continue
        ends = fragment_words(link[0])
        flat = re.sub(r"[\t\r\n]", " ", words)
        assert flat.startswith(ends[0]) and flat.endswith(ends[-1]), (flat, ends)


def check_csl(e):
    data, _, _ = e.read(*LEAST)
    items = json.loads(data)
    schema("csl", items)
    texts = e.texts()
    assert len({item["id"] for item in items}) == len(items) == len(texts)
    for item in items: check_note(item["note"], texts)
    odd = [item for item in items if item["title"].startswith("=HYPERLINK")][0]
    assert odd["author"] == [{"literal": "Lena Marr"}] and odd["issued"]["date-parts"] == [[2031, 5, 6]]
    assert odd["URL"] == "https://straits.example/a?b=1&c={2}#top" and "#top:~:text=" in odd["note"]


def check_bibtex(e):
    data, _, _ = e.read(*LEAST)
    bibtexparser = need("bibtexparser")
    from bibtexparser.bparser import BibTexParser
    entries = bibtexparser.loads(data.decode(), parser=BibTexParser(common_strings=True)).entries
    assert len(entries) == len(e.texts())
    assert data.count(b"{") - data.count(b"\\{") == data.count(b"}") - data.count(b"\\}")
    odd = [entry for entry in entries if "HYPERLINK" in entry["title"]][0]
    plain = re.sub(r"\\textbackslash\{\}", r"\\", odd["title"])
    plain = re.sub(r"\\([{}%$#_&])", r"\1", plain)
    assert plain == '{=HYPERLINK("https://evil.example") {50 % \\of_it} & <b>more</b>}', plain
    assert odd["year"] == "2031" and odd["date"] == "2031-05-06" and odd["ENTRYTYPE"] == "article"


def check_ris(e):
    """Lines "XX  - value", CR LF; TY first, ER last."""
    data, _, _ = e.read(*LEAST)
    text = data.decode()
    assert "\n" not in text.replace("\r\n", "")
    records = [part for part in text.split("\r\n\r\n") if part]
    assert len(records) == len(e.texts())
    for record in records:
        lines = record.split("\r\n")
        for line in lines: assert re.match(r"[A-Z][A-Z0-9]  - ", line), line
        assert lines[0] == "TY  - NEWS" and lines[-1] == "ER  - "
    assert 'TI  - =HYPERLINK("https://evil.example") {50 % \\of_it} & <b>more</b>' in text


def ties(e):
    """The ties that a graph must have, from the entries themselves."""
    found = collections.Counter()
    for entry in e.entries():
        if entry["kind"] == "meeting":
            n = len(e.parties(entry["id"]))
            found["met"] += n * (n - 1) // 2
        if entry["kind"] == "event":
            n = sum(1 for a in entry["sources"] for b in entry["targets"] if a["key"] != b["key"])
            found["accused" if entry["type"] == "ACCUSE" else entry["type"].lower()] += n
    return +found


def check_graph(e, path, graph):
    want, got = ties(e), collections.Counter()
    for source, target, data in graph.edges(data=True):
        got[data["relation"]] += 1
        assert source in graph and target in graph and data["entry"]
        if data.get("start"): datetime.date.fromisoformat(data["start"])
        assert data["mutual"] in (data["relation"] == "met", str(data["relation"] == "met").lower())
    for relation in want: assert got[relation] == want[relation], (relation, got, want)
    assert got["met"] and got["accused"] and set(got) - {"addressed"} == set(want)
    names = {data["label"] for _, data in graph.nodes(data=True)}
    assert {"Petra Olm", "Ivo Kass", "Graustark"} <= names


def check_graphml(e):
    path, _, _ = e.export(*LEAST)
    dtd("graphml", path)
    check_graph(e, path, need("networkx").read_graphml(path))


def check_gexf(e):
    path, _, _ = e.export(*LEAST)
    dtd("gexf", path)
    check_graph(e, path, need("networkx").read_gexf(path))


def check_ics(e):
    data, count, left = e.read(*LEAST)
    for line in data.split(b"\r\n"): assert len(line) <= 75 and b"\n" not in line
    data.decode("utf-8")
    calendar = need("icalendar").Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    due = {entry["id"]: entry["due"]["value"] for entry in e.view("commitments") if entry["due"]}
    days = {i: day for i, day in due.items() if len(day) == 10}
    assert len(events) == count == len(days) > 1 and count + left == len(e.view("commitments"))
    for event in events:
        day = event["DTSTART"].dt
        assert type(day) is datetime.date and day.isoformat() == days[str(event["UID"]).split("@")[0]]
        assert event["SUMMARY"] and event["DTSTAMP"]
    summaries = {str(event["SUMMARY"]) for event in events}
    assert any("withdraw its boats by June 30, 2031" in text for text in summaries), summaries


def check_plover(e):
    data, count, left = e.read(*LEAST)
    lines = [json.loads(line) for line in data.decode().split("\n")[:-1]]
    assert len(lines) == count
    entries = {entry["id"]: entry for entry in e.entries() if entry["kind"] in ("meeting", "event")}
    assert count + left == len(entries)
    texts = {digest: text.decode() for digest, text in e.texts().items()}
    auxiliary = {"planned": "future", "proposed": "hypothetical", "hypothetical": "hypothetical", "denied": "negation"}
    for line in lines:
        schema("plover", line)
        entry = entries[line["id"]]
        digest = re.match(r"rap:([0-9a-f]{12})", line["cite_info"]["citation"])[1]
        assert texts[digest][line["text_info"]["start"]:line["text_info"]["end"]] == line["text"]
        want = auxiliary.get(entry["status"])
        assert want is None or want in line["context"]
        assert [actor["identifier_id"] for actor in line["actor"]] == e.parties(line["id"])
    assert any("lat" in line.get("event_loc", {}) for line in lines)


def check_cameo(e):
    """PETRARCH's columns; every row whole, no default code."""
    data, count, left = e.read(*LEAST)
    rows = [line.split("\t") for line in data.decode().split("\n")[:-1]]
    happened = {entry["id"]: entry for entry in e.entries() if entry["kind"] in ("meeting", "event")}
    assert count + left == len(happened) and rows
    for row in rows:
        assert len(row) == 11
        assert re.fullmatch(r"\d{8}", row[0]) and re.fullmatch(r"\d{2,4}", row[3])
        assert happened[row[5]]["status"] == "happened" and happened[row[5]]["cameo"] == row[3]
        for code in row[1:3]: assert re.fullmatch(r"---|[A-Z]{3,9}", code), row
    met = [row for row in rows if row[3].startswith("04") and "---" not in row[1:3]]
    assert all(any(b[5] == a[5] and b[8] == a[9] and b[9] == a[8] for b in met) for a in met) and met


EVENT_COLUMNS, MENTION_COLUMNS = 61, 16


def check_gdelt(e):
    out, count, _ = e.export(*LEAST)
    with open(os.path.join(out, "events.tsv"), encoding="utf-8", newline="") as file:
        events = [line.split("\t") for line in file.read().split("\n")[:-1]]
    with open(os.path.join(out, "mentions.tsv"), encoding="utf-8", newline="") as file:
        mentions = [line.split("\t") for line in file.read().split("\n")[:-1]]
    assert all(len(row) == EVENT_COLUMNS for row in events) and all(len(row) == MENTION_COLUMNS for row in mentions)
    numbers = [int(row[0]) for row in events]
    assert len(set(numbers)) == len(numbers) and max(numbers) < 2**63
    assert {int(row[0]) for row in mentions} == set(numbers)
    texts = {digest: text.decode() for digest, text in e.texts().items()}
    for row in events:
        day = datetime.datetime.strptime(row[1], "%Y%m%d")
        assert row[2] == f"{day:%Y%m}" and row[3] == f"{day:%Y}" and abs(float(row[4]) - day.year) <= 1.02
        assert row[26].startswith(row[27]) and row[27].startswith(row[28]) and row[29] in "1234"
        if row[56]: assert -90 <= float(row[56]) <= 90 and -180 <= float(row[57]) <= 180
    for row in mentions:
        digest, begin = re.search(r"rap:([0-9a-f]{12})/(\d+)", row[15]).groups()
        assert int(row[12]) == len(texts[digest]) and 0 <= int(row[9]) < len(texts[digest])
        assert row[3] == ("1" if row[5].startswith("http") else "2") and 10 <= int(row[11]) <= 100
    assert any(int(row[31]) > 1 and int(row[33]) > 1 for row in events), "no event of two reports"


def check_timelinejs(e):
    data, count, left = e.read(*LEAST)
    timeline = json.loads(data)
    schema("timelinejs", timeline)
    entries = e.entries()
    assert len(timeline["events"]) == count and count + left == len(entries)
    dates = {entry["id"]: entry["date"]["value"] for entry in entries}
    for slide in timeline["events"]:
        want = dates[slide["unique_id"]]
        if want: assert [int(n) for n in want.split("-")] == list(slide["start_date"].values())
    assert any("&lt;final&gt;" in slide["text"]["text"] for slide in timeline["events"])


def check_geojson(e):
    data, count, left = e.read(*LEAST)
    collection = json.loads(data)
    schema("geojson", collection)
    features = collection["features"]
    assert len(features) == count > 2 and count + left == len(e.entries())
    where = {f["properties"]["known_as"]: f["geometry"]["coordinates"] for f in features}
    for name, at in (("Vienna", [16.37, 48.21]), ("Geneva", [6.15, 46.2]), ("Kyiv", [30.52, 50.45])):
        assert max(abs(a - b) for a, b in zip(where[name], at)) < 0.05, name


def check_markdown(e):
    data, count, _ = e.read(*LEAST)
    text = data.decode()
    ids = re.findall(r"^- \*\*\w+\*\* `(\w+)`", text, re.M)
    assert len(ids) == count and set(ids) == {entry["id"] for entry in e.entries()}
    texts = e.texts()
    for words, digest, begin, end in re.findall(r"^  - “(.*)” [^`]*`rap:([0-9a-f]{12})/(\d+)-(\d+)`$", text, re.M):
        plain = re.sub(r"\\([\\`*_{}\[\]()<>#+\-!|~&])", r"\1", words)
        assert plain == " ".join(texts[digest][int(begin):int(end)].decode().split()), words
    assert not re.search(r"(?<!\\)<", text)


def check_brat(e):
    out, count, _ = e.export("--full-text")
    names = sorted(name for name in os.listdir(out) if name.endswith(".ann"))
    assert len(names) == count
    texts, bounds = e.texts(), 0
    types = set(re.findall(r"^[A-Za-z]\w*", open(os.path.join(out, "annotation.conf")).read(), re.M))
    for name in names:
        with open(os.path.join(out, name[:-4] + ".txt"), encoding="utf-8", newline="") as file: text = file.read()
        assert name[:12] not in texts or text.encode() == texts[name[:12]]
        known = set()
        for line in open(os.path.join(out, name), encoding="utf-8").read().split("\n")[:-1]:
            parts = line.split("\t")
            assert parts[0] not in known
            known.add(parts[0])
            if parts[0][0] == "T":
                kind, offsets = parts[1].split(" ", 1)
                pieces = [tuple(map(int, piece.split())) for piece in offsets.split(";")]
                assert kind in types and " ".join(re.sub(r"\t", " ", text[a:b]) for a, b in pieces) == parts[2], line
                assert all("\n" not in text[a:b] and a < b for a, b in pieces)
                bounds += 1
            elif parts[0][0] == "E":
                for role in parts[1].split(" "): assert role.split(":")[1] in known, line
            elif parts[0][0] in "A#":
                assert parts[1].split(" ")[1] in known, line
            else:
                raise AssertionError(line)
    assert bounds > 100


def check_timeml(e):
    out, count, _ = e.export("--full-text")
    names = sorted(name for name in os.listdir(out) if name.endswith(".tml"))
    assert len(names) == count
    texts, tags = e.texts(), collections.Counter()
    for name in names:
        path = os.path.join(out, name)
        dtd("timeml", path)
        root = xml.parse(path).getroot()
        text = "".join(root.find("TEXT").itertext())
        want = texts.get(name[:12])
        if want is not None: assert text == want.decode()
        for tag in root.iter(): tags[tag.tag] += 1
        tags["dated"] += root.find("DCT/TIMEX3") is not None
    assert tags["TIMEX3"] > 10 and tags["EVENT"] > 5 and tags["TLINK"] > 2 and tags["dated"] == 4, tags


def words_of(text):
    """Word lines of CoNLL-U: id, form, and whether a space follows."""
    found = []
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) == 10: found.append((cells[0], cells[1], "SpaceAfter=No" in cells[9]))
    return found


def check_conllu(e):
    path, count, _ = e.export("--full-text")
    subprocess.run([sys.executable, os.path.join(HERE, "../golden/conllu/valid.py"), path], check=True,
                   stdout=subprocess.DEVNULL)
    with open(path, encoding="utf-8") as file: text = file.read()
    assert text.count("# newdoc") == count
    again = subprocess.run([e.program, "annotate", "--to", "conllu", "--input", "conllu", path], capture_output=True, check=True)
    assert words_of(again.stdout.decode()) == words_of(text), "words change on the way back"
    texts, document = e.texts(), None
    for line in text.split("\n"):
        if line.startswith("# newdoc id = "): document = texts.get(line[14:26])
        span = re.search(r"Span=(\d+):(\d+)", line)
        if span and document and line.count("\t") == 9:
            form = document[int(span[1]):int(span[2])].decode()
            assert " ".join(form.split()) == line.split("\t")[1]


def check_usage(e):
    """What may not be written is not, and what is there is not harmed."""
    def fails(*words):
        done = subprocess.run([e.program, "export", os.path.join(e.folder, "one", "r.rapporteur"), *words], capture_output=True)
        assert done.returncode == 2 and done.stderr, words
    fails("--to", "nothing")
    fails("--to", "csv")
    fails("--to", "brat", "-o", os.path.join(e.folder, "no-text"))
    fails("--to", "jsonl", "--full-text")
    fails("--to", "csv", "--full-text", "--redact", "quotes", "-o", os.path.join(e.folder, "both"))
    fails("--to", "jsonl", "--redact", "names")
    fails("--to", "jsonl", "--accepted", "--all")
    fails("--to", "jsonl", "--accepted", "--review", "rejected")
    fails("--to", "jsonl", "--kinds", "meeting,dinner")
    mine = os.path.join(e.folder, "mine")
    os.makedirs(mine, exist_ok=True)
    with open(os.path.join(mine, "thesis.txt"), "w") as file: file.write("years of work")
    fails("--to", "csv", "-o", mine)
    shutil.rmtree(os.path.join(e.folder, "usage.one.guest"), ignore_errors=True)
    out, _, _ = e.export(form="csv", name="guest")
    shutil.copy(os.path.join(mine, "thesis.txt"), out)
    fails("--to", "csv", "-o", out)
    assert os.path.exists(os.path.join(mine, "thesis.txt")) and os.path.exists(os.path.join(out, "thesis.txt"))
    fails("--to", "jsonl", "-o", mine)
    fails("--to", "jsonl", "-o", os.path.join(e.folder, "nowhere", "x"))
    ours = ("usage.", "no-text", "both", "mine", "nowhere")
    assert not [name for name in os.listdir(e.folder) if name.startswith(ours) and name.endswith(".part")]
    piped = e.run("export", "--to", "jsonl", "-o", "-").stdout
    assert piped == e.run("export", "--to", "jsonl").stdout == e.read(form="jsonl", name="piped")[0]


def make(program, folder):
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("one", "two"):
        os.makedirs(os.path.join(folder, name))
        record = os.path.join(folder, name, "r.rapporteur")
        subprocess.run([program, "add", record, "--quiet", "--actors", os.path.join(HERE, "actors.tsv"), os.path.join(HERE, "reports")], check=True)
        found = json.loads(subprocess.run([program, "meetings", record, "--format", "json", *LEAST], capture_output=True, check=True).stdout)
        first = [entry["id"] for entry in found if entry["place"] == "Kyiv"][0]
        subprocess.run([program, "accept", record, first, "--as", "Ana", "--quiet"], check=True)


def main():
    if sys.argv[1] == "--make": return make(sys.argv[2], sys.argv[3])
    form, program, folder = sys.argv[1:4]
    e = Exports(program, os.path.abspath(folder), form)
    globals()["check_" + form](e)
    if form != "usage":
        for rule in (same_bytes, manifest_holds, no_person_leaves, no_quote_leaves): rule(e)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Skipped as why:
        print(f"skipped: {why}")
        sys.exit(SKIP)
