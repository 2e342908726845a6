"""Turns the marks of a list, typed as signs, letters or numbers, into the one bullet that is read: ``- a``, ``1) a``, ``（一）a``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DASH = re.compile(r"^[ \t]*[-–—*·‣∙+➤✓✔][ \t]+(?=\S)", re.MULTILINE)
_RING = re.compile(r"^[ \t]*o[ \t]+(?=\S)", re.MULTILINE)
_COUNTED = re.compile(
    r"(?:^|(?<=[\s;；。.,，:：)）]))(?:[(（](?P<a>\d{1,2}|[a-z]|[ivx]{2,4}|[一二三四五六七八九十]{1,2})[)）]|(?P<b>\d{1,2}|[a-z]|[ivx]{2,4})\)"
    r"|(?P<c>\d{1,2})[.．、](?!\d)|(?P<d>[一二三四五六七八九十]{1,2})[、．.]|(?P<e>[①-⑩])|#(?P<f>\d{1,2})[.:)]?)[ \t]*(?=\S)",
    re.MULTILINE,
)
_HAN, _RINGS, _LETTERS = tuple("一二三四五六七八九十"), tuple("①②③④⑤⑥⑦⑧⑨⑩"), tuple("abcdefghijklmnopqrst")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def bulleted(text: str) -> str:
    """Return a text with a bullet on a line of its own for each item that a dash, or a number that counts on, begins."""
    text = _DASH.sub("• ", ringed(text))
    marks = list(_counted(text))
    if len(marks) < 2 or (marks[0].start() > 0 and re.search(r"\w", text[: marks[0].start()].rpartition("\n")[2])):
        return text
    for mark in reversed(marks):
        before, behind = text[: mark.start()].rstrip(" \t•;；"), text[mark.end() :]
        text = f"{before}{'' if not before or before.endswith(chr(10)) else chr(10)}• {behind}"
    return text


def ringed(text: str) -> str:
    """Return a text in which the letters that mark items of a second level are rings; one alone may be a word."""
    return _RING.sub("○ ", text) if len(_RING.findall(text)) > 1 else text


def ring_end(line: str) -> int:
    """Return where the letter ends that may mark a line as an item."""
    found = _RING.match(line)
    return found.end() if found else 0


def _counted(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers and letters that count from one on, all in one way."""
    wanted, kind = 1, ""
    for match in _COUNTED.finditer(text):
        form, said = next((name, found) for name, found in match.groupdict().items() if found)
        shape = form + ("1" if said.isdecimal() else (said[0] in _LETTERS and "a") or "一")
        if wanted in _values(said) and kind in ("", shape):
            kind = shape
            wanted += 1
            yield match


def _values(said: str) -> set[int]:
    """Return what a number or letter may count: i is the first or the ninth."""
    if said.isdecimal():
        return {int(said)}
    return {row.index(said) + 1 for row in (_RINGS, _LETTERS, _HAN, _ROMAN) if said in row}
