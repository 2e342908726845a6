"""The look: what is read can be read by everybody, what has the focus is seen, and a change of theme is quick."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QTextLayout
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.contrast import READ, SEEN, STRONG, contrast
from tests.helpers.look import apply_look
from tests.helpers.source_tree import ROOT
from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.model.codes import codes
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.theme import DARK, ITINERARY_LOOKS, LIGHT, Tokens, apply_theme, strong, style_sheet

THEMES = {"light": LIGHT, "dark": DARK, "light-strong": strong(LIGHT), "dark-strong": strong(DARK)}
LEVELS = ("info", "ok", "warn", "error")
each_theme = pytest.mark.parametrize("t", THEMES.values(), ids=THEMES)


def test_the_ratio_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


# -- C2: contrast -------------------------------------------------------------------------------------


@pytest.mark.rule("C2", "A1", "R42")
@each_theme
def test_every_text_is_dark_enough_on_everything_it_lies_on(t: Tokens) -> None:
    grounds = {"window": t.window, "surface": t.surface, "sunken": t.sunken, "hover": t.hover, "selection": t.selection}
    pairs = {
        f"{ink} on {name}": (getattr(t, ink), ground) for ink in ("text", "text2") for name, ground in grounds.items()
    }
    pairs |= {f"accent on {n}": (t.accent, grounds[n]) for n in ("window", "surface", "hover")}
    pairs |= {f"{level} on its tint": t.level(level) for level in LEVELS}
    pairs |= {f"text on the tint of {level}": (t.text, t.level(level)[1]) for level in LEVELS}
    pairs |= {
        f"{ink} on {n}": (getattr(t, ink), grounds[n]) for ink in ("warn", "error") for n in ("window", "surface")
    }
    pairs |= {"placeholder": (t.placeholder, t.surface), "main button": (t.on_accent, t.accent)}
    assert not {name: round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < READ}


@pytest.mark.rule("C2", "A6")
@pytest.mark.parametrize("t", [strong(LIGHT), strong(DARK)], ids=["light-strong", "dark-strong"])
def test_who_wants_contrast_reads_everything_as_easily_as_can_be(t: Tokens) -> None:
    grounds = {name: getattr(t, name) for name in ("window", "surface", "sunken")}
    inks = ("text", "text2", "accent", "ok", "warn", "error", "control", "border")
    pairs = {f"{ink} on {name}": (getattr(t, ink), ground) for ink in inks for name, ground in grounds.items()}
    pairs |= {"text on a chosen row": (t.text, t.selection), "main button": (t.on_accent, t.accent)}
    assert not {name: round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < STRONG}
    assert contrast(t.disabled, t.surface) >= READ


@pytest.mark.rule("A1")
@each_theme
def test_every_outline_is_seen(t: Tokens) -> None:
    pairs = {f"control on {n}": (t.control, getattr(t, n)) for n in ("window", "surface")}
    pairs |= {f"focus on {n}": (t.accent, getattr(t, n)) for n in ("window", "surface", "sunken", "selection")}
    pairs |= {"focus on the main button": (t.text, t.window), "error on surface": (t.error, t.surface)}
    assert not {name: round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < SEEN}


@pytest.mark.rule("A1")
def test_the_kinds_of_an_itinerary_can_be_read() -> None:
    for code, look in ITINERARY_LOOKS.items():
        for ink, ground in look:
            assert contrast(ink, ground) >= READ, code


@pytest.mark.rule("A1")
@each_theme
def test_the_style_sheet_uses_no_pair_that_cannot_be_read(dressed: QApplication, t: Tokens) -> None:
    for selector, rule in _rules(style_sheet(t, "light")):
        ink, ground = _colour(rule, "color"), _colour(rule, "background")
        if ink and ground and ":disabled" not in selector:
            assert contrast(ink, ground) >= READ, selector


@pytest.mark.rule("A1")
@each_theme
def test_whatever_is_chosen_by_the_keys_has_an_outline_of_two_pixels(dressed: QApplication, t: Tokens) -> None:
    by_selector = dict(_rules(style_sheet(t, "light")))
    for name in ("QLineEdit", "QPlainTextEdit", "QComboBox", "QPushButton", "QCheckBox", "QRadioButton", "QToolButton"):
        focus = next(rule for selector, rule in by_selector.items() if f"{name}:focus" in selector)
        usual = " ".join(rule for selector, rule in by_selector.items() if name in re.split(r",\s*", selector))
        assert "border: 2px solid" in focus or "border: 2px solid" in usual, name
        assert _colour(focus, "border") or _colour(focus, "border-color"), name


def _rules(text: str) -> list[tuple[str, str]]:
    return [(" ".join(selector.split()), rule) for selector, rule in re.findall(r"([^{}]+)\{([^{}]*)\}", text)]


def _colour(rule: str, name: str) -> str | None:
    found = re.search(rf"(?<![\w-]){name}:[^;]*(#[0-9A-F]{{6}})", rule)
    return found.group(1) if found else None


# -- nothing jumps, everything can be hit -------------------------------------------------------------


@pytest.mark.rule("A1")
@pytest.mark.parametrize("text_size", [100, 150, 200])
@pytest.mark.parametrize(
    ("cls", "role"),
    [(QLineEdit, ""), (QComboBox, ""), (QPushButton, ""), (QPushButton, "main"), (QPushButton, "quiet")]
    + [(QPushButton, role) for role in ("token", "chip", "draft", "gap", "danger")]
    + [(QToolButton, "")],
)
def test_a_control_is_high_enough_and_stays_so_with_the_keys_in_it(
    qtbot: QtBot, dressed: QApplication, cls: type[QWidget], role: str, text_size: int
) -> None:
    apply_look(dressed, dark=False, text_size=text_size)
    page, other = QWidget(), QLineEdit()
    qtbot.addWidget(page)
    control = cls(page)
    other.setParent(page)
    theme.role(control, role)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    other.setFocus()
    before = control.sizeHint()
    assert before.height() >= theme.px(theme.TARGET)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(control.hasFocus)
    assert control.sizeHint() == before


def test_fields_and_buttons_stand_in_one_line(qtbot: QtBot, dressed: QApplication) -> None:
    controls = [QLineEdit(), QComboBox(), QPushButton("New")]
    for control in controls:
        qtbot.addWidget(control)
        control.ensurePolished()
    assert {control.sizeHint().height() for control in controls} == {theme.FIELD}


# -- faces ------------------------------------------------------------------------------------------


@pytest.mark.rule("I7")
@pytest.mark.parametrize("lang", ["en", "zh", "es"])
def test_chinese_is_drawn_with_the_face_of_the_mainland(dressed: QApplication, lang: str) -> None:
    apply_look(dressed, dark=False, lang=lang)
    assert _faces("骨直令門海国", bold=False) == {"Noto Sans SC"}
    assert _faces("骨直令門海国", bold=True) == {"Noto Sans SC"}
    assert _faces("Liuzhou", bold=False) == {"Noto Sans SC" if lang == "zh" else "Noto Sans"}
    assert set(dressed.font().families()) == {"Noto Sans", "Noto Sans SC"}


def _faces(text: str, *, bold: bool) -> set[str]:
    font = QApplication.font()
    font.setBold(bold)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return {run.rawFont().familyName() for run in layout.glyphRuns()}


@pytest.mark.rule("I7")
def test_a_field_draws_its_language_with_the_face_of_that_language(user: User) -> None:
    user.open(user.id("ucap"))
    boxes = user.window.record.findChildren(QPlainTextEdit)
    assert {box.font().families()[0] for box in boxes if box.objectName().endswith(".zh")} == {"Noto Sans SC"}
    assert {box.font().families()[0] for box in boxes if box.objectName().endswith(".en")} == {"Noto Sans"}
    assert all(set(box.font().families()) == {"Noto Sans", "Noto Sans SC"} for box in boxes)


def test_sizes_of_type_rise_and_none_is_too_small() -> None:
    roles = [theme.CAPTION, theme.BODY, theme.SECTION, theme.PAGE, theme.BIG]
    assert roles[0] == 12
    assert all(small < large for small, large in pairwise(roles))


def test_both_themes_name_every_colour() -> None:
    for t in THEMES.values():
        assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in t._asdict().values())


def test_every_kind_of_an_itinerary_has_its_look() -> None:
    assert set(ITINERARY_LOOKS) == set(codes("itinerary_kind"))


def test_chosen_rows_keep_the_colour_of_their_text(dressed: QApplication) -> None:
    palette = dressed.palette()
    assert palette.color(QPalette.ColorRole.HighlightedText) == palette.color(QPalette.ColorRole.Text)


def test_the_theme_changes_in_the_wink_of_an_eye(user: User) -> None:
    user.open(user.id("person"))
    took = []
    for chosen in ("dark", "light", "dark"):
        begun = time.process_time()
        apply_theme(QApplication.instance(), settings.Settings(theme=chosen))  # type: ignore[arg-type]
        took.append(time.process_time() - begun)
    assert min(took) < 0.15


# -- order in the house -------------------------------------------------------------------------------


def test_no_page_has_a_style_of_its_own() -> None:
    files = [path for path in (ROOT / "ucapdesk" / "ui").rglob("*.py") if path.name != "theme.py"]
    found = [path.name for path in files if "setStyleSheet" in path.read_text(encoding="utf-8")]
    assert not found


def test_every_role_a_page_speaks_of_is_dressed(dressed: QApplication) -> None:
    text = style_sheet(LIGHT, "light")
    dressed_roles = set(re.findall(r'role="([\w-]+)"', text))
    spoken = {
        role: path.name
        for path in (ROOT / "ucapdesk" / "ui").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        for role in re.findall(r'(?:setProperty\("role", |theme\.role\([\w.]+, |\brole=)"([\w-]+)"', line)
    }
    assert not {role: name for role, name in spoken.items() if role not in dressed_roles}
