"""Baseline `rules-mentions`: names of persons, places, organisations and the like, by gazetteer and orthography.

Only names are found (level NAM), with simple coreference: same words, acronyms and last names of persons already named,
names of the same state. Rules are general; nothing in them is about any article.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from goldassay.extract.base import Extract
from goldassay.extract.classify import Guide, Name, classify
from goldassay.extract.gazetteer import load_gazetteer, word_lists
from goldassay.extract.sequences import find_sequences
from goldassay.model.document import Document
from goldassay.model.record import spans_text


def load() -> Extract:
    """The extract function, with the gazetteer read."""
    guide = load_guide()
    return lambda document: format_names(document, find_names(document, guide))


def load_guide() -> Guide:
    """What names are classified by, before any document is read."""
    return Guide(load_gazetteer(), word_lists(), {}, frozenset())


def find_names(document: Document, guide: Guide) -> list[Name]:
    """The names of a document in text order; names with the same type and key name the same.

    The document is gone through twice: the second time, what it calls a place somewhere is one everywhere, and last
    names stand for the persons that it names in full anywhere.
    """
    sequences = find_sequences(document, guide.gazetteer, guide.lists)
    first = [name for sequence in sequences for name in classify(sequence, guide)]
    known = replace(guide, surnames=_surnames(first), places=_places(first))
    names = [name for sequence in sequences for name in classify(sequence, known)]
    initials = _initials(names)
    return [_under_full_name(name, initials) for name in names]


def _surnames(names: Iterable[Name]) -> dict[str, str]:
    """Last names of persons to the key of their full name; one that several share is nobody's."""
    full: dict[str, set[str]] = {}
    for name in names:
        if name.type == "PERSON" and " " in name.text:
            full.setdefault(name.text.split()[-1], set()).add(name.key)
    return {last: keys.pop() for last, keys in full.items() if len(keys) == 1}


def _places(names: Iterable[Name]) -> frozenset[str]:
    return frozenset(name.text for name in names if name.type == "GPE" and name.key == name.text.casefold())


def _initials(names: Iterable[Name]) -> dict[str, str]:
    """Initials of the organisations' names to their keys; where two share them the first named has them."""
    found: dict[str, str] = {}
    for name in names:
        capitals = "".join(word[0] for word in name.text.split() if word[0].isupper())
        if name.type == "ORG" and len(capitals) > 1:
            found.setdefault(capitals, name.key)
    return found


def _under_full_name(name: Name, initials: Mapping[str, str]) -> Name:
    letters = name.text.replace(".", "")
    if name.type == "ORG" and " " not in name.text and letters.isupper() and letters in initials:
        return replace(name, key=initials[letters])
    return name


def format_names(document: Document, names: Iterable[Name]) -> dict[str, object]:
    """Names as a prediction: mentions, and the entities they name, both numbered in text order."""
    entities: dict[tuple[str, str], dict[str, str]] = {}
    mentions = []
    for number, name in enumerate(names, start=1):
        identity = (name.type, name.key)
        if identity not in entities:
            entities[identity] = {"id": f"e{len(entities) + 1}", "type": name.type, "name": name.text}
        mentions.append(
            {
                "id": f"m{number}",
                "entity": entities[identity]["id"],
                "spans": [list(name.span)],
                "text": spans_text(document.text, [name.span]),
                "type": name.type,
                "level": "NAM",
            }
        )
    return {"entities": list(entities.values()), "mentions": mentions}
