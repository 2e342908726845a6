"""What people write on their desks in a script: records, parts, texts, sets, the Trash, answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from tests.property.oracle import BI, DATE, ERASED, GROUP, LONG, SET, WHOLE, Written
from tests.property.world import TestDesk, World
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, Codes, PartialDate, PersonName, When
from ucapdesk.store.merge import positions
from ucapdesk.store.safety.erase import name_hash

ROOTS = ("visit", "meeting", "person")
PARTS = {
    "agenda_item": ("meeting",), "participation": ("visit", "meeting", "itinerary_item"), "itinerary_day": ("visit",),
    "itinerary_item": ("visit",),
}  # fmt: skip
WORDS_OF_SETS = ("water", "energy", "wort1", "wort2", "移动")


class People:
    """Each method writes one thing on one desk, as ``r`` decides, and tells the oracle."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.words: set[str] = {"wort1", "wort2"}
        self.moments: list[dict[str, int]] = [{}]
        self.hot: list[tuple[str, list[str]]] = []
        self._marks = 0

    # -- small helpers ----------------------------------------------------------------------------

    def _word(self) -> str:
        self._marks += 1
        word = f"wort{self._marks + 10}"
        self.words.add(word)
        return word

    def _visible(self, desk: TestDesk, *kinds: str) -> list[str]:
        view = self.world.view(desk)
        return sorted(i for (e, i), c in view.tables.items() if e in kinds and not c["is_deleted"])

    def _some(self, desk: TestDesk, r: Random, *kinds: str) -> str | None:
        found = self._visible(desk, *kinds)
        return r.choice(found) if found else None

    def _hot(self, desk: TestDesk) -> tuple[str, list[str]] | None:
        for id_, names in reversed(self.hot[-4:]):
            columns = self.world.view(desk).tables.get((self.world.view(desk).ents.get(id_, ""), id_))
            if columns and not columns["is_deleted"] and all(n in columns for n in names):
                return id_, names
        return None

    def _kind(self, desk: TestDesk, id_: str) -> str:
        return self.world.view(desk).ents[id_]

    def _told(self, desk: TestDesk, r: Random) -> Written | None:
        """Let the oracle know, and let some time go by; or none."""
        written = self.world.note(desk)
        assert len(written) <= 1, "one save, several changesets"
        self.moments.append(dict(self.world.oracle.held[desk.name]))
        desk.own_clock.now += r.choice((0, 1, 1_000_000, 3_600_000_000))
        return written[0] if written else None

    @contextmanager
    def _save(self, desk: TestDesk, r: Random, name: str = "record.edit") -> Iterator[Any]:
        with desk.save([name, {}]) as save:
            yield save
        self._told(desk, r)

    def _changed(self, desk: TestDesk, r: Random, record: Any, field: str, kind: str) -> Any:
        if kind in (BI, LONG):
            lang = r.choice(("en", "zh", "zh"))
            if kind == BI and r.random() < 0.15:
                return (getattr(record, field) or Bilingual()).mark("zh", r.choice(("draft", "approved")))
            text = None if r.random() < 0.1 else f"{self._word()} {r.choice('甲乙丙')}。"
            return (getattr(record, field) or Bilingual()).put(lang, text)
        if r.random() < 0.12:
            return None
        if kind == WHOLE:
            return r.random() < 0.5 if field in ("internal", "badge") else r.randrange(3)
        if kind == GROUP and field == "when":
            return When(date=f"2026-0{r.randint(1, 9)}-1{r.randint(0, 9)}", start="09:00")
        if kind == GROUP:
            return PersonName(family=r.choice(("Rossi", "García")), given=self._word())
        if kind == DATE:
            return PartialDate(r.choice(("2026", "2026-05", "2026-05-03/2026-05-06")))
        if field in ("visit", "next_meeting"):
            return self._some(desk, r, "visit" if field == "visit" else "meeting")
        return r.choice(("in_person", "online", "hybrid"))

    # -- actions ----------------------------------------------------------------------------------

    def _make(self, desk: TestDesk, r: Random, *kinds: str) -> None:
        kind = r.choice(kinds or ROOTS)
        id_ = self.world.fresh_id()
        with self._save(desk, r, "record.make") as save:
            record = save.new(KINDS[kind].cls, id_)
            names = [n for n, t in desk.fields[kind].items() if t != SET]
            for name in r.sample(names, r.randint(0, 2)):
                setattr(record, name, self._changed(desk, r, record, name, desk.fields[kind][name]))
            if kind == "meeting" and "summary" in desk.fields[kind] and r.random() < 0.7:
                sentences = "".join(f"{self._word()} {r.randrange(10_000)}。" for _ in range(5))
                record.summary = Bilingual(zh=sentences)

    def _make_part(self, desk: TestDesk, r: Random) -> None:
        kind = r.choice([k for k in PARTS if k in desk.kinds])
        owner = self._some(desk, r, *PARTS[kind])
        if owner is None:
            self._make(desk, r)
            return
        with self._save(desk, r, "record.make") as save:
            made = self._part(desk, r, save, kind, owner)
        if made:
            id_, given = made
            self.world.check_made(desk, kind, id_, given)

    def _part(self, desk: TestDesk, r: Random, save: Any, kind: str, owner: str) -> tuple[str, dict[str, Any]] | None:
        """A part of a record; its id and what it should hold, unless it was there already."""
        given: dict[str, Any] = {"owner": owner}
        id_ = None
        if kind == "participation" and (person := self._some(desk, r, "person")):
            given |= {"person": person, "role": r.choice(("guest", "guest", "host"))}
            if "attendance" in desk.fields[kind] and r.random() < 0.5:
                given["attendance"] = r.choice(("present", "excused"))
        elif kind == "itinerary_day":
            given["date"] = r.choice(("2026-05-03", "2026-05-04"))
        else:
            id_ = self.world.fresh_id()
            given["free_name" if kind == "participation" else "title"] = Bilingual(en=f"{self._word()} part")
        made = save.new(KINDS[kind].cls, id_, **given).id
        return None if self.world.view(desk).life.get(made, "dead") != "dead" else (made, given)

    def _edit(self, desk: TestDesk, r: Random) -> None:
        kinds = [k for k in desk.fields if k != "member"]
        id_ = self._some(desk, r, *kinds)
        if id_ is None:
            self._make(desk, r)
            return
        names: list[str] = []
        if r.random() < 0.5 and (hot := self._hot(desk)):  # where somebody has just been
            id_, names = hot
        kind = self._kind(desk, id_)
        if not names:
            fixed = ("owner", "person", "role", "date", "pos")
            names = [n for n, t in desk.fields[kind].items() if t != SET and n not in fixed]
            names = r.sample(names, min(len(names), r.choice((1, 1, 1, 2))))
        self.hot.append((id_, names))
        with self._save(desk, r) as save:
            record = save.get(KINDS[kind].cls, id_)
            for name in names:
                setattr(record, name, self._changed(desk, r, record, name, desk.fields[kind][name]))
            wanted = {name: getattr(record, name) for name in names}
        self.world.check_saved(desk, kind, id_, wanted)

    def _edit_text(self, desk: TestDesk, r: Random) -> None:
        """A sentence of a long text put in, taken out, or replaced."""
        view = self.world.view(desk)
        found = [
            (e, i, n, c[n]["zh"])
            for (e, i), c in sorted(view.tables.items())
            if not c["is_deleted"] and e != "member"
            for n, t in desk.fields[e].items()
            if t == LONG and c[n] and c[n].get("zh")
        ]
        if not found:
            self._make(desk, r)
            return
        kind, id_, name, text = r.choice(found)
        sentences = [s + "。" for s in text.split("。") if s]
        at = r.randrange(len(sentences) + 1)
        fresh = [f"{self._word()} EUR {r.randrange(10_000)},{r.randrange(1000):03}。"]
        sentences[at : at + r.choice((0, 1))] = fresh if r.random() < 0.85 else []
        with self._save(desk, r) as save:
            record = save.get(KINDS[kind].cls, id_)
            setattr(record, name, getattr(record, name).put("zh", "".join(sentences)))

    def _change_set(self, desk: TestDesk, r: Random) -> None:
        id_ = self._some(desk, r, "visit", "meeting", "person")
        if id_ is None:
            self._make(desk, r)
            return
        kind = self._kind(desk, id_)
        name = r.choice([n for n, t in desk.fields[kind].items() if t == SET and n != "ucaps"])
        with self._save(desk, r) as save:
            record = save.get(KINDS[kind].cls, id_)
            has = list(getattr(record, name))
            word = r.choice(WORDS_OF_SETS)
            if has and r.random() < 0.35:
                has.remove(r.choice(has))
            elif len(has) > 1 and r.random() < 0.2:
                r.shuffle(has)
            else:
                has.insert(r.randrange(len(has) + 1), word)
            setattr(record, name, Codes(has))

    def _move(self, desk: TestDesk, r: Random) -> None:
        id_ = self._some(desk, r, *(k for k in ("agenda_item", "itinerary_item", "participation") if k in desk.kinds))
        if id_ is None:
            self._make_part(desk, r)
            return
        view = self.world.view(desk)
        kind = view.ents[id_]
        beside = sorted(
            c["pos"] for (e, i), c in view.tables.items() if e == kind and c["owner"] == view.owner(id_) and i != id_
            and c["pos"] and not c["is_deleted"]
        )  # fmt: skip
        at = r.randrange(len(beside) + 1)
        before, after = (beside[at - 1] if at else None), (beside[at] if at < len(beside) else None)
        if before is not None and before == after:
            after = None
        others = self._in_order(desk, kind, view.owner(id_), without=id_)
        with self._save(desk, r) as save:
            save.get(KINDS[kind].cls, id_).pos = positions.between(before, after)
        assert self._in_order(desk, kind, view.owner(id_), without=id_) == others, "another part moved"
        found = self._in_order(desk, kind, view.owner(id_))
        place = next(c["pos"] for (_, i), c in desk.tables().items() if i == id_)
        assert (before or "") < place, "moved, but still before"
        assert after is None or place < after, "moved, but still behind"
        assert found.count(id_) == 1

    def _in_order(self, desk: TestDesk, kind: str, owner: str | None, without: str = "") -> list[str]:
        found = desk.db.execute(
            f'SELECT id FROM "{kind}" WHERE owner = ? AND is_deleted = 0 AND id != ? ORDER BY pos, id', (owner, without)
        )
        return [row[0] for row in found]

    def _trash(self, desk: TestDesk, r: Random) -> None:
        id_ = self._some(desk, r, *(k for k in desk.fields if k != "member"))
        if id_ is None:
            self._make(desk, r)
            return
        with self._save(desk, r, "record.trash") as save:
            save.trash(id_)

    def _restore(self, desk: TestDesk, r: Random) -> None:
        view = self.world.view(desk)
        found = sorted(
            i for i, life in view.life.items()
            if life == "dead" and i not in view.erased and view.ents[i] != "member" and view.ents[i] in desk.fields
            and (view.owner(i) is None or view.visible(view.owner(i) or ""))
        )  # fmt: skip
        if not found:
            self._trash(desk, r)
            return
        with self._save(desk, r, "record.restore") as save:
            save.untrash(r.choice(found))

    def _decide(self, desk: TestDesk, r: Random) -> None:
        unsure = [d for d in self.world.desks if d.open_questions()]
        if not unsure:
            self._edit(desk, r)
            return
        desk = desk if desk in unsure else r.choice(unsure)
        question = r.choice(sorted(desk.questions(), key=lambda q: (q.id, q.cell)))
        values: list[Any] = [0, 1] if question.cell == "~" else [c.value for c in question.candidates]
        self.world.counts["decided"] += 1
        desk.decide(question.id, question.cell, r.choice(values))
        self._told(desk, r)
        assert (question.id, question.cell) not in desk.open_questions(), "a decided question stands"
        self.world.check(desk)

    def _several(self, desk: TestDesk, r: Random) -> None:
        """One save that does a lot: a record with parts, an edit, and something into the Trash."""
        kind = r.choice(("visit", "meeting"))
        id_ = self.world.fresh_id()
        doomed = self._some(desk, r, "agenda_item", "participation", "itinerary_item")
        with self._save(desk, r, "record.make") as save:
            record = save.new(KINDS[kind].cls, id_, title=Bilingual(en=self._word()))
            record.tags = Codes(r.sample(WORDS_OF_SETS, 2))
            for part in r.sample(list(PARTS), 2):
                if kind in PARTS[part] and part in desk.kinds:
                    self._part(desk, r, save, part, id_)
            if doomed and r.random() < 0.5:
                save.trash(doomed)

    def _erase(self, desk: TestDesk, r: Random) -> None:
        """All data of a person removed for good, and sometimes the name of somebody who writes."""
        id_ = self._some(desk, r, "person")
        if id_ is None:
            self._make(desk, r, "person")
            return
        words = self.world.words_of(desk, id_)
        names = [name_hash(f"Person {r.choice(self.world.desks).name}")] if r.random() < 0.5 else []
        parts = [i for i in self.world.view(desk).below(id_) if self.world.view(desk).ents[i] == "member"]
        with self._save(desk, r, "erase") as save:
            rows = [(ERASED, id_, {"kind": "person", "names": names})]
            save.rows([*rows, *((ERASED, part, {"kind": "member"}) for part in parts)])
        self.world.erased |= words
        self.world.counts["erased"] += 1

    def _part_to_other(self, desk: TestDesk, r: Random) -> None:
        """What no version of the program does but a log may hold: a part that changes hands."""
        id_ = self._some(desk, r, "itinerary_item")
        owner = self._some(desk, r, "visit")
        if id_ is None or owner is None:
            self._make_part(desk, r)
            return
        with self._save(desk, r) as save:
            save.rows([("itinerary_item", id_, {"owner": owner})])
