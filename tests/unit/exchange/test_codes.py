"""E01 to E25: every bad thing that can come, one line each. What is said, in both languages; what is left; what scripts see.

``CODES`` is the table: each entry makes the situation at Ana's desk. Those that refuse are tried from the command line
too. Behaviour in all its variants is tested elsewhere in this folder; here it is that none of them is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.helpers.errors import user_error
from tests.helpers.package_maker import Hand, Log, Opened
from tests.unit.exchange.forge import Forged
from tests.unit.exchange.laptops import Laptop
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.json_text import loads
from ucapdesk.cli import cli
from ucapdesk.exchange import arrival, devices, errors
from ucapdesk.exchange.container import CHANGES
from ucapdesk.exchange.errors import DamagedPackage, Refusal, WaitingRefusal
from ucapdesk.exchange.reports import APPLIED, REFUSED, WAITING
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, draft_texts, records
from ucapdesk.services.workspaces.workspace_service import add_missing_countries
from ucapdesk.store import drafts
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import ALREADY_THERE, DAMAGED_WORKSPACE, DiskFull, SecondWriter


@dataclass(frozen=True)
class Swap:
    """Two laptops, and the folder between them."""

    ana: Laptop
    chen: Laptop
    stick: Path

    def good(self) -> Path:
        self.chen.add("meeting", "title.en=Theirs")
        return self.chen.give("good.ucapx")

    def forged(self) -> Forged:
        return Forged(self.good(), self.chen)

    def file(self, data: bytes) -> Path:
        (self.stick / "x.ucapx").write_bytes(data)
        return self.stick / "x.ucapx"


REFUSED_ONES: dict[str, Callable[[Swap], Path]] = {}  # Code → what makes the file
OTHERS: dict[str, Callable[[Swap], None]] = {}  # Code → what happens, with everything that must hold


def refuses(make: Callable[[Swap], Path]) -> Callable[[Swap], Path]:
    REFUSED_ONES[make.__name__[:3].upper()] = make
    return make


def other(make: Callable[[Swap], None]) -> Callable[[Swap], None]:
    OTHERS[make.__name__[:3].upper()] = make
    return make


@refuses
def e01_not_a_package(swap: Swap) -> Path:
    return swap.file(b"%PDF-1.7 minutes")


@refuses
def e02_not_complete(swap: Swap) -> Path:
    return swap.file(swap.good().read_bytes()[:-300])


@refuses
def e03_damaged(swap: Swap) -> Path:
    forged = swap.forged()
    forged.parts[CHANGES] = forged.parts[CHANGES].replace(b"Theirs", b"Thears")
    return forged.write()


@refuses
def e04_signature(swap: Swap) -> Path:
    return Forged(swap.good()).say(lambda said: said["from"].update(person="Ana")).write()


@refuses
def e05_unknown_device(swap: Swap) -> Path:
    return swap.good()


@refuses
def e06_blocked_device(swap: Swap) -> Path:
    swap.ana.receive(swap.chen.give("known.ucapx"))
    with swap.ana.here() as desk:
        devices.block(desk, devices.listed(desk)[1].id)
    return swap.good()


@refuses
def e07_other_store(swap: Swap) -> Path:
    other_one = "00000000-0000-4000-8000-000000000000"
    return swap.forged().say(lambda said: said["store"].update(id=other_one, name="Granada")).write()


@refuses
def e08_newer_file_format(swap: Swap) -> Path:
    return swap.forged().say(lambda said: said.update(version=3, min_reader=3)).write()


@refuses
def e10_missing_earlier_files(swap: Swap) -> Path:
    swap.ana.receive(swap.chen.give("known.ucapx"))
    swap.chen.add("meeting", "title.en=First")
    forged = swap.forged()
    me = forged.said["from"]["device"]
    base = {device: seq for device, seq in forged.said["head"].items() if device != me} | {me: 1}
    return forged.with_lines(forged.lines[-2:]).say(lambda said: said.update(base=base)).write()


@refuses
def e14_too_big_or_bomb(swap: Swap) -> Path:
    return swap.forged().with_changes(b" " * 30_000_000).write()


@refuses
def e15_bad_line(swap: Swap) -> Path:
    forged = swap.forged()
    return forged.with_lines([*forged.lines[:-1], forged.lines[-1].replace('"Theirs"', "NaN")]).write()


@refuses
def e16_wrong_key_or_password(swap: Swap) -> Path:
    return swap.file(b"age-encryption.org/v1\n-> scrypt bm9uZQ 18\nx\n--- y\n")


@refuses
def e25_many_new_laptops(swap: Swap) -> Path:
    opened, hand = Opened(swap.good()), Hand.of(swap.chen.config, "Chen Yan")
    new = [Log(opened.workspace, Hand(f"New {n}")) for n in range(arrival.MAX_LAPTOPS_INTRODUCED + 1)]
    return opened.with_log(hand, opened.log_of(hand), *new).write(swap.stick / "many.ucapx")


ACCEPTED = {"E05": False, "E25": False}


@pytest.mark.law("P9")
@pytest.mark.parametrize("code", REFUSED_ONES)
def test_a_refusal_says_why_leaves_everything_and_is_on_record(
    code: str, ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    swap = Swap(ana, chen, tmp_path)
    package, accept = REFUSED_ONES[code](swap), ACCEPTED.get(code, True)
    with ana.here() as desk:
        add_missing_countries(desk)  # as the command does when it opens the workspace
    before = ana.digest(), ana.log()
    (report,) = ana.receive(package, accept=accept)
    assert isinstance(report.why, Refusal)
    assert (report.code, report.state) == (code, WAITING if isinstance(report.why, WaitingRefusal) else REFUSED)
    assert (ana.digest(), ana.log()) == before
    in_english, in_chinese = report.why.say("en"), report.why.say("zh")
    assert "Nothing was changed" in in_english
    assert re.search("[一-鿿]{4}", in_chinese)
    assert "{" not in in_english + in_chinese
    with ana.here() as desk:
        (on_record,) = desk.db.execute(
            "SELECT counts FROM sync_import WHERE file = ? AND state = ?", (package.name, report.state)
        ).fetchone()
        assert loads(on_record)["code"] == code
        came = [each for each in exchange_service.received(desk) if each.file == package.name]
        said = [each.why for each in came if each.state == report.state]
    assert said == [in_english]
    _tried_as_a_command(ana, package, in_english, "--accept-device" if accept else "--json")
    assert (ana.digest(), ana.log()) == before
    ana.check()


def _tried_as_a_command(laptop: Laptop, package: Path, sentence: str, option: str) -> None:
    path = laptop.desk.workspace.path
    laptop.desk.close()
    with laptop.here():
        result = CliRunner().invoke(cli, ["receive", str(path), str(package), option])
    assert result.exit_code == 1, result.output
    assert sentence in result.stderr
    laptop.reopen()


# -- what is no refused file -----------------------------------------------------------------------


@other
def e09_newer_data(swap: Swap) -> None:
    """Taken in; what is not known here is kept, passed on, and told."""
    forged = swap.forged().say(lambda said: said["from"].update(schema=99))
    row = forged.lines[-1].replace('{"title.en"', '{"dress_code":"black tie","title.en"')
    package = forged.with_lines([*forged.lines[:-1], row]).with_heads().write()
    (report,) = swap.ana.receive(package)
    assert (report.state, report.newer) == ("applied", True)
    assert "black tie" in "".join(Forged(swap.ana.give("on.ucapx")).lines)


@other
def e11_fork(swap: Swap) -> None:
    """A laptop was copied, and both went on: neither is refused."""
    swap.ana.receive(swap.chen.give("known.ucapx"))
    swap.chen.desk.close()
    twin = swap.chen.cloned(swap.stick / "twin")
    swap.chen.reopen()
    there = twin.add("meeting", "title.en=There")
    swap.ana.receive(twin.give("there.ucapx"))
    twin.desk.close()
    (report,) = swap.ana.receive(swap.good())
    assert (report.state, len(report.parted), swap.ana.text(there)) == (APPLIED, 1, "There")


@other
def e12_own_future(swap: Swap) -> None:
    """An older copy was put back here: it goes on as a new laptop, and nothing is lost."""
    ana, chen = swap.ana, swap.chen
    ana.desk.close()
    twin = ana.cloned(swap.stick / "twin")  # stands for what was put back; it knows its number of then
    ana.reopen()
    made = ana.add("meeting", "title.en=Lost here")
    chen.receive(ana.give("1.ucapx"))
    with twin.here() as desk:
        was = desk.me().device_id
    (report,) = twin.receive(chen.give("2.ucapx"))
    with twin.here() as desk:
        assert desk.me().device_id != was
    assert (report.state, report.renewed, twin.text(made)) == ("applied", True, "Lost here")
    twin.desk.close()


@other
def e13_already_had(swap: Swap) -> None:
    (report,) = swap.ana.receive(swap.chen.give("1.ucapx"))
    assert (report.state, report.code) == ("known", None)


@other
def e17_disk_full(swap: Swap) -> None:
    swap.chen.add("meeting", f"summary.en={'Long minutes. ' * 9000}")
    package, ana = swap.good(), swap.ana
    before = ana.digest(), ana.log()
    (pages,) = ana.desk.db.execute("PRAGMA page_count").fetchone()
    ana.desk.db.execute(f"PRAGMA max_page_count={pages}")
    told_in_both(DiskFull, lambda: ana.receive(package))
    assert (ana.digest(), ana.log()) == before
    ana.desk.db.execute("PRAGMA max_page_count=1000000")
    assert ana.receive(package)[0].state == "applied"


@other
def e18_stick_pulled(swap: Swap) -> None:
    package = swap.good()
    package.unlink()
    (report,) = swap.ana.receive(package)
    assert report.why
    assert report.why.code == "not-there"
    assert report.state == REFUSED
    mine = swap.file(b"mine")
    told_in_both(ALREADY_THERE, lambda: swap.ana.give("x.ucapx"))
    assert mine.read_bytes() == b"mine"


@other
def e19_store_busy(swap: Swap) -> None:
    with swap.ana.here():
        told_in_both(SecondWriter, lambda: Desk.open(swap.ana.desk.workspace.path))


@other
def e20_store_damaged(swap: Swap) -> None:
    ana = swap.ana
    with ana.here() as desk:
        desk.workspace.keep_copy("daily")
    ana.desk.close()
    store = ana.desk.workspace.path / "store.db"
    whole = store.read_bytes()
    store.write_bytes(b"nothing of it" * 1000)
    with ana.here():
        said = told_in_both(DAMAGED_WORKSPACE, lambda: Desk.open(ana.desk.workspace.path))
    assert "backup" in said
    store.write_bytes(whole)
    ana.reopen()


@other
def e21_erased_person_in_an_old_file(swap: Swap) -> None:
    ana, chen = swap.ana, swap.chen
    person = ana.add("person", "name.family=Zimmermann", "name.given=Korbinian")
    old = ana.give("old.ucapx")
    with ana.here() as desk:
        privacy.erase(desk, person, "Korbinian Zimmermann")
    chen.receive(ana.give("erased.ucapx"))
    for laptop in (ana, chen):
        before = laptop.digest(), laptop.log()
        laptop.receive(old)
        assert (laptop.digest(), laptop.log()) == before
        assert "Zimmermann" not in "".join(Forged(laptop.give(f"{laptop.name}.ucapx")).lines)


@other
def e22_clock_odd(swap: Swap) -> None:
    swap.chen.clock.tick(3 * 3600)
    (report,) = swap.ana.receive(swap.good())
    assert report.state == "applied"
    assert 10_000 < report.ahead < 12_000


@other
def e23_drafts_open(swap: Swap) -> None:
    """What is being typed is saved before, and nothing is asked."""
    (meeting,) = records.listing(swap.ana.desk, "meeting")
    with swap.ana.here() as desk:
        draft_texts.keep(desk, "meeting", meeting, "title.en", "Typed", desk.heads(meeting))
        (report,) = exchange_service.receive(desk, [swap.good()], accept=True)
        assert (report.state, drafts.kept(desk)) == ("applied", [])
    assert swap.ana.text(meeting) == "Typed"


@other
def e24_bad_blob(swap: Swap) -> None:
    (swap.stick / "scan.pdf").write_bytes(b"scan" * 5000)
    made = swap.chen.add("meeting", "title.en=With a scan")
    with swap.chen.here() as desk:
        attached_files.attach(desk, made, [swap.stick / "scan.pdf"])
    forged = Forged(swap.chen.give("good.ucapx"))
    (blob,) = [name for name in forged.parts if name.startswith("blobs/")]
    forged.parts[blob] = b"else" * 5000
    (report,) = swap.ana.receive(forged.write())
    assert (report.state, report.missing) == ("applied", 1)
    assert Forged(swap.ana.give("back.ucapx")).said["want"] == [blob.removeprefix("blobs/")]


def told_in_both(error: type[UserError] | Failure, run: Callable[[], object]) -> str:
    with user_error(error.code) if isinstance(error, Failure) else pytest.raises(error) as raised:
        run()
    assert re.search("[一-鿿]{4}", raised.value.say("zh"))
    assert "{" not in raised.value.say("zh") + raised.value.say("en")
    return raised.value.say("en")


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_no_refusal_does_what_it_should(code: str, ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    OTHERS[code](Swap(ana, chen, tmp_path))
    ana.check()


def test_no_code_is_forgotten() -> None:
    assert sorted({*REFUSED_ONES, *OTHERS}) == [f"E{n:02}" for n in range(1, 26)]
    known = {
        each.code for each in vars(errors).values() if isinstance(each, Failure) and issubclass(each.error, Refusal)
    }
    assert known | {DamagedPackage.code} == set(REFUSED_ONES)
