"""The translation state of a text: how it is shown, and which statements a user can make about it."""

from __future__ import annotations

from typing import NamedTuple

from ucapdesk.base.i18n import Message
from ucapdesk.model.values import Bilingual


class StateMark(NamedTuple):
    """The look of a state: a sign and a word, so that nobody depends on its colour; ``tip`` says more."""

    sign: str
    word: Message
    role: str
    tip: Message


STATE_MARKS = {
    "missing": StateMark(
        "○",
        Message("state", "Missing"),
        "gap",
        Message("state", "There is no text in this language yet. Press if none is needed."),
    ),
    "outdated": StateMark(
        "△",
        Message("state", "Outdated"),
        "gap",
        Message("state", "The other language was changed since. Press to confirm that this text is still right."),
    ),
    "draft": StateMark(
        "◇",
        Message("state", "Draft"),
        "draft",
        Message("state", "Nobody has reviewed this text yet. Press to confirm it."),
    ),
    "same": StateMark(
        "=",
        Message("state", "Same"),
        "draft",
        Message("state", "It is the same in both languages. Press to change that."),
    ),
    "not_needed": StateMark(
        "–",
        Message("state", "Not needed"),
        "draft",
        Message("state", "No text is needed in this language. Press to ask for one."),
    ),
}
"""The states that are shown; in any other state the text is as it should be."""

ACTS = {
    "still_right": Message("state", "Still right"),
    "reviewed": Message("state", "Confirm this text"),
    "same": Message("state", "Same in both languages (=)"),
    "not_needed": Message("state", "Not needed in this language"),
    "needed": Message("state", "Needed in this language"),
}
"""The statements about a text that menus offer."""


def possible(value: Bilingual, lang: str) -> list[str]:
    """Return the statements that apply to a text now, in the order of ``ACTS``."""
    state = value.state(lang) if value else ""
    can = {
        "still_right": state == "outdated",
        "reviewed": state == "draft",
        "same": state != "same" and bool(value),
        "not_needed": state == "missing",
        "needed": state == "not_needed",
    }
    return [act for act in ACTS if can[act]]


def said_of(value: Bilingual, lang: str, act: str, other: str) -> Bilingual:
    """Return the texts after a statement about one of them; ``other`` is the language beside it."""
    if act == "still_right":
        return value.still_right(lang)
    if act == "needed":
        return value.unmark(lang)
    if act == "same":
        to, of = (lang, other) if value.get(other) else (other, lang)
        return value.put(to, value.get(of)).mark(to, "same", of)
    return value.mark(lang, act)
