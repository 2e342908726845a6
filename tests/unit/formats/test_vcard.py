"""Business cards: names of both scripts come back part by part, cards of any program are read, damaged ones are counted."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from ucapdesk.base.errors import UserError
from ucapdesk.formats.people_rows import card_of_signature
from ucapdesk.formats.vcard import Position, VCard, card_text, cards_in, read_cards, write_cards
from ucapdesk.model.values import HanName, PersonName

ZHANG = VCard(
    uid="0b0e0f7e-0000-4000-8000-000000000001",
    name=PersonName("Zhang", "Wei", "family_first"),
    name_han=HanName("张", "伟"),
    positions=(
        Position(
            {"en": "DRC, Liuzhou", "zh": "柳州市发展和改革委员会"}, {"en": "Deputy Director; Energy", "zh": "副主任"}
        ),
    ),
    email="zhangwei@example.cn",
    mobile="+86 138 0000 0000",
    phone="+86 772 000 0000",
    wechat="zw_liuzhou",
    whatsapp="+86 139 0000 0000",
    birthday="03-05",
    note="First line; with, signs\nand a long second one " + "字" * 60,
)
LUKASZ = VCard(name=PersonName("Żółkowski", "Łukasz", "given_first"), name_other="Lucas")
OTKUR = VCard(
    name=PersonName("Ötkür", "Abdurehim", "given_first"),
    name_phonetic={"zh": "阿不都热依木·吾提库尔"},
    academic_title="Dr.",
)


@pytest.mark.rule("R24")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_of_both_scripts_and_orders_come_back_part_by_part(tmp_path: Path, lang: str) -> None:
    write_cards(tmp_path / "people.vcf", [ZHANG, LUKASZ, OTKUR], lang)
    assert read_cards(tmp_path / "people.vcf") == ([ZHANG, LUKASZ, OTKUR], 0)


def test_a_telephone_shows_the_name_of_the_language_and_sorts_it_by_its_reading() -> None:
    english, chinese = card_text(ZHANG, "en").split("\r\n"), card_text(ZHANG, "zh").split("\r\n")
    assert {"FN:Zhang Wei", "N:Zhang;Wei;;;", "NICKNAME:张伟"} <= set(english)
    assert {"FN:张伟", "N:张;伟;;;", "NICKNAME:Zhang Wei", "X-PHONETIC-LAST-NAME:Zhang"} <= set(chinese)
    assert chinese.index("TITLE;LANGUAGE=zh:副主任") < chinese.index("TITLE;LANGUAGE=en:Deputy Director\\; Energy")
    assert "FN:Łukasz Żółkowski" in card_text(LUKASZ, "zh").split("\r\n")


def test_a_name_from_abroad_stands_in_chinese_as_it_is_written_by_its_sound() -> None:
    english, chinese = card_text(OTKUR, "en").split("\r\n"), card_text(OTKUR, "zh").split("\r\n")
    assert {"FN:Abdurehim Ötkür", "N:Ötkür;Abdurehim;;Dr.;", "NICKNAME:阿不都热依木·吾提库尔"} <= set(english)
    assert {"FN:阿不都热依木·吾提库尔", "N:;阿不都热依木·吾提库尔;;Dr.;", "NICKNAME:Abdurehim Ötkür"} <= set(chinese)


def test_another_library_reads_our_card() -> None:
    import vobject

    card = vobject.readOne(card_text(ZHANG, "zh"))
    assert (card.n.value.family, card.n.value.given, card.fn.value) == ("张", "伟", "张伟")
    assert card.note.value == ZHANG.note
    assert all(len(line.encode()) <= 75 for line in card_text(ZHANG, "zh").split("\r\n"))


def _one(*lines: str, version: str = "3.0") -> VCard:
    cards, unreadable = cards_in("\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")))
    assert not unreadable
    (card,) = cards
    return card


def test_a_card_of_outlook_in_the_old_form_is_read() -> None:
    card = _one(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=BC=9F;;;",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=",
        "=E4=BC=9F",
        "ORG;CHARSET=UTF-8:柳州市发改委;区域科",
        "TEL;CELL;VOICE:13800000000",
        "TEL;WORK;FAX:0772-1",
        "TEL;WORK;VOICE:0772-2",
        "EMAIL;PREF;INTERNET:a@example.cn",
        "ADR;WORK:;;1 Road;Liuzhou;Guangxi;;China",
        version="2.1",
    )
    assert card.name_han == HanName("张", "伟")
    assert card.name is None
    assert (card.mobile, card.phone, card.email) == ("13800000000", "0772-2", "a@example.cn")
    assert card.positions == (Position({"zh": "柳州市发改委, 区域科"}),)
    assert card.besides == (("FAX", "0772-1"), ("ADR", "1 Road, Liuzhou, Guangxi, China"))
    assert card.left_out == ()


def test_a_card_of_a_telephone_tells_the_reading_of_a_chinese_name() -> None:
    card = _one("N:张;伟;;;", "FN:张伟", "X-PHONETIC-LAST-NAME:Zhang", "X-PHONETIC-FIRST-NAME:Wei",
                "item1.TEL;type=CELL;type=pref:+86 1", "item1.X-ABLabel:Work", "BDAY:1980-03-05", "X-WECHAT:zw")  # fmt: skip
    assert (card.name_han, card.name) == (HanName("张", "伟"), PersonName("Zhang", "Wei", "family_first"))
    assert (card.mobile, card.birthday, card.wechat, card.left_out) == ("+86 1", "03-05", "zw", ())


@pytest.mark.rule("B9")
@pytest.mark.parametrize(
    ("lines", "name", "plain"),
    [
        (("N:Zhang;Wei;;;", "FN:Zhang Wei"), PersonName("Zhang", "Wei", "family_first"), ""),
        (("N:Zhang;Wei;;;", "FN:Wei Zhang"), PersonName("Zhang", "Wei"), ""),
        (("N:Zhang;Wei;;;", "FN:ZHANG Wei (Kevin)"), PersonName("Zhang", "Wei", "family_first"), ""),
        (("N:Nowak;Anna;Maria;Dr.;", "FN:Dr. Anna Maria Nowak"), PersonName("Nowak", "Anna Maria"), ""),
        (("FN:Zhang Wei",), None, "Zhang Wei"),
        (("N:;Zhang Wei;;;", "FN:Zhang Wei"), None, "Zhang Wei"),
        (("N:巴勃罗·甘达拉;;;;", "FN:巴勃罗·甘达拉"), None, "巴勃罗·甘达拉"),
    ],
)
def test_the_parts_and_the_order_of_a_name_are_never_guessed(
    lines: tuple[str, ...], name: PersonName | None, plain: str
) -> None:
    card = _one(*lines)
    assert (card.name, card.plain_name, card.name_han) == (name, plain, None)


def test_a_third_number_with_a_label_of_its_own_a_second_address_and_titles_are_kept() -> None:
    card = _one("N:Müller;Anna;;Dr.;PhD", "FN:Dr. Anna Müller", "TITLE:Leiterin", "ORG:Stadt Karlsruhe;Wirtschaft",
                "TEL;type=CELL:+49 170 1", "TEL;type=WORK:+49 721 2", "item1.TEL:+49 721 3", "item1.X-ABLabel:Sekretariat",
                "item2.ADR;type=WORK:;;Zähringerstr. 65a;Karlsruhe;;76133;Deutschland", "item2.X-ABADR:de",
                "EMAIL;type=WORK:a@k.de", "EMAIL;type=HOME:b@k.de")  # fmt: skip
    assert (card.mobile, card.phone, card.email, card.academic_title) == ("+49 170 1", "+49 721 2", "a@k.de", "Dr.")
    assert card.besides == (
        ("Sekretariat", "+49 721 3"), ("EMAIL", "b@k.de"), ("ADR", "Zähringerstr. 65a, Karlsruhe, 76133, Deutschland"),
        ("SUFFIX", "PhD"),
    )  # fmt: skip


def test_a_second_mobile_and_a_number_at_home_are_none_of_the_office() -> None:
    card = _one("FN:Anna Nowak", "TEL;TYPE=CELL:+48 601", "TEL;TYPE=CELL:+48 602", "TEL;TYPE=HOME,VOICE:+48 58 1")
    assert (card.mobile, card.phone) == ("+48 601", "")
    assert card.besides == (("TEL", "+48 602"), ("TEL", "+48 58 1"))


@pytest.mark.parametrize(
    ("lines", "other", "organisation"),
    [
        (("N:Zhang;Wei;;;", "FN:ZHANG Wei (Kevin)"), "Kevin", {}),
        (("N:Zhang;Wei;;;", "FN:Wei Zhang（张伟）"), "张伟", {}),
        (("N:张;伟;;;", "FN:张伟（市外办）"), "", {"zh": "市外办"}),
        (("N:Nowak;Anna;;;", "FN:Anna Nowak (BASF)", "ORG:BASF"), "", {"en": "BASF"}),
    ],
)
def test_what_stands_in_brackets_behind_a_name_in_parts_is_kept(
    lines: tuple[str, ...], other: str, organisation: dict[str, str]
) -> None:
    card = _one(*lines)
    assert (card.name_other, card.positions) == (other, (Position(organisation),) if organisation else ())


def test_a_name_of_wechat_has_the_organisation_or_the_post_in_brackets() -> None:
    card = _one("FN:马力（市发改委）", "TEL;TYPE=CELL:13977200001", "X-WECHAT:mali_lz")
    assert (card.plain_name, card.positions, card.mobile, card.wechat) == (
        "马力", (Position({"zh": "市发改委"}),), "13977200001", "mali_lz",
    )  # fmt: skip
    assert _one("FN:李娜（处长）").positions == (Position(post={"zh": "处长"}),)
    apart = _one("N:陈静 商务局;;;", "FN:陈静 商务局")
    assert (apart.plain_name, apart.positions) == ("陈静", (Position({"zh": "商务局"}),))


def test_a_card_of_more_lines_than_any_has_is_counted_and_left_soon() -> None:
    began = time.thread_time()
    lines = "".join(f"item{n}.TEL:+86{n}\nitem{n}.X-ABLabel:L{n}\n" for n in range(50_000))
    folded = "NOTE:a\n" + " a\n" * 500_000
    cards, unreadable = cards_in(f"BEGIN:VCARD\nFN:Li\n{lines}END:VCARD\nBEGIN:VCARD\nFN:Wu\n{folded}END:VCARD\n")
    assert ([card.plain_name for card in cards], unreadable) == (["Wu"], 1)
    assert time.thread_time() - began < 20


def test_a_card_in_version_four_is_read() -> None:
    card = _one("N:Gándara;Pablo;;;", "FN:Pablo Gándara", 'TEL;TYPE="cell,voice";VALUE=uri:tel:+34-600',
                "EMAIL:p@example.es", "TITLE;LANGUAGE=es-ES:Coordinador", version="4.0")  # fmt: skip
    assert (card.name, card.mobile) == (PersonName("Gándara", "Pablo"), "+34-600")
    assert card.positions == (Position(post={"es": "Coordinador"}),)


def test_names_and_posts_in_two_languages_are_one_person_with_one_post() -> None:
    card = _one(
        "FN;ALTID=1;LANGUAGE=zh:王芳", "FN;ALTID=1;LANGUAGE=en:Wang Fang",
        "N;ALTID=1;LANGUAGE=zh:王;芳;;;", "N;ALTID=1;LANGUAGE=en:Wang;Fang;;;",
        "ORG;ALTID=o;LANGUAGE=en:Foreign Affairs Office", "ORG;ALTID=o;LANGUAGE=zh:外事办公室",
        "TITLE;ALTID=t;LANGUAGE=en:Deputy Chief", "TITLE;ALTID=t;LANGUAGE=zh:副处长",
        "TEL;VALUE=uri;TYPE=work:tel:+86-991-2816000;ext=102", "IMPP:weixin:wangf_xj", "KIND:individual", version="4.0",
    )  # fmt: skip
    assert (card.name_han, card.name) == (HanName("王", "芳"), PersonName("Wang", "Fang", "family_first"))
    assert [(dict(each.organisation), dict(each.post)) for each in card.positions] == [
        ({"en": "Foreign Affairs Office", "zh": "外事办公室"}, {"en": "Deputy Chief", "zh": "副处长"})
    ]
    assert (card.phone, card.wechat, card.left_out, card.name_other) == ("+86-991-2816000 ext. 102", "wangf_xj", (), "")


@pytest.mark.parametrize(("encoding", "name"), [("cp1252", "Málaga Óscar"), ("big5", "陳大文"), ("gb18030", "赵龘")])
def test_a_card_in_an_encoding_of_before_keeps_its_letters(tmp_path: Path, encoding: str, name: str) -> None:
    file = tmp_path / "old.vcf"
    file.write_bytes(f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:{name}\r\nORG:{name}, {name}\r\nEND:VCARD\r\n".encode(encoding))
    ((card,), _) = read_cards(file)
    assert (card.plain_name or str(card.name_han)) == name


def test_a_second_whole_name_is_kept_as_another_name() -> None:
    card = _one("N:王;芳;;;", "FN:王芳", "FN:Fang from Urumqi", version="4.0")
    assert (card.name_han, card.name_other) == (HanName("王", "芳"), "Fang from Urumqi")


def test_what_is_damaged_is_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "cut.vcf"
    file.write_text(card_text(ZHANG) + card_text(LUKASZ)[:40], encoding="utf-8", newline="")
    cards, unreadable = read_cards(file)
    assert (cards, unreadable) == ([ZHANG], 1)
    file.write_bytes("BEGIN:VCARD\nVERSION:2.1\nN:张;伟\nEND:VCARD\n".encode("gb18030"))
    assert read_cards(file)[0][0].name_han == HanName("张", "伟")


def test_a_file_without_cards_is_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (b"hello", b"", b"\xff\xfe\x00"):
        (tmp_path / "a.vcf").write_bytes(content)
        with user_error("no-cards") as refused:
            read_cards(tmp_path / "a.vcf")
        assert "Nothing was changed" in str(refused.value)
    with user_error("file-unreadable"):
        read_cards(tmp_path / "none.vcf")
    monkeypatch.setattr("ucapdesk.formats.vcard.MAX_CARDS", 1)
    write_cards(tmp_path / "b.vcf", [ZHANG, LUKASZ])
    with user_error("cards-too-large"):
        read_cards(tmp_path / "b.vcf")


def test_a_place_that_takes_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with user_error("file-not-written") as refused:
        write_cards(tmp_path / "file" / "a.vcf", [ZHANG])
    assert isinstance(refused.value, UserError)


def test_the_foot_of_a_letter_gives_what_cannot_be_mistaken_and_is_kept_as_a_note() -> None:
    text = "Chen Yan 陈燕\n科长 Section Chief | FAO Liuzhou\nTel: +86 772 000 0000  Fax: +86 772 111\n手机：138 0000 0000\n"
    card = card_of_signature(text + "chenyan@example.cn\nWeChat: cy_liuzhou\n")
    assert card is not None
    assert (card.plain_name, card.email, card.mobile) == ("Chen Yan 陈燕", "chenyan@example.cn", "138 0000 0000")
    assert (card.phone, card.wechat) == ("+86 772 000 0000", "cy_liuzhou")
    assert "Section Chief" in card.note
    assert (card.name, card.positions) == (None, ())  # what is what was not said
    assert card_of_signature("Kind regards\nChen") is None
    assert card_of_signature("chenyan@example.cn") == VCard(email="chenyan@example.cn", note="chenyan@example.cn")
