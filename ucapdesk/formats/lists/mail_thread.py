"""Parts the text of an e-mail from the mails that it answers or forwards, which say what held before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ucapdesk.model.codes import word_table

_WORDS = {key: "|".join(map(re.escape, words)) for key, words in word_table("mail").items()}
_MARKS = re.compile(r"^[>|\s]+")
_ORIGINAL = re.compile(rf"[-_—=*\s]*(?:{_WORDS['original']})[-_—=*\s:：]*", re.IGNORECASE)
_FROM = re.compile(rf"\*?(?:{_WORDS['from']})\*?\s?[:：]", re.IGNORECASE)
_SENT = re.compile(rf"(?<!\w)(?:{_WORDS['sent']})\*?\s?[:：]", re.IGNORECASE)
_WROTE = re.compile(
    rf"(?:(?:on|am|el|il)\s|(?=\D*\d)).{{6,200}}(?:{_WORDS['wrote']})(?:\s.{{2,80}})?\s?[:：]", re.IGNORECASE
)
_HEAD = 5
"""Lines of the head of a mail, among which it is told when it was sent, or its subject; a flight has a day too."""
MOST_MAILS = 50
"""Mails of a thread that are told apart; older ones stay with the last of them."""


def mails_in(lines: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the lines of each mail of a thread, the newest first, with all other lines; the whole text without marks of quotation last."""
    parts: list[list[int]] = [[]]
    at, quoting = 0, False
    for number, line in enumerate(lines):
        if len(parts) < MOST_MAILS and begins_mail(lines, number):
            parts.append([])
            at, quoting = len(parts) - 1, False
        elif line.strip() and at and quoting and line[:1] not in (">", "|"):
            at = 0  # goes on below what it answers
        quoting = quoting or (at > 0 and line[:1] in (">", "|"))
        parts[at].append(number)
    if len(parts) > 1:
        for part in parts:
            own = set(part)
            yield [lines[n] for n in part], [line for n, line in enumerate(lines) if n not in own]
    quoted = {n for part in parts[1:] for n in part}
    yield [_MARKS.sub("", line) if n in quoted else line for n, line in enumerate(lines)], []


def begins_mail(lines: Sequence[str], number: int) -> bool:
    """Return whether a line is the first of the head of a mail that is answered or forwarded."""
    head = [_MARKS.sub("", line) for line in lines[number : number + _HEAD]]
    if _ORIGINAL.fullmatch(head[0]):
        return True
    if _FROM.match(head[0]):
        return any(map(_SENT.match, head[1:])) or _SENT.search(head[0], 4) is not None
    return any(_WROTE.fullmatch(said.strip()) for said in (head[0], " ".join(head[:2])))
