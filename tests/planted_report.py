"""Small gold and prediction files to make reports of, plain and hostile."""

import json
from pathlib import Path

from goldassay.gold import load_gold
from goldassay.model.labels import ENTITY_TYPES
from goldassay.reporting import Source, report_html

TEXT = "Zenda met Dol in Mora."
PLACES = {"Zenda": (0, 5, "GPE"), "Dol": (10, 13, "PERSON"), "Mora": (17, 21, "GPE")}
TRAP = "trapped"
RUN = f"window.{TRAP} = true"
BREAKOUTS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f"'\"><svg onload={RUN}>",
    "<!--<script>",
    "{{ 7*7 }}",
)
OVERRIDE = "\u202eevil\u2066"
"""A right-to-left override and an unclosed isolate."""
LONG = "x" * 100_000


def gold_line(doc_id: str, text: str, mentions: dict[str, tuple[int, int, str]], names: str = "") -> str:
    """A gold line with one entity a mention; `names` goes before the names of entities."""
    entities = [
        {"id": f"e{n}", "type": kind, "name": f"{names}{name}"}
        for n, (name, (_, _, kind)) in enumerate(mentions.items())
    ]
    rows = [
        {"id": f"m{n}", "entity": f"e{n}", "spans": [[a, b]], "text": text[a:b], "level": "NAM"}
        for n, (a, b, _) in enumerate(mentions.values())
    ]
    document = {"doc_id": doc_id, "text": text, "language": "en", "source": "composed", "rights": "free"}
    return json.dumps(document | {"origin": "composed", "entities": entities, "mentions": rows})


def said_line(doc_id: str, mentions: list[tuple[int, int, str]]) -> str:
    """A prediction line of mentions."""
    rows = [{"start": a, "end": b, "type": kind} for a, b, kind in mentions]
    return json.dumps({"doc_id": doc_id, "mentions": rows})


def write(path: Path, lines: list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def plain_report(folder: Path, systems: int = 2, *, by_guidelines: bool | None = None) -> Path:
    """Three documents; what is wrong is counted in the tests.

    first   d0: all right. d1: Dol is an ORG, Mora is missed. d2: "met" is spurious, "Mor" for "Mora".
    second  d0: Mora is missed. d1, d2: all right.
    """
    gold = write(folder / "gold.jsonl", [gold_line(f"d{n}", TEXT, PLACES) for n in range(3)])
    every = list(PLACES.values())
    first = [every, [every[0], (10, 13, "ORG")], [*every[:2], (6, 9, "ORG"), (17, 20, "GPE")]]
    second = [every[:2], every, every]
    paths = [
        write(folder / name / "predictions.jsonl", [said_line(f"d{n}", said) for n, said in enumerate(lines)])
        for name, lines in (("first", first), ("second", second))
    ]
    page = folder / "report.html"
    made = report_html(paths[:systems], load_gold(gold), by_guidelines=by_guidelines)
    page.write_text(made, encoding="utf-8")
    return page


PRAISE = "Zed praised Ruritania. He met Mora."


def praise_line(doc_id: str) -> str:
    """A gold line with three names, a pronoun and a stance: Zed (He) is for Ruritania."""
    kinds = {"e0": ("PERSON", "Zed"), "e1": ("GPE", "Ruritania"), "e2": ("GPE", "Mora")}
    places = [("e0", 0, 3, "NAM"), ("e1", 12, 21, "NAM"), ("e0", 23, 25, "PRO"), ("e2", 30, 34, "NAM")]
    stance = {
        "id": "s0",
        "holder": "e0",
        "target": {"kind": "entity", "id": "e1"},
        "dimension": "evaluation",
        "grade": 1,
        "act": "support",
        "expression_spans": [[4, 11]],
        "sources": ["AUTHOR"],
    }
    return json.dumps(
        {
            "doc_id": doc_id,
            "text": PRAISE,
            "entities": [{"id": id_, "type": kind, "name": name} for id_, (kind, name) in kinds.items()],
            "mentions": [
                {"id": f"m{n}", "entity": entity, "spans": [[a, b]], "text": PRAISE[a:b], "level": level}
                for n, (entity, a, b, level) in enumerate(places)
            ],
            "stances": [stance],
            "propositions": [],
            "attributions": [],
        }
    )


def layered_report(folder: Path, *, first: list[tuple[int, int, str]] | None = None) -> Path:
    """Three documents with names, a pronoun and a stance each, and two systems.

    strings  d0: Zed, and the stance in words alone, all right. d1: no line. d2: Zed, and no key of stances.
    names    all names of every document and no pronoun; no stances. d0: also "praised", which is no name, behind the
             mentions of `first`.
    """
    gold = write(folder / "gold.jsonl", [praise_line(f"d{n}") for n in range(3)])
    zed = {"start": 0, "end": 3, "type": "PERSON"}
    stance = {"holder": "Zed", "target": "Ruritania", "polarity": "favor"}
    strings = [{"doc_id": "d0", "mentions": [zed], "stances": [stance]}, {"doc_id": "d2", "mentions": [zed]}]
    names = [(0, 3, "PERSON"), (12, 21, "GPE"), (30, 34, "GPE")]
    said = [said_line("d0", [*(first or []), *names, (4, 11, "ORG")]), said_line("d1", names), said_line("d2", names)]
    paths = [
        write(folder / "strings" / "predictions.jsonl", [json.dumps(line) for line in strings]),
        write(folder / "names" / "predictions.jsonl", said),
    ]
    page = folder / "report.html"
    page.write_text(report_html(paths, load_gold(gold)), encoding="utf-8")
    return page


def wide_report(folder: Path) -> Path:
    """One document with a name of every type, each taken for the next type: the widest confusion that there can be."""
    names = [f"Name{n:02}" for n in range(len(ENTITY_TYPES))]
    text = " ".join(names)
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    mentions = {name: (a, b, str(kind)) for name, (a, b), kind in zip(names, places, ENTITY_TYPES, strict=True)}
    gold = write(folder / "gold.jsonl", [gold_line("d", text, mentions)])
    wrong = [(start, end, str(ENTITY_TYPES[n - 1])) for n, (start, end) in enumerate(places)]
    said = write(folder / "an-extractor-with-a-long-name.jsonl", [said_line("d", wrong)])
    page = folder / "report.html"
    page.write_text(report_html([said], load_gold(gold)), encoding="utf-8")
    return page


def hostile_report(folder: Path) -> Path:
    """Everything that a data file can say says something that must not run."""
    texts = [f"{attack} met {OVERRIDE} in Zenda." for attack in BREAKOUTS] + [
        f"Zenda {LONG} Dol \U0001f1fa\U0001f1f3 Mora"
    ]
    lines, said = [], []
    for number, text in enumerate(texts):
        doc_id = f"{OVERRIDE}{(*BREAKOUTS, 'long')[number]}"
        start = text.index("Zenda")
        places = {"Zenda": (start, start + 5, "GPE"), "whole": (0, min(len(text), 60), "PERSON")}
        lines.append(gold_line(doc_id, text, places, names=BREAKOUTS[0]))
        said.append(said_line(doc_id, [(start, start + 5, "PERSON"), (1, 4, "GPE")]))
    gold = write(folder / "gold.jsonl", lines)
    targets = [BREAKOUTS[0], f"{BREAKOUTS[2]}{OVERRIDE}"]
    labels = "\n".join(
        f"{kind} = {json.dumps(target)}" for kind, target in zip(("GPE", "PERSON"), targets, strict=True)
    )
    map_ = write(folder / "map.toml", [f"targets = {json.dumps(targets)}\n[labels]\n{labels}"])
    predictions = write(folder / "said.jsonl", said)
    sources = [Source(predictions, name=f"{OVERRIDE}{attack}", note=attack) for attack in BREAKOUTS[:2]]
    page = folder / "hostile.html"
    page.write_text(report_html(sources, load_gold(gold), labels=map_), encoding="utf-8")
    return page


def crossing_report(folder: Path) -> tuple[Path, str]:
    """One document whose marks nest, cross and have gaps, after characters of two UTF-16 units; and its text."""
    text = "\U0001f600\U0001f1fa\U0001f1f3 New Zenda Bank of North and South Dol."

    def at(words: str) -> list[int]:
        return [text.index(words), text.index(words) + len(words)]

    spans = {"bank": [at("New Zenda Bank")], "zenda": [at("Zenda")], "dol": [at("North"), at("Dol")]}
    entities = [{"id": f"e{n}", "type": "ORG", "name": name} for n, name in enumerate(spans)]
    mentions = [
        {
            "id": f"m{n}",
            "entity": f"e{n}",
            "spans": places,
            "text": " ".join(text[a:b] for a, b in places),
            "level": "NAM",
        }
        for n, places in enumerate(spans.values())
    ]
    document = {"doc_id": "d", "text": text, "language": "en", "source": "composed", "rights": "free"}
    line = json.dumps(document | {"origin": "composed", "entities": entities, "mentions": mentions})
    gold = write(folder / "gold.jsonl", [line])
    crossing = at("Bank of North")
    said = write(folder / "said.jsonl", [said_line("d", [(*crossing, "ORG"), (*at("Zenda"), "GPE")])])
    page = folder / "crossing.html"
    page.write_text(report_html([said], load_gold(gold)), encoding="utf-8")
    return page, text
