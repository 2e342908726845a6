"""The version that a copy replaces, and when that was printed on this laptop's clock."""

from __future__ import annotations

from ucapdesk.base.clock import local_time, moment
from ucapdesk.base.i18n import LANGUAGES, tr
from ucapdesk.briefing.text_elements import Words
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request


def replaced(reader: RedactedReader, request: Request) -> Words | None:
    """Return ``replaces v2 of 24 Nov 2026, 16:10 (UTC+1)``; None where it replaces nothing. It does not count as read."""
    pack = reader.desk.read.get(Pack, request.replaces) if request.replaces else None
    if pack is None:
        return None
    from ucapdesk.briefing.header_footer import say_time  # what sets pages takes long to load

    first = next(iter(reader.desk.history(pack.id)), None)
    if first is None:
        return None
    time, version = local_time(moment(first.time)), f"v{pack.version or 1}"
    return Words(
        {
            lang: tr("paper", "replaces {version} of {time}", lang, version=version, time=say_time(time, lang))
            for lang in LANGUAGES
        }
    )
