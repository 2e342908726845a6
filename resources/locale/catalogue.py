"""Collects every text of the program into the ``.po`` files beside this one and compiles them: ``make texts``.

A text is what stands in ``tr("context", "text")``, ``ntr("context", "one", "many", n)``, ``Counted("context", "one", "many")`` or
``Message("context", "text")``, the sentence of an error (context ``error``), the names and field labels of the record kinds
(contexts ``kind`` and ``kind.field``), and ``resources/words/oddities.json`` (context ``glance``). Translations are written into the ``.po`` files by hand; texts that left the
program leave the files too. A language is a folder here with a ``.po`` file.

Until the head of a file names who reviews it, every translation is marked as a draft (``#, fuzzy``); from then on new ones
are, and reviewing one is taking its mark away. Drafts are compiled like the others; what is empty is shown in English.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

LANGUAGES = sorted(path.parents[1].name for path in HERE.glob("*/LC_MESSAGES/ucapdesk.po"))
PARTIAL: tuple[str, ...] = ()
"""The languages that hold no more than what papers print so far; all others hold every text."""
NOBODY = "nobody yet"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed date: the same texts make the same file."""

DRAFT = "fuzzy"

HEADER = """\
# {name} texts of UCAPDesk.
# Reviewed by: {reviewers}
# Texts marked fuzzy are drafts, and shown; a native speaker who agrees with one takes the mark away (and stands above).
# `make texts` keeps the list of texts; only marks and what follows msgstr are written by hand.
msgid ""
msgstr ""
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

FUNCTIONS = {"tr": 1, "Message": 1, "ntr": 2, "Counted": 2}
"""Name → how many texts follow the context."""

GIVING_CONTEXT: dict[str, tuple[str, tuple[int, ...]]] = {
    "window_command": ("action", (1,)),
    "UserError": ("error", (0,)),
    "EntryError": ("error", (0,)),
    "Failure": ("error", (1,)),
}
"""Functions of one file that make many messages of one context: name → the context, and which arguments are texts."""

HANDED_ON = ("ucapdesk/base/", "ucapdesk/cli/help_text.py", "ucapdesk/formats/paper_contents.py")
"""Where a text is rightly not written out: the functions themselves, and who takes it from a table."""


@dataclass(frozen=True, order=True)
class Text:
    """One text of the program; ``many`` is empty unless it has a plural."""

    context: str
    text: str
    many: str = ""

    @property
    def on_paper(self) -> bool:
        """Whether a paper in any language may print it."""
        return self.context in {"paper", "document", "kind"} or (
            "." in self.context and self.context.partition(".")[0] in _kinds()
        )


def _kinds() -> dict[str, object]:
    from ucapdesk.model.kinds import LISTED

    return dict(LISTED)


def from_source(tree: ast.AST, where: str) -> Iterator[tuple[Text | None, str]]:
    """The texts of one file, each with its place; None in place of a text that is not written out."""
    inside = {id(n) for f in ast.walk(tree) if getattr(f, "name", "") in GIVING_CONTEXT for n in ast.walk(f)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and id(node) not in inside:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in FUNCTIONS and len(node.args) > FUNCTIONS[name] and not _is_taken_up(node):
                yield _text(*node.args[: FUNCTIONS[name] + 1]), f"{where}:{node.lineno}"
            elif name in GIVING_CONTEXT:
                context, places = GIVING_CONTEXT[name]
                for title in (node.args[nth] for nth in places if nth < len(node.args)):
                    yield _text(ast.Constant(context), title), f"{where}:{node.lineno}"
        elif isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.Assign) and any(getattr(t, "id", "") == "sentence" for t in line.targets):
                    said = line.value.value if isinstance(line.value, ast.Constant) else None
                    yield (Text("error", said) if isinstance(said, str) else None), f"{where}:{line.lineno}"


def from_commands(tree: ast.AST) -> Iterator[Text]:
    """The help of the command line: docstrings of commands by paragraph, of options, and the list of commands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_declares_command, node.decorator_list)):
            for paragraph in (ast.get_docstring(node) or "").split("\n\n"):
                yield Text("help", " ".join(paragraph.split()))
        elif isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
            yield Text("help", str(node.value.value))
        elif isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "COMMANDS" for t in node.targets):
            for module_and_help in ast.literal_eval(node.value).values():
                yield Text("help", module_and_help[1])


def _declares_command(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return {getattr(function, "id", ""), getattr(function, "attr", "")} & {"workspace_command", "command"} != set()


def _text(*arguments: ast.expr) -> Text | None:
    """The text that a call's arguments write out."""
    words = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return Text(*words) if len(words) == len(arguments) else None


def _is_taken_up(call: ast.Call) -> bool:
    """Whether a call only hands on what is collected elsewhere: another ``Message``, or what a declaration says."""
    names = [argument.attr for argument in call.args[:2] if isinstance(argument, ast.Attribute)]
    return bool({"context", "label", "plural", "example"} & set(names))


def from_kinds() -> Iterator[tuple[Text, str]]:
    """The names and labels of every kind that a person meets."""
    from ucapdesk.model.kinds import LISTED

    for kind in LISTED.values():
        where = kind.cls.__module__.replace(".", "/") + ".py"
        yield Text("kind", kind.cls.label), where
        yield Text("kind", kind.cls.plural), where
        for each in kind.shown.values():
            yield Text(f"{kind.name}.{each.name}", each.meta.label), where
            if any(map(str.isalpha, each.meta.example)):
                yield Text("typed", each.meta.example), where


def from_oddities() -> Iterator[Text]:
    """What is told of oddities of papers."""
    from ucapdesk.model.codes import word_table

    for texts in word_table("oddities").values():
        yield from (Text("glance", text) for text in texts)


def collect() -> tuple[dict[Text, set[str]], list[str]]:
    """Every text with the files it stands in, and the places whose text is not written out."""
    found: dict[Text, set[str]] = {}
    hidden: list[str] = []
    for path in sorted((ROOT / "ucapdesk").rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        for text, place in from_source(ast.parse(path.read_text(encoding="utf-8")), where):
            if text is not None:
                found.setdefault(text, set()).add(where)
            elif not where.startswith(HANDED_ON):
                hidden.append(place)
    for path in sorted((ROOT / "ucapdesk/cli").glob("*.py")):
        for text in from_commands(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(text, set()).add(path.relative_to(ROOT).as_posix())
    for text, where in from_kinds():
        found.setdefault(text, set()).add(where)
    for text in from_oddities():
        found.setdefault(text, set()).add("resources/words/oddities.json")
    return found, hidden


def po_file(lang: str) -> Path:
    """Where a language's translations are written."""
    return HERE / lang / "LC_MESSAGES" / "ucapdesk.po"


def forms(string: object) -> tuple[str, ...]:
    """What a catalogue holds as the translation of a text: one, or one for each plural form."""
    return (string,) if isinstance(string, str) else tuple(string) if isinstance(string, tuple | list) else ("",)


def read(lang: str) -> dict[tuple[str, str], Message]:
    """The translations of a language: (context, English) → the entry."""
    if not po_file(lang).exists():
        return {}
    with po_file(lang).open("rb") as file:
        catalogue = read_po(file, locale=lang, abort_invalid=True)
    return {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0]): message
        for message in catalogue
        if message.id
    }


def reviewers(lang: str) -> str:
    """Who reviews the translations of a language, as the head of its file says."""
    said = po_file(lang).read_text(encoding="utf-8") if po_file(lang).exists() else ""
    named = re.search(r"^# Reviewed by: (.+)$", said, re.MULTILINE)
    return named[1] if named else NOBODY


def build(lang: str, texts: dict[Text, set[str]]) -> Catalog:
    """The catalogue of a language: the program's texts, with the translations there are."""
    catalogue = Catalog(locale=lang, domain="ucapdesk", fuzzy=False, creation_date=MOMENT, revision_date=MOMENT)
    known, unread = read(lang), reviewers(lang) == NOBODY
    plural_forms = catalogue.num_plurals
    for text in sorted(texts):
        entry = known.get((text.context, text.text))
        said = forms(entry.string) if entry else ("",)
        said = said if text.many else said[:1]
        draft = unread or entry is None or entry.fuzzy or not all(said)
        catalogue.add(
            id=(text.text, text.many) if text.many else text.text,
            string=(*said, *[""] * plural_forms)[:plural_forms] if text.many else said[0],
            context=text.context,
            flags=[DRAFT] if draft else [],
            locations=[(where, None) for where in sorted(texts[text])],  # type: ignore[misc]
        )
    return catalogue


def po_bytes(lang: str, catalogue: Catalog) -> bytes:
    """The file a translator reads and writes."""
    out = io.BytesIO()
    name, plurals = Locale.parse(lang).english_name, catalogue.plural_forms
    header = HEADER.format(name=name, reviewers=reviewers(lang), lang=lang, plurals=plurals)
    out.write(header.encode())
    write_po(out, catalogue, omit_header=True, width=100, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The file the program reads."""
    out = io.BytesIO()
    write_mo(out, catalogue, use_fuzzy=True)
    return out.getvalue()


def _compile_library_words(lang: str) -> None:
    """Compile the words of a library, which are written by hand and collected from nowhere."""
    for path in po_file(lang).parent.glob("*.po"):
        if path != po_file(lang):
            with path.open("rb") as file:
                catalogue = read_po(file, locale=lang)
            catalogue.creation_date = MOMENT
            path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))


def main() -> None:
    """Bring all files up to date and say what is missing."""
    texts, hidden = collect()
    for place in hidden:
        print(f"{place}: write the text out here, or hold it in a Message; this one cannot be collected")
    for lang in LANGUAGES:
        catalogue = build(lang, texts)
        po_file(lang).parent.mkdir(parents=True, exist_ok=True)
        po_file(lang).write_bytes(po_bytes(lang, catalogue))
        po_file(lang).with_suffix(".mo").write_bytes(mo_bytes(build(lang, texts)))
        _compile_library_words(lang)
        open_ = sum(1 for message in catalogue if message.id and not all(forms(message.string)))
        print(f"{lang}: {len(catalogue)} texts, {open_} without a translation")


if __name__ == "__main__":
    main()
