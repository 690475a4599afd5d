#!/usr/bin/env python3
"""office_coverage.py - what the lists of offices leave open, state by state.

Reads   data/en/actors/states.tsv and offices*.tsv.
Writes  a line for each state and each of four offices: the years from --from to --until of
        which less than half is answered, and those of which a part is open.
Method  a day is covered where one named tenure surely covers it (docs/format/actors.md); an
        office is found by its name or by a wording of its row.
"""
import argparse
import datetime
import pathlib

HERE = pathlib.Path(__file__).resolve().parent.parent / "data/en/actors"
OFFICES = {
    "state": {"president", "king", "emir", "sultan", "emperor", "pope", "supreme leader",
              "prince", "grand duke", "governor-general", "head of state", "queen",
              "chairman of the presidency", "head of the presidential council",
              "chairman of the sovereign council", "junta leader", "chancellor",
              "president of the state affairs commission", "leader", "captains regent"},
    "government": {"prime minister", "chancellor", "head of government", "president",
                   "chief executive", "taoiseach", "minister of state", "leader"},
    "foreign": {"foreign minister", "secretary of state", "foreign secretary"},
    "defence": {"defence minister", "defense minister", "secretary of defense",
                "defence secretary", "defense secretary"},
}
# States that ended, and the days the others began or ended at.
GONE = {"SUN", "YUG", "CSK", "DDR", "SCG", "OTT", "RHO", "VDR", "DRV", "HKG"}


def day(text, last):
    """The first or last day that a date known in part may mean."""
    part = [int(p) for p in text.split("-")]
    if len(part) == 3:
        return datetime.date(*part)
    if len(part) == 2:
        year, month = part
        if not last:
            return datetime.date(year, month, 1)
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        return following - datetime.timedelta(1)
    return datetime.date(part[0], 12, 31) if last else datetime.date(part[0], 1, 1)


def offices():
    """(name, owners, wordings, known to, [held rows]) of every list."""
    found = []
    for path in sorted(HERE.glob("offices_*.tsv")):
        for line in path.read_text().splitlines():
            field = line.split("\t") + [""] * 6
            if field[0] == "office":
                found.append((field[1], field[2].split("|"), field[5].split("|"),
                              field[3], []))
            elif field[0] == "held" and found:
                found[-1][4].append(field)
    return found


def covered(office, begin, end):
    """The days of [begin, end] that one tenure of the office surely covers."""
    known, held = office[3], office[4]
    days = set()
    for i, row in enumerate(held):
        if row[1] == "?":
            continue
        first = day(row[2], last=True)
        if row[3]:
            last = day(row[3], last=False)
        elif i + 1 < len(held):
            last = day(held[i + 1][2], last=False)
        else:
            last = day(known, last=True)
        first, last = max(first, begin), min(last, end)
        if first <= last:
            days.update(range(first.toordinal(), last.toordinal() + 1))
    return days


def ranges(years):
    """1990-1993 1996."""
    out = []
    for year in years:
        if out and out[-1][1] == year - 1:
            out[-1][1] = year
        else:
            out.append([year, year])
    return " ".join(f"{a}-{b}" if b > a else str(a) for a, b in out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="begin", type=int, default=1990)
    parser.add_argument("--until", type=int, default=2025)
    parser.add_argument("--office", choices=OFFICES, action="append")
    parser.add_argument("--total", action="store_true", help="only the sums")
    args = parser.parse_args()
    states = [line.split("\t") for line in (HERE / "states.tsv").read_text().splitlines()
              if line.startswith("state\t")]
    rows = offices()
    total = {kind: [0, 0] for kind in OFFICES}
    for kind in args.office or OFFICES:
        for state in states:
            code = state[2]
            if code in GONE:
                continue
            begin = datetime.date(args.begin, 1, 1)
            end = datetime.date(args.until, 12, 31)
            days = set()
            for office in rows:
                if office[1] == [code] and (office[0] in OFFICES[kind]
                                            or OFFICES[kind] & set(office[2])):
                    days |= covered(office, begin, end)
            total[kind][0] += len(days)
            total[kind][1] += (end - begin).days + 1
            if args.total:
                continue
            share = {year: 0 for year in range(args.begin, args.until + 1)}
            for d in days:
                share[datetime.date.fromordinal(d).year] += 1
            empty = [y for y, n in share.items() if n < 183]
            part = [y for y, n in share.items() if 183 <= n < 350]
            if empty or part:
                print(f"{kind}\t{code}\topen {ranges(empty)}\tin part {ranges(part)}")
    for kind, (have, of) in total.items():
        if have:
            print(f"{kind}\t{100 * have / of:.1f} % of days")


if __name__ == "__main__":
    main()
