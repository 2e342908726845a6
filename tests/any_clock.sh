#!/bin/sh
# Run the suite, or what is named, at other hours, in other places and under other locales; from the folder of the project:
#
#   sh tests/any_clock.sh [arguments of pytest]
#
# What it needs of the operating system: sh requirements/system.sh soak

set -u
python="${PYTHON:-.venv/bin/python}"
locales=$(mktemp -d) || exit 1
trap 'rm -rf "$locales"' EXIT
for each in de_DE zh_CN; do
    localedef -i "$each" -f UTF-8 "$locales/$each.UTF-8" || exit 1
done

failed=0
while read -r day hour zone locale; do
    echo "== $day $hour in $zone, $locale"
    LOCPATH=$locales TZ=$zone LANG=$locale LC_ALL=$locale \
        faketime -f "@$day $hour" "$python" -m pytest -q -p no:cacheprovider "$@" </dev/null || failed=1
done <<CASES
2027-03-28 01:20:00 Europe/Madrid C
2026-12-31 23:55:00 Asia/Shanghai zh_CN.UTF-8
2028-02-29 12:00:00 America/St_Johns de_DE.UTF-8
CASES
exit $failed
