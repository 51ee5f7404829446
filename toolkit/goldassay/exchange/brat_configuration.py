"""What brat must be told to open a folder of whole documents: the types, roles and attributes of all layers at once.

The configurations of annotation kits know one layer each. Put together, an attribute that several kinds of event have
(`Status`, `Tier`) stands in one line with the values of all, because brat keeps one line an attribute.
"""

import re
from collections.abc import Iterable

from goldassay.kit.brat_entities import brat_configuration
from goldassay.kit.brat_items import brat_item_configuration
from goldassay.kit.tools import KINDS
from goldassay.model.labels import ENTITY_TYPES

_MENTION = "<MENTION>"
_TYPE = re.compile(r"[A-Za-z0-9_-]+")
_SECTION = re.compile(r"^\[(.*)\]$", re.MULTILINE)


def configure_brat(types: Iterable[str]) -> dict[str, str]:
    """The files by name.

    Args:
        types: The types of mentions that occur; those of other schemes are added to ours.
    """
    others = sorted(one for one in set(types) - set(ENTITY_TYPES) if _TYPE.fullmatch(one))
    configurations = [brat_configuration(), *(brat_item_configuration(kinds) for kinds in KINDS.values())]
    macro = f"{_MENTION}={'|'.join([*ENTITY_TYPES, *others])}"
    sections: dict[str, list[str]] = {}
    for place, files in enumerate(configurations):
        for name, lines in _sections(files["annotation.conf"]).items():
            # Levels and coreference are of mentions, not of the words that belong to an event.
            own = [line.replace("<ENTITY>", _MENTION) for line in lines] if place == 0 else lines
            sections[name] = [*sections.get(name, []), *own]
    sections["entities"] = [*ENTITY_TYPES, *others, *sections["entities"][len(ENTITY_TYPES) :]]
    relations = [line for line in sections["relations"] if not line.startswith("<OVERLAP>")]
    sections["relations"] = [macro, "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>", *relations]
    sections["attributes"] = [macro, *_merged(sections["attributes"])]
    visual = _sections(configurations[0]["visual.conf"])
    for files in configurations[1:]:
        drawn = _sections(files["visual.conf"])["drawing"]
        visual["drawing"] += [line for line in drawn if not line.startswith(("SPAN_DEFAULT", "ARC_DEFAULT"))]
    return {
        "annotation.conf": _format(sections),
        "visual.conf": _format(visual),
        "tools.conf": configurations[0]["tools.conf"],
    }


def _sections(text: str) -> dict[str, list[str]]:
    """The lines of each section."""
    parts = _SECTION.split(text)
    bodies = zip(parts[1::2], parts[2::2], strict=True)
    return {name: [line for line in body.split("\n") if line] for name, body in bodies}


def _merged(lines: Iterable[str]) -> list[str]:
    r"""One line an attribute, with all the types that may have it and all the values it may take.

    >>> _merged(["Tier\tArg:Stance, Value:core|optional", "Tier\tArg:Fact, Value:core|implicit", "Negated\tArg:Fact"])
    ['Tier\tArg:Stance|Fact, Value:core|optional|implicit', 'Negated\tArg:Fact']
    """
    found: dict[str, dict[str, dict[str, None]]] = {}
    for line in lines:
        name, _, said = line.partition("\t")
        for part in said.split(", "):
            key, _, values = part.partition(":")
            found.setdefault(name, {}).setdefault(key, {}).update(dict.fromkeys(values.split("|")))
    joined = {name: [f"{key}:{'|'.join(values)}" for key, values in parts.items()] for name, parts in found.items()}
    return [f"{name}\t{', '.join(parts)}" for name, parts in joined.items()]


def _format(sections: dict[str, list[str]]) -> str:
    return "\n".join("".join(f"{line}\n" for line in (f"[{name}]", *lines)) for name, lines in sections.items())
