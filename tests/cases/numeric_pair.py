"""An invented sentence with two numbers, one planned and one actual: its gold, its perfect prediction, its rows."""

from typing import Any

import msgspec

from goldassay.evaluate import evaluate
from goldassay.layers.base import GoldDocument
from goldassay.measures.measure import parse_measure
from goldassay.measures.totals import ALL
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.numeric_facts import Counted, Extent, NumericFact, NumericFactsRow, NumericMention, Value
from goldassay.model.predictions import PredictedFact, Prediction, Reference
from goldassay.model.record import Span

TEXT = "Ruritania plans to send around 12,000 soldiers, with 1,500 already sent, according to the Hentzau Service."
AUTHOR = Reference(entity="AUTHOR")


def place(words: str, text: str = TEXT) -> tuple[Span, ...]:
    start = text.index(words)
    return ((start, start + len(words)),)


def extent(words: str, text: str = TEXT) -> Extent:
    return Extent(spans=list(place(words, text)), text=words)


def mention(number: str, span: str, full: str, text: str = TEXT) -> NumericMention:
    return NumericMention(number=extent(number, text), span=extent(span, text), full=extent(full, text))


def point(number: str) -> Value:
    return Value(lo=number, hi=number)


def document(text: str = TEXT) -> Document:
    return Document(
        doc_id="d",
        title=None,
        text=text,
        language="en",
        dct=None,
        dct_evidence=None,
        source="composed",
        rights="free",
        origin="composed",
        sha256="",
        sentences=[(0, len(text))],
    )


ENTITIES = EntitiesRow(
    doc_id="d",
    entities=[Entity(id="e1", type="GPE", name="Ruritania"), Entity(id="e2", type="ORG", name="Hentzau Service")],
    mentions=[
        Mention(id="m1", entity="e1", spans=list(place("Ruritania")), text="Ruritania", level="NAM"),
        Mention(id="m2", entity="e2", spans=list(place("Hentzau Service")), text="Hentzau Service", level="NAM"),
    ],
)
PLANNED = NumericFact(
    id="n1",
    mentions=[mention("12,000", "around 12,000", "around 12,000 soldiers")],
    kind="cardinal",
    value=point("12000"),
    approx="approx",
    counted=Counted(lemma="soldier", spans=list(place("soldiers"))),
    subject="e1",
    property="number_of",
    status="planned",
    sources=["AUTHOR", "e2"],
)
ACTUAL = NumericFact(
    id="n2",
    mentions=[mention("1,500", "1,500", "1,500")],
    kind="cardinal",
    value=point("1500"),
    counted=Counted(lemma="soldier"),
    subject="e1",
    property="number_of",
    status="actual",
    sources=["AUTHOR", "e2"],
)
SAID_PLANNED = PredictedFact(
    parsed=True,
    lo="12000",
    hi="12000",
    approx="approx",
    counted=Reference(text="soldiers"),
    subject=Reference(text="Ruritania"),
    property="number_of",
    kind="cardinal",
    status="planned",
    sources=(AUTHOR, Reference(text="the Hentzau Service")),
    extents=(place("12,000"), place("around 12,000"), place("around 12,000 soldiers")),
)
SAID_ACTUAL = PredictedFact(
    parsed=True,
    lo="1500",
    hi="1500",
    approx="none",
    counted=Reference(text="soldier"),
    subject=Reference(text="Ruritania"),
    property="number_of",
    kind="cardinal",
    status="actual",
    sources=(AUTHOR, Reference(text="the Hentzau Service")),
    extents=(place("1,500"),),
)

Rows = dict[str, float | None]
"""`match` for F1 or the rate of view `facts`, `aligned:match` for the rate of view `aligned`."""


def rows_of(gold: list[NumericFact], said: list[PredictedFact], text: str = TEXT) -> Rows:
    """The rows of one document, all groups together."""
    row = NumericFactsRow(doc_id="d", numeric_facts=gold, times=[])
    annotated = GoldDocument(document(text), ENTITIES, numeric_facts=row)
    evaluation = evaluate(
        [annotated], {"d": Prediction(doc_id="d", numeric_facts=tuple(said))}, layers=["numeric_facts"]
    )
    found: Rows = {}
    for score in evaluation.scores:
        measure = parse_measure(score.measure)
        if score.group == ALL and measure.average == "micro" and measure.statistic in ("f1", "rate", "value"):
            found[measure.match if measure.view == "facts" else f"{measure.view}:{measure.match}"] = score.value
    return found


def changes(before: Rows, after: Rows) -> Rows:
    """The rows that differ, as they are afterwards."""
    assert before.keys() == after.keys()
    return {name: value for name, value in after.items() if value != before[name]}


def pair_rows(gold: dict[str, Any], said: dict[str, Any]) -> Rows:
    """Rows of `PLANNED` against its perfect prediction, with these fields changed."""
    return rows_of([msgspec.structs.replace(PLANNED, **gold)], [msgspec.structs.replace(SAID_PLANNED, **said)])
