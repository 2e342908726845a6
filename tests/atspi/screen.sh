# Give a program a screen and an accessibility bus of its own; sourced, with $number set to that of the screen.

python="${PYTHON:-.venv/bin/python}"
work=$(mktemp -d) || exit 1
chmod 700 "$work"
Xvfb ":$number" -screen 0 1366x768x24 >/dev/null 2>&1 &
screen=$!
trap 'kill $screen; rm -rf "$work"' EXIT
export DISPLAY=":$number" QT_QPA_PLATFORM=xcb QT_ACCESSIBILITY=1 QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 XDG_RUNTIME_DIR="$work"
export UCAPDESK_CONFIG="$work/config"
