"""Labelled sentences made by code: patterns of this project, filled with names of states and with invented names.

No text of anybody else is in them, and nothing of the corpus. A seed makes the same sentences on every machine.
"""

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldassay.extract.gazetteer import Gazetteer

_SLOT = re.compile(r"\{(\w+)\}")
OUTSIDE = "O"
_NUMBERS = ("about 40", "two", "12,500", "more than 300", "3 percent")
_REAL = 0.6
"""Share of the names of states and peoples that are real ones."""

Labelled = list[tuple[str, str]]
"""Words with their tags: B-TYPE, I-TYPE or O."""


@dataclass(frozen=True, slots=True)
class Source:
    """What names are drawn from: a generator of random choices, names of states and peoples, and the word lists."""

    rng: random.Random
    states: list[str]
    peoples: list[str]
    lists: dict[str, list[str]]

    def word(self, name: str) -> str:
        """A word of a list."""
        return self.rng.choice(self.lists[name])


@cache
def _data() -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath("synthetic.toml").read_text(encoding="utf-8"))


def make_sentences(gazetteer: Gazetteer, *, count: int, seed: int) -> Iterator[Labelled]:
    """Labelled sentences, each from a pattern chosen at random.

    Args:
        gazetteer: names of states and peoples to draw from, besides invented ones.
        count: how many sentences.
        seed: seed of the random choices.
    """
    data = _data()
    source = Source(
        rng=random.Random(seed),  # noqa: S311  # reproducible text, no secret
        states=sorted(" ".join(name) for name, place in gazetteer.names.items() if place.type == "GPE"),
        peoples=sorted(" ".join(name) for name, place in gazetteer.names.items() if place.type == "NORP"),
        lists={name: words.split() for name, words in data.items() if name != "patterns"},
    )
    patterns = data["patterns"].strip().splitlines()
    for _ in range(count):
        yield fill(source.rng.choice(patterns), source)


def fill(pattern: str, source: Source) -> Labelled:
    """A pattern with its slots filled, and its words labelled."""
    sentence: Labelled = []
    for part in pattern.split():
        slot = _SLOT.fullmatch(part)
        if slot is None:
            sentence.append((part, OUTSIDE))
        elif slot[1] in _NAMES:
            kind, make = _NAMES[slot[1]]
            sentence += [(word, f"{'I' if place else 'B'}-{kind}") for place, word in enumerate(make(source).split())]
        else:
            sentence += [(word, OUTSIDE) for word in _WORDS[slot[1]](source).split()]
    return sentence


def invent(source: Source) -> str:
    """A name that nobody has: two or three syllables, capitalised."""
    syllables = source.rng.randint(2, 3)
    name = "".join(source.word("onsets") + source.word("vowels") for _ in range(syllables)) + source.word("codas")
    return name.capitalize()


def _person(source: Source) -> str:
    particle = source.rng.choice(["", "", "", "", "van ", "de ", "al-"])
    return f"{invent(source)} {particle}{invent(source)}"


def _state(source: Source) -> str:
    return source.rng.choice(source.states) if source.rng.random() < 0.6 else invent(source)


def _people(source: Source) -> str:
    return source.rng.choice(source.peoples) if source.rng.random() < 0.6 else f"{invent(source)}ian"


def _organisation(source: Source) -> str:
    forms = (
        lambda: f"{invent(source)} {source.word('org_ends')}",
        lambda: f"{_people(source)} {source.word('org_fields')} {source.word('org_ends')}",
        lambda: f"{source.word('org_starts')} of {source.word('org_fields')}",
        lambda: f"{source.word('org_starts')} of {_state(source)}",
        lambda: f"{invent(source)} Daily {source.rng.choice(['News', 'Post', 'Times'])}",
    )
    return source.rng.choice(forms)()


def _acronym(source: Source) -> str:
    return "".join(source.rng.choice("ABCDEFGILMNOPRSTUW") for _ in range(source.rng.randint(2, 4)))


def _ending(name: str) -> Callable[[Source], str]:
    return lambda source: f"{invent(source)} {source.word(name)}"


def _product(source: Source) -> str:
    return f"{_acronym(source)[0]}-{source.rng.randint(2, 99)}"


def _work(source: Source) -> str:
    return f"The {source.word('work_words')} of {source.word('work_words')}"


def _number(source: Source) -> str:
    return source.rng.choice([str(source.rng.randint(2, 900)), *_NUMBERS])


def _office(source: Source) -> str:
    kind = source.word("office_kinds")
    return f"{kind} Minister" if source.rng.random() < _REAL else source.word("offices")


_NAMES: dict[str, tuple[str, Callable[[Source], str]]] = {
    "acronym": ("ORG", _acronym),
    "event": ("EVENT", _ending("event_ends")),
    "fac": ("FAC", _ending("fac_ends")),
    "gpe": ("GPE", _state),
    "law": ("LAW", _ending("law_ends")),
    "loc": ("LOC", _ending("loc_ends")),
    "norp": ("NORP", _people),
    "org": ("ORG", _organisation),
    "person": ("PERSON", _person),
    "product": ("PRODUCT", _product),
    "surname": ("PERSON", invent),
    "work": ("WORK_OF_ART", _work),
}
_WORDS: dict[str, Callable[[Source], str]] = {
    "day": lambda source: source.word("days"),
    "month": lambda source: source.word("months"),
    "noun": lambda source: source.word("nouns"),
    "number": _number,
    "office": _office,
    "role": lambda source: source.word("roles"),
    "title": lambda source: source.word("titles"),
    "verb": lambda source: source.word("verbs"),
}
