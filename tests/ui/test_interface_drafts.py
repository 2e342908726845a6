"""A reader looks through the drafts of the window's language, mends one in place and hands the file on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtWidgets import QFileDialog

from tests.ui.conftest import User
from ucapdesk.base import i18n
from ucapdesk.base.i18n import tr
from ucapdesk.services.translations import interface_texts
from ucapdesk.ui.translation_dialogs import InterfaceDraftsDialog

SAVED = ("paper", "Cities")


@pytest.fixture(autouse=True)
def _catalogues_of_this_test() -> Iterator[None]:
    i18n.catalogue.cache_clear()
    yield
    i18n.catalogue.cache_clear()


@pytest.fixture
def drafts_page(user: User) -> InterfaceDraftsDialog:
    user.window.do("view.es")
    page = InterfaceDraftsDialog(user.window.dress_anew, user.window)
    user.bot.addWidget(page)
    page.show()
    return page


def _find(drafts_page: InterfaceDraftsDialog, context: str, english: str) -> None:
    drafts_page.finder.setText(english)
    drafts_page.refresh()
    row = next(n for n, text in enumerate(drafts_page._texts) if text.key == (context, english))
    drafts_page.list.setCurrentCell(row, 0)


def test_a_draft_that_is_worded_anew_is_used_at_once_and_after_the_next_start(
    user: User, drafts_page: InterfaceDraftsDialog
) -> None:
    _find(drafts_page, "menu", "&File")
    drafts_page.boxes[0].put("&Fichero")
    drafts_page.use.click()
    assert user.window.menuBar().actions()[0].text() == "&Fichero"
    i18n.catalogue.cache_clear()
    assert tr("menu", "&File", "es") == "&Fichero"
    assert tr("menu", "&File", "it") != "&Fichero"
    _find(drafts_page, "menu", "&File")
    drafts_page.ours.click()
    assert user.window.menuBar().actions()[0].text() != "&Fichero"


def test_a_wording_without_what_the_program_fills_in_is_refused(drafts_page: InterfaceDraftsDialog) -> None:
    _find(drafts_page, "window", "Saved {time}")
    for wrong in ("Guardado", "Guardado {hora}", "Guardado {time", ""):
        drafts_page.boxes[0].put(wrong)
        drafts_page.use.click()
        assert drafts_page.message.isVisible()
        assert tr("window", "Saved {time}", "es", time=1) != wrong
    assert all(not text.own for text in interface_texts.drafts("es"))


def test_the_exported_file_holds_what_was_agreed_with_as_read(
    drafts_page: InterfaceDraftsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len([text for text in interface_texts.drafts("es") if not text.own])
    _find(drafts_page, *SAVED)
    drafts_page.use.click()
    assert len([text for text in interface_texts.drafts("es") if not text.own]) == before - 1
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "es.po"), ""))
    drafts_page._export()
    with (tmp_path / "es.po").open("rb") as file:
        read = [message for message in read_po(file, locale="es") if message.id and not message.fuzzy]
    assert [(message.context, message.id) for message in read] == [SAVED]


def test_a_text_that_counts_has_a_box_for_each_form(drafts_page: InterfaceDraftsDialog) -> None:
    _find(drafts_page, "drafts", "{n} text that nobody has read yet")
    assert [box.isVisible() for box in drafts_page.boxes] == [True, True, False]


def test_a_broken_file_of_own_wordings_does_not_keep_the_program_from_speaking() -> None:
    file = i18n.own_wording() / "es" / "LC_MESSAGES" / "ucapdesk.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xde\x12\x04\x95 and no more")
    assert tr(*SAVED, "es") == "Ciudades"
    file.with_suffix(".po").write_bytes(b"msgid \xff")
    assert len(interface_texts.drafts("es")) > 2000
