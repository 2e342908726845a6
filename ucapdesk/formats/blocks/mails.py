"""Reads an e-mail: the papers attached to it, or its own text, parted from the mails that it answers or forwards.

What it says besides is kept apart, and what the older mails say held before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from ucapdesk.formats.errors import DOCUMENT_DAMAGED, TEXT_TOO_LONG
from ucapdesk.model.codes import word_table

_HEAD = re.compile(
    rb"\A(?:From |(?:From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Content-Type|X-[\w-]+):)",
    re.IGNORECASE,
)
_FIELD = re.compile(rb"^(?:From|To|Subject|Date|MIME-Version|Content-Type|Received):", re.IGNORECASE | re.MULTILINE)
_MOST_PARTS = 200
_BOUNDARY = re.compile(rb"boundary=\"?([^\"\s;]+)", re.IGNORECASE)
# Characters of a field such as the addresses of a mail; the library takes minutes for millions.
LONGEST_FIELD = 100_000


MOST_TEXT = 2_000_000  # Bytes of all texts of a mail; files that pack their text have limits of their own
_PACKED = (b"PK", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8", b"\xd0\xcf")


def is_mail(data: bytes) -> bool:
    head = re.split(rb"\r?\n\r?\n", data[:20_000], maxsplit=1)[0]
    return _HEAD.match(data) is not None and len(_FIELD.findall(head)) > 1


def mail_parts(name: str, data: bytes) -> tuple[list[str], list[tuple[str, bytes]]]:
    """Return what the e-mail says of itself, and its parts with their names: attachments first, then its own text."""
    try:
        signs = set(_BOUNDARY.findall(data)[:_MOST_PARTS])
        if any(data.count(b"\n--" + sign) > 2 * _MOST_PARTS for sign in signs):
            raise ValueError("parts without end")
        message = message_from_bytes(data, policy=default)
        if any(len(value) > LONGEST_FIELD for part in message.walk() for _, value in part.raw_items()):
            raise ValueError("fields without end")
        said = [f"{field}: {message[field]}" for field in ("Subject", "From", "To", "Cc", "Date") if message[field]]
        attached, own = [], []
        leaves = (part for part in message.walk() if not part.is_multipart())
        for number, part in enumerate(leaves):
            if number > _MOST_PARTS:
                break
            file, content = part.get_filename(), _content(part)
            if file:
                attached.append((str(file), content))
            elif part.get_content_type() in ("text/html", "text/plain") and content.strip():
                suffix = "html" if part.get_content_type() == "text/html" else "txt"
                own.append((f"{name}.{suffix}", content))
    except Exception as error:  # the standard library raises many things for broken mail
        raise DOCUMENT_DAMAGED(file=name) from error
    if sum(len(content) for _, content in (*attached, *own) if not content.startswith(_PACKED)) > MOST_TEXT:
        raise TEXT_TOO_LONG(file=name, limit=MOST_TEXT)
    return said, [*attached, *own]


def is_of_entries(content: bytes) -> bool:
    """Return whether an attached file holds business cards or a calendar, which are imported by themselves."""
    return content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith((b"BEGIN:VCALENDAR", b"BEGIN:VCARD"))


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    charset = part.get_content_charset()
    if part.get_content_maintype() == "text" and charset:
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(charset).encode("utf-8")
    return content


_WORDS = {key: "|".join(map(re.escape, words)) for key, words in word_table("mail").items()}
_MARKS = re.compile(r"^[>|\s]+")
_ORIGINAL = re.compile(rf"[-_—=*\s]*(?:{_WORDS['original']})[-_—=*\s:：]*", re.IGNORECASE)
_FROM = re.compile(rf"\*?(?:{_WORDS['from']})\*?\s?[:：]", re.IGNORECASE)
_SENT = re.compile(rf"(?<!\w)(?:{_WORDS['sent']})\*?\s?[:：]", re.IGNORECASE)
_WROTE = re.compile(
    rf"(?:(?:on|am|el|il)\s|(?=\D*\d)).{{6,200}}(?:{_WORDS['wrote']})(?:\s.{{2,80}})?\s?[:：]", re.IGNORECASE
)
# Lines of the head of a mail, among which it is told when it was sent, or its subject; a flight has a day too.
_HEAD_LINES = 5
MOST_MAILS = 50  # Mails of a thread that are told apart; older ones stay with the last of them


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
    head = [_MARKS.sub("", line) for line in lines[number : number + _HEAD_LINES]]
    if _ORIGINAL.fullmatch(head[0]):
        return True
    if _FROM.match(head[0]):
        return any(map(_SENT.match, head[1:])) or _SENT.search(head[0], 4) is not None
    return any(_WROTE.fullmatch(said.strip()) for said in (head[0], " ".join(head[:2])))
