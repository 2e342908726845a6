#!/bin/sh
# Hear journeys through Orca, in a screen of its own; from the folder of the project:
#
#   sh tests/atspi/hear_journeys.sh [--write] [journey…]
#
# What it needs of the operating system: sh requirements/system.sh atspi

set -u
number=94
. tests/atspi/screen.sh
export HOME="$work" LANG=C.UTF-8
ucapdesk="$python -m ucapdesk"
{
    $ucapdesk new "$work/desk" --name Liuzhou --person Ana
    $ucapdesk import "$work/desk" resources/sample/ucap-liuzhou.txt
    $ucapdesk add "$work/desk" visit title.en="Visit of the harbour" dates=2027-04-12/2027-04-14
    $ucapdesk give "$work/desk" -o "$work/all.ucapx"
    export UCAPDESK_CONFIG="$work/other"
    $ucapdesk join "$work/colleague" "$work/all.ucapx" --person Chen
    $ucapdesk add "$work/colleague" person name.given=Juana name.family=Pérez
    $ucapdesk give "$work/colleague" -o "$work/changes.ucapx"
} >/dev/null || exit 1
export UCAPDESK_CONFIG="$work/config"
dbus-run-session -- sh -c '
    openbox >/dev/null 2>&1 &
    /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 &
    PYTHONPATH=. /usr/bin/python3 -m tests.atspi.start_orca "$2/orca.txt" >/dev/null 2>&1 &
    until grep -q "SPEECH OUTPUT" "$2/orca.txt" 2>/dev/null; do sleep 0.2; done
    "$1" main.py "$2/desk" >/dev/null 2>&1 &
    program=$!
    until grep -q "SPEECH OUTPUT.*UCAPDesk" "$2/orca.txt"; do
        kill -0 $program || exit 1
        sleep 0.2
    done
    sleep 2
    PYTHONPATH=. /usr/bin/python3 -m tests.atspi.hear_journeys "$2/orca.txt" "$1" "$2/changes.ucapx" $3
    result=$?
    kill $(jobs -p) 2>/dev/null
    sleep 1
    exit $result
' sh "$python" "$work" "$*"
