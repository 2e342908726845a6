"""What every page must stand, in every language and at every size: nothing nameless, nothing cut off, nothing untranslated."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QStatusBar, QWidget

import ucapdesk.ui
from tests.helpers import flaws
from tests.helpers.chinese_records import fill_in_chinese
from tests.helpers.pages import PAGES, SAME, TELLING_PAGES, WITHOUT_PAPERS
from tests.helpers.pseudo_language import PSEUDO
from tests.helpers.shown import child
from tests.helpers.stage import Page, Stage
from ucapdesk.base import settings
from ucapdesk.base.i18n import INTERFACE_LANGUAGES
from ucapdesk.services import Desk
from ucapdesk.ui.exchange.exchange import COUNT_DELAY_MS

SOAK = bool(os.environ.get("UCAPDESK_SOAK"))
FLOORS = ((1280, 640), (1024, 600))  # The screens that everything must fit on
Check = Callable[[QWidget], Iterable[str]]


@pytest.fixture(autouse=True)
def _a_computer_with_a_chinese_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a computer is called is nobody's to translate."""
    monkeypatch.setattr("platform.node", lambda: "柳州")


@pytest.fixture(params=["sample_desk", "second_desk"])
def stage(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A window on the sample with every page, and one on the second story with those that tell of records."""
    settings.save(settings.Settings(person="Ana"))
    is_sample = request.param == "sample_desk"
    made = Stage(qapp, request.getfixturevalue(request.param), PAGES if is_sample or SOAK else TELLING_PAGES)
    yield made
    made.close()


@pytest.fixture(scope="session")
def _chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chinese") / "柳州"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder.parent / "config"))
        patch.setattr("platform.node", lambda: "柳州")
        with Desk.create(folder, name="柳州", person="陈燕") as desk:  # without the listed countries
            fill_in_chinese(desk)
    return folder


@pytest.fixture
def chinese_stage(qapp: QApplication, _chinese: Path, tmp_path: Path) -> Iterator[Stage]:
    """A window on records in which there is no word of English."""
    settings.save(settings.Settings(person="陈燕"))
    with Desk.open(shutil.copytree(_chinese, tmp_path / "柳州")) as desk:
        made = Stage(qapp, desk, PAGES)
        yield made
        made.close()


class Look(NamedTuple):
    """What is asked of which pages in one size of the window."""

    size: tuple[int, int]
    pages: Collection[Page]
    checks: Sequence[Check]


def check(stage: Stage, *looks: Look) -> None:
    """Fail with all that the checks say. A page is shown once, and then on the other screens.

    It is shown first on the screen that the page before was seen on: so it is made wider or narrower, in turns, and the
    page before is not laid out once more.
    """
    said: dict[str, None] = {}
    for page in stage.pages:
        before = stage.window.size().toTuple()
        asked = sorted((look for look in looks if page in look.pages), key=lambda look: look.size != before)
        if not asked:
            continue
        with stage.shown(page, *asked[0].size) as shown:
            for (width, height), _, checks in asked:
                stage.resize(shown, width, height)
                for each in checks:
                    said |= dict.fromkeys(f"{page.name} {width} × {height}: {flaw}" for flaw in each(shown))
    if said:
        pytest.fail("\n".join(said), pytrace=False)


# -- C3 -----------------------------------------------------------------------------------------------

# Two sentences across the window at once leave no room for a list on the smallest screen in the largest text.
NO_ROOM = ("said",)
# There single words of twice their length would be wider than what holds them in the largest text.
TOO_LONG = (*NO_ROOM, "assign", "list-ucap", "preview", "quit", "record-ucap_place", "record-itinerary_item", "search")


def _layout(without: Collection[str] = ()) -> tuple[Look, Look]:
    """Nothing is cut off or lies over something else: every page on the smallest screen, those that grow on a wider one."""
    checks = (flaws.cut_off, flaws.scrolled_sideways, flaws.overlapping, _fits)
    pages = [page for page in PAGES if page.name not in without]
    return Look(FLOORS[1], pages, checks), Look(FLOORS[0], [page for page in pages if page.grows], checks)


def _told(pages: Sequence[Page], checks: Sequence[Check]) -> tuple[Look, Look]:
    """What a page says, names and offers: on the smallest screen, for those that grow on the wider one, which shows more."""
    grown = [page for page in pages if page.grows]
    return Look(FLOORS[1], [page for page in pages if not page.grows], checks), Look(FLOORS[0], grown, checks)


def _fits(page: QWidget) -> Iterator[str]:
    least = page.minimumSizeHint().expandedTo(page.minimumSize())
    if isinstance(page, QDialog) and (least.width() > FLOORS[1][0] or least.height() > FLOORS[1][1]):
        yield f"{flaws.called(page)} needs {least.toTuple()}"


@pytest.mark.row("X13")
@pytest.mark.rule("C3", "C4", "A1", "G5", "R43")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_cut_off_or_lies_over_something_else_in_large_text(stage: Stage, lang: str) -> None:
    stage.dress(lang, text_size=200)
    check(stage, *_layout(without=NO_ROOM))


@pytest.mark.rule("A1", "G5")
def test_words_nearly_twice_as_long_as_english_ones_have_room_in_large_text(chinese_stage: Stage) -> None:
    chinese_stage.dress(PSEUDO, text_size=200)
    check(chinese_stage, *_layout(without=TOO_LONG))


OTHERS = [lang for lang in INTERFACE_LANGUAGES if lang not in {"en", "zh"}]
# The pages on which the other languages say most; all pages are looked at in each of them by `make soak`.
LONGEST = ("home", "visit-itinerary", "exchange", "receive", "first-run", "new-workspace", "settings")


@pytest.mark.rule("C3", "A1", "G5")
@pytest.mark.parametrize("lang", OTHERS)
def test_in_the_other_languages_nothing_is_cut_off_or_lies_over_something_else(
    sample_desk: Desk, qapp: QApplication, lang: str
) -> None:
    settings.save(settings.Settings(person="Ana"))
    stage = Stage(qapp, sample_desk, PAGES)
    stage.dress(lang)
    pages = PAGES if SOAK else [page for page in PAGES if page.name in LONGEST]
    checks = (flaws.cut_off, flaws.scrolled_sideways, flaws.overlapping, _fits)
    check(stage, *_layout()) if SOAK else check(stage, Look(FLOORS[1], pages, checks))
    stage.close()


@pytest.mark.skipif(not SOAK, reason="minutes; a part of `make soak`")
@pytest.mark.parametrize("lang", OTHERS)
def test_in_the_other_languages_nothing_is_cut_off_in_large_text(stage: Stage, lang: str) -> None:
    stage.dress(lang, text_size=200)
    check(stage, *_layout(without=TOO_LONG))


# -- C1 -----------------------------------------------------------------------------------------------


@pytest.mark.row("X13")
@pytest.mark.rule("C1", "C3", "C4", "A1", "A2", "A8", "G5", "K4", "R45")
def test_in_english_nothing_is_cut_off_and_everything_can_be_reached_named_and_hit(stage: Stage) -> None:
    stage.dress("en")
    shown: set[type[QWidget]] = set()

    def note(page: QWidget) -> Iterable[str]:
        shown.update({type(page), *map(type, page.findChildren(QWidget))})
        return ()

    named = (note, flaws.nameless, flaws.small, flaws.missed_by_tab, flaws.elided, _lettered)
    check(stage, *_layout(), *_told(PAGES, named))
    missing = {cls.__name__ for cls in _pages() - shown} if stage.pages is PAGES else set()
    assert not missing, "add a line to tests/helpers/pages.py for these"


def _pages() -> set[type[QWidget]]:
    for module in pkgutil.walk_packages(ucapdesk.ui.__path__, "ucapdesk.ui."):
        importlib.import_module(module.name)
    found: set[type[QWidget]] = set()
    waiting: list[type[QWidget]] = [QWidget]
    while waiting:
        subs = waiting.pop().__subclasses__()
        waiting += subs
        found |= {sub for sub in subs if sub.__module__.startswith("ucapdesk.")}
    pages = {cls for cls in found if issubclass(cls, QDialog) or cls.__name__.endswith("Page")}
    return {cls for cls in pages if not cls.__subclasses__()}


LETTERED = re.compile(r"\b[Ss]ide [AB]\b|\b[Pp]arty [AB]\b|甲方|乙方|[Oo]ur side|我方")


def _lettered(page: QWidget) -> Iterator[str]:
    """Texts that call a side as a contract or the data do, instead of by who it is."""
    return (f"{whose}: {text}" for text, whose in flaws.texts(page) if LETTERED.search(text))


# -- C4 -----------------------------------------------------------------------------------------------

# Names, signs on keys and the like: no words of any language.
ALLOWED = re.compile(
    r"""UCAPDesk|English|Español|Italiano|Deutsch|WhatsApp|\.ucapbackup|\.csv|\.xlsx|docs/LICENCES\.md|<[^<>]+>|/[\w./-]+
    |\b(?:PDF|MIT|UCAP|IUC|IURC|SDG|URL|ID|id|EN|EUR|CNY|UTC|GB|MB|SHA-256|vCard|Python|Qt|SQLite|Linux\ [\w.-]+)\b
    |\b(?:Ctrl|Shift|Alt|Esc|Enter|Return|Left|Right|Tab|Del|F\d+|[A-Z])\b|\((?:en|zh|es|it|de)\)""",
    re.VERBOSE | re.ASCII,
)
# Words of Qt, and days as the pseudo-language has none of its own for them.
UNMARKED = re.compile(
    r"Press shortcut|OK|Cancel|\w+day, \d+ \w+ \d{4}|\w{3} \d+ \w{3}(?: \d\d:\d\d)?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|\d+ [A-Z][a-z]+|[A-Z][a-z]+ \d{4}"
)
# Pages that speak the language of the window; parts of the program have names and licences in English.
SPOKEN = [page for page in PAGES if page.name not in (*WITHOUT_PAPERS, "about")]
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")


def _untranslated(page: QWidget) -> Iterator[str]:
    for text, whose in flaws.texts(page):
        # what was understood is told in both languages, and pinyin is Latin in each
        both = ".echo/" in whose or whose.startswith("ElidedButton in field.name.offered")
        if not both and LATIN.search(ALLOWED.sub("", text)):
            yield f"{whose}: {text}"


def _unmarked(page: QWidget) -> Iterator[str]:
    """Texts that no catalogue was asked for: in the pseudo-language all others are in brackets."""
    for text, whose in flaws.texts(page):
        bare, before = text, ""
        while bare != before:  # one text may stand in another
            bare, before = re.sub(r"\[[^\[\]]*(\]|…$)", "", bare), bare
        if LATIN.search(UNMARKED.sub("", ALLOWED.sub("", bare))):
            yield f"{whose}: {text}"


@pytest.mark.rule("A1", "G3", "G5")
def test_every_text_is_marked_for_translation_and_words_nearly_twice_as_long_have_room(chinese_stage: Stage) -> None:
    chinese_stage.dress(PSEUDO)
    check(chinese_stage, *_layout(), *_told(SPOKEN, (_unmarked,)))


# Words that no other language of the window has.
ENGLISH = re.compile(r"\b(?:the|of|and|with|from|for|is|not|what)\b", re.IGNORECASE)
# German has the English names of these agreements.
TERMS = re.compile(r"<[^<>]+>|Memorandum of Understanding|Letter of Intent")


def _english(page: QWidget) -> Iterator[str]:
    """Texts of the program that are shown in English: their translation is empty, or the language was not asked for."""
    return (f"{whose}: {text}" for text, whose in flaws.texts(page) if ENGLISH.search(TERMS.sub("", text)))


@pytest.mark.skipif(not SOAK, reason="minutes; a part of `make soak`")
@pytest.mark.rule("G5")
@pytest.mark.parametrize("lang", OTHERS)
def test_no_word_of_english_is_in_the_window_of_another_language(chinese_stage: Stage, lang: str) -> None:
    chinese_stage.dress(lang)
    check(chinese_stage, *_told(SPOKEN, (_english,)))


# -- C7 -----------------------------------------------------------------------------------------------

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_1, Qt.Key.Key_Up, Qt.Key.Key_Down)


def _acts_while_composing(page: QWidget) -> Iterator[str]:
    """Fields that do something at a key which belongs to the input method."""
    boxes: list[QLineEdit | QPlainTextEdit] = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    for box in boxes:
        if not box.isVisible() or not box.isEnabled() or box.isReadOnly():
            continue
        box.setFocus()
        before = QApplication.focusWidget()
        QApplication.sendEvent(box, QInputMethodEvent("zhong", []))
        for key in KEYS:
            QTest.keyClick(box, key)
            if QApplication.focusWidget() is not before or not page.isVisible():
                yield f"{flaws.called(box)} acts at {Qt.Key(key).name}"
                break
        QApplication.sendEvent(box, QInputMethodEvent())


IN_CHINESE = (flaws.elided, _lettered, _acts_while_composing)


@pytest.mark.rule("C3", "C4", "C7", "A1", "I2", "G5")
def test_in_chinese_nothing_is_cut_off_and_no_key_acts_while_an_input_method_composes(stage: Stage) -> None:
    stage.dress("zh")
    stage.pages = [page for page in stage.pages if page.name not in SAME]  # all of this is asked of them below
    check(stage, *_layout(), *_told(PAGES, IN_CHINESE))


@pytest.mark.rule("C3", "C4", "C7", "A1", "I2", "G5")
def test_no_word_of_english_is_in_the_chinese_window_in_which_all_of_this_holds(chinese_stage: Stage) -> None:
    chinese_stage.dress("zh")
    check(chinese_stage, *_layout(), *_told(SPOKEN, (_untranslated,)), *_told(PAGES, IN_CHINESE))


class Busy:
    """An application in which a timer of the page is over at the very end of every round of events."""

    def __init__(self, app: QApplication, chip: QPushButton) -> None:
        self._app, self._chip = app, chip

    def __getattr__(self, name: str) -> Any:
        return self._round if name == "processEvents" else getattr(self._app, name)

    def _round(self) -> None:
        self._app.processEvents()
        self._chip.setText(f"{self._chip.text()} and more")


def _chip(stage: Stage) -> QPushButton:
    return next(each for each in stage.window.findChildren(QPushButton) if each.objectName() == "status.exchange")


def test_what_is_shown_a_moment_later_is_there_before_a_page_is_looked_at(
    qapp: QApplication, second_desk: Desk
) -> None:
    stage = Stage(qapp, second_desk)
    stage.dress("en")
    stage.window.show()
    stage.settle()
    stage.window.exchange._soon.start()
    stage.settle()
    waiting = [
        t
        for t in stage.window.findChildren(QTimer)
        if t.isActive() and t.isSingleShot() and t.interval() <= COUNT_DELAY_MS
    ]
    assert waiting == []
    stage.close()


def test_a_text_that_comes_at_the_last_moment_is_laid_out_before_a_page_is_looked_at(
    qapp: QApplication, second_desk: Desk
) -> None:
    stage = Stage(qapp, second_desk)
    stage.dress("en")
    stage.window.resize(1280, 640)
    stage.window.show()
    stage.settle()
    chip = _chip(stage)
    stage.app = Busy(qapp, chip)  # type: ignore[assignment]
    stage.settle()
    stage.app = qapp
    bar = child(stage.window, QStatusBar)
    assert [flaw for flaw in flaws.cut_off(bar) if "status.exchange" in flaw] == []
    stage.close()
