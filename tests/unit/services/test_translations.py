"""The worklist of translations: what lacks is listed, what was said is kept, what a translator sends back is matched and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ucapdesk.formats.sheets import read_sheets
from ucapdesk.model.entry import parse_assignments
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.services import history, incoming, records, translation_files, translations, upkeep
from ucapdesk.services.translations import Item, mark, translate, within, worklist
from ucapdesk.store.desk import Desk


def _add(desk: Desk, kind: str, *assignments: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], assignments, new=True))


def _title(desk: Desk, id_: str, field: str = "title") -> Bilingual:
    value = getattr(records.get(desk, id_), field)
    assert isinstance(value, Bilingual)
    return value


@pytest.fixture
def visit(desk: Desk) -> dict[str, str]:
    """A visit of which some texts are missing, one is outdated, one a draft, and one not needed."""
    visit = _add(desk, "visit", "title.en=Study visit", "dates=2026-11", "purpose.en=To learn", "purpose.zh=学习")
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
    before = upkeep.digest(desk)
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
    assert upkeep.digest(desk) == before
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


@pytest.mark.rule("B3")
def test_a_spreadsheet_goes_to_a_translator_and_comes_back_as_reviewed(
    desk: Desk, visit: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "texts.xlsx"
    items = _sent_back(desk, file, "格拉纳达", "考察访问", "", "开放式孵化器")
    records.edit(desk, visit["visit"], {"title": _title(desk, visit["visit"]).put("en", "Study visit to Barcelona")})
    before = upkeep.digest(desk)
    plan = translation_files.plan_file(desk, file)
    assert [(line.title, line.ticked) for line in plan.lines] == [
        ("City or place › Name: Granada", True), ("Visit › Title: Study visit to Barcelona", False),
        ("Programme item › Title: Open incubator", True),
    ]  # fmt: skip
    assert plan.lines[1].what == "the source has changed since: 考察访问"
    assert plan.lines[2].what == "“孵化器” becomes “开放式孵化器”"
    assert incoming.take(desk, plan) == 2
    name = _title(desk, items[0].id, "name")
    assert (name["zh"], name.state("zh")) == ("格拉纳达", "reviewed")
    assert "zh" not in _title(desk, visit["visit"])
    history.undo(desk)
    assert upkeep.digest(desk) == before
    assert translation_files.plan_file(desk, file).lines


def test_a_table_is_copied_into_a_mail_and_pasted_back_by_its_numbers(desk: Desk, visit: dict[str, str]) -> None:
    items = worklist(desk, "zh")
    table = translation_files.as_table(items)
    assert table.splitlines()[0] == "1\tGranada\t"
    back = '1\tGranada\t格拉纳达\n2\tStudy visit!\t"考察\n访问"\n3\tsomething else\t学习与签署\n99\tx\ty\nGreetings\n'
    plan = translation_files.plan_pasted(desk, items, back)
    assert [(line.number, line.ticked) for line in plan.lines] == [(1, True), (2, True), (3, False)]
    assert incoming.take(desk, plan) == 2
    assert _title(desk, visit["visit"])["zh"] == "考察\n访问"
    with pytest.raises(translation_files.NothingToPaste) as refused:
        translation_files.plan_pasted(desk, items, "Dear colleague,\nhere they are.")
    assert "Nothing was changed" in str(refused.value)


def test_files_of_another_sort_are_refused_with_a_sentence(desk: Desk, visit: dict[str, str], tmp_path: Path) -> None:
    items = worklist(desk, "zh")
    with pytest.raises(translation_files.WrongFile):
        translation_files.export(items, tmp_path / "a.pdf")
    (tmp_path / "b.csv").write_text("a,b\n1,2\n")
    with pytest.raises(translation_files.NotATranslationFile) as refused:
        translation_files.plan_file(desk, tmp_path / "b.csv")
    assert "Nothing was changed" in str(refused.value)
    assert translation_files.export(items, tmp_path / "c.csv") == 4
    (sheet,) = read_sheets(tmp_path / "c.csv")
    assert sheet.rows[0].cells[:5] == ("No.", "Where", "Record", "English", "中文")
    assert translation_files.plan_file(desk, tmp_path / "c.csv").lines == ()  # nothing was translated
