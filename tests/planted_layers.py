"""Invented gold with names and stances, and systems on it that answer each layer by itself."""

import random
from collections.abc import Collection

from planted_gold import Lines, gold_lines, system_lines


def layered_gold(n: int, seed: int = 1) -> Lines:
    """Gold lines with five names each; the first, a person, is against the second, a state."""
    return [line | stance_layer(line) for line in gold_lines(n, seed)]


def stance_layer(line: dict[str, object]) -> dict[str, object]:
    holder, target, *_ = [mention["spans"] for mention in line["mentions"]]  # type: ignore[attr-defined]
    between = [[holder[0][1] + 1, holder[0][1] + 3]]
    stance = {
        "id": "s1",
        "holder": "e1",
        "holder_spans": holder,
        "target": {"kind": "entity", "id": "e2"},
        "target_spans": target,
        "dimension": "evaluation",
        "grade": -1,
        "act": "criticize",
        "expression_spans": between,
        "sources": ["AUTHOR"],
    }
    return {"propositions": [], "attributions": [], "stances": [stance]}


def layered_lines(gold: Lines, seed: int, usual: float = 0.9) -> Lines:
    """A system that finds this share of the names and of the stances, and answers both layers everywhere."""
    chance = random.Random(seed)
    lines = []
    for line, said in zip(gold, system_lines(gold, {}, seed, usual), strict=True):
        holder, target, *_ = [entity["name"] for entity in line["entities"]]  # type: ignore[attr-defined]
        found = [{"holder": holder, "target": target, "polarity": "against"}] if chance.random() < usual else []
        lines.append(said | {"stances": found})
    return lines


def without_key(lines: Lines, key: str, places: Collection[int]) -> Lines:
    """The lines, those at some places without a key."""
    return [
        {name: value for name, value in line.items() if name != key or place not in places}
        for place, line in enumerate(lines)
    ]


def with_empty(lines: Lines, key: str, places: Collection[int]) -> Lines:
    """The lines, those at some places with an empty list under a key."""
    return [line | ({key: []} if place in places else {}) for place, line in enumerate(lines)]
