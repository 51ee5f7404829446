"""`rules.toml`: every class of errors that the scorer can tell has a line, and every rule it names exists."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from goldassay.corpus.locate import find_root
from goldassay.layers import get_layers
from goldassay.match.slip import SLIPS
from goldassay.match.stance_chains import ERROR_CLASSES
from goldassay.measures.coreference_errors import KINDS
from goldassay.report.error_rules import describe_error, load_error_classes, parse_rules

GUIDELINES = find_root(Path(__file__).parents[2]) / "annotations" / "guidelines"


def joined(*parts: str) -> list[str]:
    """Every verdict that these parts give alone and together."""
    return ["+".join(some) for size in range(1, len(parts) + 1) for some in combinations(parts, size)]


ALONE = ["missed", "spurious"]
VALUES = ["value", *(f"value ({shown})" for shown in SLIPS.values())]
VERDICTS: dict[str, list[str]] = {
    "entities": [*ALONE, *joined("boundary", "type")],
    "coreference": [*KINDS],
    "stances": ["wrong sign", *ERROR_CLASSES],
    "attributions": [*ALONE, *joined("source", "cue", "content")],
    "numeric_facts": [*ALONE, *(one for value in VALUES for one in joined(value, "unit", "counted"))],
    "times": [
        *ALONE,
        *(one for value in ("value", "over-resolved", "under-resolved") for one in joined("boundary", "type", value)),
        "over-resolved+under-resolved",
    ],
}


@pytest.mark.parametrize("layer", VERDICTS)
def test_every_verdict_has_a_badge_a_meaning_and_rules(layer: str) -> None:
    for verdict in VERDICTS[layer]:
        found = describe_error(layer, verdict)
        assert found.rules, verdict
        assert found.meaning, verdict
        assert "!" not in found.badge, verdict


def test_badges_tell_classes_apart_over_all_layers() -> None:
    """Two signs mean the same in every layer; the slips of a value share its badge, their names tell them apart."""
    signs = {"missed": "−", "missing entity": "−", "spurious": "+", "spurious entity": "+"}
    badges = {
        (layer, name): describe_error(layer, name).badge
        for layer, classes in load_error_classes()[0].items()
        for name in classes
        if "(" not in name
    }
    assert {badge for (_, name), badge in badges.items() if name in signs} == {"−", "+"}
    assert all(badges[layer, name] == signs[name] for layer, name in badges if name in signs)
    own = [badge for (_, name), badge in badges.items() if name not in signs]
    assert len(set(own)) == len(own)
    assert not set(own) & set(signs.values())


def test_badges_of_several_parts_can_be_read_in_one_way() -> None:
    """One capital with a small letter or none, or one sign: "BtTt" is times, "BT" is entities."""
    badges = {one.badge for classes in load_error_classes()[0].values() for one in classes.values()}
    assert [badge for badge in badges if not re.fullmatch(r"[A-Z][a-z]?|[−+±⇄]", badge)] == []
    every = [describe_error(layer, verdict).badge for layer in VERDICTS for verdict in VERDICTS[layer]]
    assert all("".join(re.findall(r"[A-Z][a-z]?|[−+±⇄]", badge)) == badge for badge in every)


def test_every_rule_exists_in_the_guidelines_and_has_a_text() -> None:
    rules = parse_rules(path.read_text(encoding="utf-8") for path in sorted(GUIDELINES.glob("*.md")))
    classes, groups = load_error_classes()
    named = {rule for of_layer in groups.values() for rules_ in of_layer.values() for rule in rules_}
    for of_layer in classes.values():
        for one in of_layer.values():
            named.update(one.rules, *one.groups.values())
    assert named - rules.keys() == set()
    assert [rule for rule in named if len(rules[rule]) < 10] == []


def test_groups_are_those_of_the_schema() -> None:
    classes, groups = load_error_classes()
    for layer, of_layer in classes.items():
        known = set(get_layers()[layer].groups)
        own = set(groups[layer]) | {group for one in of_layer.values() for group in one.groups}
        assert own <= known, layer


def test_an_unknown_verdict_speaks_for_itself() -> None:
    assert describe_error("entities", "melted") == ("!", "melted", (), {})
