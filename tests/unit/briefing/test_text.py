"""Lines end where a reader of either script would end them, and names are printed with all their characters.

Where a character has no face, a line to write on stands for the name.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.drawn_lines import drawn_lines
from tests.helpers.paper_flaws import flaws
from tests.unit.briefing.everything import META, TITLE, bi, label
from ucapdesk.briefing.blocks.content import Letter, Paper, Section, Text, missing_glyphs
from ucapdesk.briefing.blocks.elements import CARD_FORMS, BoardCard, CardLine, Cards, Face, Para, Words
from ucapdesk.briefing.pages.render import render
from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.characters import NO_END, NO_START, clean, is_usual
from ucapdesk.briefing.text.linebreak import Line, break_lines, natural_width

SIZE = 10.0
# As the W3C's requirements for Chinese text layout have them, so that the rules (NO_START, NO_END) cannot shrink unseen.
CANNOT_START = "！），．：；？］｝、。〉》」』】〕〗’”…—·～％‰℃!),.:;?]}%/／–〜"
CANNOT_END = "（［｛〈《「『【〔〖‘“￥＄([{/／"


def lines(text: str, width: float, language: str = "zh", justify: bool = True) -> list[Line]:
    return break_lines([(clean(text), fonts.metrics(language == "zh"))], language, SIZE, width, justify=justify)


def texts(text: str, width: float, language: str = "zh") -> list[str]:
    return [line.text for line in lines(text, width, language)]


def wide(text: str, language: str = "zh") -> float:
    return natural_width([(text, fonts.metrics(language == "zh"))], language, SIZE)


@pytest.mark.row("B1")
def test_the_rules_of_the_reference_data_all_hold() -> None:
    assert set(CANNOT_START) <= NO_START
    assert set(CANNOT_END) <= NO_END


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "and who pays for the feasibility study (EUR 75,000) before the end of the year", "EUR 75,000"),
        ("en", "Anna Ferrer, +34 600 000 000 and Chen Yan, +86 138 0000 0000, know more", "+34 600 000 000"),
        ("en", "Anna Ferrer, +34 600 000 000 and Chen Yan, +86 138 0000 0000, know more", "+86 138 0000 0000"),
        ("en", "signed in Barcelona on Wednesday, 25 November 2026 by both sides", "25 November 2026"),
        ("en", "the delegation is led by Mr LI Mingyu, Vice Mayor of Liuzhou", "Mr LI"),
        ("en", "contributes to SDG 9 and to other goals of the United Nations", "SDG 9"),
        ("en", "the prefecture has a size of 18,600 km² and 4 million people in it", "18,600 km²"),
        ("en", "the prefecture has a size of 18,600 km² and 4 million people in it", "4 million"),
        ("en", "bus from the hotel to the City Hall 14:00–15:30, back in the evening", "14:00–15:30"),
        ("de", "unterzeichnet in Mannheim am 25. November 2026 von Herrn Linse", "25. November 2026"),
        ("es", "firmado en Barcelona el 25 de noviembre de 2026 por ambas partes", "25 de noviembre de 2026"),
        ("zh", "双方商定于2026年11月25日在巴塞罗那市政厅签署谅解备忘录并举行会谈", "2026年11月25日"),
        ("zh", "商定加氢站选址及可行性研究经费（75,000欧元）的承担方，并在年底前确认", "75,000欧元"),
        ("zh", "签署《开放式孵化器合作谅解备忘录》并举行小型招待会", "《开放式孵化器合作谅解备忘录》"),
        ("zh", "举办智慧城市企业圆桌会议，共有50余人参加，其中第2场在罗马举行", "50余人"),
        ("zh", "联系人是贝蒂娜·斯托拉尔女士和陈燕，电话+34 600 000 000，请提前联系", "+34 600 000 000"),
        ("en", "the flight of the Thessaloniki group to Beijing is TK 88, by way of Istanbul", "TK 88"),
        ("zh", "代表团在昆明翠湖宾馆住宿时间为2027年3月23日至26日（3晚），随后前往玉溪", "3晚"),
        ("zh", "首次会谈定于2027年3月24日（星期三）09:00–10:30（北京时间）举行", "（北京时间）"),
        ("zh", "航班由格拉茨飞往迪拜，乘机前请核对姓名，［英文］Graz airport, terminal for departures", "［英文］"),
        ("zh", "会谈于下午在会展中心举行，时间为星期二，晚宴由龚副市长主持", "星期二"),
        ("zh", "代表团团长是博热娜·什琴希尼亚克-格热格茹卡女士，副团长另行通知", "什琴希尼亚克-格热格茹卡"),
        ("zh", "出席会谈并签字的有欧阳振华先生，其他成员待定", "欧阳振华先生"),
        ("zh", "我方希望年底前与EUR 3,500,000的项目方会面并确认其联系人名单", "EUR 3,500,000"),
    ],
)
def test_what_belongs_together_stays_on_one_line_wherever_it_fits(language: str, text: str, kept: str) -> None:
    for width in range(int(wide(kept, language) + 2 * SIZE) + 1, 330, 3):
        assert any(kept in line for line in texts(text, width, language)), (width, texts(text, width, language))


@pytest.mark.parametrize("mark", ["——", "……"])
def test_two_em_marks_are_never_torn(mark: str) -> None:
    text = f"柳州市与巴塞罗那市的合作{mark}从设想到备忘录{mark}已经走过七年{mark}"
    for width in range(40, 250):
        assert "".join(texts(text, width)).count(mark) == sum(line.count(mark) for line in texts(text, width)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "巴塞罗那市政府 贝蒂娜·斯托拉尔女士",
        "巴塞罗那：市政厅、22@创新区、港口",
        "柳州市发改委、巴塞罗那促进局",
        "交替传译；Jin Jingnan女士（中文名待定）",
        "确定智慧出行与氢能试点项目路线图，签署开放孵化器合作谅解备忘录。",
        "融合罗马、巴塞罗那、格拉纳达和斯图加特地区的智慧城市/智慧能源/交通出行理念",
    ],
)
def test_no_last_line_of_a_single_han_character(text: str) -> None:
    han = re.compile("[\u4e00-\u9fff]")
    for width in range(70, 320):
        shown = texts(text, width)
        if len(shown) > 1:
            assert len(re.findall(r"[\w]", shown[-1])) > 1 or not han.search(shown[-1]), (width, shown)


def test_a_short_last_word_is_given_company_or_drawn_up() -> None:
    text = "Settle the road map of the smart mobility pilots and sign the memorandum on the incubator by us"
    for width in range(150, 320):
        assert len(texts(text, width, "en")[-1]) > 4


def test_the_slash_neither_starts_nor_ends_a_line() -> None:
    for text, language in (
        ("Integrating the Smart City / Smart Energy / Mobility concepts of Rome and Barcelona", "en"),
        ("融合罗马、巴塞罗那的智慧城市/智慧能源／交通出行理念，支持柳东新区", "zh"),
    ):
        for width in range(160, 300):
            for line in texts(text, width, language)[1:]:
                assert line[0] not in "/／"
            for line in texts(text, width, language)[:-1]:
                assert line[-1] not in "/／"


@pytest.mark.parametrize(("text", "lines"), [
    ("Press / photographer", ["Press /", "photographer"]),
    ("Translator / interpreter", ["Translator /", "interpreter"]),
    ("Rapporteur/photographer", ["Rapporteur/", "photographer"]),
])  # fmt: skip
def test_a_label_with_a_slash_goes_on_after_it(text: str, lines: list[str]) -> None:
    whole = wide(text, "en")
    first = max(wide(line, "en") for line in lines)
    assert texts(text, int(whole) - 2, "en") == texts(text, int(first) + 2, "en") == lines


def test_german_quotes_open_low_and_close_high() -> None:
    for width in range(60, 200):
        for line in texts("Der „Runde Tisch“ und die „Kluge Stadt“ und das „Grüne Dorf“ tagen", width, "de"):
            assert not line.endswith("„")
            assert not line.startswith("“")


def test_apostrophes_and_hyphens_stay_inside_words() -> None:
    joined = texts("L’Hospitalet de Llobregat and vice-versa, well-known, 2023-2026", 55, "en")
    assert all(not line.startswith(("’", "-")) for line in joined)
    assert any("2023-2026" in line for line in joined)


def test_chinese_lines_fill_the_column_and_the_last_is_left_alone() -> None:
    text = "在与城市可持续发展相关的领域支持欧盟企业进入中国市场，动员科研机构、公共部门和企业界的利益相关方参与其中。"
    set_lines = lines(text, 203.0)
    assert [round(line.width, 2) for line in set_lines[:-1]] == [203.0] * (len(set_lines) - 1)
    assert set_lines[-1].width < 203.0


def test_white_between_scripts_is_made_inside_a_line_and_not_at_its_ends() -> None:
    plain = wide("第") + wide("22", "en") + wide("页")
    assert wide("第22页") == pytest.approx(plain + 2 * 0.95)
    first = lines("柳州柳州EU", 45.0)
    assert [line.text for line in first] == ["柳州柳州", "EU"]
    assert first[1].pieces[0].x == 0.0


def test_latin_and_digits_in_chinese_text_are_set_in_the_latin_face_and_marks_in_the_chinese() -> None:
    (line,) = lines("签署10份“MoU”——见REGIO，2019年", 500)
    faces = {piece.text: piece.face for piece in line.pieces}
    assert faces["10"] == faces["REGIO"] == faces["2019"] == faces["MoU"] == fonts.REGULAR
    assert all(face == fonts.HAN_REGULAR for text, face in faces.items() if re.search("[“”——，]", text))


def test_marks_and_digits_in_latin_text_are_set_in_the_latin_face() -> None:
    (line,) = lines("the “Liuzhou 柳州” pilot — done…", 500, "en")
    assert {p.face for p in line.pieces if "柳" not in p.text} == {fonts.REGULAR}


def test_a_word_wider_than_the_column_is_broken_and_nothing_else() -> None:
    shown = texts("see Donaudampfschifffahrtsgesellschaftskapitän there", 60, "de")
    assert shown[0] == "see"
    assert "".join(shown[1:-1]).startswith("Donaudampfschifffahrt")


def test_a_full_stop_is_drawn_into_the_line_rather_than_left_over() -> None:
    text = "支持欧盟企业进入中国市场。"
    assert texts(text, wide(text) - 4.9) == [text]


HAN = st.text(st.sampled_from("柳州市巴塞罗那与签署谅解备忘录会谈先生女士𬱖䶮"), min_size=1, max_size=5)
WORD = st.text(st.sampled_from("abcdefgXYZ019éñß"), min_size=1, max_size=8)
UNIT = st.tuples(
    st.sampled_from(["", "", "（", "《", "“", "(", "「"]),
    st.one_of(HAN, WORD, st.sampled_from(["EUR 75,000", "11月25日", "SDG 9", "Mr LI"])),
    st.sampled_from(["", "", "。", "，", "）", "》", "”。", ")", ",", "！", "——", "……"]),
    st.sampled_from(["", " ", "  ", "-", " – ", "、"]),
).map("".join)
TEXT = st.lists(UNIT, max_size=30).map("".join)
LANGUAGE = st.sampled_from(["zh", "en", "de"])


@given(TEXT, LANGUAGE, st.floats(240, 500))
def test_no_text_is_lost_no_line_is_too_long_and_no_mark_stands_where_it_must_not(
    text: str, language: str, width: float
) -> None:
    shown = lines(text, width, language)
    assert "".join(line.text for line in shown).replace(" ", "") == clean(text).replace(" ", "")
    for line in shown:
        assert line.width <= width + 0.02
        assert "".join(piece.text for piece in line.pieces).strip() == line.text.strip()
        assert not line.text.startswith(" ")
        assert not line.text.endswith(" ")
    closing = set(CANNOT_START) - set("“‘" if language != "de" else "”’")
    for line in shown[1:]:
        assert line.text[0] not in closing, [line.text for line in shown]
    for line in shown[:-1]:
        assert line.text[-1] not in set(CANNOT_END) - (set("“‘") if language == "de" else set())


@given(st.text(st.characters(), max_size=120), LANGUAGE, st.floats(1, 400), st.booleans())
def test_any_text_at_any_width_ends_and_keeps_its_characters(
    text: str, language: str, width: float, justify: bool
) -> None:
    for paragraph in fonts.with_stand_ins(clean(text)).split("\n"):
        shown = break_lines([(paragraph, fonts.metrics(language == "zh"))], language, SIZE, width, justify=justify)
        assert "".join(line.text for line in shown).replace(" ", "") == paragraph.replace(" ", "")
        for line in shown:
            assert line.width <= width + 0.02 or len(line.text) == 1 or width < 2 * SIZE


@given(TEXT, st.floats(100, 400))
def test_pieces_of_a_line_stand_one_after_the_other(text: str, width: float) -> None:
    for line in lines(text, width):
        end = -SIZE / 2
        for piece in line.pieces:
            assert piece.x >= end - SIZE / 2 - 0.01
            end = piece.x


# The 276 characters of 通用规范汉字表 that stand outside U+4E00 to U+9FA5; the other 7,829 stand in it.
STANDARD = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃"
    "䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮鿍鿎鿏𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼"
    "𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜"
    "𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡"
    "𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖"
    "𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
BLOCKS = {
    "basic": (0x4E00, 0x9FFF),
    "extension A": (0x3400, 0x4DBF),
    "extension B": (0x20000, 0x2A6DF),
    "extension C": (0x2A700, 0x2B739),
    "extension D": (0x2B740, 0x2B81D),
    "extension E": (0x2B820, 0x2CEA1),
    "extension F": (0x2CEB0, 0x2EBE0),
}
LACKING = "\U00030000"  # Of extension G, which no face holds


def printed(paper: Paper) -> bytes:
    target = BytesIO()
    render(paper, target)
    assert flaws(target.getvalue(), paper) == []
    return target.getvalue()


def drawn_texts(pdf: bytes) -> list[str]:
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
    said = "".join(drawn_texts(printed(cards(*map(Words.plain, names)))))
    assert all(said.count(name) == 2 for name in names)  # on both sides
    paper = Paper(TITLE, ("en", "zh"), META, (Section((Text((Para(bi("Mr 𠮷 Wenhua", "𠮷文华先生")),)),)),))
    lines = drawn_texts(printed(paper))
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
    said = drawn_texts(printed(paper))
    assert said.count(3 * fonts.BLANK) == 2
    assert "".join(said).replace("_", "") == "龚䶮龚䶮"
    assert [char for char, _ in missing_glyphs(paper)] == [LACKING]


def test_a_letter_leaves_room_for_the_character() -> None:
    salutation = bi("Dear Mr Hao", f"尊敬的{LACKING}文华先生")
    letter = Letter(
        salutation, (Para(bi("Welcome.", "欢迎。")),), label("1 May", "5月1日"), signature=(Words.plain("Anna"),)
    )
    paper = Paper(TITLE, ("zh",), META, (Section((letter,)),))
    said = drawn_texts(printed(paper))
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
