"""Every text of the program is in the catalogues, in Chinese, and compiled."""

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


def test_no_text_is_without_a_translation(catalogue: Catalog) -> None:
    missing = [f"{m.context}: {m.id}" for m in _messages(catalogue) if not all(tool.forms(m.string))]
    assert not missing, f"{catalogue.locale}: {len(missing)} missing; {MEND}\n" + "\n".join(missing)


def test_translations_have_the_same_places_to_fill(catalogue: Catalog) -> None:
    for message in _messages(catalogue):
        english = message.id if isinstance(message.id, str) else message.id[-1]
        for form in tool.forms(message.string):
            expected = OTHER_PLACES.get((str(catalogue.locale), english), _places(english))
            assert _places(form) == expected, f"{catalogue.locale}, {message.context}: {english!r} → {form!r}"


def test_the_files_are_what_make_texts_would_write(catalogue: Catalog) -> None:
    po = tool.po_file(str(catalogue.locale))
    written = {po: tool.po_bytes(str(catalogue.locale), catalogue), po.with_suffix(".mo"): tool.mo_bytes(catalogue)}
    behind = [path.name for path, wanted in written.items() if path.read_bytes() != wanted]
    assert not behind, f"{catalogue.locale}: {behind} behind the source; {MEND}"


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
