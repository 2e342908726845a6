"""Letters of invitation and of thanks, in the form of each language, with sender and recipient as recorded, and their number.

The text is ours unless a template of the kind letter is named; in a template ``{visit}``, ``{dates}``, ``{places}``, ``{delegation}`` and
``{purpose}`` are filled in. A letter goes out only when all of its text is translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.briefing.blocks.content import Letter, Paper, Section, words_of
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Picture, Words, alternative, language_tag
from ucapdesk.model.dates.formatting import say_during
from ucapdesk.model.kinds.paper_kinds import Attachment, Template
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.sides import post_code
from ucapdesk.model.text.person_names import say_salutation
from ucapdesk.model.values import PartialDate
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.facts.participants import (
    Participant,
    head_of,
    main_post,
    organisations_of,
    own_name_of,
    participant,
    people_of,
)
from ucapdesk.papers.facts.parts import file_name, paper, paragraphs
from ucapdesk.papers.facts.wording import combined, in_all, joined_by, listed, of_date, of_text, shown
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.text_gaps import printed_of, translations

_LETTER_NUMBER = re.compile(r"^(?P<who>.*?)\s*[\[［〔【(（](?P<year>\d{4})[\]］〕】)）]\s*第?0*(?P<n>[1-9]\d*)\s*号?$")
_REFERENCE = Message("paper", "Our reference: {number}")


def number_words(said: str) -> Words | None:
    """Return the number of a letter: 郑外函〔2027〕12号 in Chinese, however its brackets were typed; None for none."""
    said = said.strip()
    if not said:
        return None
    found = _LETTER_NUMBER.match(said)
    chinese = f"{found['who']}〔{found['year']}〕{found['n']}号" if found else said
    text = {lang: replace(_REFERENCE, args={"number": chinese}).say(lang) for lang in LANGUAGES}
    return Words(text | {"zh": chinese})


def refuse_untranslated(paper: Paper, reader: RedactedReader, request: Request) -> Paper:
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


_BLANKS = {"zh": "____年__月__日"}  # The blanks for a date written by hand
_PLACES = ("visit", "dates", "during", "places", "delegation", "purpose")


@dataclass(frozen=True, slots=True)
class _Kind:
    """Texts of all letters of one kind; ``about``: their title as official ones, which there is in Chinese alone."""

    document: Message
    title: Message
    body: tuple[Message, ...]
    about: str


INVITATION = _Kind(
    Message("document", "Letter of invitation"),
    Message("paper", "Invitation"),
    (
        Message("paper", "It is our pleasure to invite you and your delegation to visit {places} {during}."),
        Message("paper", "The purpose of the visit is as follows: {purpose}"),
        Message("paper", "We shall arrange the programme, the meetings and the interpreting with you beforehand. "
                "Please let us know who will travel with you and when you arrive."),
        Message("paper", "We look forward to welcoming you."),
    ),
    "关于邀请{delegation}\n访问{places}的函",
)  # fmt: skip
THANKS = _Kind(
    Message("document", "Letter of thanks"),
    Message("paper", "Letter of thanks"),
    (
        Message("paper", "On behalf of our delegation I thank you most warmly for the welcome you gave us in {places} "
                "{during}, and for all the care you took in preparing our visit."),
        Message("paper", "The talks and the visits on site have brought our cooperation a good step forward. "
                "We shall follow up what we agreed and keep you informed."),
        Message("paper", "We should be glad to welcome you to our city before long."),
    ),
    "关于感谢接待\n{delegation}的函",
)  # fmt: skip
NOTE = _Kind(
    Message("document", "Covering letter"),
    Message("paper", "Covering letter"),
    (
        Message("paper", "Please find enclosed the papers for the visit: {visit} ({dates})."),
        Message("paper", "Please confirm receipt and tell us of any change."),
    ),
    "关于送交{delegation}\n访问{places}有关材料的函",
)


def _letters(kind: _Kind, reader: RedactedReader, request: Request) -> Paper:
    visit = reader.get(Visit, request.ids[0])
    to, sender = _parties(kind, reader, visit, request)
    texts = _texts(reader, kind, visit, _template(reader, request))
    invites = kind is INVITATION
    written = _day(request) or (visit.invitation_date if invites else None)
    inviting = None if kind is THANKS else reader.one(Organisation, visit.invited_by)
    own = next(iter(organisations_of(reader, [sender] if sender else [])), None)
    house = (own or inviting) if kind is NOTE else (inviting or own)  # the office of the coordinator who signs
    letter = replace(
        _from(reader, sender, house),
        body=tuple(texts),
        date=_dated(reader, house, written),
        title=_official_title(reader, kind, visit) if request.page == "official" else Words.label(kind.title),
        number=number_words(request.options["number"] or (visit.invitation_reference or "") * invites),
        enclosures=_known(*map(file_name, reader.children(Attachment, visit.id))) if kind is NOTE else (),
    )
    sections = [Section((_addressed(reader, letter, each),), new_page=n > 0) for n, each in enumerate(to or [None])]
    made = paper(reader, request, kind.document, of_text(visit.title), sections, marked=visit, titled=False)
    return refuse_untranslated(made, reader, request)


def _parties(
    kind: _Kind, reader: RedactedReader, visit: Visit, request: Request
) -> tuple[Sequence[Participant], Participant | None]:
    """Return to whom, and from whom: thanks go from the head of the delegation to the first of the hosts, or to each; other
    letters from the host to the head, else the first delegate. A covering letter comes from the coordinator of the hosts.
    """
    people = people_of(reader, visit)
    hosts = [each for each in people if each.at_home]
    head = head_of(reader, visit)
    if kind is THANKS:
        known = [each for each in hosts if each.person]
        return known if request.options["to"] == "each" else known[:1], head
    coordinator = reader.one(Person, visit.host_coordinator) if kind is NOTE else None
    sender = participant(reader, coordinator) if coordinator else next(iter(hosts), None)
    return [head] if head else [each for each in people if not each.at_home][:1], sender


def _official_title(reader: RedactedReader, kind: _Kind, visit: Visit) -> Words:
    """Return a title that says what the letter is about, parted where a line may end: 关于邀请罗兹市代表团 / 访问郑州市的函; the usual
    one in other languages.
    """
    about, title = kind.about, Words.label(kind.title)
    known = {"delegation": of_text(visit.delegation_name), "places": _places(reader, visit)}
    if not all(words.has("zh") for name, words in known.items() if f"{{{name}}}" in about):
        return title
    return Words({**title.text, "zh": about.format(**{name: words.text.get("zh") for name, words in known.items()})})


def _day(request: Request) -> PartialDate | None:
    """Return the requested date; None where it is written by hand."""
    said = request.options["date"].strip()
    try:
        return PartialDate(said) if said else None
    except ValueError as error:
        raise request.unknown(Message("choice", "date"), said, "2026-12-01, 2026-12") from error


def _from(reader: RedactedReader, sender: Participant | None, house: Organisation | None) -> Letter:
    own, logo = own_name_of(house), reader.file(house.logo if house else None)
    # the post reads the address as it is written there
    address = replace(of_text(house.address if house else None), states=dict.fromkeys(LANGUAGES, "not_needed"))
    return Letter(
        salutation=NO_WORDS,
        body=(),
        date=NO_WORDS,
        signature=_known(sender.bare, sender.post, sender.organisation) if sender else _known(own),
        seal=_seal(sender, own),
        sender=_known(own, address, Words.plain((house.phone if house else None) or "")),
        logo=Picture(logo, 40, 20, align="right", alt=alternative(own)) if logo else None,
    )


def _addressed(reader: RedactedReader, letter: Letter, to: Participant | None) -> Letter:
    person = to.person if to else None
    post = main_post(reader, person) if person else None
    salutation = in_all(lambda lang: say_salutation(person, post_code(post, lang), lang))
    return replace(letter, salutation=salutation, recipient=_known(to.name, to.post, to.organisation) if to else ())


def _known(*words: Words) -> tuple[Words, ...]:
    return tuple(each for each in words if not each.empty)


def _seal(sender: Participant | None, own: Words) -> tuple[Words, ...]:
    if sender is None:
        return _known(own)
    who = joined_by(" ", sender.post, sender.bare)
    return _known(sender.organisation if not sender.organisation.empty else own, who)


def _dated(reader: RedactedReader, house: Organisation | None, written: PartialDate | None) -> Words:
    """Return a date; blanks where it is written by hand. Western letters name the place."""
    date = of_date(written) if written else Words({lang: _BLANKS.get(lang, "____________") for lang in LANGUAGES})
    place = reader.one(Place, house.place) if house else None
    if place is None:
        return date
    return combined([of_text(place.name), date], lambda said, lang: said[1] if lang == "zh" else ", ".join(said))


def _template(reader: RedactedReader, request: Request) -> Template | None:
    said = request.options["template"].strip()
    own = reader.one(Template, said) if said else None
    if said and (own is None or not own.body):
        known = ", ".join(each.id for each in _templates(reader)) or "–"
        raise request.unknown(Message("choice", "template"), said, known)
    return own


def _templates(reader: RedactedReader) -> list[Template]:
    return [each for each in reader.linked(Template) if each.body]


def _offered(reader: RedactedReader, _: Request) -> Iterator[tuple[str, Words]]:
    yield "", Words.label(Message("paper setup", "The usual words"))
    yield from ((each.id, of_text(each.name)) for each in _templates(reader))


def _texts(reader: RedactedReader, kind: _Kind, visit: Visit, template: Template | None) -> list[Para]:
    """Return the paragraphs, filled in from a template or the built-in text; sentences about unknown facts are left out."""
    dates = visit.dates
    known = {
        "visit": of_text(visit.title),
        "dates": of_date(dates),
        "during": in_all(lambda lang: say_during(dates, lang)) if dates else NO_WORDS,
        "places": _places(reader, visit),
        "delegation": of_text(visit.delegation_name),
        "purpose": of_text(visit.purpose),
    }
    if template is not None:
        return list(paragraphs(_filled(of_text(template.body), known)))
    body = ((message, [name for name in _PLACES if f"{{{name}}}" in message.text]) for message in kind.body)
    told = ((message, wanted) for message, wanted in body if all(not known[name].empty for name in wanted))
    return [Para(_said(message, wanted, known) if wanted else Words.label(message)) for message, wanted in told]


def _places(reader: RedactedReader, visit: Visit) -> Words:
    return listed((of_text(place.name) for place in reader.all(Place, visit.host_places)), last=True)


def _said(message: Message, names: Sequence[str], known: Mapping[str, Words]) -> Words:
    parts = [known[name] for name in names]
    return combined(parts, lambda said, lang: replace(message, args=dict(zip(names, said, strict=True))).say(lang))


def _filled(body: Words, known: dict[str, Words]) -> Words:
    text: dict[str, str | None] = {}
    for lang in LANGUAGES:
        said = body.text.get(lang)
        for name in _PLACES:
            said = said.replace(f"{{{name}}}", shown(known[name], lang) or "…") if said else said
        text[lang] = said
    return Words(text, body.states, body.where)


_DATE = Option("date", Message("paper setup", "Date (2026-12-01)"))
_PAGES = ("A4", "official")
_NUMBER = Option("number", Message("paper setup", "Document number, such as 〔2027〕12"))
_TEMPLATE = Option("template", Message("paper setup", "Words of the letter"), offers=_offered)

DOCUMENTS = (
    Document("invitation_letter", INVITATION.document, partial(_letters, INVITATION), kinds=("visit",), order=230, pages=_PAGES, options=(_DATE, _NUMBER, _TEMPLATE)),
    Document(
        "thank_you_letter", THANKS.document, partial(_letters, THANKS), kinds=("visit",), order=240, pages=_PAGES,
        options=(
            Option("to", Message("paper setup", "To"), (
                ("first", Message("paper setup", "The first of the hosts")),
                ("each", Message("paper setup", "Each of the hosts")),
            )),
            _DATE,
            _NUMBER,
            _TEMPLATE,
        ),
    ),
    Document("transmission_note", NOTE.document, partial(_letters, NOTE), kinds=("visit",), order=250, pages=_PAGES, options=(_DATE, _NUMBER, _TEMPLATE)),
)  # fmt: skip
