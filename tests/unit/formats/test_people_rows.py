"""Rows of people copied from a spreadsheet: by heads in English or Chinese, by look, numbered, under a title."""

from __future__ import annotations

from datetime import date

import pytest

from ucapdesk.formats.lists.list_drafts import ListTarget
from ucapdesk.formats.lists.list_file import pasted_list, pasted_text
from ucapdesk.formats.lists.minutes_text import minutes_of
from ucapdesk.formats.lists.people_list import people_of
from ucapdesk.formats.people_rows import card_of_signature, look_at, people_in
from ucapdesk.formats.phrases.people_in_text import people_of_line, role_of_post
from ucapdesk.formats.vcard import Position

HEADED = (
    "Delegation of Gdańsk\t\t\t\t\t\n"
    "No.\tName\t中文\tPost\tOrganisation\tE-mail\tDiet\n"
    "1\tAleksandra DULKIEWICZ\t杜尔凯维奇\tMayor\tCity of Gdańsk\tmayor@gdansk.pl\tvegetarian\n"
    "2\tPiotr KOWALCZUK\t\tDeputy Mayor\tCity of Gdańsk\tpiotr@gdansk.pl\t\n"
)
CHINESE = "序号\t姓名\t职务\t单位\t邮箱\t饮食\n1\t吴文能\t主任\t柳州市发改委\twu@liuzhou.cn\t清真\n2\t李梅\t翻译\t外事办\t\t\n"


@pytest.mark.parametrize(
    ("text", "names", "posts", "first"),
    [
        (
            HEADED,
            ["Dulkiewicz, Aleksandra", "Kowalczuk, Piotr"],
            [({"en": "Mayor"}, {"en": "City of Gdańsk"}), ({"en": "Deputy Mayor"}, {"en": "City of Gdańsk"})],
            ("mayor@gdansk.pl", ["vegetarian"], {"zh": "杜尔凯维奇"}),
        ),
        (
            CHINESE,
            ["吴, 文能", "李, 梅"],
            [({"zh": "主任"}, {"zh": "柳州市发改委"}), ({"zh": "翻译"}, {"zh": "外事办"})],
            ("wu@liuzhou.cn", ["halal"], None),
        ),
    ],
)
def test_heads_say_what_the_columns_are_and_a_title_over_them_is_none(
    text: str, names: list[str], posts: list[tuple[dict[str, str], dict[str, str]]], first: tuple[object, ...]
) -> None:
    found = people_of(pasted_list("x", text))
    assert found is not None
    people = [draft.values for draft in found.drafts if draft.kind == "person"]
    parts = [each.get("name") or each["name_han"] for each in people]
    assert [f"{name['family']}, {name['given']}" for name in parts] == names
    houses = {draft.id: draft.values["name"] for draft in found.drafts if draft.kind == "organisation"}
    told = [draft.values for draft in found.drafts if draft.kind == "affiliation"]
    assert [(each["post"], houses[each["organisation"]]) for each in told] == posts
    assert (people[0]["email"], people[0]["diet"], people[0].get("name_phonetic")) == first


def test_the_head_over_a_column_of_names_is_nobody() -> None:
    assert [str(card.name) for card in people_in("Name\nAnna Nowak\nJan Lis\n")] == ["Anna Nowak", "Jan Lis"]


def test_cells_without_heads_are_known_by_their_look() -> None:
    (one, other) = people_in(
        "1\tAnna Nowak\t诺瓦克\tDirector\tPort of Gdańsk\t+48 58 111 22 33\tanna@port.pl\n"
        "2\tJan Lis\t\tPort of Gdańsk\tEngineer\t\t\n"
    )
    assert (str(one.name), str(one.name_han), one.phone) == ("Anna Nowak", "诺瓦克", "+48 58 111 22 33")
    assert one.positions == (Position({"en": "Port of Gdańsk"}, {"en": "Director"}),)
    assert other.positions == (Position({"en": "Port of Gdańsk"}, {"en": "Engineer"}),)


def test_a_list_is_people_and_a_single_name_is_not() -> None:
    assert [str(card.name) for card in people_in("Anna Nowak\nJan Lis\n")] == ["Anna Nowak", "Jan Lis"]
    assert people_in("Anna Nowak") == []
    assert people_in("09:00\tBreakfast\tHotel lobby") == [], "hours are nobody"
    assert people_in("") == []


def test_receivers_copied_from_a_mail_are_people_each() -> None:
    copied = 'John Smith <john@pecs.hu>; "Wang, Fang" <wangf@xjfao.gov.cn>, 张伟 <zw@lz.cn>; office@pecs.hu'
    cards = people_in(copied)
    assert [(str(card.name or card.name_han or ""), card.email) for card in cards] == [
        ("John Smith", "john@pecs.hu"), ("Wang Fang", "wangf@xjfao.gov.cn"), ("张伟", "zw@lz.cn"), ("", "office@pecs.hu")
    ]  # fmt: skip
    assert card_of_signature(copied) is None, "they are not the foot of one letter"
    outlook = people_in("Nowak, Anna <a@lodz.pl>; Szabó, Eszter <e@pecs.hu>; 张伟 <zw@lz.cn>")
    assert [(card.name.family if card.name else str(card.name_han), card.email) for card in outlook] == [
        ("Nowak", "a@lodz.pl"), ("Szabó", "e@pecs.hu"), ("张伟", "zw@lz.cn")
    ]  # fmt: skip


def test_titles_and_forms_of_address_are_no_part_of_a_pasted_name() -> None:
    first, second = people_in("Dr. Anna Nowak\tDirector\t13877212345\n张伟先生\t科长\t\n")
    assert (str(first.name), first.academic_title, first.mobile, first.phone) == (
        "Anna Nowak",
        "Dr.",
        "13877212345",
        "",
    )
    assert (str(second.name_han), second.salutation) == ("张伟", "mr")
    foot = card_of_signature(
        "Best regards / 此致敬礼\nWang Fang (Ms.)\nT: +86 991 2816000\nM: +86 139 0000 1111\nwangf@xj.cn"
    )
    assert foot is not None
    assert (foot.plain_name, foot.salutation, foot.phone, foot.mobile) == (
        "Wang Fang", "ms", "+86 991 2816000", "+86 139 0000 1111"
    )  # fmt: skip
    lady = card_of_signature("Dott.ssa Giulia Bonometti\nComune di Brescia\ng@comune.brescia.it")
    assert lady is not None
    assert (lady.plain_name, lady.academic_title, lady.name) == ("Giulia Bonometti", "Dott.ssa", None)


@pytest.mark.parametrize("cell", ["o'neil@cork.example", "<o'neil@cork.example>", "mailto:o'neil@cork.example"])
def test_an_address_is_read_whole_and_without_what_stands_around_it(cell: str) -> None:
    assert look_at(["Aoife O'Neil", cell]) == {"name": "Aoife O'Neil", "email": "o'neil@cork.example"}
    foot = card_of_signature(f"Aoife O'Neil\nCork City Council\n{cell}")
    assert foot is not None
    assert foot.email == "o'neil@cork.example"


@pytest.mark.parametrize(
    "text", ["\t\t\n", '"', "a\t" * 50, "\n".join("x" * n for n in range(600)), "a@b.c <x@y.z " + "(" * 3000]
)
def test_any_text_is_read_without_harm(text: str) -> None:
    assert isinstance(people_in(text), list)


@pytest.mark.parametrize(
    ("head", "said", "name"),
    [
        ("Cognome e nome", "De Luca Maria Grazia", ("De Luca", "Maria Grazia")),
        ("Nachname, Vorname", "Papp László", ("Papp", "László")),
        ("Apellidos y nombre", "García López María", ("García López", "María")),
        ("Name (family name first)", "Papp László", ("Papp", "László")),
        ("姓名（姓在前）", "Papp László", ("Papp", "László")),
        ("Surname and first name", "WANG Xiaoli", ("Wang", "Xiaoli")),
        ("Name", "Papp László", ("László", "Papp")),
    ],
)
def test_a_name_begins_with_the_family_name_where_its_column_says_so(
    head: str, said: str, name: tuple[str, str]
) -> None:
    found = people_of(pasted_list("x", f"{head}\tPost\n{said}\tMayor"))
    assert found is not None
    (held,) = (draft.values["name"] for draft in found.drafts if draft.kind == "person")
    assert (held["family"], held["given"]) == name


def test_a_title_above_a_list_says_that_family_names_come_first() -> None:
    found = people_of(pasted_list("x", "Delegation (family names come first)\t\nName\tPost\nPapp László\tMayor"))
    assert found is not None
    assert [draft.values["name"]["family"] for draft in found.drafts if draft.kind == "person"] == ["Papp"]


def test_whoever_leads_an_orchestra_drives_no_car() -> None:
    posts = ["Conductor", "Direttore d'orchestra", "Dirigent", "指挥", "Driver", "司机"]
    assert [role_of_post(post) for post in posts] == [None, None, None, None, "driver", "driver"]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Anna Nowak, Mayor of Győr; Li Wei, Director", ["Anna Nowak, Mayor of Győr", "Li Wei, Director"]),
        ("Anna Nowak (Mayor, Győr), Peter Kis", ["Anna Nowak (Mayor, Győr)", "Peter Kis"]),
        ("Dr. Anna Nowak / Peter Kis", ["Dr. Anna Nowak", "Peter Kis"]),
        ("Li Wei / 李伟", ["Li Wei / 李伟"]),
        ("Anna Nowak, Director Peter Kis", ["Anna Nowak", "Director Peter Kis"]),
        ("Anna Nowak, Mayor, and Li Wei", ["Anna Nowak, Mayor", "Li Wei"]),
        ("市长王刚，李明等", ["市长王刚", "李明"]),
        ("李副市长、王处长", ["李副市长", "王处长"]),
        ("于建国、副市长、欧阳娜副主任", ["于建国，副市长", "欧阳娜副主任"]),
        ("于建国，市外办主任", ["于建国，市外办主任"]),
        ("于建国、市外办主任", ["于建国", "市外办主任"]),
        ("无", []),
    ],
)
def test_people_of_a_line_stand_each_with_the_post_behind_them(said: str, names: list[str]) -> None:
    assert [name for name, *_ in people_of_line(said)] == names


def test_a_post_behind_a_comma_in_minutes_is_nobody_else() -> None:
    text = "Minutes\nPresent: Anna Nowak, Mayor of Győr; Li Wei (Director, Port office)\nDecision: We go on."
    found = minutes_of(pasted_text("x", text), ListTarget(), date(2027, 5, 3))
    assert [draft.values["name"]["family"] for draft in found.drafts if draft.kind == "person"] == ["Nowak", "Li"]
    posts = [draft.values["post"]["en"] for draft in found.drafts if draft.kind == "affiliation"]
    assert posts == ["Mayor of Győr", "Director"]


def test_a_name_with_degrees_without_end_is_read() -> None:
    text = f"Jane Doe{' PhD' * 3_000}\tDirector\tCity of Linz\nEva Ros, PhD, MBA\tMayor\tCity of Linz"
    assert [card.academic_title for card in people_in(text)] == ["PhD", "PhD MBA"]


@pytest.mark.parametrize("said", ["13812345678", "+86 138 1234 5678", "0086-138-1234-5678"])
def test_a_chinese_mobile_among_telephones_is_one(said: str) -> None:
    text = f"姓名\t职务\t单位\t电话\n王小明\t处长\t市发改委\t{said}\n李娜\t科员\t市外办\t0533-1234567\n"
    first, second = people_in(text)
    assert (first.mobile, first.phone, second.mobile, second.phone) == (said, "", "", "0533-1234567")
    made = people_of(pasted_list("list", text), ListTarget())
    assert made is not None
    told = [draft.values for draft in made.drafts if draft.kind == "person"]
    assert [(each.get("mobile"), each.get("phone")) for each in told] == [(said, None), (None, "0533-1234567")]
