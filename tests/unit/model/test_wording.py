"""Words that an office can hand out: what was once said wrongly, one Chinese word for one thing, sentences, rooms, and how letters begin, with nothing guessed."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from tests.helpers.source_tree import ROOT
from tests.unit.model.records import make
from ucapdesk.base.i18n import use_pair
from ucapdesk.base.ids import derived_id
from ucapdesk.base.paths import resource
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.log_messages import sentence
from ucapdesk.model.rules.sides import post_code
from ucapdesk.model.text.fields_in_words import languages_of, room_in_languages
from ucapdesk.model.text.person_names import address_in_both, say_address, say_person, say_salutation
from ucapdesk.model.text.typed_text import in_languages
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.bilingual import BilingualType

TABLE = Path(__file__).parents[2] / "data" / "wording.tsv"
# What no Chinese text of the program says, and why.
NEVER = {
    "密级": "a legal term (绝密, 机密, 秘密)",
    "甲方|乙方": "the parties of a contract",
    "胸牌": "胸卡 everywhere",
    "手边卡": "is no word",
    "签约": "of contracts",
    "签署人": "签字人 everywhere",
    "生效中": "is becoming effective",
    "口令": "密码 everywhere",
    "协调人": "联络员 everywhere",
    "民间组织": "社会组织 is the official term",
    "转场": "of film crews",
    "续签": "延期 everywhere",
    "续期": "延期 everywhere",
    "国家/地区": "国家（地区）",
    "房间名单": "分房表",
    "酒店名单": "住宿安排表",
    "乘车名单": "乘车安排表",
    "用餐名单": "用餐安排及忌口表",
    "安保名单": "reads as a list of the guards",
    "媒体名单": "holds no media",
    "(?<!城市)合作计划": "any plan",
    "(?<!中国)台湾": "official usage",
}


def _catalogue(lang: str) -> dict[tuple[str, str], tuple[str, ...]]:
    with resource(f"locale/{lang}/LC_MESSAGES/ucapdesk.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return {
        (m.context or "", m.id if isinstance(m.id, str) else m.id[0]): (m.string,) if isinstance(m.string, str) else tuple(m.string or ())
        for m in messages
    }  # fmt: skip


def _said(place: str, lang: str, texts: dict[tuple[str, str], tuple[str, ...]]) -> str | None:
    """What stands at a place of the table now; None where there is no such text any more."""
    if "|" in place:
        context, _, english = place.partition("|")
        return texts.get((context, english), (None,))[0]
    name, _, code = place.partition(".")
    return codes(name)[code].labels.get(lang) if code in codes(name) else None


@pytest.mark.parametrize("lang", ["zh", "es", "it", "de"])
def test_what_was_put_right_stays_so(lang: str) -> None:
    texts = _catalogue(lang)
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["language"] == lang]
    assert len(rows) > 30
    wrong = {
        row["place"]: said
        for row in rows
        if (said := _said(row["place"], lang, texts)) is not None and said != row["now"]
    }
    assert wrong == {}, "if a better word was found, put it into tests/data/wording.tsv too"


def test_what_people_wrote_before_is_still_read() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if "|" not in row["place"]]
    for row in rows:
        name, _, code = row["place"].partition(".")
        others = {text for each in codes(name).values() if each.code != code for text in each.spellings}
        if name != "glossary" and row["once"] not in others:
            assert row["once"] in codes(name)[code].spellings, row


def _chinese() -> Iterator[tuple[str, str]]:
    for (context, english), said in _catalogue("zh").items():
        yield from ((f"{context}: {english}", text) for text in said)
    for path in resource("reference").glob("*.json"):
        yield from ((f"{path.stem}.{code.code}", code.labels["zh"]) for code in codes(path.stem).values())
    for path in sorted((ROOT / "docs" / "manual").glob("*zh.md")):
        yield from ((path.name, line) for line in path.read_text(encoding="utf-8").splitlines())


def test_no_chinese_text_says_what_an_office_would_not() -> None:
    never = re.compile("|".join(NEVER))
    found = [(place, match[0]) for place, text in _chinese() if (match := never.search(text))]
    assert found == []


def test_a_term_of_the_glossary_has_one_chinese_word() -> None:
    texts = _catalogue("zh")
    for term in codes("glossary").values():
        named = {name.strip().casefold() for name in re.split("/", re.sub(r"\(.*?\)", "", term.labels["en"]))}
        words = {re.sub("（.*?）", "", text) for text in (term.labels["zh"], *term.facts.get("aliases", ()))}
        for (context, english), said in texts.items():
            bare = english.strip(" …").casefold()
            if {
                bare,
                bare.removesuffix("s"),
            } & named and context != "agenda_item.minutes":  # these are sixty seconds each
                assert any(word in said[0] for word in words), (term.code, context, english, said[0])


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    with resource("locale/zh/LC_MESSAGES/ucapdesk.mo").open("rb") as file:
        assert GNUTranslations(file).pgettext("document", "Pocket card") == "口袋日程卡"


SOME = derived_id("test", "meeting")


def named(record: str) -> str:
    return {SOME: "Kick-off"}[record]


def test_an_edit_names_the_record_and_its_fields() -> None:
    label = ["record.edit", {"kind": "meeting", "id": SOME, "fields": ["title.zh", "mode"]}]
    assert sentence(label, "en", named) == "Changed “Kick-off” (Meeting): Title · 中文, Held"


def test_undo_tells_what_was_undone() -> None:
    label = json.loads(json.dumps(["undo", {"of": ["record.trash", {"kind": "meeting", "id": SOME}]}]))
    assert sentence(label, "en", named) == "Undid: Moved “Kick-off” (Meeting) to the Trash"


def test_a_decision_about_the_trash_names_it() -> None:
    label = ["decide", {"id": SOME, "cell": "~", "kind": "meeting"}]
    assert sentence(label, "en", named) == "Chose between versions of “Kick-off”: Trash"


def test_counts_days_and_hours_are_said() -> None:
    label = ["visit.delay_day", {"n": 4, "day": "2026-11-25", "by": 90}]
    assert sentence(label, "en") == "Moved 4 items of Wed 25 Nov by 1:30"
    assert sentence(["visit.delay_day", {"n": 1, "day": "2026-11-25", "by": -5}], "en").endswith("by −0:05")
    assert sentence(["records.import", {"n": 1}], "en") == "Imported 1 record from a file"
    assert sentence(["attach", {"n": 2, "id": SOME}], "en", named) == "Attached 2 files to “Kick-off”"
    earlier = ["attach", {"id": SOME, "file": "a.txt"}]
    assert sentence(earlier, "en", named) == "Attached a file to “Kick-off”"


def test_a_key_of_a_newer_program_is_shown_as_it_is() -> None:
    assert sentence(["orbit.leave", {"n": 1}], "en") == "orbit.leave"


def test_a_label_that_lacks_what_it_speaks_of_falls_back_to_its_key() -> None:
    labels = (["record.edit"], ["record.edit", {}], ["record.edit", {"fields": 3}])
    assert [sentence(label, "en") for label in labels] == [label[0] for label in labels]
    assert sentence([], "en") == ""


WU = make(
    "person",
    name={"family": "Wu", "given": "Wenneng", "order": "family_first"},
    name_han={"family": "吴", "given": "文能"},
    salutation="mr",
    surname_capitals=True,
)
STOLLAR = make("person", name={"family": "Stollar", "given": "Bettina", "order": "given_first"}, salutation="ms")
GANDARA = make(
    "person", name={"family": "Gándara", "given": "Pablo"}, name_phonetic={"zh": "巴勃罗·甘达拉"}, salutation="mr"
)


@pytest.mark.row("B17")
@pytest.mark.parametrize(
    ("person", "post", "said"),
    [
        (WU, "director", {"en": "Dear Director Wu", "zh": "尊敬的吴主任", "de": "Sehr geehrter Herr Wu"}),
        (WU, None, {"en": "Dear Mr Wu", "zh": "尊敬的吴先生", "es": "Estimado Sr. Wu", "it": "Egregio Sig. Wu"}),
        (STOLLAR, None, {"en": "Dear Ms Stollar", "zh": "尊敬的Bettina Stollar女士", "it": "Gentile Sig.ra Stollar"}),
        (GANDARA, "mayor", {"en": "Dear Mayor Gándara", "zh": "尊敬的甘达拉市长"}),
        (
            make("person", name={"family": "Li", "given": "Ming"}, salutation="he"),
            "ambassador",
            {"en": "Your Excellency"},
        ),
        (make("person", name={"given": "Sudarsono"}), None, {"en": "Dear Sudarsono", "de": "Guten Tag Sudarsono"}),
        (
            make("person", name={"family": "Chen", "given": "Yan", "order": "family_first"}),
            None,
            {"en": "Dear Chen Yan"},
        ),
        (None, None, {"en": "Dear Sir or Madam", "zh": "尊敬的先生、女士", "de": "Sehr geehrte Damen und Herren"}),
    ],
)
def test_a_letter_addresses_by_title_and_surname(person: Person | None, post: str | None, said: dict[str, str]) -> None:
    assert {lang: say_salutation(person, post, lang) for lang in said} == said


def test_a_person_without_a_known_surname_is_addressed_by_the_whole_name_whatever_the_title() -> None:
    person = make("person", name_han={"given": "王小明"}, salutation="ms")
    assert say_salutation(person, "vice_mayor", "zh") == "尊敬的王小明副市长"
    assert say_salutation(person, None, "zh") == "尊敬的王小明女士"


@pytest.mark.row("B17")
@pytest.mark.parametrize(
    ("person", "post", "en", "zh"),
    [
        (
            {"name": ("Szczęśniak-Grzegżółka", "Bożena"), "zh": "博热娜·什琴希尼亚克-格热格茹卡", "salutation": "ms"},
            "deputy_mayor", "Deputy Mayor Szczęśniak-Grzegżółka", "什琴希尼亚克-格热格茹卡副市长",
        ),
        (
            {"name": ("Papadopoulou-Karamanli", "Eleftheria"), "zh": "埃莱夫塞里娅·帕帕佐普卢-卡拉曼利", "salutation": "he_ms"},
            None, "H.E. Ms Eleftheria Papadopoulou-Karamanli", "埃莱夫塞里娅·帕帕佐普卢-卡拉曼利女士阁下",
        ),
        ({"name": ("García López", "María"), "zh": "玛丽亚·加西亚·洛佩斯", "salutation": "ms"}, "mayor", "Mayor García López", "加西亚·洛佩斯市长"),
        (
            {"name": ("Żółć-Krzyżanowska", "Łucja"), "zh": "武齐娅·茹奇-克日扎诺夫斯卡", "salutation": "prof_dr"},
            None, "Professor Żółć-Krzyżanowska", "茹奇-克日扎诺夫斯卡教授",
        ),
    ],
)  # fmt: skip
def test_an_address_is_title_and_family_name(person: dict[str, Any], post: str | None, en: str, zh: str) -> None:
    family, given = person["name"]
    record = make(
        "person",
        name={"family": family, "given": given, "order": "given_first"},
        name_phonetic={"zh": person["zh"]},
        salutation=person["salutation"],
        surname_capitals=True,
    )
    assert (say_address(record, post, "en"), say_address(record, post, "zh")) == (en, zh)
    for lang in ("en", "zh", "es", "it", "de"):
        assert family.upper() not in say_salutation(record, post, lang) + say_address(record, post, lang)


def test_a_vice_mayor_is_addressed_in_chinese_by_family_name_and_post() -> None:
    gong = make("person", name_han={"family": "龚", "given": "䶮"}, salutation="mr")
    assert say_address(gong, "vice_mayor", "zh") == "龚副市长"


def test_of_two_titles_a_chinese_name_is_followed_by_the_higher_one() -> None:
    person = make("person", name_han={"family": "吴", "given": "文能"}, salutation="prof_dr")
    assert say_person(person, "zh") == "吴文能教授"


@pytest.mark.parametrize(
    ("post", "en"),
    [
        ({"en": "Rector", "zh": "校长"}, "Rector Gándara"),
        ({"en": "President", "zh": "校长"}, "President Gándara"),
        ({"zh": "校长"}, "President Gándara"),
    ],
)
def test_a_rector_is_no_president(post: dict[str, str], en: str) -> None:
    code = post_code(make("affiliation", post=post))
    assert say_address(GANDARA, code, "en") == en
    assert say_address(GANDARA, code, "zh") == "甘达拉校长"


def test_the_form_of_address_is_in_the_languages_of_records() -> None:
    use_pair(("de", "zh"))
    assert dict(address_in_both(WU)) == {"de": "Herr Wu", "zh": "吴先生"}


def test_a_chinese_official_is_addressed_by_the_very_post() -> None:
    for post, en, zh in [
        ({"en": "Director", "zh": "主任"}, "Director Wu", "吴主任"),
        ({"en": "Director", "zh": "局长"}, "Director Wu", "吴局长"),
        ({"en": "Deputy Director", "zh": "副局长"}, "Deputy Director Wu", "吴副局长"),
        ({"en": "Division chief", "zh": "处长"}, "Director Wu", "吴处长"),
        ({"zh": "副处长"}, "Deputy Director Wu", "吴副处长"),
        ({"en": "Professor", "zh": "教授"}, "Professor Wu", "吴教授"),
        ({"en": "Chairman", "zh": "董事长"}, "Mr Wu", "吴董事长"),
        ({"en": "Chairman", "zh": "主席"}, "Mr Wu", "吴先生"),
        ({"en": "Director", "zh": "院长"}, "Director Wu", "吴先生"),
        ({"en": "Director", "zh": "柳州市外事办公室主任"}, "Director Wu", "吴主任"),
        ({"en": "Vice Mayor"}, "Vice Mayor Wu", "吴副市长"),
        ({"en": "General Manager", "zh": "总经理"}, "Mr Wu", "吴总经理"),
        ({"en": "Head of Unit (EU)"}, "Mr Wu", "吴先生"),
    ]:
        assert dict(address_in_both(WU, make("affiliation", post=post))) == {"en": en, "zh": zh}, post


@pytest.mark.parametrize(
    ("said", "en", "zh"),
    [
        ("Room 308", "Room 308", "308室"),
        ("Room 308, third floor", "Room 308, third floor", "3楼308室"),
        ("3rd floor, Room 308", "3rd floor, Room 308", "3楼308室"),
        ("Meeting Room 2, 12/F", "Meeting Room 2, 12/F", "12楼2会议室"),
        ("Building B, Room 1102", "Building B, Room 1102", "B号楼1102室"),
        ("3楼308室", "Room 308, 3rd floor", "3楼308室"),
        ("三层第一会议室", "Meeting room 1, 3rd floor", "三层第一会议室"),
        ("十二楼1208室", "Room 1208, 12th floor", "十二楼1208室"),
        ("5号楼308会议室", "Meeting room 308, Building 5", "5号楼308会议室"),
        ("Mudan Hall / 牡丹厅", "Mudan Hall", "牡丹厅"),
        ("牡丹厅（Mudan Hall）", "Mudan Hall", "牡丹厅"),
        ("1201", "1201", "1201"),
    ],
)
def test_a_room_is_said_in_both_languages(said: str, en: str, zh: str) -> None:
    found = room_in_languages(said)
    assert (found["en"], found["zh"]) == (en, zh)


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("1st floor, Mudan Hall", "en"),
        ("Yellow River Hall", "en"),
        ("牡丹厅", "zh"),
        ("Roommates 308", "en"),
        ("三楼牡丹厅", "zh"),
    ],
)
def test_what_no_rule_says_stays_in_its_language(said: str, lang: str) -> None:
    assert room_in_languages(said) == {lang: said}


def test_texts_are_of_the_language_of_their_words() -> None:
    assert set(languages_of("hazelnuts, walnuts")) == {"en"}
    assert set(languages_of("花生")) == {"zh"}
    assert len(languages_of("A-301")) > 2
    assert len(languages_of("+86 138 0371 6215")) > 2


@pytest.mark.parametrize("name", ["𠮷", "𬬭", "〇"])
def test_a_rare_character_alone_is_chinese_wherever_the_language_is_told_by_the_script(name: str) -> None:
    assert BilingualType().read(name) == Bilingual(zh=name)
    assert in_languages(name) == Bilingual(zh=name)
    assert languages_of(name) == {"zh": name}
