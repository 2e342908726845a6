"""A programme of years: a hundred laptops that write at the same time, and give to each other round by round.

Joining takes in the complete log of all of them, a check makes everything again from it. The peer is git, which clones a
repository of as many commits by as many authors, and checks it: hashes and links as here, but without signatures,
without a merge of what was written at once, and without tables and a search index of what is said.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.large import CHINESE, ENGLISH
from benchmarks.rows import Row
from ucapdesk.base.ids import derived_id
from ucapdesk.exchange.giving import give
from ucapdesk.exchange.receiving import join
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import Changeset, make
from ucapdesk.store.safety.check import check
from ucapdesk.store.workspace.identity import device_id_of, head_message

LAPTOPS, UCAPS = 100, 34
COUNT = 10_000
START = 1_790_000_000_000_000
NOTE = (
    "time of the processor. git looks at hashes and links, in ever longer lists of files; ours makes all records,"
    " questions and the search index again, and compares"
)
LONG = ("key_challenges", "expected_results")


def programme(devices: list[str], count: int, at_once: int = LAPTOPS) -> Iterator[Changeset]:
    """What everybody writes, round by round, having seen all rounds before.

    Args:
        devices: The laptops.
        count: How many changesets.
        at_once: How many of the laptops are at work; after twenty rounds it is others.
    """
    chance = random.Random(1)
    texts: dict[tuple[int, str], str] = {}
    seqs = dict.fromkeys(devices, 0)
    seen: dict[str, dict[str, int]] = {device: {} for device in devices}
    done = turn = 0
    working: list[int] = []
    while done < count:
        if turn % 20 == 0:
            working = sorted(chance.sample(range(len(devices)), min(at_once, len(devices))))
        turn += 1
        before, at_hand = dict(seqs), dict(texts)
        for number in working:
            if chance.random() < 0.2 or done >= count:
                continue
            device = devices[number]
            seqs[device] += 1
            news = {d: q for d, q in before.items() if q and d != device and seen[device].get(d) != q}
            seen[device] |= news
            header = {"d": device, "s": seqs[device], "t": START + done * 10**6, "y": 1, "p": f"Person {number}"}
            header["l"] = ["record.edit", {}]
            yield make(header | ({"v": news} if news else {}), _save(chance, number, done, at_hand, texts))
            done += 1


def _save(
    chance: random.Random, number: int, at: int, before: dict[tuple[int, str], str], texts: dict[tuple[int, str], str]
) -> list[tuple[str, str, dict[str, Any]]]:
    """A point of a UCAP, or a line more or another word in one of its long texts, which others change as well."""
    ucap = number % UCAPS
    id_ = derived_id("growth", f"ucap {ucap}")
    words = " ".join(chance.choices(ENGLISH, k=6)).capitalize()
    if chance.random() < 0.7:
        text = {"text.en": f"{words}.", "text.zh": "".join(chance.choices(CHINESE, k=4)), "owner": id_}
        return [("ucap_item", derived_id("growth", f"item {at}"), text)]
    name = f"{chance.choice(LONG)}.en"
    lines = before.get((ucap, name), "").split("\n")
    if len(lines) < 5:
        lines.insert(chance.randrange(len(lines) + 1), f"{words}.")
    else:
        lines[chance.randrange(len(lines))] = f"{words}."
    texts[ucap, name] = "\n".join(lines)
    return [("ucap", id_, {name: texts[ucap, name]})]


def written(folder: Path, count: int, at_once: int) -> Path:
    """A complete package of the programme."""
    keys = [Ed25519PrivateKey.from_private_bytes(bytes([n + 1] * 32)) for n in range(LAPTOPS)]
    public = {device_id_of(k.public_key().public_bytes_raw()): k for k in keys}
    with Desk.create(folder / "hub", name="W", person="Hub") as desk:
        with desk.transaction() as db:
            desk.merge.apply(programme(list(public), count, at_once))
            for device, key in public.items():
                at = desk.log.devices[device]
                signature = key.sign(head_message(desk.workspace.id, device, at.seq, at.chain))
                db.execute(
                    "UPDATE sync_device SET pubkey = ?, head_seq = ?, head_chain = ?, head_sig = ? WHERE ord = ?",
                    (key.public_key().public_bytes_raw(), at.seq, at.chain, signature, at.ord),
                )
        return give(desk, folder / "all.ucapx").file


def in_git(folder: Path, count: int, at_once: int) -> Path:
    """The same programme as commits to a file for each record."""
    authors = [f"d{n}" for n in range(LAPTOPS)]
    lines = []
    for n, changeset in enumerate(programme(authors, count, at_once), 1):
        who = f"Person <{changeset.device}@x> {START // 10**6 + n} +0000"
        lines.append(f"commit refs/heads/main\nmark :{n}\nauthor {who}\ncommitter {who}\ndata 1\nx")
        lines.extend([f"from :{n - 1}"] if n > 1 else [])
        for _, id_, cells in changeset.rows:
            data = "\n".join(f"{name}: {value}" for name, value in cells.items())
            lines.append(f"M 100644 inline {id_}\ndata {len(data.encode())}\n{data}")
    repository = folder / "peer.git"
    subprocess.run(["git", "init", "-q", "--bare", repository], check=True)
    stream = ("\n".join(lines) + "\n").encode()
    subprocess.run(["git", "-C", repository, "fast-import", "--quiet"], input=stream, check=True)
    return repository


def processor(run: Callable[[], object], *, of_children: bool = False) -> float:
    """Milliseconds of the processor: what else the computer does is not in them."""

    def now() -> float:
        times = os.times()
        return times.children_user + times.children_system if of_children else time.process_time()

    began = now()
    run()
    return (now() - began) * 1000


def rows(folder: Path, count: int, at_once: int) -> list[Row]:
    """Join, check, and what it takes on the disk."""
    package = written(folder, count, at_once)
    took = {"join": processor(lambda: join(folder / "new", package, person="Chen").close())}
    with Desk.open(folder / "new") as desk:
        took["check"] = processor(lambda: _sound(desk))
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = (folder / "new" / "store.db").stat().st_size
    peer, clone = in_git(folder, count, at_once), folder / "clone"
    peers = {
        "join": ("git clone", ["git", "clone", "-q", "--no-local", peer, clone]),
        "check": ("git fsck", ["git", "-C", clone, "fsck", "--full"]),
    }
    of = f"{count:,} changesets of {LAPTOPS} laptops, {at_once} at once"
    found: list[Row] = []
    for name, (peer_name, command) in peers.items():
        theirs = processor(partial(subprocess.run, command, check=True, capture_output=True), of_children=True)
        said = {"what": f"{name}: {of}", "ours": took[name], "unit": "ms", "peer_name": peer_name, "peer": theirs}
        found.append(
            {**said, "ratio": took[name] / theirs, "note": NOTE if name == "check" and at_once == LAPTOPS else None}
        )
    stored = sum(file.stat().st_size for file in clone.rglob("*") if file.is_file())
    said = {"what": f"on the disk: {of}", "ours": size / 10**6, "unit": "MB"}
    return [*found, {**said, "peer_name": "git clone", "peer": stored / 10**6, "ratio": size / stored}]


def _sound(desk: Desk) -> None:
    assert check(desk).ok


def run() -> list[Row]:
    """All of it."""
    found = []
    for at_once in (LAPTOPS, 4):
        with TemporaryDirectory() as folder:
            os.environ["UCAPDESK_CONFIG"] = f"{folder}/config"
            found += rows(Path(folder), COUNT, at_once)
    return found
