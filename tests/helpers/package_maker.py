"""Packages made by hand, of any kind: what an attacker, another program or a damaged laptop could hand over.

It is written from the description of the format alone and imports nothing of the program, so a mistake that the program
makes in writing and in reading is not made here too. Everything is signed as it should be unless a test says otherwise.

    ana = Hand("Ana")
    log = Log(WORKSPACE, ana)
    log.save(["meeting", ID, {"title.en": "Opening"}])
    Parcel(WORKSPACE, ana, [log]).write(path)

A laptop of a real workspace gives its key with ``Hand.of(config, device)``, a real package its logs with ``opened``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MANIFEST, SIGNATURE, CHANGES = "manifest.json", "manifest.sig", "changes.jsonl"
UNSIGNED = base64.b64encode(bytes(64)).decode()  # Where a log parts, the heads of its branches are signed instead
START = 1_793_600_000_000_000  # Microseconds: November 2026, the first moment of what is written here


def spelled(value: Any) -> str:
    """JSON as the format wants it: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(data: bytes | str) -> bytes:
    """A hash of bytes, or of a text in UTF-8; halves of characters stay what they are."""
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode(errors="surrogatepass")).digest()


def blanked(line: str, kind: str, id_: str, of: str | None = None) -> str:
    """Return the substitute for a line whose content was removed."""
    return spelled({"i": id_, "k": kind, "of": of or id_, "x": sha256(line).hex()})


def nameless(header: str) -> str:
    """A header whose author's name was removed: its hash stands behind the empty name, out of the order of keys."""
    said = json.loads(header)
    name = spelled(said["p"])
    before, _, after = header.rpartition(f'"p":{name},"s":')
    return f'{before}"p":"","x":"{sha256(name[1:-1]).hex()}","s":{after}'


def hash_of_header(line: str) -> bytes:
    """The hash that a header brings into the chain: the name of its author is hashed apart, so that it can be removed."""
    said = json.loads(line)
    name, of_name = said.get("p"), said.pop("x", None)
    named = line if of_name is None else line.replace(f'"p":"","x":"{of_name}"', '"p":""')
    if not isinstance(name, str) or spelled(said) != named:
        return sha256(line)
    return sha256(
        (bytes.fromhex(of_name) if of_name else sha256(spelled(name)[1:-1])) + spelled({**said, "p": ""}).encode()
    )


def hash_of_row(line: str) -> bytes:
    """The hash that a further line brings into the chain; a blanked one has it in it."""
    if line.startswith("{"):
        said = json.loads(line)
        if said.keys() == {"i", "k", "of", "x"}:
            return bytes.fromhex(said["x"])
    return sha256(line)


@lru_cache(maxsize=4096)
def _signature(key: Ed25519PrivateKey, message: bytes) -> bytes:
    return key.sign(message)


class Hand:
    """Somebody who signs: a laptop, with the name of who writes on it."""

    def __init__(self, person: str, label: str = "ThinkPad", key: Ed25519PrivateKey | None = None) -> None:
        self.person, self.label = person, label
        self.key = key or Ed25519PrivateKey.from_private_bytes(sha256(f"hand of {person} on {label}"))
        self.public = self.key.public_key().public_bytes_raw()
        self.id = base64.b32encode(sha256(self.public)).decode().lower()[:16]

    @classmethod
    def of(cls, config: Path, person: str, device: str | None = None) -> Hand:
        """A real laptop's, from its config folder; the newest where none is named."""
        files = sorted((config / "devices").glob(f"{device or '*'}.json"), key=lambda file: file.stat().st_mtime)
        key = base64.b64decode(json.loads(files[-1].read_text())["key"])
        return cls(person, key=Ed25519PrivateKey.from_private_bytes(key))

    def sign(self, message: bytes) -> bytes:
        return _signature(self.key, message)


class Log:
    """The changesets of one laptop in one workspace, from the first one on, with their chain."""

    def __init__(self, workspace: str, hand: Hand) -> None:
        self.workspace, self.hand = workspace, hand
        self.changesets: list[list[str]] = []
        self.now = START

    @property
    def seq(self) -> int:
        return len(self.changesets)

    def save(self, *rows: Any, **header: Any) -> Log:
        """One more changeset. Rows may be anything, lines of text as they are; header keys replace the usual ones.

        ``header=None`` for a key leaves it out.
        """
        self.now += 1_000_000
        lines = [row if isinstance(row, str) else spelled(row) for row in rows]
        usual = {
            "d": self.hand.id, "s": self.seq + 1, "t": self.now, "y": 1, "p": self.hand.person,
            "l": ["record.edit", {}], "n": len(lines),
        }  # fmt: skip
        said = {key: value for key, value in {**usual, **header}.items() if value is not None}
        return self.put(spelled(said), *lines)

    def put(self, *lines: str) -> Log:
        self.changesets.append(list(lines))
        return self

    def chain(self, upto: int | None = None) -> bytes:
        """The hash over everything up to a changeset."""
        chain = sha256(f"ucapx1{self.workspace}{self.hand.id}")
        for header, *rows in self.changesets[:upto]:
            chain = sha256(chain + hash_of_header(header) + b"".join(map(hash_of_row, rows)))
        return chain

    def head(self, upto: int | None = None, signer: Hand | None = None) -> dict[str, Any]:
        seq, chain = self.seq if upto is None else upto, self.chain(upto)
        message = b"ucapx1-head\0" + self.workspace.encode() + self.hand.id.encode() + seq.to_bytes(8, "big") + chain
        signature = (signer or self.hand).sign(message)
        return {"seq": seq, "chain": chain.hex(), "sig": base64.b64encode(signature).decode()}

    def branch(self, upto: int) -> Log:
        """The same laptop once more, as it was after a changeset."""
        other = Log(self.workspace, self.hand)
        other.changesets, other.now = [list(each) for each in self.changesets[:upto]], self.now
        return other

    def name_after(self, upto: int) -> str:
        """The name of the branch that goes on after a changeset."""
        name = sha256(b"ucapx1-branch\0" + self.hand.id.encode() + self.chain(upto + 1))
        return base64.b32encode(name).decode().lower()[:16]


class Histories:
    """The logs of one laptop, of which several may have the same beginning: they part into branches.

    Attributes:
        line: What the manifest says of the laptop, and ``branches`` of what goes on from it.
        lines: The lines of all of it, each changeset after the one before it.
    """

    def __init__(self, logs: Sequence[Log]) -> None:
        self.line, self.branches, self.lines = dict[str, Any](), list[dict[str, Any]](), list[str]()
        self._go_on(logs, 0)

    def _go_on(self, logs: Sequence[Log], after: int, of: str = "") -> None:
        log, upto = logs[0], after
        while len(follow := {tuple(each.changesets[upto]) for each in logs if upto < each.seq}) == 1:
            log = next(each for each in logs if upto < each.seq)
            upto += 1
        name = log.name_after(after) if of else log.hand.id
        head = log.head(upto) | ({"sig": UNSIGNED} if follow else {})
        if of:
            self.branches.append({"id": name, "of": of, "after": after, "head": head})
        else:
            self.line = _line(log) | {"head": head}
        for header, *rows in log.changesets[after:upto]:
            self.lines += [f"{name} {header}" if of else header, *rows]
        for begin in sorted(follow):
            self._go_on(
                [each for each in logs if tuple(each.changesets[upto : upto + 1]) == (list(begin),)], upto, name
            )


class Parcel:
    """A package to be written. ``said`` is its manifest, ``parts`` its other parts; both may be changed before."""

    def __init__(self, workspace: str, giver: Hand, logs: Iterable[Log], name: str = "Liuzhou") -> None:
        self.giver, self.parts = giver, dict[str, bytes]()
        of = defaultdict[str, list[Log]](list)
        for log in logs:
            of[log.hand.id].append(log)
        of.setdefault(giver.id, [Log(workspace, giver)])
        histories = [Histories(each) for each in of.values()]
        branches = [branch for each in histories for branch in each.branches]
        heads = {line["id"]: line["head"]["seq"] for line in (*(each.line for each in histories), *branches)}
        version = 2 if branches else 1
        self.said: dict[str, Any] = {
            "format": "ucapx", "version": version, "min_reader": version, "kind": "changes",
            "bundle_id": str(uuid.uuid4()),
            "store": {"id": workspace, "name": name},
            "from": {
                "device": giver.id, "person": giver.person, "label": giver.label, "app": "0.1.0", "schema": 1,
                "time": "2026-11-24T13:10:05Z",
            },
            "base": {}, "head": {id_: seq for id_, seq in heads.items() if seq}, "devices": [each.line for each in histories],
            "known": {}, "want": [], "counts": {"changesets": sum(log.seq for each in of.values() for log in each)},
            "parts": [], "left_out": [],
        }  # fmt: skip
        if branches:
            self.said["branches"] = branches
        self.lines = [line for each in histories for line in each.lines]
        self.with_lines(self.lines)

    def with_lines(self, lines: Iterable[str]) -> Parcel:
        return self.with_changes("".join(f"{line}\n" for line in lines).encode(errors="surrogatepass"))

    def with_changes(self, data: bytes) -> Parcel:
        return self.with_part(CHANGES, data)

    def with_blob(self, data: bytes) -> Parcel:
        return self.with_part(f"blobs/{sha256(data).hex()}", data)

    def with_part(self, name: str, data: bytes) -> Parcel:
        self.parts[name] = data
        kept = [part for part in self.said["parts"] if part["name"] != name]
        self.said["parts"] = [*kept, {"name": name, "size": len(data), "sha256": sha256(data).hex(), "mime": ""}]
        return self

    def write(
        self,
        target: Path,
        *,
        signer: Hand | None = None,
        method: int = zipfile.ZIP_DEFLATED,
        more: Mapping[str, bytes] | None = None,
    ) -> Path:
        """Put together. ``more``: parts of which the manifest says nothing, or in the place of those it speaks of."""
        said = spelled(self.said).encode(errors="surrogatepass")
        signature = (signer or self.giver).sign(b"ucapx1-manifest\0" + sha256(said))
        with zipfile.ZipFile(target, "w", method, compresslevel=1) as made:
            for name, data in {**self.parts, MANIFEST: said, SIGNATURE: signature, **(more or {})}.items():
                made.writestr(name, data)
        return target


def _line(log: Log) -> dict[str, Any]:
    return {
        "id": log.hand.id, "pubkey": base64.b64encode(log.hand.public).decode(), "person": log.hand.person,
        "label": log.hand.label, "head": log.head(), "succ_of": None,
    }  # fmt: skip


class Opened:
    """A package taken apart: the workspace, the manifest, and the lines of every changeset in their order.

    ``lines`` are as they stand in it; in ``changesets`` the header of one on a branch is its author's, without its name.
    """

    def __init__(self, file: Path) -> None:
        with zipfile.ZipFile(file) as opened:
            self.parts = {name: opened.read(name) for name in opened.namelist()}
        self.said: dict[str, Any] = json.loads(self.parts[MANIFEST])
        self.workspace: str = self.said["store"]["id"]
        self.lines = self.parts[CHANGES].decode().removesuffix("\n").split("\n")
        self.changesets: list[list[str]] = []
        self.branch_of: list[str] = []
        left = iter(self.lines if self.parts[CHANGES] else ())
        for line in left:
            branch, _, header = ("", "", line) if line.startswith("{") else line.partition(" ")
            self.branch_of.append(branch)
            self.changesets.append([header, *(next(left) for _ in range(json.loads(header)["n"]))])

    def log_of(self, hand: Hand, branch: str = "") -> Log:
        """Return the changesets of one laptop, to be continued; the whole history of one of its branches."""
        line, of = {""}, {each["id"]: each["of"] for each in self.said.get("branches", ())}
        while branch in of:
            line.add(branch)
            branch = of[branch]
        log = Log(self.workspace, hand)
        both = zip(self.changesets, self.branch_of, strict=True)
        log.changesets = [each for each, name in both if name in line and json.loads(each[0])["d"] == hand.id]
        log.now = max([START, *(json.loads(each[0])["t"] for each in log.changesets)])
        return log

    def with_log(self, giver: Hand, *logs: Log) -> Parcel:
        """A package of everything in it, where these logs stand in place of the same laptops' own."""
        ours = {log.hand.id for log in logs}
        parcel = Parcel(self.workspace, giver, logs, self.said["store"]["name"])
        others = [line for line in self.said["devices"] if line["id"] not in {*ours, giver.id}]
        kept = [n for n, each in enumerate(self.changesets) if json.loads(each[0])["d"] not in ours]
        if branches := [
            each for each in self.said.get("branches", ()) if each["id"] in {self.branch_of[n] for n in kept}
        ]:
            parcel.said |= {"version": 2, "min_reader": 2, "branches": [*branches, *parcel.said.get("branches", ())]}
        parcel.said["devices"] += others
        parcel.said["head"] |= {line["id"]: line["head"]["seq"] for line in (*others, *branches) if line["head"]["seq"]}
        return parcel.with_lines([*(line for n in kept for line in self._lines(n)), *parcel.lines])

    def _lines(self, n: int) -> list[str]:
        header, *rows = self.changesets[n]
        return [f"{self.branch_of[n]} {header}" if self.branch_of[n] else header, *rows]
