"""Two languages side by side: when one lags behind the other, and what clears it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.model.records import make
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.record_rules import missing_fields, missing_languages
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import Bilingual, HanName, PersonName

PAIR = Bilingual(en="Kick-off", zh="启动会")


@pytest.mark.rule("B2")
def test_one_language_is_enough_and_the_other_is_missing() -> None:
    for lang, other in (("en", "zh"), ("zh", "en")):
        meeting = make("meeting", title=Bilingual({lang: "Kick-off 启动会"}))
        assert "title" not in missing_fields(meeting)
        assert missing_languages(meeting) == {"title": (other,)}


@pytest.mark.rule("B2", "B3")
def test_a_text_written_beside_another_is_outdated_when_that_one_is_changed() -> None:
    changed = PAIR.write("en", "Closing session")
    assert (changed.state("en"), changed.state("zh")) == ("", "outdated")
    assert changed["zh"] == "启动会"


@pytest.mark.rule("B3")
@pytest.mark.parametrize("text", ["kick off", "Kick-off!", " Kick — off. ", "KICK-OFF"])
def test_spaces_and_punctuation_make_nothing_outdated(text: str) -> None:
    assert PAIR.write("en", text).state("zh") == ""


@pytest.mark.rule("B3")
def test_still_right_clears_it_and_says_no_more_than_was_said() -> None:
    assert PAIR.write("en", "Closing").still_right("zh").cells == {"en": "Closing", "zh": "启动会"}
    approved = PAIR.mark("zh", "approved").write("en", "Closing")
    assert approved.state("zh") == "outdated"
    assert approved.still_right("zh").state("zh") == "approved"


def test_a_translation_that_catches_up_makes_nothing_outdated() -> None:
    both = PAIR.write("en", "Closing").write("zh", "闭幕")
    assert both.cells == {"en": "Closing", "zh": "闭幕"}
    later = Bilingual(en="Closing").write("zh", "闭幕")
    assert later.cells == {"en": "Closing", "zh": "闭幕"}


def test_correcting_a_draft_leaves_it_a_draft_and_its_source_alone() -> None:
    corrected = PAIR.mark("zh", "draft").write("zh", "启动仪式")
    assert (corrected.state("en"), corrected.state("zh")) == ("", "draft")


def test_what_is_written_after_all_was_needed_and_is_not_the_same() -> None:
    assert Bilingual(en="MoU").mark("zh", "not_needed").write("zh", "备忘录").state("zh") == ""
    assert Bilingual(en="API", zh="API").mark("zh", "same").write("zh", "接口").state("zh") == ""


def test_an_emptied_text_is_missing_and_makes_nothing_outdated() -> None:
    emptied = PAIR.write("en", None)
    assert (emptied.state("en"), emptied.state("zh")) == ("missing", "")


def test_changing_the_first_back_makes_the_second_right_again() -> None:
    assert PAIR.write("en", "Closing").write("en", "Kick-off").state("zh") == ""


TEXTS = st.text(st.characters(), max_size=8)


@given(st.lists(st.tuples(st.sampled_from(("en", "zh", "es")), TEXTS), max_size=6))
def test_what_is_written_stands_there_whatever_was_before(steps: list[tuple[str, str]]) -> None:
    value, texts = Bilingual(), dict[str, str]()
    for lang, text in steps:
        value = value.write(lang, text or None)
        texts[lang] = text
    assert dict(value) == {lang: text for lang, text in texts.items() if text}
    assert {value.state(lang) for lang in value} <= {"", "outdated"}


@pytest.mark.rule("B9")
def test_no_name_is_made_up_from_its_letters() -> None:
    person = make("person", name=PersonName("Chen", "Yan", "family_first"))
    assert person.name_han is None
    assert not person.name_phonetic
    assert title_of(person, "zh", str) == "Chen Yan"


def test_who_is_only_known_as_chinese_writes_the_name_is_called_so_in_all_languages() -> None:
    person = make("person", name_phonetic=Bilingual(zh="买买提依明江"))
    assert {title_of(person, lang, str) for lang in LANGUAGES} == {"买买提依明江"}


@pytest.mark.rule("B9")
def test_a_name_is_kept_in_parts_and_each_language_puts_them_in_its_order() -> None:
    names = [
        (PersonName("Chen", "Yan", "family_first"), "Chen Yan"),
        (PersonName("Rossi", "Marco", "given_first"), "Marco Rossi"),
    ]
    for name, said in names:
        assert str(name) == said
    both = make("person", name=names[0][0], name_han=HanName("陈", "燕"))
    assert title_of(both, "zh", str) == "陈燕"
    assert title_of(both, "en", str).replace("CHEN", "Chen") == "Chen Yan"
    assert {"family", "given", "order"} <= set(KINDS["person"].fields["name"].type.plain(names[0][0]) or {})
