"""Documents that records come from, go with, or are printed in; rows that serve other records: links between look-alikes, members of sets."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from ucapdesk.model.record import Filed, Ordered, Record, field, members, owner, ref
from ucapdesk.model.values import Bilingual, Codes, FileRef, PartialDate


class SourceDocument(Record):
    """A paper that records were taken from, with its rows word for word."""

    label, plural = "Source document", "Source documents"

    title: Mapped[Bilingual | None] = field("Title", search=4, column=True, needed=True)
    file_name: Mapped[str | None] = field("File name", search=2, column=True)
    sha256: Mapped[str | None] = field("SHA-256", machine=True)
    label_set: Mapped[str | None] = field("Form of the document", machine=True)
    pages: Mapped[int | None] = field("Pages")
    imported: Mapped[PartialDate | None] = field("Imported", search=1, column=True)
    rows: Mapped[str | None] = field("Rows, word for word", search=1, long=True, machine=True)
    oddities: Mapped[str | None] = field("Oddities found", long=True, machine=True)


class Attachment(Ordered, Record):
    """A file kept with a record. Its bytes lie in the workspace; two scans for one slot both stay."""

    label, plural = "Attachment", "Attachments"
    title_fields: ClassVar[tuple[str, ...]] = ("title", "file")

    owner: Mapped[str | None] = owner(
        "programme", "place", "ucap", "theme", "pilot_project", "organisation", "person", "visit", "itinerary_item",
        "meeting", "action_item", "agreement", "source_document", "pack", "gift",
    )  # fmt: skip
    file: Mapped[FileRef | None] = field("File", search=2, column=True, needed=True)
    title: Mapped[Bilingual | None] = field("Title", search=2, column=True)
    type: Mapped[str | None] = field("Kind", codes="attachment_kind", column=True)
    language: Mapped[str | None] = field("Language", codes="languages", column=True)
    internal: Mapped[bool | None] = field("Internal")


class GlossaryTerm(Filed, Record):
    """A term and its agreed translation."""

    label, plural = "Glossary term", "Glossary"
    title_fields: ClassVar[tuple[str, ...]] = ("term",)

    term: Mapped[Bilingual | None] = field("Term", search=5, column=True, needed=True)
    note: Mapped[Bilingual | None] = field("Note", search=1, long=True, column=True)
    avoid: Mapped[Codes | None] = members("Variants to avoid")


class Template(Filed, Record):
    """A pattern for an itinerary, an agenda, a checklist or a letter."""

    label, plural = "Template", "Templates"
    title_fields: ClassVar[tuple[str, ...]] = ("name",)

    name: Mapped[Bilingual | None] = field("Name", search=4, column=True, needed=True)
    type: Mapped[str | None] = field("Kind", codes="template_kind", column=True)
    body: Mapped[Bilingual | None] = field("Text", search=1, long=True)
    content: Mapped[str | None] = field("Content", machine=True)


class Pack(Filed, Record):
    """A printed pack: what was in it, in which version, for whom."""

    label, plural = "Pack", "Packs"
    papers: ClassVar[str] = "one"

    owner: Mapped[str | None] = owner("visit", "meeting", "ucap", "agreement")
    title: Mapped[Bilingual | None] = field("Title", search=4, column=True, needed=True)
    document: Mapped[str | None] = field("Document", codes="paper", column=True, printed=True)
    edition: Mapped[str | None] = field("Edition", codes="edition", column=True, printed=True)
    paper_languages: Mapped[str | None] = field("Languages", shape="languages", printed=True)
    layout: Mapped[str | None] = field("Layout", codes="layout", printed=True)
    sections: Mapped[str | None] = field("Sections", machine=True)
    version: Mapped[int | None] = field("Version", column=True, printed=True)
    content_hash: Mapped[str | None] = field("Content hash", machine=True)
    printed: Mapped[PartialDate | None] = field("Printed", search=1, column=True, printed=True)
    file: Mapped[FileRef | None] = field("File")
    recipients: Mapped[Codes | None] = members("Recipients")
    replaces: Mapped[str | None] = field("Replaces", kinds=("pack",), printed=True)


class HouseStyle(Filed, Record):
    """The house style of an office: its letterhead, colour, cover picture, badges and footer; of a pack the one it was printed with."""

    label, plural = "House style", "House styles"
    title_fields: ClassVar[tuple[str, ...]] = ("office",)

    owner: Mapped[str | None] = owner("pack")
    office: Mapped[Bilingual | None] = field("Office", column=True, needed=True)
    organisation: Mapped[str | None] = ref("organisation", "Organisation", column=True)
    address: Mapped[Bilingual | None] = field("Address", long=True)
    phone: Mapped[str | None] = field("Telephone", shape="phone")
    email: Mapped[str | None] = field("E-mail", shape="email")
    website: Mapped[str | None] = field("Website", shape="url")
    logo: Mapped[FileRef | None] = field("Logo", column=True)
    second_logo: Mapped[FileRef | None] = field("Second logo")
    red_head: Mapped[Bilingual | None] = field("Red head of Chinese letters", untranslated=True)
    accent: Mapped[str | None] = field("Accent colour", shape="colour", example="#0B5C96", column=True)
    cover: Mapped[FileRef | None] = field("Cover picture")
    event: Mapped[Bilingual | None] = field("Event on badges")
    event_logo: Mapped[FileRef | None] = field("Logo on badges")
    footer: Mapped[Bilingual | None] = field("Footer")


class SameAs(Record):
    """Two records that are one thing, or (``differs``) that were found not to be."""

    label, plural = "Same-as link", "Same-as links"
    title_fields: ClassVar[tuple[str, ...]] = ("a",)
    called_after: ClassVar[bool] = True
    identity: ClassVar[tuple[str, ...]] = ("a", "b")

    @classmethod
    def derived_name(cls, **identity: str) -> tuple[str, ...]:
        """``smaller id|greater id``, so that both directions make one row."""
        return tuple(sorted(identity.values()))

    a: Mapped[str | None] = field("One record", column=True, needed=True)
    b: Mapped[str | None] = field("The other record", column=True, needed=True)
    differs: Mapped[bool | None] = field("Not the same", column=True)


class Member(Ordered, Record):
    """One member of one set of one record. ``role`` is the set's field, ``member`` a code, a word or an id."""

    label, plural = "Member", "Members"
    reserved: ClassVar[bool] = True
    title_fields: ClassVar[tuple[str, ...]] = ("member",)
    identity: ClassVar[tuple[str, ...]] = ("owner", "role", "member")

    owner: Mapped[str | None] = owner("*")
    role: Mapped[str | None] = field("Set")
    member: Mapped[str | None] = field("Member")
