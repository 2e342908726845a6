"""Business cards with photos and several posts: ours in both versions, and as telephones and mail programs export them."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from ucapdesk.formats.vcard import Position, VCard, card_text, cards_in, read_cards, write_cards
from ucapdesk.model.values import HanName, PersonName

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 3
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
ZHANG = VCard(
    uid="0b0e0f7e-0000-4000-8000-000000000001",
    name=PersonName("Zhang", "Wei", "family_first"),
    name_han=HanName("张", "伟"),
    positions=(
        Position(
            {"en": "DRC, Liuzhou", "zh": "柳州市发展和改革委员会"}, {"en": "Deputy Director; Energy", "zh": "副主任"}
        ),
        Position({"zh": "广西科技大学"}, {"en": "Guest professor", "zh": "客座教授"}),
        Position({"en": "Hydrogen working group"}, {}),
        Position({}, {"en": "Interpreter"}),
    ),
    email="zw@example.cn",
    photo=JPEG,
)
LUKASZ = VCard(
    name=PersonName("Żółkowski", "Łukasz", "given_first"),
    positions=(Position({"en": "City of Łódź"}), Position({"en": "Politechnika Łódzka"}, {"en": "Lecturer"})),
    photo=PNG,
)


@pytest.mark.rule("R24")
@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_photos_and_all_posts_come_back_in_both_versions(tmp_path: Path, lang: str, version: str) -> None:
    write_cards(tmp_path / "a.vcf", [ZHANG, LUKASZ], lang, version)
    assert read_cards(tmp_path / "a.vcf") == ([ZHANG, LUKASZ], 0)
    text = (tmp_path / "a.vcf").read_bytes()
    assert text.count(f"VERSION:{version}".encode()) == 2
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_another_library_reads_our_photo_and_the_first_post_where_every_program_looks() -> None:
    import vobject

    card = vobject.readOne(card_text(ZHANG, "zh"))
    assert card.photo.value == JPEG
    assert card.org.value == ["柳州市发展和改革委员会"]
    assert card.title.group is None
    assert "PHOTO:data:image/png;base64," in card_text(LUKASZ, version="4.0").replace("\r\n ", "")


def _folded(data: bytes, width: int = 70, by: str = "\n ") -> str:
    said = base64.b64encode(data).decode()
    return by.join(said[at : at + width] for at in range(0, len(said), width))


IPHONE = f"""BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.5.1//EN
N:张;伟;;;
FN:张伟
X-PHONETIC-FIRST-NAME:Wei
X-PHONETIC-LAST-NAME:Zhang
ORG:柳州市发展和改革委员会;区域科
TITLE:副主任
item1.EMAIL;type=INTERNET;type=pref:zw@example.cn
item1.X-ABLabel:_$!<Work>!$_
TEL;type=CELL;type=VOICE;type=pref:+86 138 0000 0000
item2.ADR;type=WORK:;;1 Road;Liuzhou;Guangxi;;China
item2.X-ABADR:cn
IMPP;X-SERVICE-TYPE=WeChat:x-apple:zw_liuzhou
X-SOCIALPROFILE;type=twitter:x
PHOTO;ENCODING=b;TYPE=JPEG;X-ABCROP-RECTANGLE=ABClipRect_1&0&0&96&96&ab==:
 {_folded(JPEG)}
END:VCARD
"""
ANDROID = f"""BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=BC=9F;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=E4=BC=9F
TEL;CELL:+8613800000000
TEL;WORK:0772-2800000
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9F=B3=E5=B7=9E=E5=B8=82=E5=A4=96=E5=8A=9E
TITLE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=A7=91=E9=95=BF
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=B9=BF=E8=A5=BF=E7=A7=91=E6=8A=80=E5=
=A4=A7=E5=AD=A6
TITLE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=95=99=E6=8E=88
PHOTO;ENCODING=BASE64;JPEG:{_folded(JPEG)}


END:VCARD
"""
OUTLOOK = f"""BEGIN:VCARD
VERSION:2.1
X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://example.com"><fld name="name"/></card>
N;LANGUAGE=es;CHARSET=utf-8:Ferrer;Lucía
FN;CHARSET=utf-8:Lucía Ferrer
ORG;CHARSET=utf-8:Ajuntament;Mobilitat
TITLE:Cap
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:Met in Liuzhou=0D=0A=
again in Granada=0D=0A=
=0D=0A
TEL;WORK;VOICE:+34 93 000
LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Street 1=0D=0A=
08001 Barcelona
EMAIL;PREF;INTERNET:lucia@example.es
X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:
 {_folded(JPEG)}

PHOTO;TYPE=JPEG;ENCODING=BASE64:
 {_folded(JPEG)}

REV:20240101T000000Z
END:VCARD
"""
WECHAT = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;=E9=99=88=E7=87=95;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9=99=88=E7=87=95
X-WECHAT:cy_liuzhou
TEL;CELL;PREF:13900000000
NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9F=B3=E5=B7=9E
END:VCARD
"""
NEW = f"""BEGIN:VCARD
VERSION:4.0
FN:Łukasz Żółkowski
N:Żółkowski;Łukasz;;;
ORG;ALTID=1;LANGUAGE=en:City;Unit
ORG;ALTID=1;LANGUAGE=de:Stadt
ORG;ALTID=2:University
TITLE;ALTID=2:Lecturer
TITLE;ALTID=1;LANGUAGE=en:Head
IMPP:whatsapp:+48600
PHOTO;MEDIATYPE=image/png:data:image/png;base64,{_folded(PNG)}
END:VCARD
"""


def _one(text: str, *, crlf: bool = True) -> VCard:
    cards, unreadable = cards_in(text.replace("\n", "\r\n") if crlf else text)
    assert unreadable == 0
    (card,) = cards
    return card


def test_an_iphones_card_is_read() -> None:
    card = _one(IPHONE)
    assert (card.name_han, card.name) == (HanName("张", "伟"), PersonName("Zhang", "Wei", "family_first"))
    assert (card.photo, card.wechat, card.email, card.mobile) == (
        JPEG,
        "zw_liuzhou",
        "zw@example.cn",
        "+86 138 0000 0000",
    )
    assert card.positions == (Position({"zh": "柳州市发展和改革委员会, 区域科"}, {"zh": "副主任"}),)
    assert card.besides == (("ADR", "1 Road, Liuzhou, Guangxi, China"),)
    assert card.left_out == ("X-SOCIALPROFILE",)


@pytest.mark.parametrize("crlf", [True, False])
def test_an_androids_card_is_read_with_both_posts(crlf: bool) -> None:
    card = _one(ANDROID, crlf=crlf)
    assert (card.name_han, card.photo, card.phone) == (HanName("张", "伟"), JPEG, "0772-2800000")
    assert card.positions == (
        Position({"zh": "柳州市外办"}, {"zh": "科长"}),
        Position({"zh": "广西科技大学"}, {"zh": "教授"}),
    )


def test_outlooks_card_is_read() -> None:
    card = _one(OUTLOOK)
    assert (card.name, card.photo, card.phone) == (PersonName("Ferrer", "Lucía"), JPEG, "+34 93 000")
    assert card.note.split() == ["Met", "in", "Liuzhou", "again", "in", "Granada"]
    assert card.positions == (Position({"en": "Ajuntament, Mobilitat"}, {"en": "Cap"}),)


def test_a_card_of_a_chinese_telephone_with_the_whole_name_in_one_part_is_read() -> None:
    card = _one(WECHAT)
    assert (card.name_han, card.wechat, card.mobile, card.note) == (
        HanName("陈", "燕"),
        "cy_liuzhou",
        "13900000000",
        "柳州",
    )


def test_in_version_four_what_belongs_together_is_told_by_its_mark() -> None:
    card = _one(NEW)
    assert card.positions == (
        Position({"en": "City, Unit", "de": "Stadt"}, {"en": "Head"}),
        Position({"en": "University"}, {"en": "Lecturer"}),
    )
    assert (card.photo, card.whatsapp, card.left_out) == (PNG, "+48600", ())


@pytest.mark.parametrize(
    "line",
    [
        "PHOTO;VALUE=URI:https://example.com/a.jpg",
        "PHOTO:data:image/gif;base64,R0lGODlh",
        "PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(b"<svg onload=x>").decode(),
    ],
)
def test_a_link_and_what_is_no_picture_is_named_as_left_out(line: str) -> None:
    card = _one(f"BEGIN:VCARD\nVERSION:3.0\nFN:Zhang Wei\n{line}\nEND:VCARD\n")
    assert (card.photo, card.left_out) == (b"", ("PHOTO",))


def test_a_photo_that_is_cut_off_costs_no_more_than_itself() -> None:
    text = re.sub(r"(PHOTO[^\n]*\n)[^!]*?END:VCARD", r"\1 /9j/4AA\nEND:VCARD", IPHONE)
    cards, unreadable = cards_in(text)
    assert len(cards) + unreadable == 1
    assert not cards or cards[0].name_han == HanName("张", "伟")
