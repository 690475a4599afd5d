#!/usr/bin/env python3
"""Software bill of materials of a build, SPDX 2.3 in JSON: what the binary is made of.

  sbom.py SOURCE >rapporteur.spdx.json

Lists the project, the trained models compiled in (models/manifest.tsv, with their corpora) and
the libraries linked (pkg_check_modules of CMakeLists.txt, in the version that pkg-config finds).
The same sources and libraries give the same bytes: the instant is SOURCE_DATE_EPOCH, else the
day of debian/changelog.
"""
import datetime, email.utils, hashlib, json, os, re, subprocess, sys

# Declared licences of the libraries, from their Debian copyright files (2026-11).
LICENCES = {"jansson": "MIT", "yajl": "ISC", "libarchive": "BSD-2-Clause",
            "nettle": "LGPL-3.0-or-later OR GPL-2.0-or-later", "sqlite3": "blessing",
            "libutf8proc": "MIT AND Unicode-DFS-2015", "libxxhash": "BSD-2-Clause",
            "openblas": "BSD-3-Clause", "libxml-2.0": "MIT"}
TRAINER_ONLY = {"openblas", "cmocka"}


def created(source):
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        when = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    else:
        line = re.search(r"^ -- .*  (.*)$", read(source, "debian/changelog"), re.M)
        when = email.utils.parsedate_to_datetime(line.group(1)).astimezone(datetime.timezone.utc)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def read(source, path):
    with open(os.path.join(source, path), encoding="utf-8") as file:
        return file.read()


def package(name, version, licence, **more):
    return {"SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name), "name": name,
            "versionInfo": version, "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
            "licenseConcluded": licence, "licenseDeclared": licence,
            "copyrightText": "NOASSERTION", **more}


def libraries(source):
    for line in read(source, "CMakeLists.txt").splitlines():
        found = re.match(r"\s*pkg_check_modules\(\w+ (?:REQUIRED )?IMPORTED_TARGET ([\w.+-]+)\)", line)
        if not found or found.group(1) in TRAINER_ONLY:
            continue
        name = found.group(1)
        version = subprocess.run(["pkg-config", "--modversion", name], capture_output=True,
                                 text=True, check=True).stdout.strip()
        yield package(name, version, LICENCES[name])


def models(source):
    for line in read(source, "models/manifest.tsv").splitlines():
        if not line or line.startswith("#"):
            continue
        file, sha256, _, what, corpora, command = line.split("\t")[:6]
        licence = re.search(r"model: (\S+)", corpora).group(1)
        yield package("models/" + file, sha256[:12], licence,
                      summary=what, comment=f"made by `{command}` from {corpora}",
                      checksums=[{"algorithm": "SHA256", "checksumValue": sha256}])


def main():
    source = sys.argv[1]
    version = re.search(r"project\(\w+ VERSION (\S+)", read(source, "CMakeLists.txt")).group(1)
    project = package("rapporteur", version, "Apache-2.0")
    parts = list(models(source))
    linked = list(libraries(source))
    related = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
                "relatedSpdxElement": project["SPDXID"]}]
    related += [{"spdxElementId": project["SPDXID"], "relationshipType": kind,
                 "relatedSpdxElement": p["SPDXID"]}
                for kind, group in (("CONTAINS", parts), ("DYNAMIC_LINK", linked)) for p in group]
    packages = [project] + parts + linked
    digest = hashlib.sha256(json.dumps(packages, sort_keys=True).encode()).hexdigest()[:16]
    json.dump({"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
               "name": f"rapporteur-{version}",
               "documentNamespace": f"https://rapporteur.example/spdx/{version}-{digest}",
               "creationInfo": {"created": created(source), "creators": ["Tool: tools/sbom.py"]},
               "packages": packages, "relationships": related},
              sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
