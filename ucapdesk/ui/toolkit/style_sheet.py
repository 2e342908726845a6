"""The style sheet of the whole window: ``resources/style/window.qss`` with the present colours and lengths. Pages have none of their own.

A widget says what it is by its property ``role`` (``theme.role``), and how it stands by ``level``:

* ``QLabel``: caption, second, strong, group, page, big, number, status (in the status bar); hint, warning, error (under a field)
* ``QPushButton``: main (one on a page), quiet (a word in the colour of links; low inside bars and fields), danger, token (something named, in a
  field), chip (a filter that is on or off), row (a line of a card that leads somewhere), draft and gap (what a record lacks, leading there), group
  (the heading of a group, which folds it)
* ``QToolButton``: always quiet; it has a tooltip and a name
* ``QLineEdit`` and ``QToolButton``: inside (a frame of what is edited, which draws the border); scroll (beside tabs without room)
* ``QFrame``: field (a frame around what is edited), shown (around what is only read), card, token, toast, line,
  highlight (a frame that is gone soon); banner with a level (warn where none is said), problem (a banner of an error)

A rule names no widget around its own, but for the parts of a control that Qt makes: Qt would look through all that are around,
for each widget of the class.

A ``QPlainTextEdit`` of several on a page is ``current`` while something is done to it. A border grows from one pixel to
two with the focus and the padding shrinks by as much, so that nothing jumps.

In the file ``$accent`` is a colour of ``Tokens``; ``sp(field - 2, -6)`` a length that grows with the text, in numbers and the names of
``sizes``, and pixels added to it; ``url(down)`` a drawing of ``resources/icons`` in the colours of the theme.
"""

from __future__ import annotations

import re

from ucapdesk.base.paths import resource
from ucapdesk.ui.toolkit import sizes
from ucapdesk.ui.toolkit.sizes import px
from ucapdesk.ui.toolkit.theme_tokens import Tokens

_PLACE = re.compile(r"\$\w+|sp\([^)]+\)|url\(\w+\)|/\*.+?\*/")
_TERM = re.compile(r"([+-]?) ?(\w+)")


def sheet(t: Tokens, name: str) -> str:
    """Return the whole style sheet; ``name`` is that of the theme, for the drawings inside controls."""
    text = (resource("style") / "window.qss").read_text(encoding="utf-8")
    edge = t.text if t.tint == t.surface else ""  # of areas told from the page by their tint, where nothing is tinted
    values: dict[str, str] = {**t._asdict(), "tint_edge": edge or t.tint, "bare_edge": edge or "transparent"}
    values |= {"radio_radius": f"{px(16) // 2 + 1}px", "radio_side": f"{px(16) - 2 * px(5) + 2}px"}
    icons = resource("icons").as_posix()  # style sheets take drawings from files only

    def value(place: str) -> str:
        if place.startswith("$"):
            return values[place[1:]]
        if place.startswith("sp"):
            return _scaled(place[3:-1])
        return f'url("{icons}/{place[4:-1]}-{name}.svg")' if place.startswith("url") else ""

    filled = {place: value(place) for place in set(_PLACE.findall(text))}
    return _PLACE.sub(lambda found: filled[found[0]], text)


def _scaled(length: str) -> str:
    """Return a length in pixels: the sum of numbers and names of ``sizes``, scaled, and what is added to it."""
    terms, _, added = length.partition(",")
    total = 0
    for sign, term in _TERM.findall(terms):
        pixels = int(term) if term.isdigit() else getattr(sizes, term.upper())
        total += -pixels if sign == "-" else pixels
    return f"{px(total) + int(added or 0)}px"
