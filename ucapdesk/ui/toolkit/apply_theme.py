"""Applies language and look to the whole application, from the settings; both can change while it runs."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from ucapdesk.base.i18n import use_language, use_pair
from ucapdesk.base.settings import Settings
from ucapdesk.ui.toolkit import reader_wishes, theme

QT_CATALOGUES = {"zh": "qtbase_zh_CN"}
"""Qt's own texts (OK, Cancel, Copy …) where their file is not named by the code of the language."""

_translators: list[QTranslator] = []


def apply_theme(app: QApplication, chosen: Settings) -> None:
    """Apply language, theme and text size."""
    lang = chosen.interface_language
    use_language(lang)
    use_pair(chosen.record_languages)
    while _translators:
        app.removeTranslator(_translators.pop())
    if lang != "en":
        translator, file = QTranslator(), QT_CATALOGUES.get(lang, f"qtbase_{lang}")
        if translator.load(file, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)
            _translators.append(translator)
    by_system = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    dark, compact = chosen.theme == "dark" or (chosen.theme == "system" and by_system), chosen.density == "compact"
    contrast = reader_wishes.wants_contrast(app, chosen)
    theme.apply(app, dark=dark, text_size=chosen.text_size, lang=lang, compact=compact, contrast=contrast)
    reader_wishes.keep_still(app, still=reader_wishes.wants_stillness(app, chosen))
