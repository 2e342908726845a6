"""Values that no field takes, written by an accepted laptop into every field there is: every page still shows."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication

from tests.helpers.package_maker import Hand, Log, Parcel
from tests.helpers.pages import PAGES
from tests.helpers.stage import Stage
from tests.property.forgeries import IMPOSSIBLE
from ucapdesk.base import settings
from ucapdesk.exchange.receiving import receive
from ucapdesk.exchange.reports import APPLIED
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.store.safety.check import check


def impossible(desk: Desk, folder: Path, seed: int) -> Path:
    """A package that writes something impossible into every field of every record."""
    r, log = Random(seed), Log(desk.workspace.id, Hand("Li"))
    for name, kind in KINDS.items():
        if kind.cls.reserved:
            continue
        for (id_,) in desk.db.execute(f'SELECT id FROM "{name}"').fetchall():
            free = [cell for cell, field in kind.fields.items() if cell != "owner" and not field.meta.kinds]
            cells = {cell: r.choice(IMPOSSIBLE) for cell in free if r.random() < 0.7}
            log.save([name, id_, cells])
    return Parcel(log.workspace, log.hand, [log]).write(folder / f"{seed}.ucapx")


@pytest.mark.soak
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_page_shows(qapp: QApplication, second_desk: Desk, tmp_path: Path, lang: str) -> None:
    settings.save(settings.Settings(person="Ana"))
    for seed in range(2):
        (report,) = receive(second_desk, [impossible(second_desk, tmp_path, seed)], accept=True)
        assert report.state == APPLIED, report.why
    for kind in LISTED:
        for id_ in records.listing(second_desk, kind):
            records.get(second_desk, id_)
    stage = Stage(qapp, second_desk)
    stage.dress(lang)
    with closing(stage):
        for page in PAGES:
            with stage.shown(page, 1366, 768):
                pass
    assert check(second_desk).findings == []
