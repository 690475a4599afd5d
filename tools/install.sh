#!/bin/sh
# Installs the Debian packages that are missing; asks for root only when something is.
#   tools/install.sh          what building and running need
#   tools/install.sh test     and what the tests and the trainer need
#   tools/install.sh full     and what the full check needs (clang, static analysis)
set -eu
build='build-essential cmake ninja-build pkg-config libjansson-dev libyajl-dev libarchive-dev nettle-dev libsqlite3-dev libutf8proc-dev libxxhash-dev libxml2-dev'
test='libcmocka-dev python3 sqlite3 libopenblas-dev'
# Independent readers of what is exported (tests/exports); without what they recommend.
readers='libxml2-utils python3-jsonschema python3-networkx python3-icalendar python3-bibtexparser'
full='clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev cppcheck valgrind libgumbo-dev'
want=$build
[ "${1:-build}" = build ] || want="$want $test $readers"
[ "${1:-build}" = full ] && want="$want $full"
missing=
for package in $want; do
    dpkg -s "$package" 2>/dev/null | grep -q '^Status: install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "installing:$missing" >&2
root=
[ "$(id -u)" = 0 ] || root=sudo
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of names
$root apt-get install -y -q --no-install-recommends $missing >/tmp/rapporteur-apt.log 2>&1 || {
    $root apt-get update -q >/dev/null
    $root apt-get install -y -q --no-install-recommends $missing >/tmp/rapporteur-apt.log 2>&1 || {
        tail -20 /tmp/rapporteur-apt.log >&2
        exit 1
    }
}
