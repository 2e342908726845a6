"""Lists, programmes and minutes as offices send them say what a colleague would record: each file beside its gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.list_facts import facts, gold_of, lists, read_list, visit_of
from ucapdesk.services.files.imports import plan_list
from ucapdesk.services.files.incoming_files import take
from ucapdesk.store.desk import Desk


@pytest.mark.parametrize("path", lists(), ids=lambda path: path.name)
def test_a_list_says_what_its_gold_says_once(workspace_folder: Path, path: Path) -> None:
    """Its file's name tells what is special in it; taken in again it brings nothing."""
    head, wanted = gold_of(path)
    with Desk.open(workspace_folder) as desk:
        visit = visit_of(desk, head)
        found = read_list(desk, path, visit)
        assert facts(found) == wanted
        for each in found:
            source = each.drafts[0].values
            secrets = [left.text for left in each.not_placed if left.secret]
            assert not [text for text in secrets if text in f"{source['rows']} {source['oddities']}"]
            take(desk, plan_list(desk, each))
        again = [plan_list(desk, each) for each in read_list(desk, path, visit)]
        assert not [line.title for plan in again for line in plan.lines if line.possible]
