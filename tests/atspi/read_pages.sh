#!/bin/sh
# Read every page of the program over a real accessibility bus, in a screen of its own; from the folder of the project:
#
#   sh tests/atspi/read_pages.sh [language [page…]]
#
# What it needs of the operating system: sh requirements/system.sh atspi

set -u
python="${PYTHON:-.venv/bin/python}"
work=$(mktemp -d) || exit 1
chmod 700 "$work"
Xvfb :93 -screen 0 1366x768x24 >/dev/null 2>&1 &
screen=$!
trap 'kill $screen; rm -rf "$work"' EXIT
export DISPLAY=:93 QT_QPA_PLATFORM=xcb QT_ACCESSIBILITY=1 QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 XDG_RUNTIME_DIR="$work"
export UCAPDESK_CONFIG="$work/config"
dbus-run-session -- sh -c '
    /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 &
    until [ -n "$(dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress 2>/dev/null)" ]; do sleep 0.1; done
    PYTHONPATH=. /usr/bin/python3 -m tests.atspi.read_pages "$@"
' sh "$python" "${@:-en}"
