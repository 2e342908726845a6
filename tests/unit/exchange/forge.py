"""Packages that nobody of ours would write: taken apart, changed, and put together again, signed or not."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.unit.exchange.laptops import Laptop
from ucapdesk.exchange.container import CHANGES, MANIFEST, SIGNATURE
from ucapdesk.exchange.manifest import signed_part
from ucapdesk.store.log.changeset import first_chain, next_chain, parse


class Forged:
    """The parts of a package, to be changed. ``signer``: the laptop whose key signs what comes of it."""

    def __init__(self, package: Path, signer: Laptop | None = None) -> None:
        with zipfile.ZipFile(package) as opened:
            self.parts = {name: opened.read(name) for name in opened.namelist()}
        self.said: dict[str, Any] = json.loads(self.parts[MANIFEST])
        self.signer, self.folder = signer, package.parent

    @property
    def lines(self) -> list[str]:
        """The lines of changes."""
        return self.parts[CHANGES].decode().removesuffix("\n").split("\n")

    def with_lines(self, lines: list[str], *, newline: str = "\n") -> Forged:
        """Other lines, of which the manifest speaks."""
        return self.with_changes((newline.join(lines) + newline).encode(errors="surrogatepass"))

    def with_changes(self, data: bytes) -> Forged:
        """Other bytes of changes."""
        self.parts[CHANGES] = data
        for part in self.said["parts"]:
            if part["name"] == CHANGES:
                part["sha256"], part["size"] = hashlib.sha256(data).hexdigest(), len(data)
        return self

    def say(self, change: Callable[[dict[str, Any]], Any]) -> Forged:
        """Another manifest."""
        change(self.said)
        return self

    def with_heads(self) -> Forged:
        """The signer's own head, over the lines as they are now: nobody but he himself could have done that."""
        assert self.signer is not None
        with self.signer.here() as desk:
            me = desk.me()
            head = self.with_chain_of(me.device_id)
            signature = me.sign_head(desk.workspace.id, me.device_id, head["seq"], bytes.fromhex(head["chain"]))
        head["sig"] = base64.b64encode(signature).decode()
        return self

    def with_chain_of(self, device: str) -> dict[str, Any]:
        """The head of a laptop over the lines as they are now, which is returned; its signature is still that of before."""
        chain, seq = first_chain(self.said["store"]["id"], device), 0
        for changeset in parse(self.lines):
            if changeset.device == device:
                chain, seq = next_chain(chain, changeset.lines), changeset.seq
        (line,) = [each for each in self.said["devices"] if each["id"] == device]
        line["head"] |= {"seq": seq, "chain": chain.hex()}
        self.said["head"][device] = seq
        head: dict[str, Any] = line["head"]
        return head

    def write(self, more: Mapping[str, bytes] | None = None, name: str = "forged.ucapx") -> Path:
        """Put together again, signed if there is a signer."""
        as_it_was = json.loads(self.parts[MANIFEST]) == self.said
        said = self.parts[MANIFEST] if as_it_was else json.dumps(self.said).encode()
        signature = self.parts[SIGNATURE]
        if self.signer is not None:
            with self.signer.here() as desk:
                signature = desk.me().sign(signed_part(said))
        parts = {**self.parts, **(more or {}), MANIFEST: said, SIGNATURE: signature}
        target = self.folder / name
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for entry, data in parts.items():
                made.writestr(entry, data)
        return target
