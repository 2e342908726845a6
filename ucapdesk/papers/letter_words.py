"""The words of letters that are looked after: the number of a letter, its title as an official one, and texts not yet translated."""

from __future__ import annotations

import re
from dataclasses import replace

from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.briefing.all_words import words_of
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.text_elements import Words, language_tag
from ucapdesk.papers.gaps_words import printed_of, translations
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

_NUMBER = re.compile(r"^(?P<who>.*?)\s*[\[［〔【(（](?P<year>\d{4})[\]］〕】)）]\s*第?0*(?P<n>[1-9]\d*)\s*号?$")
_REFERENCE = Message("paper", "Our reference: {number}")


def number_words(said: str) -> Words | None:
    """Return the number of a letter: 郑外函〔2027〕12号 in Chinese, however its brackets were typed; None for none."""
    said = said.strip()
    if not said:
        return None
    found = _NUMBER.match(said)
    chinese = f"{found['who']}〔{found['year']}〕{found['n']}号" if found else said
    text = {lang: replace(_REFERENCE, args={"number": chinese}).say(lang) for lang in LANGUAGES}
    return Words(text | {"zh": chinese})


def refuse_untranslated(paper: Paper, reader: RedactedReader, request: Request) -> Paper:
    """Return a letter that says what of it has to be translated before it is printed."""
    said = [words for words, _ in words_of(paper.sections)]
    foreign = [words for words in said for lang in request.languages if _is_foreign(words, lang)]
    if not foreign:
        return paper
    named = dict.fromkeys(gap.text for gap in translations(printed_of(said), reader, request))
    texts = dict.fromkeys(next(text for text in words.text.values() if text) for words in foreign)
    return replace(paper, lacks="; ".join(named or texts))


def _is_foreign(words: Words, language: str) -> bool:
    """Return whether a text would be printed with the tag of another language."""
    said = words.text.get(language) or ""
    lacks = words.is_missing(language) and language not in words.untranslated
    return lacks or any(language_tag(other, language) in said for other in LANGUAGES)
