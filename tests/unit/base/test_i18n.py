"""Texts in several languages at once, and in the language that exists only for layouts."""

from __future__ import annotations

import pytest

from tests.helpers.pseudo_language import PSEUDO, pseudo, use_language
from ucapdesk.base import i18n
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, ntr, tr


class DiskFull(UserError):
    """For these tests."""

    sentence = "No space left on {disk}."


def test_english_is_the_key_and_places_are_filled() -> None:
    assert tr("page", "Saved {time}", time="14:02") == "Saved 14:02"
    assert tr("page", "Use {braces}") == "Use {braces}"


def test_the_plural_follows_the_number() -> None:
    assert [ntr("page", "{n} visit", "{n} visits", n, "en") for n in (0, 1, 2)] == ["0 visits", "1 visit", "2 visits"]


def test_a_language_without_a_text_falls_back_to_english() -> None:
    assert tr("nowhere", "A text nobody translated", "de") == "A text nobody translated"


def test_an_unknown_language_is_english() -> None:
    i18n.use_language("xx")
    assert i18n.language() == "en"


@pytest.mark.parametrize("text", ["Save", "Moved {n} items of {day}", "Title"])
def test_the_pseudo_language_is_longer_bracketed_and_keeps_places(text: str) -> None:
    said = pseudo(text)
    assert said.startswith("[")
    assert said.endswith("]")
    assert said.count("{") == text.count("{")
    plain = len(text) - sum(len(place) for place in ("{n}", "{day}") if place in text)
    assert len(said) - (len(text) - plain) >= 1.7 * plain


def test_the_pseudo_language_can_be_the_readers() -> None:
    use_language(PSEUDO)
    assert tr("page", "Saved {time}", time="14:02").startswith("[Sávéd 14:02")
    assert ntr("page", "{n} visit", "{n} visits", 2).startswith("[2 víšítš")


def test_a_message_says_its_messages_in_the_same_language() -> None:
    message = Message("page", "Undo: {what}", {"what": Message("page", "New visit")})
    assert message.say("en") == "Undo: New visit"
    assert message.say(PSEUDO).count("[") == 2


def test_an_error_says_its_sentence() -> None:
    error = DiskFull(disk="E:")
    assert str(error) == "No space left on E:."
    assert error.say(PSEUDO).startswith("[")
    assert error.details == {"disk": "E:"}


def test_short_things_in_one_line_have_a_dot_of_their_language_between_them() -> None:
    assert i18n.dotted("Madrid", None, "", "Fri") == "Madrid · Fri"
    i18n.use_language("zh")
    assert i18n.dotted("马德里", "周五") == "马德里·周五"


def test_between_chinese_sentences_is_no_space() -> None:
    assert i18n.sentences("Wrote it.", "", "Left one out.") == "Wrote it. Left one out."
    use_language("zh")
    assert i18n.sentences("已写入。", "", "略去一项。") == "已写入。略去一项。"
