"""Whoever gives a package is told how much of it is internal, and who reads it."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QLabel

from tests.helpers.chinese_records import fill_in
from tests.journeys.conftest import run
from tests.journeys.two_windows import Both
from ucapdesk.base import i18n
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service


def test_the_command_line_tells_it(workspace_folder: Path, tmp_path: Path) -> None:
    given = run("give", workspace_folder, "-o", tmp_path / "1.ucapx")
    assert "internal" not in given.output
    run("add", workspace_folder, "meeting", "title.en=Talks", "lines_to_take.en=Be firm", "notes.zh=只供内部")
    run("add", workspace_folder, "person", "name.family=Li", "mobile=+86 138 0000 0000", "diet=vegan")
    given = run("give", workspace_folder, "-o", tmp_path / "2.ucapx")
    assert "4 internal fields and notes are included" in given.output
    assert "Lines to take" in given.output
    data = json.loads(run("give", workspace_folder, "-o", tmp_path / "3.ucapx", "--json").stdout)
    assert (data["internal"], data["readers"]) == (4, [])


def test_everything_that_is_declared_internal_counts(liuzhou: Path) -> None:
    """Counted once more, record by record as a form reads them."""
    found = 0
    with workspace_service.opened(liuzhou) as desk:
        fill_in(desk, "Text", "en")
        for kind in KINDS.values():
            if kind.cls.reserved:
                continue
            rows = desk.db.execute(f'SELECT id FROM "{kind.name}"').fetchall()
            for record in desk.read.many([id_ for (id_,) in rows]):
                inside = [each for each in kind.fields.values() if each.meta.internal and not each.meta.local]
                found += sum(bool(getattr(record, each.name)) for each in inside)
                found += bool(getattr(record, "internal", None))
        assert (exchange_service.internal_going_along(desk).n, found > 5) == (found, True)


def test_it_is_counted_again_only_once_something_changed(liuzhou: Path) -> None:
    with workspace_service.opened(liuzhou, read_only=False) as desk:
        before, statements = exchange_service.internal_going_along(desk), list[str]()
        desk.db.set_trace_callback(statements.append)
        assert exchange_service.internal_going_along(desk) == before
        assert statements == []
        (meeting, *_) = records.listing(desk, "meeting")
        records.edit(desk, meeting, {"do_not_raise": Bilingual(en="The old debt")})
        assert exchange_service.internal_going_along(desk).n == before.n + 1
        in_english = exchange_service.internal_going_along(desk).labels
        i18n.use_language("zh")
        assert exchange_service.internal_going_along(desk).labels != in_english


def test_the_window_tells_it_where_it_is_given(both: Both, look: str) -> None:
    anna, _ = both
    anna.laptop.add("meeting", "title.en=Talks", "do_not_raise.en=The old debt")
    anna.come().click("status.exchange")
    page = anna.window.exchange.page
    assert page is not None
    said = [label.text().replace("\u200b", "") for label in page.findChildren(QLabel)]
    (line,) = [text for text in said if "Chen Yan" in text and tr("meeting.do_not_raise", "Do not raise", look) in text]
    assert "1" in line
