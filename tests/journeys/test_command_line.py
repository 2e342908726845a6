"""A coordinator's day on the command line: a workspace made, a paper taken in, records kept, a page printed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.helpers.silence import LogWatch
from tests.helpers.word_files import word_text
from tests.journeys.conftest import PAPER, Ask, run
from ucapdesk.base import settings
from ucapdesk.cli import COMMANDS
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.read.derived_values import TIMED

ROOT = Path(__file__).resolve().parents[2]


def _program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=os.environ | environment
    )


def test_the_liuzhou_paper_from_nothing_in_two_commands(tmp_path: Path, ask: Ask) -> None:
    desk = tmp_path / "w"
    made = _program("new", desk, "--name", "Liuzhou", "--person", "Ana")
    assert (made.returncode, made.stderr) == (0, "")
    taken_in = _program("import", desk, PAPER)
    assert (taken_in.returncode, taken_in.stderr) == (0, "")
    assert taken_in.stdout.startswith("ucap-liuzhou.txt: 88 new records, 0 already there.\n")
    assert "“SGD 9” is misspelt for SDG. Read as SDG 9 and marked as corrected." in taken_in.stdout
    (ucap,) = ask("list", desk, "ucap", "--json")
    shown = ask("show", desk, ucap["id"], "--json")
    assert [theme["sdgs"] for theme in shown["children"]["theme"]] == [[7], [9, 11], [9], [4], [11], [11], [3]]
    assert shown["reported_mou_count"] == 10
    assert [side["population"]["is"] for side in sorted(shown["children"]["ucap_side"], key=lambda side: side["side"])] == [
        "about", "not_available",
    ]  # fmt: skip


def test_a_second_import_changes_nothing(liuzhou: Path, ask: Ask) -> None:
    before = ask("digest", liuzhou, "--json")
    (report,) = ask("import", liuzhou, PAPER, "--json")
    assert (report["new"], report["already"], report["differs"]) == (0, 88, [])
    assert ask("digest", liuzhou, "--json") == before
    theme = ask("list", liuzhou, "theme", "--json")[0]["id"]
    ask("edit", liuzhou, theme, "name.en=Energy")
    told = ask("import", liuzhou, PAPER)
    assert "Name · English: “Energy” here, “Smart Energy District” in the paper – left as it is here" in told
    assert "becomes a question" not in told
    assert theme not in told


def test_a_dry_run_makes_nothing(tmp_path: Path, ask: Ask) -> None:
    ask("new", tmp_path / "w")
    (report,) = ask("import", tmp_path / "w", PAPER, "--dry-run", "--json")
    assert report["new"] == 88
    assert {"row", "what", "done"} == set(report["oddities"][0])
    assert {"kind", "id"} == set(report["records"][0])
    assert ask("list", tmp_path / "w", "ucap", "--json") == []


def test_every_declared_field_is_always_printed(liuzhou: Path, ask: Ask) -> None:
    for kind in LISTED:
        for record in ask("list", liuzhou, kind, "--json"):
            computed = {"computed"} if KINDS[kind].follows or issubclass(KINDS[kind].cls, TIMED) else set()
            assert set(record) == {"id", "kind", "states", *KINDS[kind].fields} | computed
            assert record["kind"] == kind
    meeting = ask("list", liuzhou, "meeting", "--json")[0]
    assert meeting["when"] == {
        "date": "2019-04",
        "start": None,
        "end": None,
        "end_date": None,
        "tz": None,
        "end_tz": None,
    }
    assert meeting["press_line"] == {"en": None, "zh": None}
    assert "children" not in meeting
    shown = ask("show", liuzhou, meeting["id"], "--json")
    assert list(shown["children"]) == [kind.name for kind in KINDS["meeting"].children]
    assert [topic["title"]["en"] for topic in shown["children"]["agenda_item"]] == [
        "Business round table on smart city"
    ]


def test_kinds_and_documents_are_told_as_data_and_as_text(ask: Ask) -> None:
    assert {kind["kind"] for kind in ask("kinds", "--json")} == set(LISTED)
    assert "agenda_item" in ask("kinds")
    assert ask("documents", "--json")[0]["kinds"] == ["ucap"]
    assert "UCAP at a glance" in ask("documents")


def test_a_record_is_added_changed_found_and_its_history_told(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    rome = ask("list", liuzhou, "place", "--find", "rome", "--json")[0]["id"]
    said = [
        "title.en=Kick-off",
        "title.zh=启动会",
        "when=2019-06-12 09:00-10:30 Europe/Rome",
        f"places={rome}",
        "tags=a,b",
    ]
    id_ = ask("add", liuzhou, "meeting", *said, "--json")["id"]
    (tmp_path / "minutes.txt").write_text("第一段\n\n第二段", "utf-8")
    ask("edit", liuzhou, id_, f"summary.zh=@{tmp_path / 'minutes.txt'}", "tags-=a", "tags+=c", "room=1")
    ask("edit", liuzhou, id_, id_, "room=", "title.zh.state=approved")  # named twice, it is one
    shown = ask("show", liuzhou, id_, "--json")
    assert shown["summary"] == {"en": None, "zh": "第一段\n\n第二段"}
    assert (shown["tags"], shown["room"], shown["places"]) == (["b", "c"], None, [rome])
    assert shown["states"]["title"] == {"zh": "approved"}
    assert shown["when"]["start"] == "09:00"
    for words in ("启动", "qidong", "qdh", "kick"):
        found = [hit for hit in ask("search", liuzhou, words, "--json") if hit["kind"] != "country"]
        assert found == [{"kind": "meeting", "id": id_, "title": "Kick-off", "where": None}]
    entries = ask("history", liuzhou, id_, "--json")
    assert all(set(entry) == {"time", "person", "field", "old", "new", "sentence"} for entry in entries)
    assert [(entry["old"], entry["new"]) for entry in entries if entry["field"] == "room"] == [(None, "1"), ("1", None)]
    assert {entry["person"] for entry in entries} == {"Ana"}
    assert all(datetime.fromisoformat(entry["time"]) for entry in entries)
    assert "Kick-off" in ask("history", liuzhou, id_)
    assert "12 June 2019" in ask("list", liuzhou, "meeting")
    assert "Rome" in ask("show", liuzhou, id_)


def test_who_has_a_name_written_by_its_sound_alone_is_listed_by_it(liuzhou: Path, ask: Ask) -> None:
    id_ = ask("add", liuzhou, "person", "name_phonetic.zh=买买提依明江").strip()
    assert f"{id_}\t买买提依明江\t" in ask("list", liuzhou, "person")


def test_trash_undo_and_redo_say_what_they_did(liuzhou: Path, ask: Ask) -> None:
    ucap = ask("list", liuzhou, "ucap", "--json")[0]["id"]
    before = ask("digest", liuzhou)
    title = "Liuzhou – Barcelona, Granada, Rome, Stuttgart Regio, Mannheim"
    assert ask("trash", liuzhou, ucap, "--yes") == f"Moved “{title}” (UCAP) to the Trash\n"
    assert ask("list", liuzhou, "theme", "--json") == []
    assert [gone["id"] for gone in ask("list", liuzhou, "ucap", "--trash", "--json")] == [ucap]
    assert len(ask("show", liuzhou, ucap, "--json")["children"]["theme"]) == 7
    assert ask("undo", liuzhou) == f"Undid: Moved “{title}” (UCAP) to the Trash\n"
    assert ask("digest", liuzhou) == before
    assert ask("redo", liuzhou).startswith("Redid")
    said = ask("untrash", liuzhou, ucap, "--lang", "zh")
    assert f"“{title}”（行动计划）" in said
    assert ask("digest", liuzhou) == before
    assert ask("edit", liuzhou, ucap, "reference=UCAP-LIUZHOU") == "Nothing to change.\n"


def test_undo_names_what_was_changed_since(liuzhou: Path, ask: Ask) -> None:
    first = ask("add", liuzhou, "meeting", "title.en=A", "room=1").strip()
    topic = ask("add", liuzhou, "agenda_item", f"owner={first}", "title.en=T").strip()
    assert "Attached" in ask("attach", liuzhou, first, PAPER)
    assert ask("undo", liuzhou).startswith("Undid: Attached 1 file to")
    ask("undo", liuzhou)
    assert ask("show", liuzhou, first, "--json")["children"]["agenda_item"] == []
    assert topic in ask("list", liuzhou, "agenda_item", "--trash")


def test_undo_of_what_a_colleague_moved_to_the_trash_says_what_was_left(
    liuzhou: Path, ask: Ask, tmp_path: Path
) -> None:
    meeting = ask("add", liuzhou, "meeting", "title.en=A").strip()
    ask("edit", liuzhou, meeting, "room=1")
    ask("give", liuzhou, "-o", tmp_path / "a.ucapx")
    ask("join", tmp_path / "b", tmp_path / "a.ucapx", "--person", "Bo")
    ask("trash", tmp_path / "b", meeting)
    ask("give", tmp_path / "b", "-o", tmp_path / "b.ucapx")
    ask("receive", liuzhou, tmp_path / "b.ucapx", "--accept-device")
    done = run("undo", liuzhou)
    assert done.stdout.startswith("Undid: Changed “A”")
    assert done.stderr == "1 field was changed since and is left as it is.\n"


def test_a_page_is_printed_and_what_is_missing_told(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    ucap = ask("list", liuzhou, "ucap", "--json")[0]["id"]
    printed = run("brief", liuzhou, ucap, "-o", tmp_path / "page.pdf", "--languages", "zh,en", "--layout", "stacked")
    assert printed.exit_code == 0
    assert "texts are printed without their translation." in printed.stderr
    assert f"pages: {tmp_path / 'page.pdf'}" in printed.stdout
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    assert len(document) >= 1
    document.close()
    told = ask("brief", liuzhou, ucap, "-o", tmp_path / "en.pdf", "--languages", "en", "--json")
    assert told == {
        "file": str(tmp_path / "en.pdf"), "pages": 2, "missing_glyphs": [], "drafts": 0, "missing_translations": 0,
    }  # fmt: skip
    again = tmp_path / "again.pdf"
    ask("brief", liuzhou, ucap, "-o", again, "--languages", "en", "--json")
    assert again.read_bytes() == (tmp_path / "en.pdf").read_bytes()


def test_a_paper_is_written_as_a_word_document_as_its_file_ends(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    ucap, place = (ask("list", liuzhou, kind, "--json")[0]["id"] for kind in ("ucap", "place"))
    target = tmp_path / "glance.docx"
    assert ask("brief", liuzhou, ucap, "-o", target).endswith(f"Written: {target}\n")
    assert "18,600" in word_text(target)
    assert ask("brief", liuzhou, ucap, "-o", target, "--json")["pages"] is None
    refused = run("brief", liuzhou, place, "-o", tmp_path / "card.docx", "--document", "address_cards")
    assert refused.exit_code == 1
    assert "save it as PDF" in refused.stderr
    assert not (tmp_path / "card.docx").exists()


def test_checked_backed_up_and_restored(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    before = ask("digest", liuzhou, "--json")
    assert ask("check", liuzhou) == f"All is well: {92 - 4 + 249} records.\n"
    report = ask("check", liuzhou, "--rebuild", "--json")
    assert (report["ok"], report["findings"], report["rebuilt"]) == (True, [], True)
    assert {"digest": report["digest"], "log": report["log"]} == before
    ask("backup", liuzhou, "-o", tmp_path / "desk.ucapbackup")
    ask("restore-backup", tmp_path / "desk.ucapbackup", tmp_path / "restored")
    assert ask("digest", tmp_path / "restored", "--json") == before
    theme = ask("list", liuzhou, "theme", "--json")[0]["id"]
    ask("trash", liuzhou, theme, "--yes")
    said = ask("restore-backup", tmp_path / "desk.ucapbackup", liuzhou)
    assert "The earlier contents are now in" in said
    assert ask("digest", liuzhou, "--json") == before
    ask("trash", liuzhou, theme, "--yes")
    (copy,) = (liuzhou / "backups").glob("*.db")
    assert "no longer here: 1." in ask("restore-backup", copy.name, liuzhou)


def test_a_backup_is_restored_into_a_protected_workspace(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    secret, there = tmp_path / "secret.txt", tmp_path / "restored"
    secret.write_text("柳州 2026\n", encoding="utf-8")
    ask("backup", liuzhou, "-o", tmp_path / "desk.ucapbackup")
    ask("restore-backup", tmp_path / "desk.ucapbackup", there, "--new-password-file", secret)
    refused = run("list", there, "visit")
    assert refused.exit_code == 1
    assert "protected" in refused.stderr
    assert ask("digest", there, "--password-file", secret, "--json") == ask("digest", liuzhou, "--json")
    copy = next((liuzhou / "backups").glob("*.db"), Path("20260101T000000Z-daily.db"))
    wrong = run("restore-backup", copy.name, liuzhou, "--new-password-file", secret)
    assert wrong.exit_code == 1
    assert ".ucapbackup" in wrong.stderr
    secret.write_text("  \n", encoding="utf-8")
    blank = run("restore-backup", tmp_path / "desk.ucapbackup", tmp_path / "none", "--new-password-file", secret)
    assert blank.exit_code == 1
    assert not (tmp_path / "none").exists()


def test_a_protected_workspace_is_opened_with_a_password_file(tmp_path: Path, ask: Ask) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("柳州 2026\n", "utf-8")
    desk = tmp_path / "w"
    ask("new", desk, "--protect", "--password-file", secret)
    person = ask("add", desk, "person", "name.family=Wu", "passport_number=E123", "--password-file", secret).strip()
    assert ask("show", desk, person, "--password-file", secret, "--json")["passport_number"] == "E123"
    assert "E123" not in ask("history", desk, person, "--password-file", secret)
    assert run("list", desk, "person").exit_code == 1


def test_who_gives_the_passphrase_of_a_workspace_that_has_none_is_told_that_the_package_stays_open(
    liuzhou: Path, tmp_path: Path, ask: Ask
) -> None:
    secret, package = tmp_path / "secret.txt", tmp_path / "for-chen.ucapx"
    secret.write_text("柳州 2026\n", "utf-8")
    refused = run("give", liuzhou, "-o", package, "--password-file", secret)
    assert refused.exit_code == 1
    assert "--package-password-file protects the package" in " ".join(refused.stderr.split())
    assert not package.exists()
    ask("give", liuzhou, "-o", package, "--package-password-file", secret)
    assert package.exists()


def test_a_passphrase_is_asked_for_where_no_file_gives_it(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from ucapdesk.cli import cli

    made = CliRunner().invoke(cli, ["new", str(tmp_path / "w"), "--protect"], input="geheim\ngeheim\n")
    assert made.exit_code == 0
    with workspace_service.open(tmp_path / "w", passphrase="geheim") as desk:
        assert desk.workspace.protected


def test_a_passphrase_is_changed_and_the_old_one_opens_nothing_any_more(tmp_path: Path, ask: Ask) -> None:
    old, new, desk = tmp_path / "old.txt", tmp_path / "new.txt", tmp_path / "w"
    for file in (old, new):
        file.write_text(f"{file.stem} 柳州\n", "utf-8")
    ask("new", desk, "--protect", "--password-file", old)
    refused = run("passphrase", desk, "--password-file", new, "--new-password-file", old)
    assert refused.exit_code == 1
    assert "Nothing was changed" in refused.output
    assert (
        ask("passphrase", desk, "--password-file", old, "--new-password-file", new) == "The passphrase was changed.\n"
    )
    assert run("list", desk, "person", "--password-file", old).exit_code == 1
    assert run("list", desk, "person", "--password-file", new).exit_code == 0
    ask("new", tmp_path / "open")
    refused = run("passphrase", tmp_path / "open", "--new-password-file", new)
    assert refused.exit_code == 1
    assert "is not protected" in refused.output


def test_the_sample_is_made_in_one_command(tmp_path: Path, ask: Ask) -> None:
    made = ask("sample", tmp_path / "w", "--json")
    assert made["name"] == "Sample: Liuzhou"
    theme = ask("list", tmp_path / "w", "theme", "--json")[0]
    assert theme["name"] == {"en": "Smart Energy District", "zh": "智慧能源城区"}
    assert theme["states"] == {"name": {"zh": "draft"}}


def test_reading_goes_on_beside_a_writer_and_writing_is_refused(liuzhou: Path, ask: Ask) -> None:
    before = ask("digest", liuzhou)
    with workspace_service.open(liuzhou, read_only=False):
        ucap = ask("list", liuzhou, "ucap", "--json")[0]["id"]
        for command in (("show", ucap), ("history", ucap), ("search", "liuzhou"), ("digest",), ("check",)):
            ask(command[0], liuzhou, *command[1:])
        for arguments in (
            ("add", liuzhou, "meeting", "title.en=A"),
            ("edit", liuzhou, ucap, "title.en=A"),
            ("trash", liuzhou, ucap, "--yes"),
            ("import", liuzhou, PAPER),
            ("undo", liuzhou),
            ("check", liuzhou, "--rebuild"),
        ):
            refused = run(*arguments)
            assert (refused.exit_code, refused.stdout) == (1, "")
            assert "is open in another UCAPDesk" in refused.stderr
    assert ask("digest", liuzhou) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["lst", "w"],
        ["brief", "w", "id"],
        ["list", "w", "ucap", "--colour"],
        ["add", "w", "visit", "title.en="],
    ],
)
def test_wrong_usage_is_two(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_help_names_every_command_and_each_explains_itself(ask: Ask) -> None:
    told = ask("--help")
    for name, (_, said) in COMMANDS.items():
        assert f"  {name} " in told
        assert said in told
        assert f"cli {name} [OPTIONS]" in ask(name, "--help")


def test_help_and_wrong_usage_speak_the_language_of_the_user() -> None:
    told = run("--lang", "zh", "list", "--help").stdout
    assert "列出 KIND 类的记录。" in told
    assert "只列出含有这些词的记录。" in told
    assert "选项:" in told
    assert "显示此说明并退出。" in told
    assert "list            列出某一种类的记录。" in run("--lang", "zh", "--help").stdout
    # whole words, as wide as a terminal, and no line begins with what belongs to the one above it
    for name in COMMANDS:
        for line in run("--lang", "zh", name, "--help").stdout.splitlines():
            assert not re.match(r"\s*[，。；：）、”\]]|\s*ics\b", line), line
            assert sum(1 + ("\u2e80" < sign < "\uff61") for sign in line) <= 80, line
    missing = run("--lang", "zh", "list").stderr
    assert "缺少参数 'WORKSPACE'" in missing
    assert "运行“cli list --help”查看说明。" in missing
    assert "Es fehlt das Argument 'WORKSPACE'." in run("--lang", "de", "list").stderr
    assert "Die Version zeigen und enden." in run("--lang", "de", "--help").stdout
    assert "Missing argument" in run("list").stderr


@pytest.mark.parametrize(("lang", "visit"), [("es", "Visita"), ("it", "Visita"), ("de", "Besuch")])
def test_kinds_are_told_in_every_language(lang: str, visit: str) -> None:
    assert visit in run("--lang", lang, "kinds").stdout


@pytest.mark.parametrize("before", ["de", None])
def test_the_window_reads_the_language_of_the_system_and_not_that_of_the_last_message(before: str | None) -> None:
    told = "import os; from ucapdesk.cli.help_text import *; speak('zh'); speak_as_before(); print(os.environ.get('LANGUAGE'))"
    environment = {k: v for k, v in os.environ.items() if k != "LANGUAGE"} | ({"LANGUAGE": before} if before else {})
    said = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, env=environment, check=True)
    assert said.stdout.strip() == str(before)


def test_the_language_of_messages_is_chosen_by_option_environment_or_settings(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    chinese = run("--lang", "zh", "digest", gone).stderr
    assert chinese.startswith(f"{gone} 不是工作区。")
    assert run("digest", gone, "--lang", "zh").stderr == chinese
    for lang, begins in (("es", f"{gone} no "), ("it", f"{gone} non "), ("de", f"{gone} ist ")):
        assert run("--lang", lang, "digest", gone).stderr.startswith(begins)
    said = _program("digest", gone, UCAPDESK_LANG="zh")
    assert (said.returncode, said.stdout, said.stderr) == (1, "", chinese)
    settings.save(settings.load().with_(interface_language="zh"))
    assert _program("digest", gone).stderr == chinese


def test_a_text_without_a_language_is_in_that_of_the_records_and_not_in_that_of_the_window(liuzhou: Path) -> None:
    settings.save(settings.load().with_(interface_language="de"))
    for chosen, lang in (((), "en"), (("de", "zh"), "de")):
        settings.save(settings.load().with_(record_languages=chosen))
        made = _program("add", liuzhou, "meeting", "title=Auftakt im Rathaus", "--json")
        shown = json.loads(_program("show", liuzhou, json.loads(made.stdout)["id"], "--json").stdout)
        assert {k: v for k, v in shown["title"].items() if v} == {lang: "Auftakt im Rathaus"}


def test_what_is_our_mistake_is_said_without_a_trace_and_logged(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    config_dir: Path,
    log_watch: LogWatch,
) -> None:
    from ucapdesk import cli as command_line
    from ucapdesk.base import logs

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(workspace_service, "new", broken)
    log_watch.expect("unexpected")
    with pytest.raises(SystemExit) as stopped:
        command_line.main(["new", str(tmp_path / "w")])
    logs.stop()
    assert stopped.value.code == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert str(config_dir / "logs" / "ucapdesk.log") in told
    assert "ZeroDivisionError" in (config_dir / "logs" / "ucapdesk.log").read_text("utf-8")


def test_a_search_says_what_it_tried_and_what_is_only_near(liuzhou: Path) -> None:
    near = run("search", liuzhou, "Luizhou", "--json")
    assert json.loads(near.stdout)[0]["title"] == "Liuzhou"
    assert near.stderr == "Nothing matches Luizhou exactly. With one letter different:\n"
    assert run("search", liuzhou, "發改委").stderr == ""
    nothing = run("search", liuzhou, "xyzzy", "--json")
    assert json.loads(nothing.stdout) == []
    assert nothing.stderr == "Nothing found for xyzzy.\nAlso tried: pinyin and initials, one letter different.\n"
    assert run("list", liuzhou, "place", "--find", "Luizhou").stderr == near.stderr
    assert run("list", liuzhou, "place", "--find", "xyzzy").stderr == nothing.stderr
