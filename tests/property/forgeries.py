"""Packages that an accepted laptop could forge: signed as they should be, and meant to harm whoever receives them.

They are put together by the tests' own package maker. Each is made from a number, as in ``fuzz``.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.helpers.package_maker import Hand, Log, Opened, Parcel, blanked, nameless, spelled

if TYPE_CHECKING:
    from tests.property.fuzz import Ground

IMPOSSIBLE: tuple[Any, ...] = (
    "2026-02-31", "2026-13-01", "0000-00-00", "9999-99-99?~%", "2026-02-31/..", "A/B", "-1", "2026-W09-4", "31.02.2026",
    {"date": "2026-02-31", "start": "25:61", "tz": "Mars/Olympus"}, {"date": "2026-05-03", "end_date": "1026-05-03", "end": "00:00"},
    {"date": None, "start": "09:00", "tz": "../../etc/passwd"}, {"value": "1" * 5000, "is": "exact"}, {"start": []},
)  # fmt: skip
SPOOFED = (
    "<b>4821 0937</b><!--", "Ana\u202e7390 1284", "Ana" * 300, "\u200b", "Ana\n\n[Accept]", "<img src=file:///etc/passwd>",
    "\x1b[2J\x1b]0;x\x07", "ＡＮＡ", "а" * 999, "柳州" * 400, "../../Ana", "CON", "{person}", "%s%n", "\u0430na",
)  # fmt: skip
CLOCKS = (0, 1, 2**31, 2**53 - 1, 2**53, 2**63, 946_684_800_000_000, 3_976_214_400_000_000)
KINDS_AND_CELLS = (
    ("meeting", "title.en"), ("meeting", "when"), ("meeting", "summary.zh"), ("visit", "dates"), ("person", "email"),
    ("person", "birthday"), ("agenda_item", "owner"), ("member", "member"), ("agreement", "signed"), ("attachment", "file"),
    ("participation", "person"), ("same_as", "a"), ("unheard_of", "x"), ("~device", "state"),
)  # fmt: skip
NEW = tuple(str(uuid.UUID(int=n, version=4)) for n in range(1, 9))


class Forger:
    """The giver of the whole package, with a package maker of their own, and what they can see."""

    def __init__(self, ground: Ground, r: Random) -> None:
        self.opened = Opened(ground.folder / "whole.ucapx")
        self.hand = Hand(self.opened.said["from"]["person"], key=ground.world.keys[ground.giver])
        self.log, self.r = self.opened.log_of(self.hand), r
        self.rows = [json.loads(line) for line in self.opened.lines if line.startswith("[")]
        self.ids = [*{row[1] for row in self.rows}, *NEW]

    def any_id(self) -> str:
        return str(self.r.choice(self.ids))

    def packed(self, *logs: Log) -> bytes:
        return written(self.opened.with_log(self.hand, self.log, *logs))


def written(parcel: Parcel) -> bytes:
    with TemporaryDirectory() as folder:
        return parcel.write(Path(folder) / "forged.ucapx").read_bytes()


def stripped(f: Forger) -> bytes:
    """Lines and names left out, said to be of whoever was erased, or of somebody else."""
    gone = [row[1] for row in f.rows if row[0] == "~erase"]
    for changeset in f.log.changesets:
        for n, line in enumerate(changeset):
            if n and f.r.random() < 0.4:
                kind, id_, _ = json.loads(line) if line.startswith("[") else ("member", f.any_id(), {})
                of = f.r.choice([*gone, f.any_id()])
                changeset[n] = blanked(line, f.r.choice((kind, "person")), f.r.choice((id_, of)), of)
        if f.r.random() < 0.3 and json.loads(changeset[0]).get("p"):
            changeset[0] = nameless(changeset[0])
    return f.packed()


@cache
def invented(workspace: str, n: int, writes: bool) -> Log:
    log = Log(workspace, Hand(f"Nobody {n}", f"Invented {n}"))
    return log.save(["meeting", str(uuid.uuid5(uuid.NAMESPACE_URL, str(n))), {"title.en": f"{n}"}]) if writes else log


def laptops(f: Forger) -> bytes:
    """Up to as many invented laptops as a list of contents takes."""
    writes = f.r.random() < 0.5
    return f.packed(*(invented(f.opened.workspace, n, writes) for n in range(f.r.choice((3, 60, 498, 700)))))


def erases(f: Forger) -> bytes:
    """Erases of what is no person, of people, and of everybody's name."""
    names = [f"{f.r.randrange(2**256):064x}" for _ in range(f.r.choice((0, 1, 5000)))]
    targets = [f.any_id() for _ in range(f.r.choice((1, 2, 400)))]
    f.log.save(
        *(
            ["~erase", id_, {"kind": f.r.choice(("person", "meeting", "member", 7)), "names": names}]
            for id_ in targets[:3]
        )
    )
    f.log.save(*(["~erase", id_, {"kind": "person"}] for id_ in targets))
    return f.packed()


def forks(f: Forger) -> bytes:
    """Another history under the same name; or one that never ends in what was signed."""
    f.log = f.log.branch(f.r.randrange(f.log.seq + 1))
    for _ in range(f.r.choice((0, 1, 5))):
        f.log.save(["meeting", f.any_id(), {"title.en": "Another past"}])
    return f.packed()


def branches(f: Forger) -> bytes:
    """Laptops that wrote twice under one name, as it was or not: unsigned, misplaced, very many, one upon another."""
    twins, of = [f.log], f.log if f.r.random() < 0.5 else Log(f.opened.workspace, Hand("Twin"))
    for n in range(f.r.choice((1, 2, 5, 200))):
        of = f.r.choice((of, of, *twins)).branch(f.r.randrange(of.seq + 1))
        for _ in range(f.r.choice((1, 3))):
            of.save(["meeting", f.any_id(), {"title.en": f"Of twin {n}"}], v={f.hand.id: f.r.randrange(1, 9)})
        twins.append(of)
    if f.r.random() < 0.5:
        cells = {"observer": f.hand.id, "chain": f.log.chain().hex(), "branch": of.name_after(of.seq - 1)}
        f.log.save(["~device", f.any_id(), cells], l=["device.branch", {}])
    parcel = f.opened.with_log(f.hand, *twins)
    for line in f.r.sample(parcel.said.get("branches", []), min(1, len(parcel.said.get("branches", [])))):
        key, value = f.r.choice((
            ("after", line["after"] + 1), ("of", f.hand.id), ("of", line["id"]), ("id", "a" * 16), ("after", -1),
            ("head", {**line["head"], "sig": parcel.said["devices"][0]["head"]["sig"]}), ("after", line["after"]),
            ("head", {**line["head"], "seq": line["head"]["seq"] + 1}), ("after", line["after"]),
        ))  # fmt: skip
        line[key] = value
    return written(parcel)


@cache
def _member(n: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, str(n)))


def oversize(f: Forger) -> bytes:
    """Too long, too many, or just short of it."""
    sign = f.r.choice(("a", ".", "a. ", "柳", "\n", "=", " "))
    size = f.r.choice((2_000, 140_000, 1_000_000, 9_000_000))
    match f.r.randrange(6):
        case 0:
            f.log.save(["meeting", f.any_id(), {"summary.zh": sign * (size // len(sign.encode()))}])
        case 1:
            f.log.save(["meeting", f.any_id(), {f"x{n}": "x" for n in range(f.r.choice((499, 500, 501, 5000)))}])
        case 2:
            f.log.save(*(["member", _member(n), {}] for n in range(f.r.choice((2_000, 20_000)))))
        case 3:
            f.log.save([], v={f"{n:064}": 1 for n in range(f.r.choice((499, 501)))})
        case 4:
            f.log.save(["meeting", f.any_id(), {"title.en": "x"}], u=list(range(1, f.r.choice((10, 100_000)))))
        case _:
            chain = [str(uuid.uuid5(uuid.NAMESPACE_URL, f"chain {n}")) for n in range(3_000)]
            f.log.save(
                *(
                    ["agenda_item", id_, {"owner": above}]
                    for id_, above in zip(chain, [*chain[1:], chain[0]], strict=True)
                )
            )
    return f.packed()


def deep(f: Forger) -> bytes:
    levels = f.r.choice((7, 9, 60, 900, 20_000))
    where = f.r.randrange(3)
    levels = min(levels, 900) if where else levels  # the maker itself reads headers
    nest = "[" * levels + "]" * levels
    row = f'["meeting","{f.any_id()}",{{"notes":{nest}}}]'
    f.log.save(*([row] if where == 0 else []))
    if where:
        header = f.log.changesets[-1][0]
        f.log.changesets[-1][0] = header.replace(
            '"l":["record.edit",{}]', f'"l":["record.edit",{{"x":{nest}}}]' if where == 1 else f'"l":{nest}'
        )
    return f.packed()


def dates(f: Forger) -> bytes:
    """Values that no calendar has, in fields of every kind."""
    f.log.save(*([*_cell(f, f.r.choice(IMPOSSIBLE))] for _ in range(20)))
    return f.packed()


def _cell(f: Forger, value: Any) -> tuple[str, str, dict[str, Any]]:
    kind, cell = f.r.choice(KINDS_AND_CELLS)
    return kind, f.any_id(), {cell: value}


def two_kinds(f: Forger) -> bytes:
    """One id under several kinds, belonging to one another in circles."""
    for _ in range(f.r.choice((1, 4, 30))):
        id_ = f.any_id()
        f.log.save(
            *([f.r.choice(KINDS_AND_CELLS)[0], id_, {"owner": f.any_id(), "~": f.r.choice((0, 1))}] for _ in range(3))
        )
    return f.packed()


def spoofed(f: Forger) -> bytes:
    """Names that look like something else, of people, laptops and the workspace."""
    name = f.r.choice(SPOOFED)
    f.log.save(["person", f.any_id(), {"name": {"family": name}, "email": name}], p=name)
    parcel = f.opened.with_log(f.hand, f.log)
    parcel.said["from"]["person"], parcel.said["store"]["name"] = name, f.r.choice(SPOOFED)
    for line in parcel.said["devices"]:
        line["person"], line["label"] = f.r.choice(SPOOFED), f.r.choice(SPOOFED)
    return written(parcel)


def clocks(f: Forger) -> bytes:
    """Times long gone, far ahead, and no times at all."""
    for _ in range(f.r.choice((1, 3))):
        f.log.save(["meeting", f.any_id(), {"title.en": "When?"}], t=f.r.choice(CLOCKS))
    return f.packed()


def questions(f: Forger) -> bytes:
    """Answers taken back that name whatever they like, and texts that two wrote at once."""
    own = [[f.hand.id, n] for n in range(f.r.choice((1, 50, 3000)))]
    f.log.save(
        *(
            [f.r.choice(("meeting", "person")), f.any_id(), {"title.en": {"?": own}, "name": {"?": own[:2]}}]
            for _ in range(9)
        )
    )
    other = Log(f.opened.workspace, Hand("Twin"))
    words = [f"{f.r.randrange(10**6)}." for _ in range(f.r.choice((10, 3000, 30_000)))]
    for log in (f.log, other):
        log.save(["meeting", NEW[0], {"summary.en": " ".join(f.r.sample(words, len(words)))}])
    return f.packed(other)


def listed(f: Forger) -> bytes:
    """Headers that say of lines whose data they are, and lie."""
    row = ["meeting", f.any_id(), {"title.en": "x"}]
    said: Any = f.r.choice(
        (
            {f.any_id(): [1]},
            {"p": "0" * 16},
            {"p": 7},
            [],
            {"x": [1]},
            {f.any_id(): [0, 2, -1]},
            {f.any_id(): [1] * 9999},
        )
    )
    line: Any = f.r.choice((row, blanked(spelled(row), "meeting", row[1], f.any_id())))  # type: ignore[arg-type]
    f.log.save(line, e=said).save(["~erase", f.any_id(), {"kind": "person"}])
    return f.packed()


FORGERIES: tuple[Callable[[Forger], bytes], ...] = (
    stripped, laptops, erases, forks, branches, oversize, deep, dates, two_kinds, spoofed, clocks, questions, listed,
)  # fmt: skip


def forged(ground: Ground, r: Random) -> bytes:
    return r.choice(FORGERIES)(Forger(ground, r))
