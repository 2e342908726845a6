"""The help of commands in the user's language: what their docstrings and options say, and click's own words.

Docstrings and ``help=`` are collected into the catalogues as they are (context ``help``, each paragraph for itself).
Click takes its words by the standard library's gettext, from the catalogues called ``click`` beside ours.
"""

from __future__ import annotations

import gettext
import inspect
import os
import re
from typing import Any

import click

from ucapdesk.base import i18n
from ucapdesk.base.paths import resource

CONTEXT = "help"
CLICK = "click"
ASKED = "LANGUAGE"  # The variable by which gettext is told the language
WIDE = "[\u2e80-\ufe6f\uff00-\uff60]"  # Characters that take two columns of a terminal
# Stands for the second column of such a character while click counts; a space does where a line may end behind it.
SECOND = "\u2060"
MAY_END = re.compile(f"(?<![（《【]){SECOND}(?=[^\\s，。；：、！？…）》】”])")

_before = os.environ.get(ASKED)


def speak(language: str) -> None:
    i18n.use_language(language)
    gettext.bindtextdomain(CLICK, str(resource("locale")))
    gettext.textdomain(CLICK)
    os.environ[ASKED] = language


def speak_as_before() -> None:
    """Leave the environment as it was found: the window reads the system's language from it."""
    os.environ.pop(ASKED, None)
    if _before is not None:
        os.environ[ASKED] = _before


def translated(text: str) -> str:
    """Return a help text in the user's language, paragraph by paragraph, for ``HelpFormatter`` to break."""
    paragraphs = (" ".join(each.split()) for each in inspect.cleandoc(text).split("\n\n"))
    said = "\n\n".join(i18n.tr(CONTEXT, each) for each in paragraphs)
    return MAY_END.sub(" ", re.sub(f"({WIDE})", rf"\1{SECOND}", said))


class HelpFormatter(click.HelpFormatter):
    """Breaks lines of Chinese, which has no spaces, by their columns: between characters, and never before its punctuation."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**said)
        self.width -= 1  # the second column of the last character is not counted

    def getvalue(self) -> str:
        return re.sub(f"(?<={WIDE}) |{SECOND}", "", super().getvalue())


class HelpContext(click.Context):
    """The context of a command whose help is broken so."""

    formatter_class = HelpFormatter


class TranslatedHelp(click.Command):
    """A command whose ``--help`` speaks the user's language."""

    context_class = HelpContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:  # kept by click in the language in which it was first shown
            option.help = gettext.gettext("Show this message and exit.")
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translated(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        with formatter.section(gettext.gettext("Options")):
            formatter.write_dl([_row(each, ctx) for each in options])


def _row(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    names, said = option.get_help_record(ctx) or ("", "")
    english = option.help or ""
    words = gettext.gettext(english) if english else ""  # of --version, which is click's; else the same
    return names, said.replace(english, translated(words)) if english else said
