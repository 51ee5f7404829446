"""The gazetteer of the baselines: names of states, regions, peoples and capitals from installed packages.

The packages are babel (CLDR names of territories and languages) and countryinfo (demonyms, capitals, longer names of
states). Both hold entries that would do harm in text: codes ("IN", "ARE"), placeholders, native names that are English
words ("Island"), lists in one string, capitals that no longer are. What is left out, and why, stands beside each rule.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Literal, NamedTuple

from goldassay.extract.text import Sentence, tokenize

PlaceType = Literal["GPE", "LOC", "NORP", "ORG"]

# CLDR also has codes for the world, the euro area, an unknown region, outlying islands and two invented locales.
_NO_PLACE = {"001", "EZ", "QO", "XA", "XB", "ZZ"}
_OTHER_TYPES: dict[str, PlaceType] = {"AQ": "LOC", "EU": "ORG", "UN": "ORG"}
_DECORATION = re.compile(r" \(.*\)| SAR China|^The ")
# Other spellings are native names and codes; only those in English say what kind of state it is.
_LONG_NAME = re.compile(
    r"(?:the )?((?=[ -~]+$)[^,]*\b(?:Commonwealth|Confederation|Duchy|Emirates|Federation|Kingdom|Nation|Principality|"
    r"Republic|State|States|Sultanate|Union)\b[^,]*)"
)
_NO_PLURAL = re.compile(r"(?:s|ese|ish|ench|utch|elsh|x|z)$")
# Below this many people, capitals are mostly English surnames and first names (Douglas, Hamilton, Stanley, Victoria).
_FEWEST_PEOPLE = 100_000
_SHARED_LETTERS = 5
_LONGEST_CODE = 3
_ADJECTIVE_ENDS = ("ian", "ic", "ish")


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for. Names with the same `key` stand for the same; `capital` marks a city that is one."""

    type: PlaceType
    key: str
    capital: bool = False


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of names.toml."""

    function_words: frozenset[str]
    calendar: frozenset[str]
    titles: frozenset[tuple[str, ...]]
    heads: dict[str, str]
    openers: dict[str, str]
    norp: frozenset[str]
    plain_acronyms: frozenset[str]
    particles: frozenset[str]
    abbreviated: frozenset[str]
    numbered: frozenset[str]
    place_prepositions: frozenset[str]
    place_endings: tuple[str, ...]
    gpe: dict[str, str]


class Gazetteer(NamedTuple):
    """Names as tuples of tokens, and how many tokens the longest has that begins with a word."""

    names: dict[tuple[str, ...], Place]
    longest: dict[str, int]


@cache
def word_lists() -> WordLists:
    """Read names.toml; read once in a process, since it never changes."""
    data = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
    types = {"org": "ORG", "fac": "FAC", "loc": "LOC", "event": "EVENT", "law": "LAW", "work": "WORK_OF_ART"}
    return WordLists(
        function_words=frozenset(data["function_words"].split()),
        calendar=frozenset(data["calendar"].split()),
        titles=frozenset(tuple(title.split()) for title in data["titles"]),
        heads={word: kind for name, kind in types.items() for word in data[f"{name}_heads"].split()},
        openers={
            word: types[name] for name in ("org", "loc", "event", "fac") for word in data[f"{name}_openers"].split()
        },
        norp=frozenset(data["norp"].split()),
        plain_acronyms=frozenset(data["plain_acronyms"].split()),
        particles=frozenset(data["particles"].split()),
        abbreviated=frozenset(data["abbreviated"].split()),
        numbered=frozenset(data["numbered"].split()),
        place_prepositions=frozenset(data["place_prepositions"].split()),
        place_endings=tuple(data["place_endings"].split()),
        gpe=data["gpe"],
    )


def load_gazetteer() -> Gazetteer:
    """All names; on a clash the earlier of territory, short name, state, people, language wins.

    >>> names = load_gazetteer().names
    >>> names["Iceland",].key, names["Icelandic",].type, names["Reykjavik",].capital, ("Island",) in names
    ('IS', 'NORP', True, False)
    """
    lists = word_lists()
    short = ((name, Place("GPE", code, code.endswith(" capital"))) for name, code in lists.gpe.items())
    peoples = ((word, Place("NORP", word)) for word in sorted(lists.norp))
    names: dict[tuple[str, ...], Place] = {}
    for name, place in chain(_territories(), short, _states(), peoples, _languages()):
        names.setdefault(tuple(token.text for token in tokenize(name)), place)
    longest: dict[str, int] = {}
    for words in names:
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return Gazetteer(names, longest)


def match_name(gazetteer: Gazetteer, tokens: Sentence, start: int) -> tuple[int, Place] | None:
    """The longest name that begins at a token: how many tokens it has, and what it stands for.

    A longer word in capitals is read as a name in small letters, as datelines have them.
    """
    first = tokens[start].text
    longest = max(gazetteer.longest.get(first, 0), gazetteer.longest.get(_as_name(first), 0))
    for length in range(min(longest, len(tokens) - start), 0, -1):
        words = tuple(token.text for token in tokens[start : start + length])
        place = gazetteer.names.get(words) or gazetteer.names.get(tuple(map(_as_name, words)))
        if place is not None:
            return length, place
    return None


def _as_name(word: str) -> str:
    return word.title() if len(word) > _LONGEST_CODE and word.isupper() else word


def _territories() -> Iterator[tuple[str, Place]]:
    """States and dependencies as GPE, groups of them (codes of digits) as LOC, with the forms that news uses."""
    from babel import Locale

    for code, name in sorted(Locale("en").territories.items()):
        if code in _NO_PLACE or " - " in name:
            continue
        place = Place("LOC" if code.isdigit() else _OTHER_TYPES.get(code, "GPE"), code)
        name = _DECORATION.sub("", name).replace("St. ", "Saint ")
        yield from ((form, place) for form in (name, name.replace(" & ", " and "), name.replace("Saint ", "St. ")))


def _states() -> Iterator[tuple[str, Place]]:
    """Longer names, capitals and peoples of states."""
    import countryinfo

    for country in countryinfo.all_countries():
        code, people = country.iso(2) or country.name(), country.demonym() or ""
        own = (country.name(), *country.alt_spellings())
        long_names = [match[1] for name in own if (match := _LONG_NAME.fullmatch(name))]
        short = [] if re.search(r"[,(]", country.name()) else [_DECORATION.sub("", country.name())]
        yield from ((name, Place("GPE", code)) for name in long_names + short)
        capital = country.capital()
        if (
            isinstance(capital, str)
            and capital
            and "/" not in capital
            and (country.population() or 0) >= _FEWEST_PEOPLE
        ):
            yield capital.removeprefix("City of "), Place("GPE", f"{code} capital", capital=True)
        # A people that is called like its territory cannot be told from it.
        for name in re.split(r"[,/]", people):
            if name.strip() and name.strip() not in own:
                yield from _singular_and_plural(name.strip())


def _singular_and_plural(people: str) -> Iterator[tuple[str, Place]]:
    yield people, Place("NORP", people)
    if not _NO_PLURAL.search(people):
        yield f"{people}s", Place("NORP", people)


def _languages() -> Iterator[tuple[str, Place]]:
    """Adjectives that lists of inhabitants lack: languages called like their state ("Icelandic", "Tajik")."""
    from babel import Locale

    locale = Locale("en")
    states = [name for name in locale.territories.values() if " " not in name]
    stems = {name[:_SHARED_LETTERS] for name in states}
    lands = {name.removesuffix("stan").removesuffix("i") for name in states if name.endswith("stan")}
    for name in sorted(locale.languages.values()):
        if name in lands or (name.endswith(_ADJECTIVE_ENDS) and name[:_SHARED_LETTERS] in stems and " " not in name):
            yield name, Place("NORP", name)
