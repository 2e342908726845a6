"""Every text of the program is in the catalogues, translated, marked as a draft where nobody read it, and compiled."""

from __future__ import annotations

import ast
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from resources.locale import catalogue as tool

OTHER_PLACES = {
    # Chinese counts meetings without an ordinal word; the number is handed in beside it.
    ("zh", "{ordinal} meeting"): {"n"},
}
MEND = "run `make texts` and write what is missing into resources/locale"


@pytest.fixture(scope="module")
def texts() -> dict[tool.Text, set[str]]:
    found, hidden = tool.collect()
    assert not hidden, "\n".join(f"{place}: write the text out there, or hold it in a Message" for place in hidden)
    return found


@pytest.fixture(scope="module", params=tool.LANGUAGES)
def catalogue(request: pytest.FixtureRequest, texts: dict[tool.Text, set[str]]) -> Catalog:
    return tool.build(request.param, texts)


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_no_text_is_without_a_translation(texts: dict[tool.Text, set[str]], catalogue: Catalog) -> None:
    papers = {(text.context, text.text) for text in texts if text.on_paper}
    whole = str(catalogue.locale) not in tool.PARTIAL
    lacking = [m for m in _messages(catalogue) if not all(tool.forms(m.string))]
    missing = [f"{m.context}: {m.id}" for m in lacking if whole or (m.context or "", tool.forms(m.id)[0]) in papers]
    assert not missing, f"{catalogue.locale}: {len(missing)} missing; {MEND}\n" + "\n".join(missing)


def test_translations_have_the_same_placeholders(catalogue: Catalog) -> None:
    for message in _messages(catalogue):
        english = message.id if isinstance(message.id, str) else message.id[-1]
        for form in filter(None, tool.forms(message.string)):
            expected = OTHER_PLACES.get((str(catalogue.locale), english), _places(english))
            assert _places(form) == expected, f"{catalogue.locale}, {message.context}: {english!r} → {form!r}"


def test_the_files_are_what_make_texts_would_write(catalogue: Catalog) -> None:
    po = tool.po_file(str(catalogue.locale))
    written = {po: tool.po_bytes(str(catalogue.locale), catalogue), po.with_suffix(".mo"): tool.mo_bytes(catalogue)}
    behind = [path.name for path, wanted in written.items() if path.read_bytes() != wanted]
    assert not behind, f"{catalogue.locale}: {behind} behind the source; {MEND}"


def test_what_nobody_read_is_marked_as_a_draft(
    texts: dict[tool.Text, set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(
        m.fuzzy
        for lang in tool.LANGUAGES
        if tool.reviewers(lang) == tool.NOBODY
        for m in _messages(tool.build(lang, texts))
    )
    before = tool.read("zh")
    read = next(message for message in before.values() if message.context == "action")
    read.flags.discard(tool.DRAFT)
    monkeypatch.setattr(tool, "read", lambda _: before)
    monkeypatch.setattr(tool, "reviewers", lambda _: "Chen Yan")
    assert [m.id for m in _messages(tool.build("zh", texts)) if not m.fuzzy] == [read.id]


def test_calls_errors_and_plurals_are_collected() -> None:
    source = """
tr("page", "Saved")
i18n.ntr("page", "{n} visit", "{n} visits", n)
Message("page", "Undo")
tr(context, text)
Message(known.context, known.text, {"n": 1})
def window_command(name, label):
    return Message("action", label)
window_command("file.new", "New…")
class Full(UserError):
    sentence = "No space."
"""
    found = [text for text, _ in tool.from_source(ast.parse(source), "here.py")]
    assert set(found) == {
        None,
        tool.Text("page", "Saved"),
        tool.Text("page", "{n} visit", "{n} visits"),
        tool.Text("page", "Undo"),
        tool.Text("action", "New…"),
        tool.Text("error", "No space."),
    }
