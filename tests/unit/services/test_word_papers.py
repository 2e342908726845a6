"""Minutes as a Word document: the same words as on paper, each in its language, tables that can be worked in."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from tests.helpers.errors import user_error
from tests.helpers.word_files import word_text
from ucapdesk.formats.word_writer import Run, WordFile, WordPara, WordPicture, word_of, write_word
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Refs, When
from ucapdesk.services.files import file_formats, word_papers
from ucapdesk.services.records import records
from ucapdesk.store.desk import Desk


def _add(desk: Desk, kind: str, *assignments: str, **values: object) -> str:
    named = KINDS[kind]
    return records.add(desk, kind, {**parse_assignments(named, assignments, new=True), **values})


def _meeting(desk: Desk) -> str:
    chen = _add(desk, "person", "name.family=Chen", "name.given=Yan", "name.order=family_first", "name_han.family=陈",
                "name_han.given=燕")  # fmt: skip
    id_ = _add(desk, "meeting", "title.en=Smart mobility pilot", "title.zh=智慧出行试点", "status=held",
               "lines_to_take.en=not a word about money", when=When("2026-11-24", "15:05", "16:05"))  # fmt: skip
    _add(desk, "participation", f"owner={id_}", f"person={chen}", "side=A", "attendance=attended")
    _add(desk, "minute_entry", f"owner={id_}", "type=decision", "text.en=Open parking data is tested from March.",
         "text.zh=三月起测试开放停车数据。")  # fmt: skip
    _add(desk, "minute_entry", f"owner={id_}", "type=information", "text.en=Only in English.")
    _add(desk, "action_item", f"owner={id_}", "text.en=Send the parking data schema", f"person={chen}",
         "due=2026-11-27")  # fmt: skip
    return id_


def _runs(path: Path) -> dict[str, Any]:
    document = docx.Document(str(path))
    return {"".join(t.text or "" for t in run.iter(qn("w:t"))): run for run in document.element.body.iter(qn("w:r"))}


def test_minutes_hold_both_languages_the_decision_and_the_action(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "minutes.docx"
    file_formats.write(desk, "meeting", [_meeting(desk)], file)
    text = word_text(file)
    for said in ("Smart mobility pilot\n智慧出行试点", "Open parking data is tested from March.",
                 "三月起测试开放停车数据。", "Send the parking data schema", "陈燕", "Chen Yan"):  # fmt: skip
        assert said in text, said
    assert "not a word about money" not in text
    document = docx.Document(str(file))
    assert [p.style.name for p in document.paragraphs if p.text == "智慧出行试点"] == ["Title"]  # type: ignore[union-attr]
    assert document.core_properties.title == "Smart mobility pilot"
    assert len(document.tables) >= 2


def test_every_text_is_in_its_language_and_what_stands_in_is_grey(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "minutes.docx"
    word_papers.write(desk, [_meeting(desk)], file, document="minutes", languages=("en", "zh"))
    runs = _runs(file)
    chinese = runs["三月起测试开放停车数据。"]
    (lang,), (fonts,) = list(chinese.iter(qn("w:lang"))), list(chinese.iter(qn("w:rFonts")))
    assert lang.get(qn("w:eastAsia")) == "zh-CN"
    assert fonts.get(qn("w:hint")) == "eastAsia", "quotation marks are drawn as Chinese ones"
    body = docx.Document(str(file)).styles["Body Text"].element
    assert next(body.iter(qn("w:rFonts"))).get(qn("w:eastAsia")) == "Microsoft YaHei"
    (english,) = runs["Open parking data is tested from March."].iter(qn("w:lang"))
    assert english.get(qn("w:val")) == "en-GB"
    stands_in = next(run for text, run in runs.items() if text.startswith("［英文］"))
    assert next(iter(stands_in.iter(qn("w:rStyle")))).get(qn("w:val")) == "StandIn"
    grey = docx.Document(str(file)).styles["Stand-in"].element
    assert next(grey.iter(qn("w:color"))).get(qn("w:val")) == "4B5666"


def test_a_text_that_is_not_translated_stands_once_in_its_cell_as_on_paper(desk: Desk, tmp_path: Path) -> None:
    meeting, file = _meeting(desk), tmp_path / "minutes.docx"
    records.edit(desk, meeting, {"places": Refs([_add(desk, "place", "name.en=Harbour Hall")])})
    word_papers.write(desk, [meeting], file, document="minutes", languages=("en", "zh"))
    assert "Place\n地点\nHarbour Hall\n［待译］\n" in word_text(file)


def test_one_language_alone_has_no_word_of_the_other(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "minutes.docx"
    word_papers.write(desk, [_meeting(desk)], file, document="minutes", languages=("zh",))
    assert "智慧出行试点" in word_text(file)
    assert "Smart mobility" not in word_text(file)


def test_another_paper_is_told_in_word_as_well(liuzhou: Desk, tmp_path: Path) -> None:
    ucap = records.listing(liuzhou, "ucap")
    word_papers.write(liuzhou, ucap, tmp_path / "a.docx", languages=("en", "zh"))
    assert "18,600" in word_text(tmp_path / "a.docx")


def test_what_only_a_page_can_hold_is_refused_with_a_sentence(liuzhou: Desk, tmp_path: Path) -> None:
    place = [_add(liuzhou, "place", "name.zh=市政厅", "address.zh=柳州市三中路66号")]
    with user_error("not-as-word") as refused:
        word_papers.write(liuzhou, place, tmp_path / "a.docx", document="address_cards")
    assert "save it as PDF" in str(refused.value)
    assert not (tmp_path / "a.docx").exists()
    with user_error("one-at-a-time"):
        file_formats.write(liuzhou, "meeting", records.listing(liuzhou, "meeting"), tmp_path / "a.docx")


def test_a_place_that_takes_no_file_is_said_and_a_broken_picture_left_out(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    told = WordFile([WordPara((Run("a"),))], title="a", person="b", time=now)
    (tmp_path / "file").write_text("")
    with user_error("file-not-written"):
        write_word(tmp_path / "file" / "a.docx", told)
    raw = word_of(replace(told, blocks=[WordPicture(b"no picture", 20, 20), WordPara((Run("after"),))]))
    (tmp_path / "b.docx").write_bytes(raw)
    assert word_text(tmp_path / "b.docx").strip() == "after"


def test_a_very_long_title_is_told_of_the_file_as_far_as_there_is_room(tmp_path: Path) -> None:
    told = WordFile([WordPara((Run("a"),))], title="Granada " * 50, person="b", time=datetime(2026, 11, 24, tzinfo=UTC))
    write_word(tmp_path / "a.docx", told)
    assert docx.Document(str(tmp_path / "a.docx")).core_properties.title.startswith("Granada Granada")


def test_the_same_contents_are_the_same_bytes_and_say_nothing_of_the_computer() -> None:
    told = WordFile([WordPara((Run("a"),))], title="a", person="b", time=datetime(2026, 11, 24, 8, tzinfo=UTC))
    raw = word_of(told)
    assert raw == word_of(told)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(2026, 11, 24, 8, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]
