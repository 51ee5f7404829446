"""The guidelines keep their own rules: rule numbers, label sets, word lists, and the worked example as real records."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from goldassay.corpus.corpus import load_corpus
from goldassay.formats.quotes import Quote, Regions, locate_quote, whole
from goldassay.lexicons import load_lexicon
from goldassay.model import labels
from goldassay.model.entities import EntitiesRow
from goldassay.model.finding import Finding
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.record import spans_text
from goldassay.model.stances import Stance, StancesRow

ROOT = Path(__file__).resolve().parents[2]
GUIDELINES = ROOT / "annotations" / "guidelines"
LAYERS = {"entities": "E", "stances": "AS", "numeric_facts": "NT"}
PAGES = {layer: (GUIDELINES / f"{layer}.md").read_text(encoding="utf-8") for layer in LAYERS}
RULE = re.compile(r"^- \*\*([A-Z])(\d+)\. ", re.MULTILINE)
SPANS = re.compile(r"(^|_)spans$")
SIGNS = {"–": None, "0": 0, "+1": 1, "−1": -1}
SAME = ("holder", "target", "dimension", "grade", "sources")


def split_rules(page: str) -> Iterator[tuple[str, int, str]]:
    """Letter, number and text of each rule; a rule ends where the next one or a heading begins."""
    starts = [*RULE.finditer(page)]
    for match in starts:
        body = re.split(r"\n(?:- \*\*[A-Z]\d+\. |#)", page[match.start() :], maxsplit=1)[0]
        yield match[1], int(match[2]), body


def read_fences(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def compile_form() -> tuple[str, dict[str, Any]]:
    """The text of the worked example and its three parts as one form with spans for quotes."""
    (text,) = read_fences(PAGES["entities"], "text")
    text = text.removesuffix("\n")
    form = yaml.safe_load("".join(part for page in PAGES.values() for part in read_fences(page, "yaml")))
    return text, {key: resolve(text, part, whole(text)) for key, part in form.items()}


def resolve(text: str, value: Any, around: Regions) -> Any:
    """Quotes to spans, all the way down; `in` narrows the context of what stands under it."""
    if isinstance(value, list):
        return [resolve(text, item, around) for item in value]
    if not isinstance(value, dict):
        return value
    if "in" in value:
        around = [locate(text, Quote(quote=value["in"]), whole(text))]
    if "full" in value:
        return resolve_extents(text, value, around)
    fields: dict[str, Any] = {key: item for key, item in value.items() if key != "in"}
    for key, item in fields.items():
        fields[key] = locate_all(text, item, around) if SPANS.search(key) else resolve(text, item, around)
    if "level" in fields:
        fields["text"] = spans_text(text, fields["spans"])
    return fields


def resolve_extents(text: str, mention: dict[str, Any], around: Regions) -> dict[str, Any]:
    extents: dict[str, Any] = {}
    for name in ("full", "span", "number"):
        around = locate_all(text, mention[name], around)
        extents[name] = {"spans": around, "text": spans_text(text, around)}
    return extents


def locate_all(text: str, quotes: Any, around: Regions) -> list[tuple[int, int]]:
    listed = quotes if isinstance(quotes, list) else [quotes]
    return [
        locate(text, Quote(quote=item) if isinstance(item, str) else msgspec.convert(item, Quote), around)
        for item in listed
    ]


def locate(text: str, quote: Quote, around: Regions) -> tuple[int, int]:
    found = locate_quote(text, quote, around)
    assert not isinstance(found, Finding), found
    return found


@pytest.fixture(scope="module")
def rows() -> tuple[str, EntitiesRow, StancesRow, NumericFactsRow]:
    text, form = compile_form()
    mentions = [
        {"id": f"{entity['id']}.{number}", "entity": entity["id"], **mention}
        for entity in form["entities"]
        for number, mention in enumerate(entity.pop("mentions"))
    ]
    for time in form["times"]:
        time["text"] = spans_text(text, time["spans"])
    entities = {"doc_id": form["doc"], "entities": form["entities"], "mentions": mentions}
    stances = {"doc_id": form["doc"], **{key: form[key] for key in ("propositions", "attributions", "stances")}}
    numeric = {"doc_id": form["doc"], "numeric_facts": form["numeric_facts"], "times": form["times"]}
    return (
        text,
        msgspec.convert(entities, EntitiesRow),
        msgspec.convert(stances, StancesRow),
        msgspec.convert(numeric, NumericFactsRow),
    )


@pytest.mark.parametrize("layer", LAYERS)
def test_pages_open_with_the_same_version(layer: str) -> None:
    lines = PAGES[layer].splitlines()
    assert lines[0].startswith("# ")
    assert lines[2] == "Version 0.3.0"


@pytest.mark.parametrize(("layer", "letters"), LAYERS.items())
def test_rules_are_numbered_without_gaps_and_say_why(layer: str, letters: str) -> None:
    rules = list(split_rules(PAGES[layer]))
    for letter in letters:
        numbers = [number for kind, number, _ in rules if kind == letter]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 10
    assert {letter for letter, _, _ in rules} == set(letters)
    lacking = [
        f"{letter}{number}" for letter, number, body in rules if "*Why:*" not in body or "*Example:*" not in body
    ]
    assert lacking == []


def test_every_rule_that_is_named_exists() -> None:
    rules = {f"{letter}{number}" for page in PAGES.values() for letter, number, _ in split_rules(page)}
    named = {name for page in PAGES.values() for name in re.findall(r"\b[EASNT]\d+\b", page)}
    assert named - rules == set()


@pytest.mark.parametrize(
    ("layer", "names"),
    [
        ("entities", labels.ENTITY_TYPES + labels.LEVELS),
        ("stances", labels.DIMENSIONS + labels.ACTS),
        ("numeric_facts", labels.NUMERIC_KINDS + labels.TIME_TYPES),
    ],
)
def test_pages_name_every_label(layer: str, names: tuple[str, ...]) -> None:
    assert [name for name in names if not re.search(rf"\b{name}\b", PAGES[layer])] == []


@pytest.mark.parametrize("mark", ["intensifiers", "strong"])
def test_closed_lists_are_those_of_the_lexicons(mark: str) -> None:
    (listed,) = re.findall(rf"<!-- {mark} -->(.*?)<!-- /{mark} -->", PAGES["stances"])
    if mark == "intensifiers":
        expected = [row.surface for row in load_lexicon("intensifiers")]
    else:
        expected = [row.lemma for row in load_lexicon("polarity") if row.strength == 2]
    assert listed.split(", ") == sorted(expected)


def test_signs_of_acts_are_those_of_the_lexicon() -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGES["stances"].splitlines() if line.startswith("| ")]
    table = {row[0]: SIGNS[row[-1].split(" ")[0]] for row in rows if len(row) == 4 and row[0] in labels.ACTS}
    assert table == {row.act: row.toward_sign for row in load_lexicon("acts")}


def test_the_worked_example_has_no_dangling_or_unused_id(
    rows: tuple[str, EntitiesRow, StancesRow, NumericFactsRow],
) -> None:
    _, entities, stances, numeric = rows
    known = {item.id for item in entities.entities} | {item.id for item in stances.propositions}
    used = {stance.target.id for stance in stances.stances} | {stance.holder for stance in stances.stances}
    used |= {one for item in stances.propositions for one in item.about}
    used |= {one for item in stances.attributions for one in (item.source, item.addressee) if one}
    used |= {one for item in entities.entities for one in (item.rollup, *item.members) if one}
    used |= {one for fact in numeric.numeric_facts for one in (fact.subject, *fact.sources, *fact.members) if one}
    assert used - known == {"AUTHOR"}
    times = {time.id for time in numeric.times}
    dated = {item.time for item in stances.attributions} | {item.time for item in numeric.numeric_facts}
    assert dated == {*times, None}


def derive_sources(stance: Stance, row: StancesRow) -> list[str]:
    """Rule S38."""
    by_id = {item.id: item for item in row.attributions}
    chain: list[str] = []
    at = stance.attribution
    while at is not None:
        chain.insert(0, by_id[at].source)
        at = by_id[at].parent
    chain = ["AUTHOR", *chain]
    merged = [source for place, source in enumerate(chain) if place == 0 or source != chain[place - 1]]
    return merged[:-1] if merged[-1] == stance.holder else merged


def test_sources_of_the_worked_example_follow_from_its_attributions(
    rows: tuple[str, EntitiesRow, StancesRow, NumericFactsRow],
) -> None:
    _, _, stances, _ = rows
    assert [item.sources for item in stances.stances] == [derive_sources(item, stances) for item in stances.stances]


def test_restatements_of_the_gold_and_the_worked_example_differ_in_words_only(
    rows: tuple[str, EntitiesRow, StancesRow, NumericFactsRow],
) -> None:
    """Rule S47, which the worked example once broke: a repetition has the grade and the sources of what it repeats."""
    repeated = 0
    for row in (rows[2], *load_corpus(ROOT).stances):
        by_id = {item.id: item for item in row.stances}
        for item in row.stances:
            if item.same_as is not None:
                first = by_id[item.same_as]
                assert [getattr(item, name) for name in SAME] == [getattr(first, name) for name in SAME]
                assert first.same_as is None
                repeated += 1
    assert repeated > 0


def test_ids_of_the_worked_example_run_in_text_order(
    rows: tuple[str, EntitiesRow, StancesRow, NumericFactsRow],
) -> None:
    _, entities, stances, numeric = rows
    first: dict[str | None, tuple[int, int]] = {}
    for mention in entities.mentions:
        place = (mention.spans[0][0], mention.spans[-1][1])
        first[mention.entity] = min(place, first.get(mention.entity, place))
    assert sorted(first, key=lambda entity: first[entity]) == [item.id for item in entities.entities]
    orders = [
        [item.cue_spans for item in stances.attributions],
        [item.expression_spans for item in stances.stances],
        [item.mentions[0].number.spans for item in numeric.numeric_facts],
        [item.spans for item in numeric.times],
    ]
    assert all(places == sorted(places) for places in orders)


def test_holders_sources_and_groups_of_the_worked_example_are_mentions(
    rows: tuple[str, EntitiesRow, StancesRow, NumericFactsRow],
) -> None:
    """Rules A10, S8 and N35."""
    _, entities, stances, numeric = rows
    mentions = {(item.entity, tuple(item.spans)) for item in entities.mentions}
    assert {(item.source, tuple(item.source_spans)) for item in stances.attributions} <= mentions
    assert {(item.holder, tuple(item.holder_spans)) for item in stances.stances} <= mentions
    groups = {
        (fact.counted.entity, tuple(fact.mentions[0].full.spans))
        for fact in numeric.numeric_facts
        if fact.counted and fact.counted.entity
    }
    assert len(groups) == 2
    assert groups <= mentions
