"""Names are printed with all their characters; where one has no face, a line to write on stands for the name."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest

from tests.helpers.drawn_lines import drawn_lines
from tests.helpers.paper_flaws import flaws
from tests.unit.briefing.everything import META, TITLE
from tests.unit.briefing.sample import bi, label
from ucapdesk.briefing.blocks.content import Letter, Paper, Section, Text, missing_glyphs
from ucapdesk.briefing.blocks.elements import CARD_FORMS, BoardCard, CardLine, Cards, Face, Para, Words
from ucapdesk.briefing.pages.render import render
from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.characters import is_usual

STANDARD = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃"
    "䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮鿍鿎鿏𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼"
    "𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜"
    "𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡"
    "𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖"
    "𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
"""The 276 characters of 通用规范汉字表 that stand outside U+4E00 to U+9FA5; the other 7,829 stand in it."""
BLOCKS = {
    "basic": (0x4E00, 0x9FFF),
    "extension A": (0x3400, 0x4DBF),
    "extension B": (0x20000, 0x2A6DF),
    "extension C": (0x2A700, 0x2B739),
    "extension D": (0x2B740, 0x2B81D),
    "extension E": (0x2B820, 0x2CEA1),
    "extension F": (0x2CEB0, 0x2EBE0),
}
LACKING = "\U00030000"
"""Of extension G, which no face holds."""


def printed(paper: Paper) -> bytes:
    target = BytesIO()
    render(paper, target)
    assert flaws(target.getvalue(), paper) == []
    return target.getvalue()


def texts(pdf: bytes) -> list[str]:
    return [line.text for line in drawn_lines(pdf)]


def contents(pdf: bytes) -> Iterator[bytes]:
    """The streams of a file, readable."""
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj().decompress(match[1])


def cards(*names: Words, form: str = "place-210x140", languages: tuple[str, ...] = ("zh",)) -> Paper:
    made = tuple(BoardCard(Face((CardLine(name, 92, bold=True, spread=True),))) for name in names)
    return Paper(TITLE, languages, META, (Section((Cards(made, CARD_FORMS[form]),)),))


@pytest.mark.parametrize("block", BLOCKS)
def test_every_character_of_a_block_has_a_face(block: str) -> None:
    first, last = BLOCKS[block]
    assert [f"U+{code:X}" for code in range(first, last + 1) if fonts.is_missing(chr(code))] == []


def test_every_character_of_the_standard_has_a_face() -> None:
    assert len(STANDARD) == 8105 - 7829
    assert [char for char in STANDARD if fonts.is_missing(char)] == []


@pytest.mark.parametrize("bold", [False, True])
def test_a_rare_character_is_chosen_a_face_of_its_own_and_its_neighbours_keep_theirs(bold: bool) -> None:
    han = fonts.HAN_BOLD if bold else fonts.HAN_REGULAR
    (rare, first, _), (other, second, wide) = fonts.metrics(True, bold).word("𠮷文华")[1]
    assert (first, second, other) == ("𠮷", "文华", han)
    assert rare.startswith("RareHan")
    assert wide == pytest.approx(2.0)


def test_cards_and_texts_hold_rare_characters_as_they_are_searched_for() -> None:
    names = ("𠮷文华", "龚䶮", "㛃𬱖", "𪜀䶶")
    said = "".join(texts(printed(cards(*map(Words.plain, names)))))
    assert all(said.count(name) == 2 for name in names)  # on both sides
    paper = Paper(TITLE, ("en", "zh"), META, (Section((Text((Para(bi("Mr 𠮷 Wenhua", "𠮷文华先生")),)),)),))
    lines = texts(printed(paper))
    assert "𠮷文华先生" in lines
    assert "Mr 𠮷 Wenhua" in lines


def test_what_comes_after_a_rare_character_is_drawn_as_ever() -> None:
    known, rare = (
        [
            (round(line.x / 20), round(line.y), line.size, line.text.replace("𠮷", "吉"))
            for line in drawn_lines(printed(cards(*both)))
        ]
        for both in (map(Words.plain, ("吉文华", "龚文华")), map(Words.plain, ("𠮷文华", "龚文华")))
    )
    assert known == rare
    modes = re.findall(rb"\b(\d) Tr", b"".join(contents(printed(cards(Words.plain("𠮷文华"), Words.plain("龚文华"))))))
    assert modes
    assert modes == [b"2", b"0"] * (
        len(modes) // 2
    )  # the outline of a rare character is drawn, and of nothing after it


def test_a_long_name_from_abroad_has_its_family_name_in_the_second_line() -> None:
    names = ("埃莱夫塞里娅·帕帕佐普卢-卡拉曼利", "卢卡什·茹科夫斯基", "卢卡·茹科夫斯基")
    lines = drawn_lines(printed(cards(*map(Words.plain, names))))
    said = [line.text for line in lines]
    assert said.count("埃莱夫塞里娅·") == said.count("帕帕佐普卢-卡拉曼利") == 2
    assert said.count("卢卡什·") == said.count("茹科夫斯基") == 2
    assert {line.size for line in lines if line.text == "茹科夫斯基"} == {92}, "parted, it is as large as it should be"
    assert said.count("卢卡·茹科夫斯基") == 2, "what has room on a line is not parted"


@pytest.mark.parametrize("form", ["place-210x140", "place-a4-three", "place-banquet"])
def test_a_card_without_the_character_is_left_to_be_written(form: str) -> None:
    paper = cards(Words.plain(f"{LACKING}文华"), Words.plain("龚䶮"), form=form)
    said = texts(printed(paper))
    assert said.count(3 * fonts.BLANK) == 2
    assert "".join(said).replace("_", "") == "龚䶮龚䶮"
    assert [char for char, _ in missing_glyphs(paper)] == [LACKING]


def test_a_letter_leaves_room_for_the_character() -> None:
    salutation = bi("Dear Mr Hao", f"尊敬的{LACKING}文华先生")
    letter = Letter(
        salutation, (Para(bi("Welcome.", "欢迎。")),), label("1 May", "5月1日"), signature=(Words.plain("Anna"),)
    )
    paper = Paper(TITLE, ("zh",), META, (Section((letter,)),))
    said = texts(printed(paper))
    assert f"尊敬的{fonts.BLANK}文华先生：" in said
    assert not any("U+" in line for line in said)
    assert [char for char, _ in missing_glyphs(paper)] == [LACKING]


def test_the_rare_faces_are_opened_only_when_a_character_needs_them() -> None:
    script = (
        "from ucapdesk.base import rare_han; from ucapdesk.briefing.text import fonts\n"
        "opened = []; read = rare_han.font_bytes\n"
        "fonts.font_bytes = lambda name: opened.append(name) or read(name)\n"
        "fonts.metrics(True).word('柳州市副市长龚䶮🎉'); fonts.is_missing('🎉'); print(opened)\n"
        "fonts.metrics(True).word('𠮷'); print(opened)"
    )
    said = subprocess.check_output([sys.executable, "-c", script], text=True).split("\n")
    assert said[:2] == ["[]", "['RareHan-20']"]


def test_every_usual_character_has_a_face() -> None:
    """What ``is_usual`` says without opening a font holds in the fonts."""
    usual = [char for char in map(chr, range(0x20, 0x10000)) if is_usual(char) and not char.isascii()]
    assert len(usual) > 7_000
    assert [char for char in usual if not char.isspace() and fonts.is_missing(char)] == []
