"""Lines end where a reader of either script would end them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.characters import NO_END, NO_START, clean
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
