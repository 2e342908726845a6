"""The tables beside those of the kinds: the log, what is derived from it, exchange, drafts and the search index.

``LOG`` is the truth; ``DERIVED`` and the tables of the kinds can be made again from it (``check --rebuild``).
A released step of ``db/migrations`` has its own frozen copy of these statements; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from ucapdesk.model.record import Record

# Only so that links to "any record" can name their target; the statement below is what makes the table.
Table("sync_row", Record.metadata, Column("n", Integer, primary_key=True), Column("id", Text, unique=True))

LOG = (
    # device: one working copy on one computer. seq, chain, vv: of the last changeset held of it.
    """CREATE TABLE sync_device(ord INTEGER PRIMARY KEY, device_id TEXT UNIQUE NOT NULL, pubkey BLOB, person TEXT,
       label TEXT, trust TEXT NOT NULL DEFAULT 'known', first_seen INTEGER, seq INTEGER NOT NULL, chain BLOB NOT NULL,
       vv INTEGER NOT NULL, head_seq INTEGER, head_chain BLOB, head_sig BLOB, succ_of TEXT)""",
    # what a device had seen of the others when it wrote, kept once per change of it; one packed row each (vectors.py)
    """CREATE TABLE sync_vv(vv INTEGER NOT NULL, dev INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(vv, dev))
       WITHOUT ROWID""",
    # n: order of arrival here, which is a causal order. body: the author's lines, plain or deflated.
    """CREATE TABLE sync_changeset(n INTEGER PRIMARY KEY, dev INTEGER NOT NULL, seq INTEGER NOT NULL,
       t INTEGER NOT NULL, vv INTEGER NOT NULL, schema INTEGER NOT NULL, person TEXT, label TEXT, chain BLOB NOT NULL,
       body BLOB NOT NULL, UNIQUE(dev, seq))""",
)

DERIVED = (
    # heads: {"title.en": [dev, seq, dev, seq, …], "~": […]}, unknown cells included
    """CREATE TABLE sync_row(n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, ent TEXT NOT NULL, owner TEXT,
       heads TEXT NOT NULL)""",
    "CREATE INDEX sync_row_owner ON sync_row(owner) WHERE owner IS NOT NULL",
    "CREATE TABLE sync_touch(row INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(row, n)) WITHOUT ROWID",
    # kind: 'decide' (a person must choose) or 'merged' (a long text that was merged by itself)
    """CREATE TABLE sync_conflict(row INTEGER NOT NULL, fld TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY(row, fld))
       WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE search USING fts5(names, body, pinyin, initials, content='', contentless_delete=1,
       tokenize='unicode61 remove_diacritics 2')""",
)

LOCAL = (
    "CREATE TABLE sync_meta(k TEXT PRIMARY KEY, v) WITHOUT ROWID",
    """CREATE TABLE sync_peer(dev INTEGER NOT NULL, of INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(dev, of))
       WITHOUT ROWID""",
    """CREATE TABLE sync_export(bundle_id TEXT PRIMARY KEY, at INTEGER, file TEXT, kind TEXT, base TEXT, head TEXT,
       recipients TEXT, bytes INTEGER, sha256 TEXT, state TEXT)""",
    """CREATE TABLE sync_import(bundle_id TEXT PRIMARY KEY, at INTEGER, file TEXT, from_dev TEXT, base TEXT, head TEXT,
       sha256 TEXT, state TEXT, counts TEXT, backup TEXT, error TEXT)""",
    "CREATE TABLE sync_parked(bundle_id TEXT PRIMARY KEY, sha256 TEXT, need TEXT, reason TEXT, at INTEGER)",
    # typing not yet saved: only changed fields, with the heads the field was opened on
    """CREATE TABLE draft(id TEXT NOT NULL, fld TEXT NOT NULL, ent TEXT NOT NULL, value TEXT, seen TEXT, at INTEGER,
       PRIMARY KEY(id, fld)) WITHOUT ROWID""",
)
