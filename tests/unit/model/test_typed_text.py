"""Lines typed on a Chinese keyboard: their separators mean the same as narrow ones."""

from __future__ import annotations

from datetime import date

import pytest

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.typed_fields import read_typed
from ucapdesk.model.text.typed_text import narrow


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
