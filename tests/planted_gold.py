"""Invented gold of any number of documents, and systems on it that get a known share of each entity type right."""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

SYLLABLES = ("bel", "dor", "fen", "gra", "kol", "lun", "mar", "nov", "rud", "sten", "tal", "vik", "zor")
FRAMES = (
    ("PERSON", " of "),
    ("GPE", " now leads "),
    ("ORG", ", which left "),
    ("GPE", " for "),
    ("ORG", "."),
)
"""Five names a document: their types, and what stands behind each."""

Lines = list[dict[str, object]]


def gold_lines(n: int, seed: int = 1) -> Lines:
    """Gold lines of `n` documents with five names each, two of them organisations."""
    chance = random.Random(seed)
    return [gold_line(f"doc-{index:03}", chance) for index in range(n)]


def gold_line(doc_id: str, chance: random.Random) -> dict[str, object]:
    text, entities, mentions = "", [], []
    for number, (label, behind) in enumerate(FRAMES, start=1):
        name = "".join(chance.choices(SYLLABLES, k=3)).title()
        start, text = len(text), text + name
        entities.append({"id": f"e{number}", "type": label, "name": name})
        place = {"spans": [[start, len(text)]], "text": name}
        mentions.append({"id": f"m{number}", "entity": f"e{number}", "level": "NAM", **place})
        text += behind
    return {"doc_id": doc_id, "text": text, "entities": entities, "mentions": mentions}


def system_lines(gold: Lines, right: Mapping[str, float], seed: int, usual: float = 0.9) -> Lines:
    """A system that finds each mention with the share of its type; the same seed finds the same ones at equal shares.

    What it finds is right in span and type; it predicts nothing else.
    """
    chance = random.Random(seed)
    lines: Lines = []
    for line in gold:
        types = {entity["id"]: entity["type"] for entity in line["entities"]}  # type: ignore[attr-defined]
        found = []
        for mention in line["mentions"]:  # type: ignore[attr-defined]
            label = types[mention["entity"]]
            if chance.random() < right.get(label, usual):
                (start, end), *_ = mention["spans"]
                found.append({"start": start, "end": end, "type": label})
        lines.append({"doc_id": line["doc_id"], "mentions": found})
    return lines


def write_lines(path: Path, lines: Sequence[object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path
