"""Letters of invitation and of thanks, in the form of each language, with sender and recipient as recorded.

The text is ours unless a template of the kind letter is named; in a template ``{visit}``, ``{dates}``, ``{places}``,
``{delegation}`` and ``{purpose}`` are filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.briefing.content import Letter, Paper, Para, Picture, Section, Words
from ucapdesk.model.kinds.paper_kinds import Attachment, Template
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.delegation import post_code
from ucapdesk.model.text.format import say_during, say_salutation
from ucapdesk.model.values import PartialDate
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.guests import Guest, guest, main_post
from ucapdesk.papers.occasions import people_of
from ucapdesk.papers.paper_parts import NONE, in_all, paper, paragraphs
from ucapdesk.papers.paper_sides import host_side
from ucapdesk.papers.paper_words import combined, listed, of_date, of_text
from ucapdesk.papers.redacted_reader import Reading
from ucapdesk.papers.request import Request
from ucapdesk.services.errors import UnknownChoice

INVITATION = Message("document", "Letter of invitation")
THANKS = Message("document", "Letter of thanks")
NOTE = Message("document", "Covering letter")
_BLANKS = {"zh": "____年__月__日"}
"""The blanks for a date written by hand."""
_PLACES = ("visit", "dates", "during", "places", "delegation", "purpose")


def _invitation(reading: Reading, request: Request) -> Paper:
    """Return the invitation from the host to the head of the delegation."""
    visit = reading.get(Visit, request.ids[0])
    people = people_of(reading, visit)
    home = host_side(reading, visit)
    to = _addressed(reading, visit, people, home)
    sender = next((each for each in people if each.side == home), None)
    body = (
        Message("paper", "It is our pleasure to invite you and your delegation to visit {places} {during}."),
        Message("paper", "The purpose of the visit is as follows: {purpose}"),
        Message("paper", "We shall arrange the programme, the meetings and the interpreting with you beforehand. "
                "Please let us know who will travel with you and when you arrive."),
        Message("paper", "We look forward to welcoming you."),
    )  # fmt: skip
    title = Words.label(Message("paper", "Invitation"))
    return _letters(reading, request, _Sheet(visit, INVITATION, title, body, visit.invited_by, sender), to)


def _thanks(reading: Reading, request: Request) -> Paper:
    """Return the thanks of the head of the delegation to the hosts: to the first of them, or to each."""
    visit = reading.get(Visit, request.ids[0])
    home = host_side(reading, visit)
    people = people_of(reading, visit)
    hosts = [each for each in people if each.side == home and each.person]
    to = hosts if request.option("to") == "each" else hosts[:1]
    body = (
        Message("paper", "On behalf of our delegation I thank you most warmly for the welcome you gave us in {places} "
                "{during}, and for all the care you took in preparing our visit."),
        Message("paper", "The talks and the visits on site have brought our cooperation a good step forward. "
                "We shall follow up what we agreed and keep you informed."),
        Message("paper", "We should be glad to welcome you to our city before long."),
    )  # fmt: skip
    sender = _head(reading, visit, people, home)
    title = Words.label(Message("paper", "Letter of thanks"))
    return _letters(reading, request, _Sheet(visit, THANKS, title, body, None, sender), to)


def _note(reading: Reading, request: Request) -> Paper:
    """Return a cover note from the host to the head of the delegation; its enclosures are the attachments."""
    visit = reading.get(Visit, request.ids[0])
    home = host_side(reading, visit)
    people = people_of(reading, visit)
    to = _addressed(reading, visit, people, home)
    body = (
        Message("paper", "Please find enclosed the papers for the visit: {visit} ({dates})."),
        Message("paper", "Please confirm receipt and tell us of any change."),
    )
    sender = reading.one(Person, visit.host_coordinator)
    by = guest(reading, sender) if sender else next((each for each in people if each.side == home), None)
    title = Words.label(Message("paper", "Covering letter"))
    return _letters(
        reading, request, _Sheet(visit, NOTE, title, body, visit.invited_by, by, _enclosed(reading, visit)), to
    )


def _head(reading: Reading, visit: Visit, people: Sequence[Guest], home: str) -> Guest | None:
    """Return the head of the delegation: as the visit says, else the participant with that role."""
    said = reading.one(Person, visit.head)
    if said:
        return guest(reading, said)
    return next((each for each in people if each.role == "head" and each.side != home), None)


def _addressed(reading: Reading, visit: Visit, people: Sequence[Guest], home: str) -> list[Guest]:
    """Return the head of the delegation, else the first delegate."""
    head = _head(reading, visit, people, home)
    return [head] if head else [each for each in people if each.side not in (home, "")][:1]


def _enclosed(reading: Reading, visit: Visit) -> tuple[Words, ...]:
    """Return the files attached to the visit, by title."""
    files = reading.children(Attachment, visit.id)
    names = (
        of_text(each.title) if each.title else Words.plain(each.file.name or "" if each.file else "") for each in files
    )
    return _known(*names)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The common parts of the letters of one kind."""

    visit: Visit
    document: Message
    title: Words
    body: Sequence[Message]
    house: str | None
    sender: Guest | None
    enclosed: tuple[Words, ...] = ()


def _letters(reading: Reading, request: Request, sheet: _Sheet, to: Sequence[Guest]) -> Paper:
    """Return a letter to each recipient; one to nobody in particular where nobody is recorded."""
    texts = _texts(reading, sheet, _template(reading, request))
    written = _day(request)
    house = reading.one(Organisation, sheet.house) or _house_of(reading, sheet.sender)
    sections = [
        Section((_letter(reading, sheet, each, house, texts, written=written),), new_page=n > 0)
        for n, each in enumerate(to or [None])
    ]
    return paper(
        reading,
        request,
        Words.label(sheet.document),
        of_text(sheet.visit.title),
        sections,
        marked=sheet.visit,
        titled=False,
    )


def _day(request: Request) -> PartialDate | None:
    """Return the requested date; None where it is written by hand."""
    said = request.option("date").strip()
    try:
        return PartialDate(said) if said else None
    except ValueError as error:
        raise UnknownChoice(document=request.document, what="date", said=said, known="2026-12-01, 2026-12") from error


def _letter(
    reading: Reading,
    sheet: _Sheet,
    to: Guest | None,
    house: Organisation | None,
    texts: Sequence[Para],
    *,
    written: PartialDate | None,
) -> Letter:
    sender = sheet.sender
    person = to.person if to else None
    post = main_post(reading, person) if person else None
    own = of_text(house.name) if house else NONE
    lines = [own, of_text(house.address) if house else NONE, Words.plain(house.phone or "") if house else NONE]
    recipient = [to.name, to.post, to.organisation] if to else []
    logo = reading.file(house.logo) if house else None
    return Letter(
        salutation=in_all(lambda lang: say_salutation(person, post_code(post), lang)),
        body=tuple(texts),
        date=_dated(reading, sheet, house, written),
        signature=_known(sender.bare, sender.post, sender.organisation) if sender else _known(own),
        seal=_seal(sender, own),
        sender=_known(*lines),
        recipient=_known(*recipient),
        title=sheet.title,
        enclosures=sheet.enclosed,
        logo=Picture(logo, 40, 20, align="right") if logo else None,
    )


def _known(*words: Words) -> tuple[Words, ...]:
    return tuple(each for each in words if not each.empty)


def _house_of(reading: Reading, sender: Guest | None) -> Organisation | None:
    post = main_post(reading, sender.person) if sender and sender.person else None
    return reading.one(Organisation, post.organisation) if post else None


def _seal(sender: Guest | None, own: Words) -> tuple[Words, ...]:
    """Return the signature of a Chinese letter: the organisation, below it post and name."""
    if sender is None:
        return _known(own)
    who = combined([sender.post, sender.bare], lambda said, _: " ".join(said))
    return _known(sender.organisation if not sender.organisation.empty else own, who)


def _dated(reading: Reading, sheet: _Sheet, house: Organisation | None, written: PartialDate | None) -> Words:
    """Return the requested date, or that of the invitation; else blanks. Western letters name the place."""
    date = of_date(written or (sheet.visit.invitation_date if sheet.document is INVITATION else None))
    place = reading.one(Place, house.place) if house else None
    if date.empty:
        date = Words({lang: _BLANKS.get(lang, "____________") for lang in LANGUAGES})
    if place is None:
        return date
    return combined([of_text(place.name), date], lambda said, lang: said[1] if lang == "zh" else ", ".join(said))


def _template(reading: Reading, request: Request) -> Template | None:
    """Return the requested template by its id; None for the built-in text."""
    said = request.option("template").strip()
    own = reading.one(Template, said) if said else None
    if said and (own is None or not own.body):
        known = ", ".join(each.id for each in _templates(reading)) or "–"
        raise UnknownChoice(document=request.document, what="template", said=said, known=known)
    return own


def _templates(reading: Reading) -> list[Template]:
    """Return the templates that hold a text."""
    return [each for each in reading.every(Template) if each.body]


def _offered(reading: Reading, _: Request) -> Iterator[tuple[str, Words]]:
    yield "", Words.label(Message("paper setup", "The usual words"))
    yield from ((each.id, of_text(each.name)) for each in _templates(reading))


def _texts(reading: Reading, sheet: _Sheet, template: Template | None) -> list[Para]:
    """Return the paragraphs, filled in from a template or the built-in text; sentences about unknown facts are left out."""
    visit = sheet.visit
    known = {
        "visit": of_text(visit.title),
        "dates": of_date(visit.dates),
        "during": _during(visit.dates),
        "places": listed((of_text(place.name) for place in reading.all(Place, visit.host_places)), last=True),
        "delegation": of_text(visit.delegation_name),
        "purpose": of_text(visit.purpose),
    }
    if template is not None:
        return list(paragraphs(_filled(of_text(template.body), known)))
    found = []
    for message in sheet.body:
        wanted = [name for name in _PLACES if f"{{{name}}}" in message.text]
        if all(not known[name].empty for name in wanted):
            parts = [known[name] for name in wanted]
            found.append(Para(_said(message, wanted, parts) if parts else Words.label(message)))
    return found


def _during(dates: PartialDate | None) -> Words:
    return in_all(lambda lang: say_during(dates, lang)) if dates else NONE


def _said(message: Message, names: Sequence[str], parts: Sequence[Words]) -> Words:
    return combined(
        list(parts), lambda said, lang: replace(message, args=dict(zip(names, said, strict=True))).say(lang)
    )


def _filled(body: Words, known: dict[str, Words]) -> Words:
    text: dict[str, str | None] = {}
    for lang in LANGUAGES:
        said = body.text.get(lang)
        for name in _PLACES:
            shown = known[name].shown(lang, LANGUAGES)
            said = said.replace(f"{{{name}}}", shown.text if shown else "…") if said else said
        text[lang] = said
    return Words(text, body.states, body.where)


_DATE = Option("date", Message("paper setup", "Date (2026-12-01)"))
_TEMPLATE = Option("template", Message("paper setup", "Words of the letter"), offers=_offered)

DOCUMENTS = (
    Document("invitation_letter", INVITATION, _invitation, options=(_DATE, _TEMPLATE)),
    Document(
        "thank_you_letter", THANKS, _thanks,
        options=(
            Option("to", Message("paper setup", "To"), (
                ("first", Message("paper setup", "The first of the hosts")),
                ("each", Message("paper setup", "Each of the hosts")),
            )),
            _DATE,
            _TEMPLATE,
        ),
    ),
    Document("transmission_note", NOTE, _note, options=(_DATE, _TEMPLATE)),
)  # fmt: skip
