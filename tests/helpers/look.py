"""The look of the application as a test wants it; what is not said is as at the first start."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ucapdesk.ui.toolkit import theme


def apply_look(
    app: QApplication, *, dark: bool, text_size: int = 100, lang: str = "en", contrast: bool = False
) -> None:
    theme.apply_style(app, dark=dark, text_size=text_size, lang=lang, compact=False, contrast=contrast)
