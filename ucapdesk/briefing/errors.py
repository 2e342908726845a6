"""The errors of printing."""

from __future__ import annotations

from ucapdesk.base.errors import UserError


class NotTranslated(UserError):
    """A letter would go out with a text in another language than its own."""

    sentence = (
        "The letter cannot be printed before it is translated: {what}. Nothing was written; complete the texts, or leave out "
        "that language."
    )
