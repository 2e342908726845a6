"""The sample: the paper with draft Chinese, every text of ours marked as a draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ucapdesk.model.kinds import LISTED
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import maintenance, sample


def test_the_sample_is_the_paper_with_draft_chinese(tmp_path: Path) -> None:
    with sample.make(tmp_path / "sample") as desk:
        assert desk.workspace.name == "Sample: Liuzhou"
        assert history.next_undo(desk) == "Created the sample"
        theme = records.get(desk, records.listing(desk, "theme")[0])
        assert theme.name.get("zh") == "智慧能源城区"  # type: ignore[attr-defined]
        states = set()
        for kind in LISTED.values():
            for record in records.page(desk, kind.name, records.listing(desk, kind.name)):
                texts = (getattr(record, name) for name in kind.fields)
                if kind.name != "country":
                    states |= {text.state("zh") for text in texts if isinstance(text, Bilingual) and text.get("zh")}
        assert states == {"draft"}
        assert records.count(desk, "country") == 249
        assert records.get(desk, records.listing(desk, "country")[0]).name.state("zh") == ""  # type: ignore[attr-defined]
        desk.undo()
        desk.undo()
        assert records.count(desk, "ucap") == 0


def test_the_sample_is_known_as_one_and_no_other_workspace_is(desk: Desk, tmp_path: Path) -> None:
    assert not sample.is_sample(desk)
    with sample.make(tmp_path / "marked") as made:
        assert sample.is_sample(made)
        maintenance.backup(made, tmp_path / "sample.ucapbackup")
    maintenance.restore_backup(tmp_path / "sample.ucapbackup", tmp_path / "restored")
    with Desk.open(tmp_path / "restored") as restored:
        assert sample.is_sample(restored)


def test_the_sample_of_the_window_lives_in_this_week(tmp_path: Path) -> None:
    with sample.make(tmp_path / "sample", living=True) as desk:
        (visit,) = records.listing(desk, "visit", find="Delegation from Barcelona")
        now = records.get(desk, visit)
        assert now.dates.edtf == "2026-11-02/2026-11-05"  # type: ignore[attr-defined]
        parts = records.children(desk, visit)
        assert [len(parts[kind]) for kind in ("participation", "itinerary_item", "action_item")] == [5, 12, 1]
        for part in parts["itinerary_item"]:
            assert part.when.start  # type: ignore[attr-defined]
        (mou,) = records.listing(desk, "agreement")
        parties: list[Any] = records.children(desk, mou)["agreement_party"]
        assert all(each.represented_by for each in parties)
        assert len(records.listing(desk, "action_item")) == 3
