"""Texts that lack a translation, out to a translator and back, and the glossary."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from ucapdesk.base.errors import UserError
from ucapdesk.formats.sheets.sheet import read_sheets
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual
from ucapdesk.services.files import incoming_files
from ucapdesk.services.records import history, records
from ucapdesk.services.translations import translation_files, translations
from ucapdesk.services.translations.translations import Item, mark, translate, within, worklist
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk


def _add(desk: Desk, kind: str, *assignments: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], assignments, new=True))


def _title(desk: Desk, id_: str, field: str = "title") -> Bilingual:
    value = getattr(records.get(desk, id_), field)
    assert isinstance(value, Bilingual)
    return value


@pytest.fixture
def visit(desk: Desk, clock: FrozenClock) -> dict[str, str]:
    """A visit of which some texts are missing, one is outdated, one a draft, and one not needed."""
    visit = _add(desk, "visit", "title.en=Study visit", "dates=2026-11", "purpose.en=To learn", "purpose.zh=学习")
    clock.tick(3600)
    records.edit(desk, visit, {"purpose": _title(desk, visit, "purpose").write("en", "To learn and to sign")})
    item = _add(desk, "itinerary_item", f"owner={visit}", "title.en=Open incubator")
    records.edit(desk, item, {"title": Bilingual(en="Open incubator", zh="孵化器").mark("zh", "draft")})
    meeting = _add(desk, "meeting", f"visit={visit}", "title.zh=会谈")
    other = _add(desk, "place", "name.en=API")
    records.edit(desk, other, {"name": Bilingual(en="API").mark("zh", "not_needed")})
    _add(desk, "place", "name.en=Granada")
    return {"visit": visit, "item": item, "meeting": meeting}


def test_what_lacks_is_listed_the_most_urgent_first_in_words(desk: Desk, visit: dict[str, str]) -> None:
    items = worklist(desk, "zh")
    assert [(each.state, each.where, each.title, each.text) for each in items] == [
        ("missing", "City or place › Name", "Granada", "Granada"),
        ("missing", "Visit › Title", "Study visit", "Study visit"),
        ("outdated", "Visit › Purpose", "Study visit", "To learn and to sign"),
        ("draft", "Programme item › Title", "Study visit › Open incubator", "Open incubator"),
    ]
    assert [(each.text, each.source) for each in worklist(desk, "en")] == [("会谈", "zh")]
    assert [each.text for each in worklist(desk, "zh", states=("outdated",))] == ["To learn and to sign"]
    assert {each.state for each in worklist(desk, "es")} == {"missing"}
    assert worklist(desk, "zh", limit=2) == items[:2]


def test_of_a_visit_its_meetings_and_whom_it_names_are_listed(desk: Desk, visit: dict[str, str]) -> None:
    town = _add(desk, "place", "name.en=Liuzhou")
    records.edit(desk, visit["visit"], parse_assignments(KINDS["visit"], (f"host_places={town}",)))
    among = within(desk, visit["visit"])
    assert {town, visit["item"], visit["meeting"]} <= set(among)
    assert [each.text for each in worklist(desk, "zh", among=among)] == [
        "Liuzhou", "Study visit", "To learn and to sign", "Open incubator",
    ]  # fmt: skip
    texts = [(visit["visit"], "title", "zh"), (visit["visit"], "title.zh", "zh"), (visit["visit"], "dates", "zh"),
             (visit["item"], "title", "zh"), ("nothing", "title", "zh")]  # fmt: skip
    assert [each.text for each in translations.items_of(desk, texts)] == ["Study visit", "Open incubator"]


@pytest.mark.rule("B2")
def test_a_translation_is_written_confirmed_called_the_same_or_not_needed(desk: Desk, visit: dict[str, str]) -> None:
    before = maintenance.digest(desk)
    granada, title, purpose, item = worklist(desk, "zh")
    assert not translate(desk, title, "  ")
    assert translate(desk, title, "考察访问 ")
    assert (_title(desk, title.id)["zh"], _title(desk, title.id).state("zh")) == ("考察访问", "")
    assert translate(desk, purpose, purpose.translation)  # still right
    assert _title(desk, purpose.id, "purpose").state("zh") == "reviewed"
    assert translate(desk, item, "开放式孵化器")
    assert _title(desk, item.id).state("zh") == "reviewed"
    mark(desk, granada, "same")
    assert (_title(desk, granada.id, "name")["zh"], _title(desk, granada.id, "name").state("zh")) == ("Granada", "same")
    assert worklist(desk, "zh") == []
    for _ in range(4):
        history.undo(desk)
    assert maintenance.digest(desk) == before
    mark(desk, granada, "not_needed")
    assert granada not in worklist(desk, "zh")
    assert translations.current(desk, granada).state == ""


def _sent_back(desk: Desk, path: Path, *translated: str) -> list[Item]:
    """A translator fills in the column of Chinese."""
    items = worklist(desk, "zh")
    translation_files.export(items, path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row, text in enumerate(translated, 2):
        sheet.cell(row, heads.index("中文") + 1).value = text or None
    book.save(path)
    return items


@pytest.mark.row("B5")
@pytest.mark.rule("B3")
def test_a_spreadsheet_goes_to_a_translator_and_comes_back_as_reviewed(
    desk: Desk, visit: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "texts.xlsx"
    items = _sent_back(desk, file, "格拉纳达", "考察访问", "", "开放式孵化器")
    records.edit(desk, visit["visit"], {"title": _title(desk, visit["visit"]).put("en", "Study visit to Barcelona")})
    before = maintenance.digest(desk)
    plan = translation_files.plan_file(desk, file)
    assert [(line.title, line.ticked) for line in plan.lines] == [
        ("City or place › Name: Granada", True), ("Visit › Title: Study visit to Barcelona", False),
        ("Programme item › Title: Open incubator", True),
    ]  # fmt: skip
    assert plan.lines[1].what == "the source has changed since: 考察访问"
    assert plan.lines[2].what == "“孵化器” becomes “开放式孵化器”"
    assert incoming_files.take(desk, plan) == 2
    name = _title(desk, items[0].id, "name")
    assert (name["zh"], name.state("zh")) == ("格拉纳达", "reviewed")
    assert "zh" not in _title(desk, visit["visit"])
    history.undo(desk)
    assert maintenance.digest(desk) == before
    assert [line.ticked for line in translation_files.plan_file(desk, file).lines] == [True, False, True]
    for text in ("开放式孵化器", "孵化基地"):
        records.edit(desk, visit["item"], {"title": _title(desk, visit["item"]).put("zh", text)})
    again = translation_files.plan_file(desk, file).lines[2]
    assert (again.ticked, again.what) == (False, "was here before, and was changed since: 开放式孵化器")
    translate(desk, items[0], "格拉纳达市")  # by a colleague, meanwhile
    first = translation_files.plan_file(desk, file).lines[0]
    assert (first.ticked, first.what) == (False, "was translated here since, as “格拉纳达市”: 格拉纳达")
    assert not translation_files.plan_pasted(desk, items, "1\tGranada\t格拉纳达").ticked


def test_a_file_that_comes_back_a_second_time_corrects_the_first(
    desk: Desk, visit: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "texts.xlsx"
    items = worklist(desk, "zh")[:1]
    translation_files.export(items, file)
    for text in ("格拉", "格拉纳达"):
        book = load_workbook(file)
        sheet = book.active
        assert sheet is not None
        sheet["E2"] = text
        book.save(file)
        incoming_files.take(desk, translation_files.plan_file(desk, file))
        assert _title(desk, items[0].id, "name")["zh"] == text


def test_a_table_is_copied_into_a_mail_and_pasted_back_by_its_numbers(desk: Desk, visit: dict[str, str]) -> None:
    items = worklist(desk, "zh")
    table = translation_files.as_table(items)
    assert table.splitlines()[0] == "1\tGranada\t"
    back = '1\tGranada\t格拉纳达\n2\tStudy visit!\t"考察\n访问"\n3\tsomething else\t学习与签署\n99\tx\ty\nGreetings\n'
    plan = translation_files.plan_pasted(desk, items, back)
    assert [(line.number, line.ticked) for line in plan.lines] == [(1, True), (2, True), (3, False)]
    assert incoming_files.take(desk, plan) == 2
    assert _title(desk, visit["visit"])["zh"] == "考察\n访问"
    with user_error("nothing-to-paste") as refused:
        translation_files.plan_pasted(desk, items, "Dear colleague,\nhere they are.")
    assert "Nothing was changed" in str(refused.value)


def test_files_of_another_sort_are_refused_with_a_sentence(desk: Desk, visit: dict[str, str], tmp_path: Path) -> None:
    items = worklist(desk, "zh")
    with user_error("unknown-ending"):
        translation_files.export(items, tmp_path / "a.pdf")
    (tmp_path / "b.csv").write_text("a,b\n1,2\n")
    with user_error("not-a-translation-file") as refused:
        translation_files.plan_file(desk, tmp_path / "b.csv")
    assert "Nothing was changed" in str(refused.value)
    assert translation_files.export(items, tmp_path / "c.csv") == 4
    (sheet,) = read_sheets(tmp_path / "c.csv")
    assert sheet.rows[0].cells[:5] == ("No.", "Where", "Record", "English", "中文")
    assert translation_files.plan_file(desk, tmp_path / "c.csv").lines == ()  # nothing was translated


def _xliff(desk: Desk, path: Path, *changes: tuple[str, str]) -> None:
    """The worklist as a file for a translator's program, in which some words were put in place of others."""
    assert translation_files.export(worklist(desk, "zh"), path) == 4
    said = path.read_text()
    for old, new in changes:
        assert old in said, old
        said = said.replace(old, new)
    path.write_text(said)


@pytest.mark.rule("B3")
def test_xliff_goes_to_a_translators_program_and_comes_back_with_its_states(
    desk: Desk, visit: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "texts.xlf"
    granada, title, purpose, item = worklist(desk, "zh")
    _xliff(
        desk, file,
        ("Granada</source>", 'Granada</source><target>格拉<g id="1">纳</g>达</target>'),
        ("Study visit</source>", 'Study visit</source><target state="needs-review-translation">考察</target>'),
        ('state="needs-review-translation">孵化器', 'state="final">孵化器'),
    )  # fmt: skip
    before = maintenance.digest(desk)
    plan = translation_files.plan_file(desk, file)
    assert [(line.what, line.ticked) for line in plan.lines] == [
        ("格拉纳达", True), ("考察, as a draft", True), ("“孵化器” is right", True),
    ]  # fmt: skip
    assert incoming_files.take(desk, plan) == 3
    states = [_title(desk, each.id, each.field).state("zh") for each in (granada, title, purpose, item)]
    assert states == ["reviewed", "draft", "outdated", "reviewed"]
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_what_a_translators_program_copied_from_its_source_is_not_taken_as_translated(
    desk: Desk, visit: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "texts.xlf"
    granada, title, *_ = worklist(desk, "zh")
    _xliff(
        desk, file,
        ("Granada</source>", "Granada</source><target>Granada</target>"),
        ("Study visit</source>", 'Study visit</source><target state="final">Study visit</target>'),
    )  # fmt: skip
    plan = translation_files.plan_file(desk, file)
    first, second, *_ = plan.lines
    assert (first.what, first.ticked, first.possible) == (
        "is its source, maybe not translated yet: Granada",
        False,
        True,
    )
    assert second.ticked, "the translator says that it is final"
    incoming_files.take(desk, plan)
    assert "zh" not in _title(desk, granada.id, granada.field)
    assert _title(desk, title.id, title.field)["zh"] == "Study visit"


def test_in_xliff_a_changed_source_and_texts_of_others_are_named_and_left_out(
    desk: Desk, visit: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "texts.xliff"
    granada, title, *_ = worklist(desk, "zh")
    _xliff(
        desk, file,
        ("Study visit</source>", "Study visit</source><target>考察</target>"),
        (granada.key, "elsewhere.name.zh.1"),
        ("<trans-unit", "<alt-trans><source>x</source><target>y</target></alt-trans><trans-unit"),
    )  # fmt: skip
    records.edit(desk, title.id, {"title": _title(desk, title.id).put("en", "Study visit to Barcelona")})
    plan = translation_files.plan_file(desk, file)
    assert [(line.title, line.what, line.ticked, line.possible) for line in plan.lines] == [
        ("Granada", "no text of this workspace has this key; left out", False, False),
        ("Visit › Title: Study visit to Barcelona", "the source has changed since: 考察", False, True),
    ]  # fmt: skip
    assert incoming_files.take(desk, plan, [1, 2]) == 1  # what is not possible cannot be ticked


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><xliff version="1.2">&c;</xliff>'
OTHER = '<xliff version="1.2"><file source-language="en" target-language="zh-CN"><trans-unit id="a"/></file></xliff>'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "DOCTYPE"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><xliff version="1.2"/>', "DOCTYPE"),
        ("", "is not an XLIFF file, or is incomplete"),
        ("<html/>", "is not an XLIFF file, or is incomplete"),
        ("<xliff version='1.2'>" + "<a>" * 50_000, "is not an XLIFF file, or is incomplete"),
        ("<?xml version='1.0' encoding='nix'?><xliff version='1.2'/>", "is not an XLIFF file, or is incomplete"),
        ("<xliff version='2.1' srcLang='en'/>", "is XLIFF 2.1"),
        (OTHER, "no text of this workspace"),
    ],
)
def test_a_hostile_or_strange_xliff_file_is_refused_with_a_sentence(
    desk: Desk, tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "back.xlf"
    file.write_text(text)
    with pytest.raises(UserError) as refused:
        translation_files.plan_file(desk, file)
    assert words in str(refused.value)
    assert "Nothing was changed" in str(refused.value)


def test_xliff_that_was_cut_off_or_is_in_another_language_is_refused(
    desk: Desk, visit: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "texts.xlf"
    _xliff(desk, file, ('target-language="zh-CN"', 'target-language="es"'))
    with user_error("another-language", match="translated into Español"):
        translation_files.plan_file(desk, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="is incomplete"):
        translation_files.plan_file(desk, file)
    with pytest.raises(UserError, match="could not be opened"):
        translation_files.plan_file(desk, tmp_path / "none.xlf")
    with pytest.raises(UserError, match="could not be written"):
        translation_files.export(worklist(desk, "zh"), file / "a.xlf")  # a file is no folder


@pytest.mark.rule("B8")
def test_a_post_of_our_lists_is_known_in_both_directions(desk: Desk) -> None:
    assert translations.counterpart(desk, "mayor", "en", "zh") == "市长"
    assert translations.counterpart(desk, "市长", "zh", "en") == "Mayor"
    assert translations.counterpart(desk, " Vice   Mayor ", "en", "zh") == "副市长"
    assert translations.counterpart(desk, "mayor of somewhere", "en", "zh") == ""
    assert translations.counterpart(desk, "m", "en", "zh") == ""


@pytest.mark.rule("B8")
def test_the_glossary_of_the_workspace_comes_before_our_lists(desk: Desk) -> None:
    _add(desk, "glossary_term", "term.en=Mayor", "term.zh=市长先生")
    assert translations.counterpart(desk, "Mayor", "en", "zh") == "市长先生"


@pytest.mark.rule("B8")
def test_what_was_written_before_and_names_of_cities_are_known(desk: Desk) -> None:
    person = _add(desk, "person", "name.family=Chen")
    _add(desk, "affiliation", f"owner={person}", "post.en=Liaison officer", "post.zh=联络员")
    _add(desk, "place", "name.en=Liuzhou", "name.zh=柳州")
    assert translations.counterpart(desk, "liaison officer", "en", "zh") == "联络员"
    assert translations.counterpart(desk, "柳州", "zh", "en") == "Liuzhou"
    assert translations.counterpart(desk, "Liuzhou", "en", "es") == ""
    _add(desk, "place", "name.en=API", "name.zh=API")
    assert translations.counterpart(desk, "API", "en", "zh") == ""  # the same in both is no offer


def test_terms_are_found_in_a_text_as_whole_words_the_longer_ones_first(desk: Desk) -> None:
    _add(desk, "glossary_term", "term.en=incubator", "term.zh=孵化器")
    _add(desk, "glossary_term", "term.en=open incubator", "term.zh=开放式孵化器")
    found = translations.occurring(desk, "Visit of the Open Incubator and a pilot project", "en", "zh")
    assert [(term.source, term.target) for term in found] == [
        ("open incubator", "开放式孵化器"), ("pilot project", "试点项目"),
    ]  # fmt: skip
    assert translations.occurring(desk, "incubators", "en", "zh") == []
    assert [term.target for term in translations.occurring(desk, "参观孵化器", "zh", "en")] == ["incubator"]


def test_a_variant_to_avoid_is_found_unless_the_term_itself_is_there(desk: Desk) -> None:
    _add(desk, "glossary_term", "term.en=partner city", "term.zh=合作城市", "avoid=sister town,对方城市")
    assert [(term.source, term.target) for term in translations.avoided(desk, "our sister town", "en")] == [
        ("sister town", "partner city")
    ]
    assert [term.target for term in translations.avoided(desk, "对方城市的代表", "zh")] == ["合作城市"]
    assert translations.avoided(desk, "sister town, that is partner city", "en") == []
