"""Lines of minutes, and lines typed on a Chinese keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.typed_fields import read_typed
from ucapdesk.model.text.typed_lines import Known, read_minutes
from ucapdesk.model.text.typed_text import narrow
from ucapdesk.model.values import Bilingual, PartialDate

TODAY = date(2026, 11, 2)


def find(kind: str, words: str) -> Known | None:
    return Known("n", Bilingual(en="Anna Nowak")) if words.casefold() in ("nowak", "anna nowak", "诺瓦克") else None


@pytest.mark.parametrize(
    ("typed", "type_", "text", "person", "due"),
    [
        ("The port will grow", None, {"en": "The port will grow"}, "", None),
        ("! Both cities sign in May", "decision", {"en": "Both cities sign in May"}, "", None),
        ("！双方五月签署", "decision", {"zh": "双方五月签署"}, "", None),
        ("> Send the list by 5 July 2027.", "action", {"en": "Send the list"}, "", "2027-07-05"),
        ("? Who pays", "open_question", {"en": "Who pays"}, "", None),
        ("> send the list @nowak 5 dec", "action", {"en": "send the list"}, "n", "2026-12-05"),
        ("> send the list by 5 December @Anna Nowak", "action", {"en": "send the list"}, "n", "2026-12-05"),
        ("> @nowak send the list", "action", {"en": "send the list"}, "n", None),
        ("> 发送名单 @诺瓦克 12月5日", "action", {"zh": "发送名单"}, "n", "2026-12-05"),
        ("> print 2027", "action", {"en": "print 2027"}, "", None),
        ("Send the list 发送名单", None, {"en": "Send the list", "zh": "发送名单"}, "", None),
    ],
)
def test_a_line_says_what_it_is(
    typed: str, type_: str | None, text: dict[str, str], person: str, due: str | None
) -> None:
    said = read_minutes(typed, TODAY, find)
    assert said.type == type_
    assert dict(said.text or {}) == text
    assert (said.person.key if said.person else "") == person
    assert said.due == (PartialDate(due) if due else None)


def test_somebody_unknown_is_shown_as_new_and_a_dropped_piece_goes_back_to_the_text() -> None:
    said = read_minutes("> write to the port @Jan Lis", TODAY, find)
    assert said.person is not None
    assert (said.person.words, said.person.key) == ("Jan Lis", "")
    left = read_minutes("> write @nowak", TODAY, find, {("person", "nowak")})
    assert left.person is None
    assert dict(left.text or {}) == {"en": "write @nowak"}


@given(st.text(st.characters()))
def test_any_text_is_read(typed: str) -> None:
    said = read_minutes(typed, TODAY, find)
    assert (
        said.text is not None
        or not typed.strip(" \t\r\n!?>,，;；！？＞》→@＠")
        or said.person
        or said.pieces == []
        or said.type
    )


def test_an_at_sign_before_nothing_names_nobody() -> None:
    said = read_minutes("> send the list @ , soon", TODAY)
    assert said.person is None
    assert said.text == Bilingual(en="send the list @ , soon")


@pytest.mark.rule("I5")
@pytest.mark.parametrize(
    ("said", "narrowed"),
    [
        ("会谈，９：３０～１１：００；Ana＠柳州　２０２６－１２－１５", "会谈,9:30~11:00;Ana@柳州 2026-12-15"),
        ("2026年12月5日9时30分", "2026-12-05 9:30"),
        ("9点半", "9:30"),
        ("14时", "14:00"),
        ("9点5分", "9:05"),
        ("12月15日", "12月15日"),
        ("WU Wenneng", "WU Wenneng"),
        ("重点工作，时间待定", "重点工作,时间待定"),
    ],
)
def test_full_width_separators_are_those_of_a_latin_keyboard(said: str, narrowed: str) -> None:
    assert narrow(said) == narrowed


@pytest.mark.rule("I5")
@pytest.mark.parametrize(
    ("kind", "field", "said", "kept"),
    [
        ("person", "email", "ana＠example．org", "ana@example.org"),
        ("person", "phone", "＋86－772－123", "+86-772-123"),
        ("organisation", "website", "ｗｗｗ．example．org", "www.example.org"),
    ],
)
def test_addresses_are_kept_in_narrow_signs(kind: str, field: str, said: str, kept: str) -> None:
    assert read_typed(KINDS[kind].fields[field], said, date(2026, 11, 24), "zh") == kept
