"""Build the country and leader tables of the catalog from two public sources and our own corrections.

Run it as `python deploy/tables/build_tables.py` after a source or `countries.toml` has changed. It reads
`dictionaries/country-codes.csv` (PDDL) and `dictionaries/factbook.tar.gz` (CC0) under DATELINE_TEST_DATA (default
`../shared/data` or `../shared` beside the checkout), lays `countries.toml` over them, and writes
`tasks/catalog/countries.csv` and the rows of `tasks/catalog/leaders.csv` whose source is `factbook`. Rows of any other
source are kept as they stand, and a kept row wins over a factbook row with the same id.

Credit: country profiles derived from The World Factbook (public domain), by way of factbook/factbook.json (CC0);
country codes from datasets/country-codes (ODC PDDL).
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import sys
import tarfile
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CATALOG = ROOT / "tasks" / "catalog"
SEPARATOR = ";"
# Factbook codes that country-codes.csv does not carry one to one.
OWN_CODES = {"ee": "EUU", "kv": "XKX", "ri": "SRB", "gz": "", "we": "PSE", "nl": "NLD"}
COUNTRY_COLUMNS = ("id", "name", "names", "demonyms", "capital", "capital_names", "masks", "is_at_war")


def find_dictionaries() -> Path:
    """The folder with the two sources; ends the program with one sentence if there is none."""
    base = Path(os.environ.get("DATELINE_TEST_DATA", ROOT.parent / "shared"))
    for folder in (base / "data" / "dictionaries", base / "dictionaries"):
        if folder.is_dir():
            return folder
    sys.exit(f"No dictionaries under {base} (DATELINE_TEST_DATA): set it to the folder that holds data/dictionaries.")


def fold_accents(text: str) -> str:
    """The text without accents: `Türkiye` gives `Turkiye`."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def read_text(node: Any, *path: str) -> str:
    """One value of a factbook file as plain text; empty where the path leads nowhere."""
    for key in path:
        node = node.get(key, {}) if isinstance(node, dict) else {}
    plain = re.sub(r"<[^>]+>", " ", html.unescape(node)) if isinstance(node, str) else ""
    return re.sub(r"\s+", " ", plain.replace("’", "'")).strip()


def read_profiles(archive: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(factbook code, profile) for every country file of the archive, in order of code."""
    with tarfile.open(archive, "r:gz") as tar:
        members = [m for m in tar.getmembers() if m.name.endswith(".json") and "/meta/" not in m.name]
        for member in sorted(members, key=lambda m: Path(m.name).stem):
            handle = tar.extractfile(member)
            if handle is not None:
                yield Path(member.name).stem, json.load(io.TextIOWrapper(handle, encoding="utf-8"))


def join_profiles(codes: list[dict[str, str]], archive: Path) -> dict[str, dict[str, Any]]:
    """Profiles keyed by alpha-3 code, over the FIPS column."""
    by_fips = {row["FIPS"].strip().lower(): row["ISO3166-1-Alpha-3"] for row in codes if row["FIPS"].strip()}
    by_fips |= OWN_CODES
    joined = {by_fips.get(code, ""): profile for code, profile in read_profiles(archive)}
    joined.pop("", None)
    return joined


def list_names(row: dict[str, str], profile: dict[str, Any]) -> list[str]:
    """Names of a country that the two sources give, without articles and remarks."""
    given = [row.get("CLDR display name", ""), row.get("UNTERM English Short", ""), row.get("official_name_en", "")]
    for key in ("conventional short form", "conventional long form"):
        given.append(read_text(profile, "Government", "Country name", key, "text"))
    names = []
    for name in given:
        plain = re.sub(r"\(.*?\)|\*", "", name).replace("’", "'").strip()
        plain = re.sub(r"^[Tt]he ", "", plain).strip(" ,;")
        for form in (plain, plain.replace("&", "and")):
            if form and "&" not in form and form not in ("none", "NA") and len(form) < 60 and ";" not in form:
                names.extend((form, form.replace("St. ", "Saint "), form.replace("Saint ", "St. ")))
    return names


def list_demonyms(profile: dict[str, Any]) -> list[str]:
    """Adjective and nouns of a nationality: `Angolan(s)` gives `Angolan` and `Angolans`."""
    found: list[str] = []
    for key in ("adjective", "noun"):
        value = read_text(profile, "People and Society", "Nationality", key, "text")
        value = re.sub(r"\((?!s\))[^)]*\)", "", value.split(";")[0])
        for part in re.split(r",|\bor\b", value):
            word = part.strip()
            if word.endswith("(s)"):
                found.extend((word[:-3], word[:-3] + "s"))
            elif word and word not in ("none", "NA") and word[0].isupper():
                found.append(word)
    return found


def join_unique(values: Iterable[str], drop: Iterable[str] = ()) -> str:
    """A cell of distinct values, each also without its accents, in order of first sight."""
    kept: dict[str, None] = {}
    for value in values:
        for form in (value, fold_accents(value)):
            if form and form not in drop:
                kept[form] = None
    return SEPARATOR.join(kept)


def build_country(
    code: str, row: dict[str, str], profile: dict[str, Any], own: dict[str, Any], is_at_war: bool
) -> dict[str, str]:
    """One row of countries.csv."""
    listed = list_names(row, profile)
    name = own.get("name") or row.get("CLDR display name", "").replace("&", "and").replace("’", "'") or listed[0]
    capital = own.get("capital", row.get("Capital", "").strip())
    drop = set(own.get("drop", ()))
    demonyms = own["demonyms"] if "demonyms" in own else list_demonyms(profile)
    return {
        "id": code,
        "name": name,
        "names": join_unique([*own.get("names", ()), name, *listed], drop | set(own.get("drop_names", ()))),
        "demonyms": join_unique([*demonyms, *own.get("more_demonyms", ())], drop),
        "capital": capital,
        "capital_names": join_unique([*own.get("capital_names", ()), fold_accents(capital)], {capital}),
        "masks": join_unique(own.get("masks", ())),
        "is_at_war": "true" if is_at_war else "",
    }


def build_countries(folder: Path) -> list[dict[str, str]]:
    """All rows of countries.csv, by code."""
    own = tomllib.loads((HERE / "countries.toml").read_text(encoding="utf-8"))
    with (folder / "country-codes.csv").open(encoding="utf-8", newline="") as lines:
        codes = list(csv.DictReader(lines))
    profiles = join_profiles(codes, folder / "factbook.tar.gz")
    rows = {row["ISO3166-1-Alpha-3"]: row for row in codes}
    rows |= {code: {} for code in ("EUU", "XKX")}
    table = []
    for code in sorted(set(rows) - set(own["skip"])):
        corrections = own["country"].get(code, {})
        table.append(build_country(code, rows[code], profiles.get(code, {}), corrections, code in own["at_war"]))
    return table


def write_table(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]], remark: str) -> None:
    """A CSV file with a remark on its first line and one row per line."""
    with path.open("w", encoding="utf-8", newline="") as target:
        target.write(f"# {remark}\n")
        writer = csv.DictWriter(target, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


# --- heads of state and government ------------------------------------------------------------------------------------

LEADER_COLUMNS = (
    "id",
    "name",
    "names",
    "families",
    "country",
    "organisation",
    "role",
    "level",
    "since",
    "until",
    "source",
)
_PREFIX = re.compile(r"^(?:GNU|CNSP|overall|Chairperson of the Presidency|Chairperson of the Council of Ministers)\s+")
_OFFICE = re.compile(
    r"^(?P<role>(?:Acting |Interim |Transitional? |Caretaker )?(?:State Affairs Commission )?(?:Supreme Leader|President"
    r"|Prime Minister|Premier|Chancellor|King|Queen|Emperor|Amir|Grand Duke|Prince|Pope|Taoiseach"
    r"|Sultan and Prime Minister|Prime Minister and Foreign Minister|Chairman of the Cabinet of Ministers))\s+"
)
_RANKS = re.compile(
    r"^(?:\((?:Prime Minister)\)|of the (?:Swiss Confederation|Council of Ministers)|of Council of Ministers|Sr\.|Gen\."
    r"|Col\.|Capt\.|Dr\.|Sir|Ratu|General|Sultan|Grand Chief)\s+"
)
_SINCE = re.compile(r"\((?:chairperson )?since\s+(\d{1,2}) (\w{3})\w* (\d{4})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Family names that are also words, given names or common surnames: never a leader on their own.
_COMMON = frozenset(
    [
        "ali",
        "bah",
        "sanchez",
        "faye",
        "neves",
        "hassan",
        "barre",
        "salam",
        "rashid",
        "brown",
        "browne",
        "davis",
        "mitchell",
        "drew",
        "pierre",
        "friday",
        "charles",
        "lee",
        "kim",
        "li",
        "cho",
        "wong",
        "paz",
        "castro",
        "ortega",
        "dan",
        "pavel",
        "rossi",
        "lorenzo",
        "costa",
        "albert",
        "guillaume",
        "philippe",
        "martin",
        "connolly",
        "rama",
        "haas",
        "michal",
        "man",
        "te",
        "burton",
        "heine",
        "chaves",
        "orsi",
        "pena",
        "store",
        "talon",
        "boko",
        "chapo",
        "king",
        "teo",
        "felipe",
        "salman",
        "hamad",
        "tamim",
        "stocker",
        "lai",
        "sharif",
        "anwar",
        "marcos",
        "petro",
        "david",
        "mohamed",
        "levi",
        "diay",
        "john",
        "cuong",
        "frederik",
        "harald",
        "michael",
        "mottley",
        "kapu",
        "thomas",
        "burt",
        "steele",
        "antonio",
        "silva",
        "zamora",
        "luc",
        "cyril",
        "maiga",
        "traore",
        "toure",
        "ibrahim",
        "abela",
        "golob",
        "taye",
        "ahmad",
        "mohammed",
        "chinh",
        "azali",
        "obiang",
        "lourenco",
        "simina",
        "mamdouh",
        "napat",
        "letsie",
        "tupou",
        "mswati",
        "isaias",
        "hun",
        "manet",
        "nyo",
        "saw",
        "sihamoni",
        "carl",
        "gustaf",
        "xvi",
        "iii",
        "ii",
        "vi",
        "v",
        "xiv",
    ]
)


def build_leaders(folder: Path, kept: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of source `factbook` for every head of state and government that no kept row names."""
    with (folder / "country-codes.csv").open(encoding="utf-8", newline="") as lines:
        profiles = join_profiles(list(csv.DictReader(lines)), folder / "factbook.tar.gz")
    own = tomllib.loads((HERE / "countries.toml").read_text(encoding="utf-8"))
    known = {(row["country"], word) for row in kept for word in fold_accents(row["name"]).lower().split()}
    rows: dict[str, dict[str, str]] = {}
    for code in sorted(set(profiles) - set(own["skip"]) - set(own["no_leaders"])):
        for office in ("chief of state", "head of government"):
            text = read_text(profiles[code], "Government", "Executive branch", office, "text")
            row = build_leader(code, text)
            if row is None or any((code, word.lower()) in known for word in fold_accents(row["name"]).split()):
                continue
            if row["name"] in own["drop_leaders"] or (row["name"] == "King Charles III" and code != "GBR"):
                continue
            row["families"] = "" if row["families"] in own["drop_families"] else row["families"]
            row["since"] = "" if row["name"] in own["no_since"] else row["since"]
            rows.setdefault(row["id"], row)
    return list(rows.values())


def build_leader(code: str, text: str) -> dict[str, str] | None:
    """One row from `President Name FAMILY (since 1 May 2020)`; None where the text has another shape."""
    office = _OFFICE.match(_PREFIX.sub("", text))
    if office is None:
        return None
    rest = _PREFIX.sub("", text)[office.end() :]
    while _RANKS.match(rest):
        rest = _RANKS.sub("", rest)
    words = re.split(r"\s*[(;,]", rest)[0].replace('"', "").split()
    capitals = [word for word in words if len(word) > 1 and word.replace("al-", "").replace("c", "C", 1).isupper()]
    if not words or not capitals or len(words) > 6 or "vacant" in rest:
        return None
    name = " ".join(_title_word(word) for word in words)
    family = " ".join(_title_word(word) for word in capitals)
    short = f"{_title_word(words[0])} {family}" if words[0] not in capitals else name
    is_alone = len(capitals) == 1 and fold_accents(family).lower() not in _COMMON and len(family) > 3
    is_alone = is_alone and not re.search(r"\b(?:King|Prince|Emperor|Duke|Queen)\b", office["role"])
    role = office["role"].replace("Amir", "Emir").replace("Taoiseach", "Prime Minister")
    if len(words) == 1 or re.fullmatch(r"[IVX]+", words[-1]):
        name = short = f"{role} {name}"
    since = _SINCE.search(text)
    day = f"{since[3]}-{_MONTHS.index(since[2]) + 1:02d}-{int(since[1]):02d}" if since else ""
    return {
        "id": f"{code.lower()}_{re.sub(r'[^a-z0-9]+', '_', fold_accents(family).lower())}",
        "name": short,
        "names": join_unique((short, name)),
        "families": join_unique((family,)) if is_alone else "",
        "country": code,
        "organisation": "",
        "role": role,
        "level": "leader",
        "since": day,
        "until": "",
        "source": "factbook",
    }


def _title_word(word: str) -> str:
    """`TOUADÉRA` gives `Touadéra`, `AL-SISI` `Al-Sisi`; a numeral or a word in small letters stays."""
    if not word.isupper() or re.fullmatch(r"[IVX]+|[A-Z]\.(?:[A-Z]\.)?", word):
        return word
    return re.sub(r"(^|[-'])(\w)(\w*)", lambda part: part[1] + part[2] + part[3].lower(), word)


def read_kept(path: Path) -> list[dict[str, str]]:
    """Rows of leaders.csv that this script does not own."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return [row for row in rows if row.get("source") != "factbook"]


def main() -> None:
    """Write both tables and say how many rows each has."""
    folder = find_dictionaries()
    countries = build_countries(folder)
    remark = (
        "Derived from The World Factbook (CC0), datasets/country-codes (PDDL) and countries.toml; see deploy/tables."
    )
    write_table(CATALOG / "countries.csv", COUNTRY_COLUMNS, countries, remark)
    kept = read_kept(CATALOG / "leaders.csv")
    leaders = build_leaders(folder, kept)
    remark = "Who holds or held which office. Rows of source factbook are written by deploy/tables/build_tables.py."
    write_table(CATALOG / "leaders.csv", LEADER_COLUMNS, kept + leaders, remark)
    sys.stdout.write(f"{len(countries)} countries, {len(kept)} kept and {len(leaders)} built leaders\n")


if __name__ == "__main__":
    main()
