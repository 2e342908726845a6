"""The house style of an office on its papers: letterhead, colour, cover picture, badges and footer."""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.briefing.text_elements import NO_WORDS, Picture, Words


@dataclass(frozen=True, slots=True)
class House:
    """The style of one office; what it does not say is as without one.

    Attributes:
        office: Its name; more lines may stand below the first.
        address: Of the letterhead.
        reach: Telephone, e-mail and website, a line each.
        logo: At the left of the letterhead and of the first page.
        second_logo: At the right.
        red_head: The name in the red head of Chinese letters, where it is another one.
        accent: A colour such as ``#0F5FA6``.
        cover: The picture on covers.
        event: What badges say below the name.
        event_logo: The logo on badges, where it is another one.
        footer: A line at the foot of every page.
    """

    office: Words = NO_WORDS
    address: Words = NO_WORDS
    reach: tuple[Words, ...] = ()
    logo: Picture | None = None
    second_logo: Picture | None = None
    red_head: Words = NO_WORDS
    accent: str = ""
    cover: Picture | None = None
    event: Words = NO_WORDS
    event_logo: Picture | None = None
    footer: Words = NO_WORDS
