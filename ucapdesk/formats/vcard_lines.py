"""Reads the lines of a business card: their texts, parameters, kinds and labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.model.values.cells import tidy


def texts_of(said: Mapping[str, list[Any]], name: str) -> list[str]:
    """Return the texts of all lines of a property."""
    return [text for each in said.get(name, ()) if (text := text_of_line(each))]


def text_of_line(line: Any) -> str:
    """Return the text of a line; of one in parts, all of them."""
    value = line.value
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(each).strip() for each in value if str(each).strip())
    return tidy(value).strip() if isinstance(value, str) else ""


def name_part(value: Any) -> str:
    """Return one part of a structured value."""
    return " ".join(tidy(each).strip() for each in ([value] if isinstance(value, str) else value or ()) if each)


def bare(text: str) -> str:
    """Return a name to compare, without spaces and commas."""
    return "".join(text.replace(",", " ").split()).casefold()


def param(line: Any, name: str) -> str:
    """Return a parameter of a line; empty where it has none."""
    return next(iter(line.params.get(name, ())), "")


def language_of(line: Any, text: str) -> str:
    """Return the language a text is marked with, else that of its script."""
    marked = param(line, "LANGUAGE")[:2].lower()
    return marked if marked in LANGUAGES else "zh" if HAN_RUN.search(text) else "en"


def kinds_of(line: Any) -> set[str]:
    """Return what a line says it is: ``work``, ``cell``, ``pref``."""
    words = (word for each in (*line.params.get("TYPE", ()), *line.singletonparams) for word in each.split(","))
    return {word.strip().lower() for word in words}


def number_of(said: str) -> str:
    """Return a number as it is dialled, also of a link ``tel:+86-991-2816000;ext=102``."""
    number, *more = said.removeprefix("tel:").split(";") if said.startswith("tel:") else [said]
    extension = next((part[4:] for part in more if part.startswith("ext=")), "")
    return f"{number} ext. {extension}" if extension else number


def label_of(said: Mapping[str, list[Any]], line: Any) -> str:
    """Return the label of one's own that a telephone gives to a line: ``item1.X-ABLabel``."""
    labels = [text_of_line(each) for each in said.get("x-ablabel", ()) if line.group and each.group == line.group]
    return next((label for label in labels if not label.startswith("_$!<")), "")
