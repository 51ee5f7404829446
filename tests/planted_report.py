"""Small gold and prediction files to make reports of, plain and hostile."""

import json
from pathlib import Path

from goldassay.gold import load_gold
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


def plain_report(folder: Path, systems: int = 2) -> Path:
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
    page.write_text(report_html(paths[:systems], load_gold(gold)), encoding="utf-8")
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
