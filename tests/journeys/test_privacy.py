"""People's data on the command line: who is kept how long, and everything of one person as a file."""

from __future__ import annotations

import json
from pathlib import Path

from tests.journeys.conftest import Ask, run


def test_who_is_kept_how_long_and_all_of_one_person(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    before = ask("digest", liuzhou)
    people = ask("privacy", liuzhou, "--json")
    assert {each["state"] for each in people} == {"no_date"}
    assert len(ask("privacy", liuzhou).splitlines()) == len(people)
    assert ask("privacy", liuzhou, "--due", "--json") == []
    id_ = people[0]["id"]
    data = ask("privacy", liuzhou, id_, "--json")
    assert people[0]["name"].split()[-1] in json.dumps(data, ensure_ascii=False)
    assert ask("privacy", liuzhou, id_, "-o", tmp_path / "a.json", "--json")["lines"] == len(data)
    assert ask("digest", liuzhou) == before
    refused = run("privacy", liuzhou, ask("list", liuzhou, "place", "--json")[0]["id"])
    assert (refused.exit_code, "is not a person" in refused.stderr) == (1, True)
    assert ask("privacy", liuzhou, "--due") == "No retention period has ended or ends soon.\n"
    assert ask("privacy", liuzhou, "-o", tmp_path / "list.csv", "--json")["lines"] == len(people)
    assert len((tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()) == len(people) + 1
    assert run("privacy", liuzhou, "-o", tmp_path / "b.json").exit_code == 1


def test_who_is_back_with_a_backup_of_before_is_named(new_desk: Path, ask: Ask, tmp_path: Path) -> None:
    wei, anna = (ask("add", new_desk, "person", f"name.family={name}").strip() for name in ("Zhang", "Rossi"))
    backup = tmp_path / "before.ucapbackup"
    ask("backup", new_desk, "-o", backup)
    later = ask("add", new_desk, "person", "name.family=Nowak").strip()
    for id_, name in ((wei, "Zhang"), (later, "Nowak")):
        ask("erase", new_desk, id_, "--confirm", name)
    said = ask("restore-backup", backup, new_desk)
    assert f"All data of Zhang ({wei}) was removed after this backup was made, and is back now" in said
    assert (anna in said, later in said) == (False, False)
    assert "were not searched" in ask("erase", new_desk, wei, "--confirm", "Zhang")
    assert "is back now" not in ask("restore-backup", backup, tmp_path / "elsewhere")
    told = run("history", new_desk, wei)
    assert (told.exit_code, "There is no record" in told.stderr) == (1, True)
