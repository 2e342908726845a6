"""A workspace of 100,000 meetings with two-language texts, made once a run for lists and search."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ucapdesk.base.ids import derived_id
from ucapdesk.base.json_text import dumps
from ucapdesk.model.values.partial_date import PartialDate
from ucapdesk.store.search.full_text import index_rows
from ucapdesk.store.workspace.workspace import Workspace

COUNT = 100_000
ENGLISH_WORDS = """urban mobility energy round table visit delegation mayor water waste digital heritage pilot project signing
review hydrogen buses carbon district planning exchange forum university research industry park tourism culture youth
health innovation transport finance housing air quality green building circular economy low emission zone"""
CHINESE_WORDS = """城市 交通 能源 圆桌 会议 访问 代表团 市长 水务 废物 数字化 遗产 试点 项目 签约 评审 氢能 公交 低碳 园区 规划 交流 论坛
大学 研究 产业 旅游 文化 青年 健康 创新 运输 金融 住房 空气 质量 绿色 建筑 循环 经济 减排 合作 发展 改革 委员会 柳州市 博洛尼亚"""
ENGLISH, CHINESE = ENGLISH_WORDS.split(), CHINESE_WORDS.split()
MODES = ("in_person", "online", "hybrid")


@contextmanager
def large_workspace(count: int = COUNT) -> Iterator[Workspace]:
    """The workspace, open; gone afterwards."""
    with TemporaryDirectory() as folder, Workspace.create(Path(folder) / "w", name="Large", person="P") as workspace:
        fill(workspace, count)
        yield workspace


def fill(workspace: Workspace, count: int) -> None:
    """Write meetings past the log: only reading is measured here."""
    db = workspace.db
    assert db is not None
    chance = random.Random(1)
    ids = {n: derived_id("large", str(n)) for n in range(1, count + 1)}
    db.execute("BEGIN IMMEDIATE")
    db.executemany("INSERT INTO sync_row VALUES(?, ?, 'meeting', NULL, '{}')", ids.items())
    meetings = (_meeting(chance, id_) for id_ in ids.values())
    db.executemany('INSERT INTO meeting(id, title, "when", mode, summary) VALUES(?, ?, ?, ?, ?)', meetings)
    index_rows(db, {"meeting": ids})
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _meeting(chance: random.Random, id_: str) -> tuple[str, ...]:
    title = {"en": " ".join(chance.choices(ENGLISH, k=5)).capitalize(), "zh": "".join(chance.choices(CHINESE, k=4))}
    summary = {"en": " ".join(chance.choices(ENGLISH, k=40)), "zh": "，".join(chance.choices(CHINESE, k=60))}
    day = f"{chance.randint(2019, 2027)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    when = f"{PartialDate(day).bounds[0]} 09:00\t{dumps({'date': day, 'start': '09:00'})}"
    return id_, dumps(title), when, chance.choice(MODES), dumps(summary)
