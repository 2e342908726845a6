"""Reads the rows of contact persons: names in both scripts, posts, organisations, cities, e-mail and telephone.

Whose contacts a row holds, a city's or the programme's, is told by the words of its label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ucapdesk.base.pinyin import is_surname
from ucapdesk.formats.address_words import EMAIL
from ucapdesk.formats.glance.labelled_rows import is_side
from ucapdesk.formats.paper_contents import Contact, Notes, PaperOrganisation, PaperPlace, PaperSide
from ucapdesk.formats.phrases.field_labels import field_of, same_word, words_of
from ucapdesk.formats.phrases.people_in_text import (
    PHONE,
    PHONE_WORD,
    TITLES,
    ContactPiece,
    PieceKind,
    han_body_and_post,
    kind_of_piece,
    parted_name,
    pieces_in,
    salutation_in,
)
from ucapdesk.formats.phrases.places_in_text import Register, european, unbracketed
from ucapdesk.formats.phrases.small_texts import folded_nfkc, split_outside, squash
from ucapdesk.model.text.person_names import HAN_NAME, PARTICLES, read_latin, read_person

PROGRAMME = re.compile(
    r"(?<![A-Za-z])I\.?U\.?(?:R\.?)?C(?![A-Za-z])|programme|programa|programma|project team|secretariat|项目(?!部)",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:local\s+)?contacts?\b(\s+(persons?|people|points?|details|info\w*)\b)?\s*(of|for|in)?\W*|"
    r"\b(?:persona|personas)\s+de\s+contacto\b\W*(?:de\b|del\b)?|"
    r"\bpersone?\s+di\s+contatto\b\W*|\bansprech\w+\b\W*|\bkontakt\w*\b\W*|"
    r"\bfocal points?\b\W*|\bcontactos?\b\W*|\bcontatt[oi]\b\W*|"
    r"项目联系人|联系人|联络人|联系方式|对接人",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:project |programme )?(?:team|office|secretariat|staff|management unit)\b|项目(?:办公室|办|组)?|团队|办公室",
    re.IGNORECASE,
)
_REGIONS = {"亚洲": " Asia", "印度": " India", "中国": " China", "拉美": " Latin America"}


def programme_name(label: str) -> str:
    """Return what a label calls the programme: "IUC亚洲项目联系人" says IUC Asia."""
    said = CONTACT.sub(" ", squash(label)).strip(" :-–")
    for han, latin in _REGIONS.items():
        said = said.replace(han, latin)
    return squash(_TEAM.sub(" ", said)).strip(" :-–")


def group_of(label: str, sides: tuple[PaperSide, PaperSide], register: Register | None = None) -> str | None:
    """Return whose contacts a row holds, by the words of its label."""
    whose = folded_nfkc(CONTACT.sub(" ", label))
    for side in sides:
        if any(
            folded_nfkc(name) in whose for city in side.cities for name in (city.name, unbracketed(city.name)) if name
        ):
            return side.side
    if PROGRAMME.search(whose):
        return "programme"
    if register and (mentioned := register.mentions(CONTACT.sub(" ", label))):
        return mentioned[0][2].side
    if re.search(r"\b(europe(an)?|eu|europea|europeo|europäische\w*)\b|欧方|欧盟|欧洲", whose):
        return "B"
    asian = r"\b(chinese|china|asian?|indian?|japan\w*|latin|chin[oa]|cinese|chinesische\w*)\b|中方|中国|印方"
    return "A" if re.search(asian, whose) else None


# What a piece is by the word before its colon: "Position: Director".
_HEADS = {
    "person": PieceKind.PERSON, "post": PieceKind.POST, "organisation": PieceKind.ORGANISATION, "phone": PieceKind.PHONE, "mobile": PieceKind.PHONE,
    "fax": PieceKind.PHONE, "email": PieceKind.EMAIL, "address": PieceKind.ADDRESS, "place": PieceKind.ADDRESS,
}  # fmt: skip
_INITIAL = re.compile(r"[DM]\.(?=\s+[A-ZÀ-Ý][\w’'-]+\s+[A-ZÀ-Ý])\s*")
# Words of papers in Spanish and French, in which D. and M. before a name are titles and no initials.
_ROMANCE = re.compile(
    r"\b(Sra|Dña|D\.ª|Ayuntamiento|Jef[ea]|Concejal\w*|Alcald\w*|T[eé]cnic[oa]|Diputaci[oó]n|Mme|Mairie|Ville de|M[eé]tropole|Direct(?:eur|rice)|charg[eé]e?|"
    r"Chef de|adjointe?)\b"
)


@dataclass(slots=True)
class _Entry:
    """One person as far as read: the words in order, and what each of them is."""

    print: str
    name: str = ""
    title: str = ""
    place: PaperPlace | None = None
    place_name: str = ""
    programme: str = ""
    posts: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    email: str = ""
    phone: str = ""
    mobile: str = ""
    side: str | None = None


class People:
    """Reads the contact rows of one paper one after the other; gathers their people and organisations."""

    def __init__(self, sides: tuple[PaperSide, PaperSide], register: Register, notes: Notes) -> None:
        self._sides = sides
        self._register = register
        self._notes = notes
        self._with_stop: list[tuple[str, str]] = []
        self.contacts: list[Contact] = []
        self.organisations: list[PaperOrganisation] = []
        self.programmes: list[str] = []
        self.unread: list[str] = []

    def read(self, text: str, label: str, column: str | None = None) -> None:
        group = group_of(label, self._sides, self._register) or column
        own = self._programme_of(label) if group == "programme" else None
        entries = self._entries(text, label)
        told = group is not None
        for entry in entries:
            self._register_entry(entry, label, group, own)
            told = told or self.contacts[-1].group is not None
        if not told and entries:
            self._notes.add("contact_group", label)

    def _programme_of(self, label: str) -> str | None:
        """Register the programme that a label names; return the key of its organisation where the label is its own."""
        before, colon, behind = label.partition(": ")
        said = programme_name(behind if colon else before)
        if not said:
            return None
        self._is_programme(said)
        return None if colon else self._organisation(said, None, None, label)

    def _is_programme(self, said: str) -> None:
        if re.search(r"(?<![A-Za-z])IUR?C(?![A-Za-z])", said):
            self.programmes.append(squash(said))

    # -- from words to entries --------------------------------------------------------------------

    def _entries(self, text: str, label: str) -> list[_Entry]:
        entries: list[_Entry] = []
        shared: list[_Entry] = []
        whose: _Entry | None = None
        for piece in pieces_in(text):
            if piece.bracket:
                self._bracket(piece.text, entries, shared, label)
                continue
            kind = _HEADS.get(piece.head or "") or kind_of_piece(piece.text, self._register)
            if piece.before or (piece.hard and (kind in (PieceKind.PLACE, PieceKind.PROGRAMME) or is_side(piece.text))):
                whose = self._whose(piece, kind, entries, label)
                continue
            whose = None if piece.hard and whose and whose.print else whose
            person = kind is PieceKind.PERSON or (kind is PieceKind.NAME and self._may_begin(piece, entries))
            if person and entries and self._is_same_person(piece, entries[-1]):
                entries[-1].name += f" {TITLES.sub('', piece.text)}"
                entries[-1].print += f" {piece.text}"
            elif person:
                entry = self._named(piece.text, text)
                if whose:
                    entry.place, entry.programme, entry.side = whose.place, whose.programme, whose.side
                    whose.print = entry.print
                shared = [*shared, entry] if piece.joined and shared else [entry]
                entries.append(entry)
            elif not entries:
                self._stray(piece.text, label)
            else:
                self._detail(entries[-1], piece.text, kind, piece.head)
                entries[-1].print += ("，" if "，" in text else ", ") + piece.text
        return entries

    def _whose(self, piece: ContactPiece, kind: PieceKind, entries: list[_Entry], label: str) -> _Entry | None:
        """Return whose the people of a line are, by what stands before them: a city, a side or the programme."""
        said = piece.text
        if piece.head in _HEADS:
            return None
        if kind is PieceKind.PROGRAMME or PROGRAMME.search(said):
            return _Entry("", programme=said)
        place = self._register.resolve(said) or next((found for _, _, found in self._register.mentions(said)), None)
        if place:
            return _Entry("", place=place, side=place.side)
        if side := group_of(said, self._sides, self._register):
            self._notes.add("head_row", label, print=said)
            return _Entry("", side=side)
        if not piece.head and field_of(said) is None:
            self._stray(said, label)
        return None

    def _may_begin(self, piece: ContactPiece, entries: list[_Entry]) -> bool:
        """Whether a bare name is another person's: not what stands directly behind the first name of a line."""
        if not entries:
            return True
        last = entries[-1]
        if piece.hard:
            told = last.posts or last.organisations or last.place or last.email or last.phone
            return bool(told or not last.title or not piece.alone or HAN_NAME.search(piece.text))
        if last.place or not last.title:
            return True
        words = piece.text.split()  # behind Mr X and his post stand his office and his town rather than another name
        return bool(HAN_NAME.search(piece.text)) or (len(words) == 2 and is_surname(words[0]))

    @staticmethod
    def _is_same_person(piece: ContactPiece, last: _Entry) -> bool:
        """Whether a name says the last one again in the other script: 李红梅（女士）Ms LI Hongmei."""
        here, there = (bool(HAN_NAME.search(name)) for name in (piece.text, last.name))
        words = TITLES.sub("", piece.text).split()
        told = last.posts or last.organisations or last.email or last.phone
        return not piece.hard and not told and there and not here and any(map(is_surname, words[:1] + words[-1:]))

    def _named(self, text: str, around: str) -> _Entry:
        title = TITLES.match(text) or (_INITIAL.match(text) if _ROMANCE.search(around) else None)
        return _Entry(text, *parted_name(text, title))

    def _bracket(self, text: str, entries: list[_Entry], shared: list[_Entry], label: str) -> None:
        if not entries:
            self._stray(f"({text})", label)
            return
        of = shared if len(shared) > 1 and shared[-1] is entries[-1] else entries[-1:]
        if len(of) > 1:
            said = " / ".join(entry.print for entry in of)
            self._notes.add("contacts_joined", label, people=said, bracket=f"({text})", n=len(of))
        short = HAN_NAME.fullmatch(text.replace(" ", "")) and 1 < len(text) < 5
        is_name = short and kind_of_piece(text, self._register) in (PieceKind.NAME, PieceKind.PERSON)
        for entry in of:
            if is_name and not entry.name.startswith(text):
                entry.name += f" {text}"
                continue
            if TITLES.fullmatch(text) or salutation_in(text):
                entry.title = entry.title or text
                continue
            for part in split_outside(text, r"[,;/，；]\s*|\s[–—-]\s") or [text]:
                if entry.posts and re.fullmatch(r"[A-Z][A-Z&]{1,6}", part):
                    entry.posts[-1] += f" ({part})"  # the short name of what is headed
                    continue
                kind = kind_of_piece(part, self._register)
                self._detail(
                    entry, part, PieceKind.UNKNOWN if kind in (PieceKind.NAME, PieceKind.PERSON) else kind, bracket=True
                )
        entries[-1].print += f" ({text})"

    def _reached(self, entry: _Entry, text: str, head: str | None) -> None:
        """Take a telephone number; one of a fax is kept beside the record."""
        for found in PHONE.finditer(text):
            word = PHONE_WORD.match(text)
            if head == "fax" or (word and word["fax"]):
                self.unread.append(text)
            elif (head == "mobile" or (word and word["mobile"]) or entry.phone) and not entry.mobile:
                entry.mobile = squash(found[0])
            elif not entry.phone:
                entry.phone = squash(found[0])

    def _detail(
        self, entry: _Entry, text: str, kind: PieceKind, head: str | None = None, *, bracket: bool = False
    ) -> None:
        if both := han_body_and_post(text) if kind is PieceKind.POST else None:
            entry.organisations.append(both[0])
            entry.posts.append(both[1])
            return
        if kind is PieceKind.EMAIL and (found := EMAIL.search(text)):
            entry.email = entry.email or found[0]
            text = text.replace(found[0], " ")
        if kind in (PieceKind.PHONE, PieceKind.EMAIL):
            self._reached(entry, text, head)
        elif kind is PieceKind.ADDRESS:
            self.unread.append(text)
        elif kind is PieceKind.PLACE:
            entry.place = entry.place or self._register.resolve(text)
        elif kind is PieceKind.PROGRAMME:
            entry.programme = text
        elif kind is PieceKind.ORGANISATION:
            entry.organisations.append(re.sub(r"(?<=[a-zà-ÿ]{4})\.$", "", text))
        elif kind is PieceKind.POST:
            entry.posts.append(text)
        elif kind is PieceKind.UNKNOWN and re.fullmatch(r"(?!I[APFR]S$|MEP$|MBA$)[A-Z][A-Z&]{2,12}", text):
            entry.organisations.append(text)  # an office by its short name
        elif kind in (PieceKind.UNKNOWN, PieceKind.NAME, PieceKind.PERSON):
            if bracket and not entry.place and not entry.place_name and not entry.organisations and not entry.posts:
                entry.place_name = text
            elif not entry.posts and not entry.organisations:
                entry.posts.append(text)
            else:
                entry.organisations.append(text)

    def _stray(self, print_: str, label: str) -> None:
        self.unread.append(print_)
        self._notes.add("stray_text", label, print=print_)

    # -- from entries to contacts -----------------------------------------------------------------

    def _register_entry(self, entry: _Entry, label: str, group: str | None, own: str | None) -> None:
        contact = self._person(entry, label)
        group = entry.side or group
        if entry.programme:
            self._is_programme(entry.programme)
            group = "programme" if not entry.side else group
        place = entry.place or self._place_in(entry.organisations)
        group = group or (place.side if place else None) or self._side_by_address(entry)
        home = self._home(label, group)
        if entry.place_name:
            place = place or self._bracket_place(entry, label, group, contact)
        group = group or (place.side if place else None)
        named = place.name if place else home if group != "programme" else None
        parent = own
        for name in _outermost_first(entry.organisations):
            where = self._place_in([name])
            parent = self._organisation(name, parent, where.name if where else None, label)
        if not place and not named and not parent:
            self._notes.add("contact_no_place", label, print=contact.print)
        self.contacts.append(
            replace(
                contact, group=group, organisation=parent, place=named, post=", ".join(entry.posts), email=entry.email,
                phone=entry.phone, mobile=entry.mobile,
            )
        )  # fmt: skip

    def _bracket_place(self, entry: _Entry, label: str, group: str | None, contact: Contact) -> PaperPlace | None:
        """Return the place that an unknown bracket names; of the own side and the programme it is an organisation."""
        if group in ("A", "programme") or european(entry.place_name, city=True) is False:
            entry.organisations.append(entry.place_name)
            return None
        person = f"{contact.given} {contact.family}".strip()
        return self._register.contact(entry.place_name, label, group if group == "B" else None, person)

    def _place_in(self, texts: list[str]) -> PaperPlace | None:
        for text in texts:
            if mentioned := self._register.mentions(text):
                return mentioned[0][2]
            words = [word for word in words_of(text) if len(word) > 4]
            partners = (each for each in self._register.found() if each.role == "partner")
            alike = [each for each in partners if any(same_word(word, folded_nfkc(each.name)) for word in words)]
            if len(alike) == 1:
                return alike[0]  # Comune di Genova is of Genoa
        return None

    def _side_by_address(self, entry: _Entry) -> str | None:
        """Return the one side whose country the e-mail address ends in."""
        ending = entry.email.rpartition(".")[2].upper().replace("UK", "GB")
        sides = [side.side for side in self._sides if ending in side.countries]
        return sides[0] if len(sides) == 1 else None

    def _person(self, entry: _Entry, label: str) -> Contact:
        print_, title = entry.print, entry.title
        said = read_person(entry.name)
        han = said.get("name_han")
        latin = HAN_NAME.sub(" ", entry.name).strip(" ()（）")
        words = latin.split()
        family, given, order, capitals = _name(words, han) if words else ("", "", "family_first", False)
        shown = squash(f"{title} {entry.name}")
        if capitals:
            code = "capitals_first" if order == "family_first" else "capitals_last"
            self._notes.add(code, label, print=shown, family=family)
        elif words and order == "family_first" and not han:
            self._notes.add("family_first", label, print=shown, family=family)
        elif len(words) > 2 and not any(word.casefold() in PARTICLES for word in words):
            self._notes.add("name_parts", label, print=shown, family=family)
        if not title:
            self._notes.add("no_title", label, print=shown)
        if title.rstrip(".") in {"Mr", "Ms", "Mrs"} and title.endswith("."):
            self._with_stop.append((label, shown))
        written = f"{han.family or ''}{han.given or ''}" if han else "".join(HAN_NAME.findall(entry.name))
        return Contact(
            order=len(self.contacts) + 1, group=None, salutation=salutation_in(title), family=family, given=given,
            name_order=order, surname_capitals=capitals, organisation=None, place=None, print=print_, row=label,
            han=written,
        )  # fmt: skip

    def _home(self, label: str, group: str | None) -> str | None:
        """Return the city that the label names, else the only one of the group."""
        cities = [city.name for side in self._sides if side.side == group for city in side.cities]
        named = [name for name in cities if folded_nfkc(name) in folded_nfkc(label)]
        if not named:
            mentioned = self._register.mentions(label)
            named = [place.name for _, _, place in mentioned if place.name in cities]
        return named[0] if named else cities[0] if len(cities) == 1 else None

    def _organisation(self, name: str, parent: str | None, place: str | None, label: str) -> str:
        """Register an organisation unless it is known; return its key."""
        key = f"{parent} > {folded_nfkc(name)}" if parent else folded_nfkc(name)
        if all(known.key != key for known in self.organisations):
            self.organisations.append(PaperOrganisation(key, name, parent, place, label))
        return key

    def check(self, text: str, label: str) -> None:
        """Note titles written differently, cities without a contact, and that nobody can be reached."""
        if 0 < len(self._with_stop) < len(self.contacts):
            for row, print_ in self._with_stop:
                self._notes.add("title_stop", row, print=print_)
        met = {contact.place for contact in self.contacts}
        listed = [place for place in self._register.found() if place.role in ("partner", "included")]
        if missing := [place.name for place in listed if place.name not in met]:
            self._notes.add("contact_missing", label, places=", ".join(missing))
        if self.contacts and not re.search(r"\w@\w|\+?\d[\d\s()/.-]{6,}\d", text):
            self._notes.add("no_addresses", label)


_DIVISION = re.compile(r"\b(division|section|unit|office|department|desk)\b|[处科室]$", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(commission|DRC|government|municipality|city of|university|council|GmbH|ltd)\b|委员会|政府|发改委",
    re.IGNORECASE,
)


def _outermost_first(names: list[str]) -> list[str]:
    """Return organisations from the whole to its part: a division printed before its commission comes after it."""
    if len(names) == 2 and _DIVISION.search(names[0]) and not _WHOLE.search(names[0]) and _WHOLE.search(names[1]):
        return names[::-1]
    return names


def _name(words: list[str], han: object = None) -> tuple[str, str, str, bool]:
    """Family name, given name, order, and whether capitals mark the family name; a single word is taken for the family name."""
    name = read_latin(" ".join(words), han)  # type: ignore[arg-type]
    capital = [len(word) > 1 and word.isupper() and "." not in word for word in words]
    marked = not all(capital) and (capital[0] or capital[-1])
    if not name.family:
        return name.given or "", "", "given_first", False
    return name.family, name.given or "", name.order or "given_first", marked
