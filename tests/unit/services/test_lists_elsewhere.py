"""Lists of people and itineraries in PDF tables and in what is attached to e-mails, read as those in Word and Excel are."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from tests.helpers.paper_facts import PAPERS
from ucapdesk.base.errors import UserError
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services import Desk
from ucapdesk.services.files.imports import import_document, import_office_lists
from ucapdesk.services.records import records

PEOPLE = [
    ["No.", "Name", "Position", "Organisation", "E-mail", "Dietary requirements"],
    ["1", "Katarzyna Nowak", "Deputy Mayor", "City of Łódź, Department of Strategy and International Cooperation", "k.nowak@lodz.example", "vegetarian"],
    ["2", "Nikos Papadopoulos", "Director", "Municipality of Thessaloniki", "nikos@thess.example", ""],
    ["3", "Lim Wei Jie", "Interpreter", "", "wj.lim@agency.example", "halal"],
]  # fmt: skip
TOUR = [
    ["日期", "时间", "内容", "地点", "陪同人员"],
    ["6月12日（周三）", "15:30", "抵达郑州，入住酒店", "郑州国际饭店", "赵敏"],
    ["", "18:30—20:00", "欢迎晚宴", "郑州国际饭店三楼宴会厅", "王磊、赵敏"],
    ["6月13日（周四）", "9:00—11:30", "参观郑州航空港经济综合实验区规划展览馆并座谈交流", "航空港区", "王磊"],
]


def _pdf(path: Path, title: str, rows: list[list[str]], widths: list[int], *, ruled: bool) -> Path:
    name = "NotoSansSC-Regular" if rows is TOUR else "NotoSans-Regular"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts") / f"{name}.ttf")))
    style = ParagraphStyle("cell", fontName=name, fontSize=9, leading=11, wordWrap="CJK" if rows is TOUR else None)
    spans = [("SPAN", (0, at - 1), (0, at)) for at, row in enumerate(rows) if not row[0]]
    look: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if ruled else "TOP"), *(spans if ruled else ())]
    look += [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    cells = [[Paragraph(cell, style) for cell in row] for row in rows]
    flow: list[Flowable] = [
        Paragraph(title, ParagraphStyle("title", fontName=name, fontSize=14, leading=24)),
        Table(cells, colWidths=widths, style=look),
        Paragraph("Prepared by: Office 2, +48 42 638 44 44", style),
    ]
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build(flow)
    return path


def _visit(desk: Desk) -> str:
    lines = ["title.en=Tour", "dates=2019-06-12/2019-06-16", "travelling_side=B"]
    return records.add(desk, "visit", parse_assignments(KINDS["visit"], lines, new=True))


def _people(desk: Desk) -> list[tuple[str, str, str, str]]:
    told = []
    for person in records.page(desk, "person", records.listing(desk, "person")):
        (post,) = records.children(desk, person.id)["affiliation"]
        house = records.titles(desk, [post.organisation]).get(post.organisation, "") if post.organisation else ""  # type: ignore[attr-defined]
        told.append((str(person.name), post.post["en"], house, person.email))  # type: ignore[attr-defined]
    return sorted(told)


ALL = [
    ("LIM Wei Jie", "Interpreter", "", "wj.lim@agency.example"),
    ("Katarzyna Nowak", "Deputy Mayor", "City of Łódź, Department of Strategy and International Cooperation", "k.nowak@lodz.example"),
    ("Nikos Papadopoulos", "Director", "Municipality of Thessaloniki", "nikos@thess.example"),
]  # fmt: skip


@pytest.mark.parametrize("ruled", [True, False])
def test_a_list_of_people_in_a_pdf(desk: Desk, tmp_path: Path, ruled: bool) -> None:
    path = _pdf(tmp_path / "list.pdf", "List of participants", PEOPLE, [30, 110, 100, 190, 150, 110], ruled=ruled)
    (report,) = import_document(desk, path)
    assert [each[1:] for each in _people(desk)] == [each[1:] for each in sorted(ALL)]
    assert report.accounted is not None
    assert report.accounted.nothing == ()
    assert any("Prepared by" in text for text in report.not_placed)
    assert import_document(desk, path)[0].new == 0


@pytest.mark.parametrize("ruled", [True, False])
def test_an_itinerary_in_a_pdf_with_a_day_over_several_rows(desk: Desk, tmp_path: Path, ruled: bool) -> None:
    visit = _visit(desk)
    import_document(desk, _pdf(tmp_path / "tour.pdf", "考察团日程", TOUR, [90, 80, 160, 150, 80], ruled=ruled))
    points: Any = records.children(desk, visit)["itinerary_item"]
    told = [(p.when.date[5:], p.when.start, p.when.end, p.title["zh"], p.address["zh"]) for p in points]
    assert told == [
        ("06-12", "15:30", None, "抵达郑州，入住酒店", "郑州国际饭店"),
        ("06-12", "18:30", "20:00", "欢迎晚宴", "郑州国际饭店三楼宴会厅"),
        ("06-13", "09:00", "11:30", "参观郑州航空港经济综合实验区规划展览馆并座谈交流", "航空港区"),
    ]
    assert [len(records.children(desk, point.id)["participation"]) for point in points] == [1, 2, 1]


def _mail(path: Path, *files: Path, text: str = "Dear colleagues,\nplease find the list attached.") -> Path:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@lodz.example", "b@zz.example", "Re: Fwd: Delegation to Liuzhou"
    mail.set_content(text)
    for file in files:
        mail.add_attachment(file.read_bytes(), maintype="application", subtype="octet-stream", filename=file.name)
    path.write_bytes(mail.as_bytes())
    return path


def test_a_list_and_an_itinerary_attached_to_an_e_mail(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk)
    path = _mail(tmp_path / "mail.eml", PAPERS / "renyuan.xlsx", PAPERS / "richeng.docx")
    people, tour = import_document(desk, path, visit=visit)
    assert len(records.children(desk, visit)["participation"]) == 5
    assert len(records.children(desk, visit)["itinerary_item"]) == 7
    for report in (people, tour):
        assert report.accounted is not None
        assert report.accounted.nothing == ()
    assert any("please find the list attached" in text for text in people.not_placed), "nothing of the mail is lost"
    assert [each.new for each in import_office_lists(desk, path, visit=visit)] == [0, 0]
    assert import_office_lists(desk, PAPERS / "renyuan.xlsx", visit=visit)[0].new == 0, "the same as the file itself"


FURTHER = PAPERS.parent / "further_papers"


def test_a_german_programme_attached_to_an_e_mail(desk: Desk) -> None:
    lines = ["title.de=Nanjing in Leipzig", "dates=2019-09-09/2019-09-11", "travelling_side=A"]
    visit = records.add(desk, "visit", parse_assignments(KINDS["visit"], lines, new=True))
    (report,) = import_document(desk, FURTHER / "leipzig-programme.eml")
    points: Any = records.children(desk, visit)["itinerary_item"]
    told = {(p.when.date[8:], p.when.start, p.when.end): p.title["de"] for p in points}
    assert told == {
        ("09", "10:15", None): "Ankunft am Flughafen Leipzig/Halle (CA 827)",
        ("09", "13:00", "14:30"): "Mittagessen auf Einladung des Oberbürgermeisters",
        ("09", "15:00", "17:00"): "Gespräch mit der Wirtschaftsförderung",
        ("10", "09:00", None): "Besichtigung BMW Werk Leipzig",
        ("10", None, None): "Abend: Konzert im Gewandhaus",
        ("11", None, None): "Abreise",
    }
    assert report.accounted is not None
    assert report.accounted.nothing == ()


def test_a_list_in_two_languages_in_an_old_encoding_keeps_both(desk: Desk) -> None:
    (report,) = import_office_lists(desk, FURTHER / "foshan-list.csv")
    people: dict[str, Any] = {p.name.family: p for p in records.page(desk, "person", records.listing(desk, "person"))}  # type: ignore[attr-defined]
    assert set(people) == {"Xian", "Long", "Ouyang", "Tuerxun"}
    assert [people[name].salutation for name in ("Xian", "Long")] == ["mr", "ms"]
    assert [list(people[name].diet) for name in ("Xian", "Long", "Tuerxun")] == [["none"], ["vegetarian"], ["halal"]]
    (post,) = records.children(desk, people["Long"].id)["affiliation"]
    assert dict(post.post) == {"en": "Director", "zh": "处长"}  # type: ignore[attr-defined]
    house: Any = records.get(desk, post.organisation)  # type: ignore[attr-defined]
    assert dict(house.name) == {"en": "Foshan Foreign Affairs Bureau", "zh": "佛山市外事局"}
    assert report.not_placed == ("合计：4人",)


def test_a_damaged_file_in_an_e_mail_is_named_and_the_rest_comes_in(desk: Desk, tmp_path: Path) -> None:
    damaged = tmp_path / "broken.docx"
    damaged.write_bytes((PAPERS / "01-haikou-nice.docx").read_bytes()[:4000])
    (report,) = import_document(desk, _mail(tmp_path / "list.eml", damaged, PAPERS / "renyuan.xlsx"))
    assert len(_all_people(desk)) == 5
    assert "An attached file cannot be read: broken.docx" in report.not_placed
    (paper,) = import_document(desk, _mail(tmp_path / "paper.eml", damaged, PAPERS / "01-haikou-nice.docx"))
    assert any("broken.docx, which is damaged" in odd["what"] for odd in paper.oddities)
    with pytest.raises(UserError, match=r"The file broken\.docx is damaged"):
        import_document(desk, _mail(tmp_path / "alone.eml", damaged))


def test_papers_and_lists_of_one_e_mail_all_come_in(desk: Desk, tmp_path: Path) -> None:
    names = ("renyuan.xlsx", "01-haikou-nice.docx", "05-nagpur-karlsruhe.docx")
    path = _mail(tmp_path / "all.eml", *(PAPERS / name for name in names))
    reports = import_document(desk, path)
    assert [report.file for report in reports] == ["all.eml", "05-nagpur-karlsruhe.docx", "renyuan.xlsx"]
    for report in reports:
        assert report.accounted is not None
        assert report.accounted.nothing == ()
    assert len(records.listing(desk, "ucap")) == 2
    assert [report.new for report in import_document(desk, path)] == [0, 0, 0]


def test_a_list_in_the_text_of_an_e_mail(desk: Desk, tmp_path: Path) -> None:
    text = "Dear all,\n\n序号\t姓名\t职务\t单位\n1\t王芳\t处长\t柳州市外事办公室\n2\t李强\t科员\t柳州市外事办公室\n"
    (report,) = import_document(desk, _mail(tmp_path / "text.eml", text=text))
    assert (report.file, len(_all_people(desk))) == ("text.eml", 2)


def test_a_mail_without_a_title_is_called_by_its_subject(desk: Desk, tmp_path: Path) -> None:
    text = "Dear Luca,\n\nhere it is:\n\n7 September 2027\n9:00 Talks\n11:00 Port\n\nRegards\nAnna\n"
    import_document(desk, _mail(tmp_path / "text.eml", text=text), visit=_visit(desk))
    (paper,) = records.listing(desk, "source_document")
    assert records.titles(desk, [paper])[paper] == "Delegation to Liuzhou"


def _all_people(desk: Desk) -> list[str]:
    return records.listing(desk, "person")


def test_cards_and_calendars_attached_to_an_e_mail_are_named_and_an_itinerary_beside_them_is_no_paper(
    desk: Desk, tmp_path: Path
) -> None:
    tour = docx.Document()
    table = tour.add_table(rows=0, cols=3)
    for row in (
        ("Date", "Time", "Activity"),
        ("7 September 2027", "9:00", "Visit of the museum"),
        ("", "11:00", "Meeting"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    tour.save(str(tmp_path / "tour.docx"))
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "c@d.example", "Programme"
    mail.set_content("Dear all,\n\nsee the files.\n")
    mail.add_attachment(
        (tmp_path / "tour.docx").read_bytes(), maintype="application", subtype="octet-stream", filename="tour.docx"
    )
    for name, kind in (("invite.ics", "VCALENDAR"), ("wang.vcf", "VCARD")):
        text = f"BEGIN:{kind}\r\nVERSION:2.0\r\nEND:{kind}\r\n"
        mail.add_attachment(text.encode(), maintype="text", subtype="plain", filename=name)
    file = tmp_path / "mail.eml"
    file.write_bytes(bytes(mail))
    lines = ["title.en=Tour", "dates=2027-09-06/2027-09-09"]
    visit = records.add(desk, "visit", parse_assignments(KINDS["visit"], lines, new=True))
    (report,) = import_document(desk, file)
    points: Any = records.children(desk, visit)["itinerary_item"]
    assert [point.title["en"] for point in points] == ["Visit of the museum", "Meeting"]
    told = [text for text in report.not_placed if "attached" in text]
    assert told == [f"An attached file to import by itself: {name}" for name in ("invite.ics", "wang.vcf")]
    assert not any("BEGIN:" in text or not text.strip() for text in report.not_placed)


def test_both_tables_of_a_forwarded_mail_come_in(desk: Desk, tmp_path: Path) -> None:
    head = "<p><b>From:</b> Wang Fang<br><b>Sent:</b> 1 April 2027 17:32<br><b>Subject:</b> Programme</p>"
    people = "<table><tr><th>Name</th><th>Post</th></tr><tr><td>Anna Nowak</td><td>Mayor</td></tr></table>"
    tour = "<table><tr><th>Date</th><th>Activity</th></tr><tr><td>7 September 2027</td><td>Signing</td></tr></table>"
    file = tmp_path / "mail.html"
    file.write_text(f"<html><p>See below.</p>{head}<p>People</p>{people}<p>Programme</p>{tour}", encoding="utf-8")
    lines = ["title.en=Tour", "dates=2027-09-06/2027-09-09"]
    visit = records.add(desk, "visit", parse_assignments(KINDS["visit"], lines, new=True))
    import_office_lists(desk, file, visit=visit)
    (point,) = records.children(desk, visit)["itinerary_item"]
    assert (point.title["en"], len(_all_people(desk))) == ("Signing", 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["日期", "時間", "行程內容", "地點", "陪同人員"], ["5/18（二）", "上午9時", "拜會市政府", "市政廳", "王小明 科長"]),
        (["Date", "Horaire", "Activité", "Lieu", "Accompagnateurs"], ["Mardi 18 mai", "9h00", "Accueil", "Mairie", "Anne Leroy"]),
        (["Data", "Godzina", "Punkt programu", "Miejsce", "Host"], ["wtorek, 18 maja", "godz. 9:00", "Wizyta", "EC1", "Jan Nowak"]),
        (["Date", "Time", "Event", "Place", "Host"], ["May 18", dt.datetime.fromisoformat("2027-05-18T09:00"), "Talks", "Hall", "Ann Lee"]),
    ],
)  # fmt: skip
def test_a_programme_as_other_places_write_it(desk: Desk, tmp_path: Path, head: list[str], row: list[Any]) -> None:
    visit = records.add(
        desk, "visit", parse_assignments(KINDS["visit"], ["title.en=Tour", "dates=2027-05-17/2027-05-20"], new=True)
    )
    book = openpyxl.Workbook()
    for cells in (head, row):
        book.worksheets[0].append(cells)
    book.save(tmp_path / "plan.xlsx")
    import_office_lists(desk, tmp_path / "plan.xlsx", visit=visit)
    (item,) = records.children(desk, visit)["itinerary_item"]
    assert (item.when.date, item.when.start) == ("2027-05-18", "09:00")  # type: ignore[attr-defined]
    assert list(item.title.values()) == [row[2]]  # type: ignore[attr-defined]
    assert list(item.address.values()) == [row[3]]  # type: ignore[attr-defined]
    assert not item.internal_note  # type: ignore[attr-defined]
    assert len(records.children(desk, item.id)["participation"]) == 1
