"""Ways in which an accepted laptop may forge; each makes a package from the giver's own, or None where there is no occasion."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from tests.helpers.package_maker import Hand, Opened
from tests.property.world import TestDesk
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.giving import give

World = Any  # An ``accidents.AccidentWorld``


def _opened(world: World, giver: TestDesk) -> tuple[Opened, Hand]:
    file = give(giver, world.folder / f"{new_id()}.ucapx").file
    return Opened(file), Hand(giver.workspace.person, key=world.laptops.of[giver.me().device_id])


def erases_a_meeting(world: World, giver: TestDesk, taker: TestDesk, r: Random) -> Path | None:
    """What is no person's data removed for good."""
    found = sorted(
        i
        for (e, i), c in taker.tables().items()
        if e == "meeting" and i in world.view(giver).ents and not c["is_deleted"]
    )
    if not found:
        return None
    package, hand = _opened(world, giver)
    log = package.log_of(hand).save(["~erase", r.choice(found), {"kind": "meeting", "names": []}])
    parcel = package.with_log(hand, log).with_lines([*package.lines, *log.changesets[-1]])  # in the order of before
    return parcel.write(world.folder / f"{new_id()}.ucapx")


def changes_words_of_others(world: World, giver: TestDesk, taker: TestDesk, r: Random) -> Path | None:
    """Somebody else's new line says something else, under the giver's list."""
    held = world.held_by(taker)
    fresh = [dot for dot in world.dots(world.oracle.held[giver.name]) - held if dot[0] != world.lineage[giver.name]]
    package, hand = _opened(world, giver)
    said = {line for dot in fresh for line in world.oracle.written[dot].lines[1:] if "wort" in line}
    if not said.intersection(package.lines):
        return None
    parcel = package.with_log(hand, package.log_of(hand))
    parcel.with_lines(line.replace("wort", "Wort") if line in said else line for line in package.lines)
    return parcel.write(world.folder / f"{new_id()}.ucapx")


FORGERIES = (erases_a_meeting, changes_words_of_others)
