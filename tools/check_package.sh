#!/usr/bin/env bash
# Builds the Debian packages twice from the committed tree, in two folders with another clock,
# locale, time zone and umask; they must be the same bytes. Then installs them in a clean root
# made by debootstrap and runs their autopkgtests there. Needs root and a Debian mirror.
#   tools/check_package.sh [FOLDER]     results are left in FOLDER (a new one in /tmp)
# Packages: debhelper, debootstrap, autopkgtest, lintian.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
out=$(realpath "${1:-$(mktemp -d /tmp/rapporteur-package.XXXXXX)}")
suite=bookworm
version=$(sed -n '1s/.*(\(.*\)).*/\1/p' "$here/debian/changelog")

unpacked() { # a fresh copy of the commit, at $1
    rm -rf "$1" && mkdir -p "$1"
    git -C "$here" archive HEAD | tar -x -C "$1"
}

build() { # folder; what follows runs it
    local folder=$1
    shift
    (cd "$folder" && "$@" dpkg-buildpackage -us -uc -b >"$out/$(basename "$(dirname "$folder")").log" 2>&1) || {
        tail -40 "$out/$(basename "$(dirname "$folder")").log" >&2
        exit 1
    }
}

mkdir -p "$out"
unpacked "$out/one/rapporteur"
unpacked "$out/two/elsewhere"
echo "building $version, with its tests"
(umask 022 && build "$out/one/rapporteur" env LC_ALL=C.UTF-8 TZ=UTC)
echo "building it again elsewhere"
(umask 027 && build "$out/two/elsewhere" env LC_ALL=C TZ=Pacific/Auckland DEB_BUILD_OPTIONS=nocheck)
for package in "$out"/one/*.deb; do
    cmp "$package" "$out/two/$(basename "$package")" || {
        echo "not reproducible: $(basename "$package"); diffoscope says where" >&2
        exit 1
    }
    echo "same bytes  $(basename "$package")"
done
lintian --fail-on error "$out"/one/*.changes || exit 1

root=$out/root
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[.*\] \)\?\([^ ]*\) .*/\2/p' | head -1)
if [ ! -d "$root/usr" ]; then
    echo "making a clean root of $suite"
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$out/root.log" 2>&1 || { tail "$out/root.log" >&2; exit 1; }
fi
cp /etc/resolv.conf "$root/etc/resolv.conf"
rm -rf "$out/autopkgtest"
autopkgtest -U -o "$out/autopkgtest" "$out"/one/*.deb "$out/one/rapporteur" -- chroot "$root" >"$out/autopkgtest.log" 2>&1 || {
    tail -40 "$out/autopkgtest.log" >&2
    exit 1
}
cat "$out/autopkgtest/summary"
echo "packages: $out/one"
