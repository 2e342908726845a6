"""The base class of errors a user can understand. Every other exception is our bug.

Each expected failure is one sentence: what happened, what is safe, what to do next. It stands where it is raised,
``UserError("…", code="no-such-day", day=…)``; a sentence that several places raise is a ``Failure`` beside them; a class of its own
is only for what somebody catches. The catalogue takes the sentences from all three (context ``error``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ucapdesk.base.i18n import Message


class UserError(Exception):
    """An error that is no bug of ours; ``say()`` returns its sentence in the reader's language.

    ``code`` names the failure for programs and tests and never changes; ``details`` fill the placeholders of the sentence.
    """

    sentence: str = ""
    code: str = ""

    def __init__(self, sentence: str = "", /, *, code: str = "", **details: object) -> None:
        super().__init__(details)
        self.sentence = sentence or self.sentence
        self.code = code or self.code
        self.details: dict[str, Any] = details

    @property
    def message(self) -> Message:
        return Message("error", self.sentence, self.details)

    def say(self, lang: str | None = None) -> str:
        """Return the sentence in ``lang`` (the reader's by default)."""
        return self.message.say(lang)

    def __str__(self) -> str:
        return self.say("en")


@dataclass(frozen=True)
class Failure:
    """A failure that several places raise: ``raise NO_SUCH_DAY(day=…)``."""

    code: str
    sentence: str
    error: type[UserError] = UserError

    def __call__(self, **details: object) -> UserError:
        return self.error(self.sentence, code=self.code, **details)
