"""Classes of stance errors and chains of sources, each worked by hand on invented actors.

"The Zenda Bureau said that Duke Michael plans to close the bridge": the duke holds the stance, the bureau reports it.
"""

import msgspec
import pytest

from goldassay.error_records import evaluate_with_errors, sorted_records
from goldassay.evaluate import evaluate
from goldassay.layers.base import GoldDocument, Options
from goldassay.match.stance import GoldStance, PredictedStance
from goldassay.match.stance_chains import (
    ERROR_CLASSES,
    chain_edges,
    chain_likeness,
    classify_errors,
    depth_difference,
    same_chain,
    same_outermost,
)
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity
from goldassay.model.error_record import ErrorRecord
from goldassay.model.predictions import PredictedStance as SaidStance
from goldassay.model.predictions import Prediction, Reference
from goldassay.model.stances import Proposition, Stance, StancesRow

TEXT = "The Zenda Bureau said that Duke Michael plans to close the bridge."
DOCUMENT = Document(
    doc_id="d",
    title=None,
    text=TEXT,
    language="en",
    dct=None,
    dct_evidence=None,
    source="composed",
    rights="free",
    origin="composed",
    sha256="",
    sentences=[(0, len(TEXT))],
)
NAMES = ["duke", "bureau", "king", "court"]
ENTITIES = [Entity(id=name, type="PERSON", name=name) for name in NAMES]
PROPOSITIONS = [
    Proposition(id="close", gloss="Duke Michael closes the bridge"),
    Proposition(id="toll", gloss="a toll on wine is raised"),
]


def own(holder: str, target: str, *reporters: str, **more: object) -> Stance:
    """A gold plan of the holder; its sources are the author and the reporters."""
    kind = "entity" if target in NAMES else "proposition"
    fields: dict[str, object] = {
        "id": f"{holder}-{target}",
        "holder": holder,
        "target": {"kind": kind, "id": target},
        "act": "plan",
    }
    fields |= {"dimension": "intent", "grade": 1, "sources": [] if holder == "AUTHOR" else ["AUTHOR", *reporters]}
    return msgspec.convert(fields | more, Stance)


def said(holder: str, target: str, *reporters: str, chain: bool = True) -> SaidStance:
    """A predicted favourable stance; with `chain` its sources are the author and the reporters."""
    aimed = Reference(entity=target) if target in NAMES else Reference(proposition=target)
    names = () if holder == "AUTHOR" else ("AUTHOR", *reporters)
    sources = tuple(Reference(entity=name) for name in names) if chain else None
    return SaidStance(holder=Reference(entity=holder), target=aimed, sign=1, belief=False, sources=sources)


def outcome(gold: list[Stance], predicted: list[SaidStance]) -> tuple[dict[str, float | None], list[ErrorRecord]]:
    """Values by match, opinion only, and the records of errors."""
    row = StancesRow(doc_id="d", propositions=PROPOSITIONS, attributions=[], stances=gold)
    document = GoldDocument(DOCUMENT, EntitiesRow(doc_id="d", entities=ENTITIES, mentions=[]), row)
    prediction = Prediction(doc_id="d", stances=tuple(predicted))
    evaluation, log, _ = evaluate_with_errors(
        [document], {"d": prediction}, layers=["stances"], options=Options(gold_ids=True)
    )
    assert log is not None
    values: dict[str, float | None] = {}
    for score in evaluation.scores:
        if score.group == "all" and "view=opinion-" in score.measure and "avg=micro" in score.measure:
            statistic, _, rest = score.measure.removeprefix("stances.").partition("(match=")
            name = rest.split(",")[0]
            values[name if statistic in ("rate", "mean") else f"{name}.{statistic}"] = score.value
    return values, sorted_records(log)


CASES = {  # class of error: gold, prediction
    "swapped": (own("duke", "king"), said("king", "duke")),
    "promoted to fact": (own("duke", "close", "bureau"), said("AUTHOR", "close")),
    "collapsed to reporter": (own("duke", "close", "bureau"), said("bureau", "close")),
    "over-nested": (own("bureau", "close"), said("duke", "close", "bureau")),
    "wrong holder": (own("duke", "close"), said("king", "close")),
    "wrong target": (own("duke", "close"), said("duke", "toll")),
}


@pytest.mark.parametrize("kind", CASES)
def test_each_class_alone_is_one_record_with_both_sides(kind: str) -> None:
    gold, predicted = CASES[kind]
    values, records = outcome([gold], [predicted])
    assert [(r.view, r.verdict, r.gold, r.predicted) for r in records] == [("opinion", kind, gold.id, 0)]
    # 1 of 1 core gold stance; nothing is left to be missed or, of the 1 prediction, spurious
    expected = {name.replace(" ", "-"): float(name == kind) for name in ERROR_CLASSES}
    assert {name: values[name] for name in expected} == expected
    assert values["chain-exact"] is None  # nothing was aligned


def test_missed_and_spurious_stand_alone() -> None:
    values, records = outcome([own("duke", "close"), own("king", "bureau")], [said("court", "toll")])
    assert sorted((r.verdict, r.gold, r.predicted) for r in records if r.gold) == [
        ("missed", "duke-close", None),
        ("missed", "king-bureau", None),
    ]
    assert [(r.verdict, r.predicted) for r in records if r.gold is None] == [("spurious", 0)]
    assert (values["missed"], values["spurious"]) == (2 / 2, 1 / 1)


def test_rates_are_over_the_gold_that_counts() -> None:
    gold = [
        own("duke", "close", "bureau"),  # aligned
        own("duke", "toll", "bureau"),  # collapsed to the bureau
        own("king", "toll"),  # promoted to fact
        own("court", "toll"),  # missed
        own("king", "close", tier="optional"),  # no error, whatever is said
    ]
    predicted = [said("duke", "close"), said("AUTHOR", "toll"), said("bureau", "toll"), said("king", "close")]
    values, records = outcome(gold, predicted)
    # Promotion claims first, and the first gold stance on the toll, the duke's, is what the author is set against. The
    # bureau reports only the duke's stance, which is taken: against the king's it is a wrong holder.
    assert sorted((r.verdict, r.gold) for r in records) == [
        ("missed", "court-toll"),
        ("promoted to fact", "duke-toll"),
        ("wrong holder", "king-toll"),
    ]
    assert (values["promoted-to-fact"], values["wrong-holder"], values["missed"]) == (1 / 4, 1 / 4, 1 / 4)
    # of the 4 predictions the king's on closing leaves with its optional gold
    assert (values["collapsed-to-reporter"], values["spurious"]) == (0.0, 0 / 3)


def test_an_earlier_class_claims_first_and_each_stance_is_used_once() -> None:
    gold = [
        GoldStance(0, "duke", "P:close", "intent", (1,), "plan", ("AUTHOR", "bureau", "duke")),
        GoldStance(0, "king", "P:close", "intent", (1,), "plan", ("AUTHOR", "king")),
    ]
    predicted = [
        PredictedStance(0, "court", "P:close", 1),
        PredictedStance(0, "bureau", "P:close", 1),
        PredictedStance(0, None, "P:close", 1),
    ]
    # The court stands first, but collapsing comes before wrong holders: the bureau is the duke's, the court the king's.
    found = [tuple(error) for error in classify_errors(gold, predicted)]
    assert found == [(0, 1, "collapsed to reporter"), (1, 0, "wrong holder"), (None, 2, "spurious")]


def test_an_unresolved_holder_is_a_wrong_holder_and_an_unresolved_target_nothing() -> None:
    gold = [GoldStance(0, "duke", "P:close", "intent", (1,), "plan", ("AUTHOR", "duke"))]
    assert [e.kind for e in classify_errors(gold, [PredictedStance(0, None, "P:close", 1)])] == ["wrong holder"]
    assert [e.kind for e in classify_errors(gold, [PredictedStance(0, None, None, 1)])] == ["missed", "spurious"]


def test_a_belief_takes_no_place_of_an_opinion() -> None:
    belief = msgspec.structs.replace(said("king", "close"), belief=True, dimension="belief")
    _, records = outcome([own("duke", "close")], [belief])
    assert {(r.view, r.verdict) for r in records} == {("opinion", "missed"), ("belief", "spurious")}


def test_documents_do_not_share_errors() -> None:
    rows = [StancesRow(doc_id=doc_id, propositions=PROPOSITIONS, attributions=[], stances=[]) for doc_id in "ab"]
    rows[0] = msgspec.structs.replace(rows[0], stances=[own("duke", "close")])
    gold = [GoldDocument(msgspec.structs.replace(DOCUMENT, doc_id=row.doc_id), stances=row) for row in rows]
    other = Prediction(doc_id="b", stances=(said("AUTHOR", "close"),))
    scores = evaluate(gold, {"b": other}, layers=["stances"], options=Options(gold_ids=True)).scores
    values = {score.measure: score.value for score in scores if "opinion-errors" in score.measure}
    assert values["stances.rate(match=promoted-to-fact,view=opinion-errors,avg=micro)"] == 0.0
    assert values["stances.rate(match=missed,view=opinion-errors,avg=micro)"] == 1.0


NESTED, FLAT = ("AUTHOR", "bureau", "duke"), ("AUTHOR", "duke")


def test_chains_by_hand() -> None:
    assert not same_chain(NESTED, FLAT)
    assert chain_edges(NESTED) & chain_edges(FLAT) == frozenset()  # author-bureau, bureau-duke; author-duke
    assert chain_likeness(NESTED, FLAT) == 2 * 2 / (3 + 2)  # the author and the duke, in order
    assert chain_likeness(("AUTHOR", "a", "b"), ("AUTHOR", "b", "a")) == 2 * 2 / (3 + 3)  # order counts
    assert not same_outermost(NESTED, FLAT)
    assert same_outermost(("AUTHOR",), ("AUTHOR",))  # the author's own on both sides
    assert depth_difference(NESTED, FLAT) == 1
    # what was not found equals nothing, and no chain shares no link
    assert chain_likeness(FLAT, ("AUTHOR", None)) == 2 * 1 / (2 + 2)
    assert (same_chain(FLAT, None), chain_likeness(FLAT, None), same_outermost(FLAT, None)) == (False, 0.0, False)
    assert chain_edges(None) == frozenset()


def test_chains_of_aligned_stances() -> None:
    gold = [own("duke", "close", "bureau"), own("king", "close"), own("court", "close"), own("duke", "toll", "bureau")]
    predicted = [
        said("duke", "close"),  # AUTHOR > duke, of AUTHOR > bureau > duke
        said("king", "close"),  # right
        said("court", "close", chain=False),
    ]
    values, _ = outcome(gold, predicted)
    assert values["chain-exact"] == 1 / 3
    # gold links of the aligned 2 + 1 + 1, predicted 1 + 1 + 0, in common 0 + 1 + 0
    assert (values["chain-edges.precision"], values["chain-edges.recall"]) == (1 / 2, 1 / 4)
    assert values["chain-edges.f1"] == pytest.approx(2 * 1 / (2 + 4))
    assert values["chain-lcs"] == pytest.approx((4 / 5 + 1 + 0) / 3)
    assert values["chain-outermost"] == 1 / 3
    assert values["chain-depth"] == (1 + 0) / 2  # the court's has no chain to compare
    assert values["missed"] == 1 / 4
