"""Everything the program is made of, each part with its licence: for Help ▸ About and for the installers.

Python libraries say it themselves, in what is installed beside them. What they hold, or do not say, stands in
``resources/licences``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path

from ucapdesk import __version__
from ucapdesk.base.paths import page, resource
from ucapdesk.formats.whole_files import text_of

OWN = "ucapdesk"
# Which addresses of a library lead to its source, the best first.
SOURCES = ("source", "source code", "repository", "code", "homepage", "home")
# Names of texts that older libraries keep beside what they say of themselves; Qt's commercial one is used by nobody
# here.
TEXTS = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
MAX_LICENCE_CHARS = 60  # Characters of a licence's name; some libraries put the whole text there


@dataclass(frozen=True, slots=True)
class LicensedPart:
    name: str
    release: str
    licence: str
    source: str
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.texts)


def parts() -> list[LicensedPart]:
    known = json.loads(resource("licences/parts.json").read_text(encoding="utf-8"))
    others = [_declared(each) for each in known["parts"]]
    others += [_installed(each, known["libraries"]) for each in _libraries()]
    return [_program(), *sorted(others, key=lambda part: part.name.lower())]


def owners(file: str) -> list[str]:
    known: dict[str, list[str]] = json.loads(resource("licences/parts.json").read_text(encoding="utf-8"))["files"]
    return next((names for pattern, names in known.items() if fnmatch(file, pattern)), [])


def _program() -> LicensedPart:
    texts = (page("LICENSE").read_text(encoding="utf-8"), page("docs/LICENCES.md").read_text(encoding="utf-8"))
    return LicensedPart("UCAPDesk", __version__, "MIT", "", (*texts, *_font_licences()))


def _font_licences() -> Iterator[str]:
    for folder in ("fonts", "icons/fluent", "zones"):
        for file in sorted(resource(folder).glob("*.txt")):
            yield file.read_text(encoding="utf-8")


def _declared(said: dict[str, object]) -> LicensedPart:
    return LicensedPart(str(said["name"]), "", str(said["licence"]), str(said["source"]), _own_texts(said["texts"]))


def _own_texts(names: object) -> tuple[str, ...]:
    assert isinstance(names, list)
    return tuple(resource(f"licences/{name}").read_text(encoding="utf-8") for name in names)


def _libraries() -> list[metadata.Distribution]:
    found: dict[str, metadata.Distribution] = {}
    wanted = [OWN]
    while wanted:
        name = wanted.pop()
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # of another system, or the program was never installed
            continue
        wanted += [need for need in _needs(found[name]) if need not in found]
    found.pop(OWN, None)
    return list(found.values())


def _needs(library: metadata.Distribution) -> Iterator[str]:
    for line in library.requires or ():
        name = re.match(r"[\w.-]+", line)
        if name and "extra ==" not in line:
            yield _plain(name[0])


def _installed(library: metadata.Distribution, known: dict[str, list[str]]) -> LicensedPart:
    said = library.metadata
    name = str(said["Name"])
    texts = tuple(_texts(library)) + _own_texts(known.get(_plain(name), []))
    return LicensedPart(name, library.version, _licence(said), _source(said), texts)


def _texts(library: metadata.Distribution) -> Iterator[str]:
    folder = _folder(library)
    for path in sorted([*folder.glob("licenses/**/*"), *folder.glob("*")]):
        if path.is_file() and (path.parent != folder or TEXTS.match(path.name)) and "Commercial" not in path.name:
            yield text_of(path.read_bytes())


def _folder(library: metadata.Distribution) -> Path:
    name = _plain(f"{library.metadata['Name']}-{library.version}.dist-info")
    place = Path(str(library.locate_file("")))
    return next((each for each in place.glob("*.dist-info") if _plain(each.name) == name), place)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(said: metadata.PackageMetadata) -> str:
    short = [*(said.get_all("License-Expression") or ()), *(said.get_all("License") or ())]
    short += [each.rpartition(" :: ")[2] for each in said.get_all("Classifier") or () if each.startswith("License ::")]
    return next((each for each in short if each and len(each) <= MAX_LICENCE_CHARS and "\n" not in each), "")


def _source(said: metadata.PackageMetadata) -> str:
    named = (each.partition(", ")[::2] for each in said.get_all("Project-URL") or ())
    homes = (("home", home) for home in said.get_all("Home-page") or ())
    addresses = {label.lower(): address for label, address in (*homes, *named)}
    return next((addresses[label] for label in SOURCES if label in addresses), "")
