"""The manifest of a package: who gave it, its contents, who is known to hold what, and the signature over that.

Keys that are not known are passed over, so that a later version may say more. Names that are read are one short line each.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from ucapdesk.base.fold import one_line
from ucapdesk.base.ids import ID
from ucapdesk.base.json_text import dumps, loads, must
from ucapdesk.exchange import container
from ucapdesk.exchange.container import BLOBS, CHANGES
from ucapdesk.store.log.branches import Branches
from ucapdesk.store.workspace.identity import device_id_of, is_signed

# Versions: the highest that is read, and that of a package without branches, which every version reads.
FORMAT, VERSION, PLAIN = "ucapx", 2, 1
DOMAIN = b"ucapx1-manifest\0"
_DEVICE = re.compile("[a-z2-7]{16}")
_HASH = re.compile("[0-9a-f]{64}")
Vector = dict[str, int]


class NotAManifest(ValueError):
    """The manifest is invalid."""


class NewerFormat(Exception):
    """The package can only be read by a later version; ``app`` made it."""

    def __init__(self, app: str) -> None:
        super().__init__(app)
        self.app = app


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a device's log, signed by that device. ``seq`` is 0 for one that has not written yet."""

    seq: int
    chain: str
    sig: str

    @property
    def signature(self) -> bytes:
        return base64.b64decode(self.sig)


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A laptop as the giver knows it. ``pubkey``: base64; its id follows from it."""

    id: str
    pubkey: str
    person: str
    label: str
    head: Head
    succ_of: str | None = None

    @property
    def key(self) -> bytes:
        return base64.b64decode(self.pubkey)


# Replaces the signature of a log that ends where branches go on from it: theirs cover it.
UNSIGNED = base64.b64encode(bytes(64)).decode()


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A branch of a laptop that wrote twice under one name: what it goes on from, after which number, and its head."""

    id: str
    of: str
    after: int
    head: Head


class Sender(NamedTuple):
    """The maker of the package, the device, the time (ISO 8601, UTC) and the versions."""

    device: str
    person: str
    label: str
    app: str
    schema: int
    time: str


class Part(NamedTuple):
    """One part of the package beside the manifest. Name and kind of a file only serve people."""

    name: str
    size: int
    sha256: str
    mime: str = ""


class LeftOut(NamedTuple):
    """A file of the records that is not in the package."""

    sha256: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of ``manifest.json``.

    Attributes:
        bundle_id: Of this package.
        store_id: Of the workspace, with its ``store_name``.
        sender: The laptop that made it.
        base: What one must hold before: device → number. Empty in a complete package.
        head: What one holds afterwards.
        devices: Every device of ``head``.
        branches: Those of laptops that wrote twice under one name, each after what it goes on from.
        known: What others were known to hold: device → its vector.
        want: Hashes of files the giver lacks.
        counts: For people: changesets, rows.
        parts: What else is in the package.
        left_out: Files of the records that are not.
    """

    bundle_id: str
    store_id: str
    store_name: str
    sender: Sender
    base: Vector
    head: Vector
    devices: tuple[DeviceLine, ...]
    known: Mapping[str, Vector] = field(default_factory=dict)
    want: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    branches: tuple[BranchLine, ...] = ()

    @property
    def lines(self) -> tuple[DeviceLine | BranchLine, ...]:
        return *self.devices, *self.branches

    @property
    def tree(self) -> Branches:
        """The branches, without the log's statements about them."""
        return Branches({each.id: (each.of, each.after) for each in self.branches})

    @property
    def giver(self) -> DeviceLine:
        return next(device for device in self.devices if device.id == self.sender.device)

    def to_bytes(self) -> bytes:
        version = VERSION if self.branches else PLAIN
        said = {
            "format": FORMAT, "version": version, "min_reader": version, "kind": "changes",
            "bundle_id": self.bundle_id, "store": {"id": self.store_id, "name": self.store_name},
            "from": self.sender._asdict(), "base": self.base, "head": self.head,
            "devices": [asdict(device) for device in self.devices], "known": dict(self.known),
            "want": list(self.want), "counts": dict(self.counts),
            "parts": [part._asdict() for part in self.parts], "left_out": [each._asdict() for each in self.left_out],
        }  # fmt: skip
        if self.branches:
            said["branches"] = [asdict(each) for each in self.branches]
        return dumps(said).encode()


def short(text: str | None) -> str:
    """Return a text of a manifest, cut to what every reader accepts."""
    return (text or "")[: container.LONGEST_WORD_GIVEN]


def signed_part(manifest: bytes) -> bytes:
    return DOMAIN + hashlib.sha256(manifest).digest()


def signature_fits(manifest: bytes, giver: DeviceLine, signature: bytes) -> bool:
    return is_signed(giver.key, signature, signed_part(manifest))


def read(data: bytes) -> Manifest:
    """Return a manifest from its bytes. Raises NotAManifest, or NewerFormat."""
    try:
        said = loads(data.decode())
        must(said["format"] == FORMAT)
        if _whole(said.get("min_reader", 1)) > VERSION or said.get("kind", "changes") != "changes":
            raise NewerFormat(_name(said["from"].get("app", "")))
        return _manifest(said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotAManifest from error


def _manifest(said: dict[str, Any]) -> Manifest:
    sender = said["from"]
    devices = tuple(_device(each) for each in _list(said["devices"], container.MOST_LISTED))
    manifest = Manifest(
        bundle_id=_match(ID, said["bundle_id"]),
        store_id=_match(ID, said["store"]["id"]),
        store_name=_name(said["store"]["name"]),
        sender=Sender(
            _match(_DEVICE, sender["device"]), _name(sender["person"]), _name(sender["label"]), _name(sender["app"]),
            _whole(sender["schema"]), _name(sender["time"]),
        ),
        base=_vector(said["base"]),
        head=_vector(said["head"]),
        devices=devices,
        known={_match(_DEVICE, d): _vector(v) for d, v in _dict(said.get("known", {})).items()},
        want=tuple(_match(_HASH, each) for each in _list(said.get("want", []), container.MOST_ENTRIES)),
        counts={_text(name): _whole(n) for name, n in _dict(said.get("counts", {})).items() if type(n) is int},
        parts=tuple(_part(each) for each in _list(said["parts"], container.MOST_ENTRIES)),
        left_out=tuple(
            LeftOut(_match(_HASH, each["sha256"]), _whole(each["size"]), _name(each["name"]))
            for each in _list(said.get("left_out", []), container.MOST_ENTRIES)
        ),
        branches=tuple(_branch(each) for each in _list(said.get("branches", []), container.MOST_LISTED)),
    )  # fmt: skip
    ids = [line.id for line in manifest.lines]
    must(len(set(ids)) == len(ids) and set(manifest.head) <= set(ids))
    must(manifest.sender.device in ids[: len(devices)])
    must(all(manifest.head.get(device.id, 0) == device.head.seq for device in devices))
    must(all(manifest.head.get(branch.id) == branch.head.seq for branch in manifest.branches))
    ends = {device.id: device.head.seq for device in devices}
    for branch in manifest.branches:
        must(ends.get(branch.of) == branch.after < branch.head.seq)
        ends[branch.id] = branch.head.seq
    must(set(manifest.base) <= set(manifest.head))
    must(all(manifest.base[d] <= manifest.head[d] for d in manifest.base))
    return manifest


def _device(said: dict[str, Any]) -> DeviceLine:
    line = DeviceLine(
        _match(_DEVICE, said["id"]), _text(said["pubkey"]), _name(said["person"]), _name(said["label"]),
        _head(said["head"]), None if said.get("succ_of") is None else _match(_DEVICE, said["succ_of"]),
    )  # fmt: skip
    must(len(line.key) == 32 and device_id_of(line.key) == line.id)
    return line


def _head(said: dict[str, Any]) -> Head:
    head = Head(_whole(said["seq"]), _match(_HASH, said["chain"]), _text(said["sig"]))
    must(len(head.signature) == 64)
    return head


def _branch(said: dict[str, Any]) -> BranchLine:
    ids = _match(_DEVICE, said["id"]), _match(_DEVICE, said["of"])
    return BranchLine(*ids, _whole(said["after"]), _head(said["head"]))


def _part(said: dict[str, Any]) -> Part:
    part = Part(_text(said["name"]), _whole(said["size"]), _match(_HASH, said["sha256"]), _text(said.get("mime", "")))
    must(part.name in (CHANGES, BLOBS + part.sha256))
    return part


def _dict(value: Any) -> dict[str, Any]:
    must(type(value) is dict)
    return dict(value)


def _list(value: Any, most: int) -> list[Any]:
    must(type(value) is list and len(value) <= most)
    return list(value)


def _text(value: Any) -> str:
    must(type(value) is str and len(value) <= container.LONGEST_WORD and "\0" not in value)
    value.encode()  # no half characters
    return str(value)


def _name(value: Any) -> str:
    """Return a name given by a stranger as one line: it is shown to people, so nothing in it may mislead them."""
    return one_line(_text(value))


def _whole(value: Any) -> int:
    must(type(value) is int and value >= 0)
    return int(value)


def _match(pattern: re.Pattern[str], value: Any) -> str:
    must(type(value) is str and pattern.fullmatch(value))
    return str(value)


def _vector(value: Any) -> Vector:
    must(len(_dict(value)) <= container.MOST_LISTED)
    must(all(type(seq) is int and 0 < seq < container.HIGHEST for seq in value.values()))
    return {_match(_DEVICE, device): seq for device, seq in value.items()}
