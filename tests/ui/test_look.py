"""The look: what is read can be read by everybody, icons, contrast and stillness as the reader wants them, and fonts on every system."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSize, QStorageInfo, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QTextLayout
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QStyle,
    QTabBar,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from tests.helpers.look import READ, SEEN, STRONG, apply_look, contrast
from tests.helpers.shown import child, kept_by, not_none
from tests.helpers.source_tree import ROOT
from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.model.codes import codes
from ucapdesk.services import Desk
from ucapdesk.ui.exchange import watched_places
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.fonts import font_of_class
from ucapdesk.ui.toolkit.layouts import FlowLayout
from ucapdesk.ui.toolkit.theme import DARK, ITINERARY_LOOKS, LIGHT, Tokens, apply_theme, strong, style_sheet
from ucapdesk.ui.toolkit.widgets import has_icon, icon
from ucapdesk.ui.window.background_jobs import JobPanel

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


def _inks(found: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    image = found.pixmap(QSize(20, 20), 1.0, mode).toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {point.name() for point in points if point.alpha() == 255}


@pytest.mark.parametrize("dark", [False, True])
def test_an_icon_has_the_colour_of_the_theme(dressed: QApplication, *, dark: bool) -> None:
    apply_look(dressed, dark=dark)
    tokens = theme.DARK if dark else theme.LIGHT
    assert _inks(icon("home_filled")) == {QColor(tokens.text).name()}
    assert _inks(icon("home_filled", colour="accent")) == {QColor(tokens.accent).name()}
    assert _inks(icon("home_filled"), QIcon.Mode.Disabled) == {QColor(tokens.disabled).name()}


def test_an_icon_is_not_tinted_in_a_chosen_row(dressed: QApplication) -> None:
    assert _inks(icon("home_filled"), QIcon.Mode.Selected) == _inks(icon("home_filled"))


def test_an_icon_is_sharp_on_a_finer_screen(dressed: QApplication) -> None:
    for ratio in (1.0, 1.5, 2.0):
        assert icon("print").pixmap(QSize(20, 20), ratio).size() == QSize(round(20 * ratio), round(20 * ratio))


def test_an_icon_grows_with_the_text(dressed: QApplication) -> None:
    apply_look(dressed, dark=False, text_size=200)
    assert icon("print").availableSizes()[0] == QSize(40, 40)


def test_a_name_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        icon("no such icon")
    assert not has_icon("no such icon")


def _named_in(path: Path) -> list[str]:
    return re.findall(r'\bicon\("(\w+)"', path.read_text(encoding="utf-8"))


def test_every_icon_the_window_names_is_bundled() -> None:
    files = sorted((ROOT / "ucapdesk" / "ui").rglob("*.py"))
    missing = [f"{path.name}: {name}" for path in files for name in _named_in(path) if not has_icon(name)]
    assert not missing


HIGH, REDUCED = Qt.ContrastPreference.HighContrast, Qt.MotionPreference.ReducedMotion


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    says: dict[str, object] = {}
    monkeypatch.setattr(theme, "_preference", lambda _, name: says.get(name))
    return says


# -- contrast -----------------------------------------------------------------------------------------


@pytest.mark.rule("A6")
@pytest.mark.parametrize("by", ["system", "settings"])
def test_who_asks_for_contrast_gets_borders_and_no_tints(
    dressed: QApplication, system: dict[str, object], by: str
) -> None:
    if by == "system":
        system["contrastPreference"] = HIGH
    apply_theme(dressed, settings.Settings(theme="light", contrast="high" if by == "settings" else "system"))
    t = theme.tokens()
    assert {t.border, t.control} == {t.text}
    assert {t.tint, t.ok_tint, t.warn_tint, t.error_tint} == {t.surface}


@pytest.mark.rule("A6")
def test_the_system_is_asked_for_its_contrast(dressed: QApplication) -> None:
    assert dressed.styleHints().accessibility().contrastPreference() == Qt.ContrastPreference.NoPreference
    assert not theme.wants_contrast(dressed, settings.Settings())


@pytest.mark.rule("A6")
@pytest.mark.parametrize(("theme_name", "usual"), [("light", LIGHT), ("dark", DARK)])
def test_an_open_window_follows_the_contrast_of_the_system(
    user: User, system: dict[str, object], theme_name: str, usual: theme.Tokens
) -> None:
    settings.save(settings.load().with_(theme=theme_name))
    user.open(user.id("person"))
    user.window.dress_anew()
    assert _ground(user) == usual.window
    assert _edge(user) == usual.border
    for told, look in ((HIGH, strong(usual)), (Qt.ContrastPreference.NoPreference, usual)):
        system["contrastPreference"] = told
        style = QApplication.styleHints()
        style.accessibility().contrastPreferenceChanged.emit(told)
        assert theme.tokens() == look
        assert _edge(user) == look.border
        assert user.window.record.id == user.id("person")


def _ground(user: User) -> str:
    return user.window.palette().window().color().name().upper()


def _edge(user: User) -> str:
    """The colour of the line above the status bar, as it is drawn."""
    bar = user.window.statusBar()
    return QColor(bar.grab().toImage().pixel(bar.width() // 2, 0)).name().upper()


# -- movement -----------------------------------------------------------------------------------------


@pytest.mark.rule("A6")
def test_nothing_slides_or_fades(qtbot: QtBot, dressed: QApplication) -> None:
    effects = (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip)
    assert not any(dressed.isEffectEnabled(effect) for effect in effects)
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QPushButton, QScrollBar, QProgressBar, QTabBar, QTreeView, QMenu)
    hint, took = QStyle.StyleHint.SH_Widget_Animation_Duration, {}
    for kind in kinds:
        widget: QWidget = kind()
        qtbot.addWidget(widget)
        widget.ensurePolished()
        took[kind.__name__] = widget.style().styleHint(hint, None, widget)
    assert not {name: milliseconds for name, milliseconds in took.items() if milliseconds}


@pytest.mark.rule("A6")
def test_no_part_of_the_window_slides_or_fades(user: User) -> None:
    user.open(user.id("visit"))
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    parts = [each for each in user.window.findChildren(QWidget) if each.isVisible()]
    asked = [each for each in parts if each.objectName() != "qt_scrollarea_viewport"]  # it moves nothing by itself
    assert not [each for each in asked if each.style().styleHint(hint, None, each)]


@pytest.mark.rule("A6")
@pytest.mark.parametrize("by", ["system", "settings"])
def test_who_asks_for_stillness_sees_nothing_move(
    qtbot: QtBot, dressed: QApplication, system: dict[str, object], by: str
) -> None:
    if by == "system":
        system["motionPreference"] = REDUCED
    usual = dressed.cursorFlashTime()
    panel = kept_by(qtbot, JobPanel(lambda: None))
    bar = child(panel, QProgressBar)
    panel.show_state("Reading", (0, 0))
    assert (usual > 0, bar.maximum()) == (True, 0)
    apply_theme(dressed, settings.Settings(motion="none" if by == "settings" else "system"))
    panel.show_state("Reading", (0, 0))
    assert (dressed.cursorFlashTime(), bar.maximum()) == (0, 1)
    panel.show_state("Reading", (3, 7))
    assert (bar.value(), bar.maximum()) == (3, 7)
    system.clear()
    apply_theme(dressed, settings.Settings())
    assert dressed.cursorFlashTime() == usual


@pytest.mark.rule("A6")
def test_an_open_window_follows_the_movement_of_the_system(user: User, system: dict[str, object]) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    usual = app.cursorFlashTime()
    for told, blinks in ((REDUCED, 0), (Qt.MotionPreference.NoPreference, usual)):
        system["motionPreference"] = told
        style = QApplication.styleHints()
        style.accessibility().motionPreferenceChanged.emit(told)
        assert app.cursorFlashTime() == blinks


CLASSES = ("QMenuBar", "QMenu", "QStatusBar", "QAbstractItemView", "QTipLabel", "QMessageBox")


@pytest.fixture
def fonts_of_the_system(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fonts for single classes, as Qt's plugin for Windows brings them, at the start and with each style sheet."""
    dressed = QApplication.setStyleSheet

    def bring(*sheet: object) -> None:
        dressed(*sheet)  # type: ignore[arg-type] # handed on as it came
        for name in CLASSES:
            qapp.setFont(QFont("Tahoma", 7), name)  # type: ignore[arg-type] # PySide takes text

    bring(qapp, qapp.styleSheet())
    monkeypatch.setattr(QApplication, "setStyleSheet", bring)
    yield
    monkeypatch.undo()
    for name in CLASSES:
        qapp.setFont(qapp.font(), name)  # type: ignore[arg-type] # PySide takes text


def test_menus_lists_and_status_bar_have_the_font_of_the_window(fonts_of_the_system: None, qapp: QApplication) -> None:
    apply_theme(qapp, settings.Settings(interface_language="en", text_size=150))
    assert {font_of_class(name).pixelSize() for name in CLASSES} == {qapp.font().pixelSize()}
    assert {font_of_class(name).family() for name in CLASSES} == {qapp.font().family()}
    apply_theme(qapp, settings.Settings(interface_language="en"))


def test_a_line_of_chips_stands_an_item_that_qt_deleted(qtbot: QtBot) -> None:
    page = kept_by(qtbot, QWidget())
    row = FlowLayout(page)
    for text in ("one", "two"):
        row.addWidget(QLabel(text, page))
    first = not_none(row.itemAt(0))
    shiboken6.delete(first)
    assert row.count() == 1
    assert row.heightForWidth(200) > 0
    assert row.minimumSize().isValid()


def test_looking_for_sticks_asks_no_other_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs() -> list[QStorageInfo]:
        raise AssertionError("a network drive that is gone would be asked")

    monkeypatch.setattr(QStorageInfo, "mountedVolumes", hangs)
    stick = tmp_path / "media" / "ana" / "KINGSTON"
    stick.mkdir(parents=True)
    (tmp_path / "net" / "share").mkdir(parents=True)
    monkeypatch.setattr("os.path.ismount", lambda path: path in (stick, tmp_path / "net" / "share"))
    assert watched_places._mounts(tmp_path) == [stick]
    assert watched_places.drives() == []


def test_a_shared_folder_that_does_not_answer_is_left_out_until_it_does(
    qtbot: QtBot, workspace_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    back, asked = threading.Event(), os.path.isdir

    def gone(path: str | Path) -> bool:
        return back.wait(PATIENCE) if Path(path) == tmp_path / "share" else asked(path)

    monkeypatch.setattr("os.path.isdir", gone)
    monkeypatch.setattr(watched_places, "drives", list)
    monkeypatch.setattr(watched_places, "ANSWERS_WITHIN", 0.01)
    with Desk.open(workspace_folder) as desk:
        watched_places.share(desk, tmp_path / "share")
        places = watched_places.WatchedPlaces(desk)
        places.stop()
        places.look()
        places.look()
        assert places._watches == {}
        back.set()
        qtbot.waitUntil(lambda: not places._asking or not places._asking.is_alive())
        monkeypatch.setattr(watched_places, "ANSWERS_WITHIN", PATIENCE)
        places.look()
        assert list(places._watches) == [tmp_path / "share"]
        places.deleteLater()
