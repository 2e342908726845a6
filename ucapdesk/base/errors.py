"""The base class of errors a user can understand. Every other exception is our bug.

Each expected failure is a small class holding its one sentence: what happened, what is safe, what to do next.
The catalogue takes the sentences from the classes (context ``error``), so a class cannot miss its translation.
"""

from __future__ import annotations

from typing import ClassVar

from ucapdesk.base.i18n import Message


class UserError(Exception):
    """An error that is no bug of ours; ``say()`` returns its sentence in the reader's language."""

    sentence: ClassVar[str] = ""

    def __init__(self, **details: object) -> None:
        super().__init__(details)
        self.details = details

    @property
    def message(self) -> Message:
        """The sentence as a message, for any language."""
        return Message("error", self.sentence, self.details)

    def say(self, lang: str | None = None) -> str:
        """Return the sentence in ``lang`` (the reader's by default)."""
        return self.message.say(lang)

    def __str__(self) -> str:
        return self.say("en")
