#!/bin/sh
# Read every page of the program over a real accessibility bus, in a screen of its own; from the folder of the project:
#
#   sh tests/atspi/read_pages.sh [language [page…]]
#
# What it needs of the operating system: sh requirements/system.sh atspi

set -u
number=93
. tests/atspi/screen.sh
dbus-run-session -- sh -c '
    /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 &
    until [ -n "$(dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress 2>/dev/null)" ]; do sleep 0.1; done
    PYTHONPATH=. /usr/bin/python3 -m tests.atspi.read_pages "$@"
' sh "$python" "${@:-en}"
