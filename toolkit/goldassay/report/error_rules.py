"""What a report says of a class of errors: its badge, its meaning, and the guideline rules that decide such cases."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

_RULE = re.compile(r"^- \*\*([A-Z]\d+)\. ?(.*?)(?:\*Why:\*|\*Example:\*|\*Not:\*|$)", re.MULTILINE)
_SLIP = re.compile(r" \([^)]*\)")


class ErrorClass(NamedTuple):
    """One class of errors of a layer.

    badge    one to three characters that stand beside a mark, so that classes are told apart without colour
    meaning  what is wrong, in words
    rules    ids of guideline rules, the most telling first
    groups   {group: the rules for its items instead}
    """

    badge: str
    meaning: str
    rules: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = {}

    def rules_of(self, group: str | None) -> tuple[str, ...]:
        """The rules for items of a group."""
        return self.groups.get(group or "", self.rules)


Table = Mapping[str, Mapping[str, ErrorClass]]


def describe_error(layer: str, verdict: str, group: str | None = None) -> ErrorClass:
    """The class of an error; several parts joined by `+` have the badges, meanings and rules of all of them.

    >>> describe_error("entities", "boundary+type").badge
    'BT'
    >>> describe_error("entities", "missed", "NORP").rules
    ('E14', 'E2', 'E3')
    """
    table, groups = load_error_classes()
    known = table.get(layer, {})
    parts = [known[verdict]] if verdict in known else [_part(known, part) for part in verdict.split("+")]
    first = groups.get(layer, {}).get(group or "", ())
    return ErrorClass(
        badge="".join(part.badge for part in parts),
        meaning="; ".join(dict.fromkeys(part.meaning for part in parts)),
        rules=tuple(dict.fromkeys([*first, *(rule for part in parts for rule in part.rules)])),
    )


def _part(known: Mapping[str, ErrorClass], part: str) -> ErrorClass:
    """A part by its own line, else without its slip; one that has no line speaks for itself."""
    plain = _SLIP.sub("", part)
    found = known.get(part) or known.get(plain) or ErrorClass("!", plain, ())
    slip = part.removeprefix(plain).strip(" ()")
    return found if part in known or not slip else found._replace(meaning=f"{found.meaning} ({slip})")


@cache
def load_error_classes() -> tuple[Table, Mapping[str, Mapping[str, tuple[str, ...]]]]:
    """`rules.toml`: the classes of each layer by verdict, and for each layer the rules of single groups."""
    text = resources.files("goldassay.report").joinpath("rules.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    classes = {
        layer: {verdict: _read_class(entry) for verdict, entry in entries.items() if verdict != "groups"}
        for layer, entries in read.items()
    }
    groups = {
        layer: {group: tuple(rules) for group, rules in entries.get("groups", {}).items()}
        for layer, entries in read.items()
    }
    return classes, groups


def _read_class(entry: Mapping[str, Any]) -> ErrorClass:
    groups = {group: tuple(rules) for group, rules in entry.get("groups", {}).items()}
    return ErrorClass(entry["badge"], entry["meaning"], tuple(entry["rules"]), groups)


def parse_rules(pages: Iterable[str]) -> dict[str, str]:
    r"""The rules of guideline pages by id: what stands between the id and its reasons, without Markdown marks.

    >>> parse_rules(["- **E2. Every name counts**, also in headlines.\n  *Why:* names are names.\n"])
    {'E2': 'Every name counts, also in headlines.'}
    """
    found = [match for page in pages for match in _RULE.finditer(page)]
    return {match[1]: re.sub(r"<!--.*?-->|\*+|`", "", match[2]).strip() for match in found}
