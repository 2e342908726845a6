#!/bin/sh
# What the operating system must provide: Python with venv, and the libraries that Qt loads.
#
#   sh requirements/system.sh venv      python3 of a good age, able to make .venv
#   sh requirements/system.sh test      what Qt needs without a screen
#   sh requirements/system.sh soak      that, and what sets another clock and another locale for a program
#   sh requirements/system.sh window    what Qt needs to show a window under X11
#   sh requirements/system.sh atspi     that, a screen in memory, the bus by which screen readers read a window, and one
#
# On Debian and Ubuntu what is missing is installed where that is allowed (as root, or with sudo that asks nothing);
# else the one command that does it is printed, and the exit code is 1. Elsewhere the missing libraries are named.

set -u
PATH="$PATH:/usr/sbin:/sbin"
python="${PYTHON:-python3}"

# A library, then the packages that may hold it: Debian 13 and Ubuntu 24.04 renamed some.
test_libraries="
libGL.so.1 libgl1
libEGL.so.1 libegl1
libfontconfig.so.1 libfontconfig1
libdbus-1.so.3 libdbus-1-3
libxkbcommon.so.0 libxkbcommon0
libglib-2.0.so.0 libglib2.0-0t64|libglib2.0-0
libgssapi_krb5.so.2 libgssapi-krb5-2
"
window_libraries="$test_libraries
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
"

# The packages of "$1" (a list as above) whose library is not there, alternatives as written.
missing_packages() {
    [ "$(uname -s)" = "Linux" ] || return
    known=$(ldconfig -p 2>/dev/null)
    echo "$1" | while read -r library packages; do
        [ -z "$library" ] && continue
        case "$known" in *"$library "*) ;; *) echo "$packages" ;; esac
    done
}

# Of "libglib2.0-0t64|libglib2.0-0" the one this system has.
choose() {
    for one in $(echo "$1" | tr '|' ' '); do
        if apt-cache show "$one" >/dev/null 2>&1; then echo "$one"; return; fi
    done
    echo "${1##*|}"
}

# Install the packages named, or say how to.
install() {
    command -v apt-get >/dev/null 2>&1 || {
        echo "Please install with your package manager what Debian calls: $*" >&2; return 1; }
    root=""
    if [ "$(id -u)" -ne 0 ]; then
        root="sudo"
        sudo -n true 2>/dev/null || root="ask"
    fi
    [ "$root" = "ask" ] || { [ -n "$(apt-cache pkgnames libgl 2>/dev/null)" ] || $root apt-get update -qq; }
    chosen=""
    for entry in "$@"; do chosen="$chosen $(choose "$entry")"; done
    line="apt-get install -y --no-install-recommends$chosen"
    if [ "$root" = "ask" ]; then
        echo "Some system packages are missing. Please run: sudo $line" >&2
        return 1
    fi
    echo "Installing system packages:$chosen" >&2
    DEBIAN_FRONTEND=noninteractive $root $line -qq >/dev/null 2>&1 \
        || { $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root $line -qq >/dev/null; } \
        || { echo "That did not work. Please run: ${root:+sudo }$line" >&2; return 1; }
}

case "${1:-}" in
venv)
    command -v "$python" >/dev/null 2>&1 || install python3 || exit 1
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "UCAPDesk needs Python 3.11 or newer; $python is $("$python" -V 2>&1). Name another: make PYTHON=python3.12 …" >&2
        exit 1
    }
    # Everything in one go, so that who has to type the command types it once.
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install python3-venv $(missing_packages "$window_libraries")
    ;;
test | soak | window | atspi)
    [ "$1" = "window" ] || [ "$1" = "atspi" ] && missing=$(missing_packages "$window_libraries") || missing=$(missing_packages "$test_libraries")
    if [ "$1" = "soak" ]; then
        command -v faketime >/dev/null 2>&1 || missing="$missing faketime"
        [ -e /usr/share/i18n/locales/zh_CN ] || missing="$missing locales"
    fi
    if [ "$1" = "atspi" ]; then
        command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
        command -v dbus-run-session >/dev/null 2>&1 || missing="$missing dbus-daemon|dbus"
        command -v dbus-send >/dev/null 2>&1 || missing="$missing dbus-bin|dbus"
        [ -x /usr/libexec/at-spi-bus-launcher ] || missing="$missing at-spi2-core"
        for each in orca openbox xdotool; do
            command -v "$each" >/dev/null 2>&1 || missing="$missing $each"
        done
        /usr/bin/python3 -c "import pyatspi" 2>/dev/null || missing="$missing python3-pyatspi gir1.2-atspi-2.0"
    fi
    [ -z "$missing" ] || install $missing
    ;;
*)
    sed -n '2,12s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
