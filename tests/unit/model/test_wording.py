"""Names, numbers and any field at all, in words."""

from __future__ import annotations

import pytest

from tests.unit.model.records import filled, make
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, Codes, Money, Quantity, Refs
from ucapdesk.model.wording import say, say_money, say_number, say_person, say_quantity, title_of

WU = {
    "name": {"family": "Wu", "given": "Wenneng", "order": "family_first"},
    "surname_capitals": True,
    "salutation": "mr",
}
CAVALLO = {
    "name": {"family": "Cavallo", "given": "Marino", "order": "given_first"},
    "name_phonetic": {"zh": "马里诺·卡瓦洛"},
    "salutation": "mr",
}


def test_people_are_addressed_as_each_language_does() -> None:
    known = make("person", **WU, name_han={"family": "吴", "given": "文能"})
    assert say_person(known, "en") == "Mr WU Wenneng"
    assert say_person(known, "zh") == "吴文能先生"
    assert say_person(known, "de", salutation=False) == "WU Wenneng"


def test_han_characters_are_never_made_up() -> None:
    assert say_person(make("person", **WU), "zh") == "WU Wenneng先生"


def test_europeans_are_named_as_transcribed_in_chinese() -> None:
    cavallo = make("person", **CAVALLO)
    assert say_person(cavallo, "zh") == "马里诺·卡瓦洛先生"
    assert say_person(cavallo, "it") == "Sig. Marino Cavallo"
    assert title_of(cavallo, "zh") == "马里诺·卡瓦洛"


def test_nobody_is_called_none() -> None:
    assert say_person(make("person", **{**WU, "salutation": "mx"}), "en") == "WU Wenneng"
    assert say_person(make("person", **WU, salutation_free={"en": "Director"}), "en") == "Director WU Wenneng"


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Quantity(4_000_000, "about"), ("about 4 million", "约400万", "alrededor de 4 millones", "circa 4 milioni", "etwa 4 Millionen")),
        (Quantity(None, "not_available"), ("N/A", "不详", "n. d.", "n.d.", "k. A.")),
        (Quantity(50, "at_least"), ("over 50", "超过50", "más de 50", "oltre 50", "über 50")),
        (Quantity(18_600), ("18,600", "18,600", "18.600", "18.600", "18.600")),
        (Quantity("140.90"), ("140.90", "140.90", "140,90", "140,90", "140,90")),
        (Quantity(0), ("0",) * 5),
        (Quantity(1_400_000_000, "about"), ("about 1,400 million", "约14亿", "alrededor de 1.400 millones", "circa 1.400 milioni", "etwa 1.400 Millionen")),
    ],
)  # fmt: skip
def test_quantities_say_how_they_are_meant(quantity: Quantity, said: tuple[str, ...]) -> None:
    assert tuple(say_quantity(quantity, lang) for lang in LANGUAGES) == said


def test_a_print_is_kept_for_papers_in_its_own_language() -> None:
    quantity = Quantity(4_000_000, "about", "4 million", 2018)
    assert say_quantity(quantity, "en", as_printed=True) == "4 million"
    assert say_quantity(quantity, "zh", as_printed=True) == "约400万（2018年）"


def test_money_keeps_its_cents() -> None:
    assert (say_money(Money("12.50", "CNY"), "zh"), say_money(Money("1000", "EUR"), "zh")) == ("12.50元", "1,000欧元")
    assert (say_money(Money("1000", "EUR"), "en"), say_money(Money("1000", "EUR"), "es")) == ("EUR 1,000", "1.000 EUR")
    assert say_number(10**15, "en") == "1,000,000,000,000,000"


def test_codes_links_and_sets_are_told_by_their_names() -> None:
    theme, meeting = KINDS["theme"].fields, KINDS["meeting"].fields
    assert say(theme["sdgs"], Codes(["7", "11"]), "zh") == "7 经济适用的清洁能源、11 可持续城市和社区"
    assert say(meeting["mode"], "online", "zh") == "线上"
    assert say(meeting["mode"], "hologram", "zh") == "hologram"
    assert say(meeting["places"], Refs(["x", "y"]), "en", {"x": "Rome", "y": "Liuzhou"}.__getitem__) == "Rome, Liuzhou"
    assert say(KINDS["itinerary_day"].fields["date"], "2026-11-25", "zh") == "2026年11月25日"


def test_a_text_that_is_only_there_in_another_language_is_said_in_that() -> None:
    assert say(KINDS["meeting"].fields["title"], Bilingual(zh="启动会"), "de") == "启动会"


@pytest.mark.parametrize("lang", [*LANGUAGES, "qps"])
def test_every_field_of_every_kind_can_be_said_in_every_language(lang: str) -> None:
    for name, kind in KINDS.items():
        record, empty = filled(name), make(name)
        for field in kind.fields.values():
            said = say(field, getattr(record, field.name), lang)
            assert said, f"{name}.{field.name}"
            assert not said.startswith(("Bilingual(", "<", "When("))
            assert say(field, getattr(empty, field.name), lang) == ""


def test_a_record_without_a_title_is_called_by_its_kind() -> None:
    assert title_of(make("meeting"), "en") == "Meeting"
    assert title_of(make("agreement", reference="M-014"), "en") == "M-014"
