"""Attributions: places, sources, quotation and nesting, each worked by hand on an invented sentence."""

from dataclasses import replace

import pytest

from goldassay.error_records import evaluate_with_errors, sorted_records
from goldassay.layers.base import GoldDocument, Options
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.error_record import ErrorRecord
from goldassay.model.labels import Quote
from goldassay.model.predictions import PredictedAttribution, Prediction, Reference
from goldassay.model.record import Span
from goldassay.model.scorefile import Score
from goldassay.model.stances import Attribution, StancesRow

TEXT = "The bureau said that the duke had promised to pay. “Never”, the king shouted."
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
    sentences=[(0, 50), (51, len(TEXT))],
)
NAMES = ("bureau", "duke", "king")


def at(words: str) -> list[Span]:
    start = TEXT.index(words)
    return [(start, start + len(words))]


def own(id_: str, source: str, cue: str, content: str, quote: Quote, parent: str | None = None) -> Attribution:
    return Attribution(
        id=id_,
        parent=parent,
        source=source,
        source_spans=at(f"the {source}") if source != "bureau" else at("The bureau"),
        cue_spans=at(cue),
        content_spans=at(content),
        quote=quote,
    )


GOLD = [
    own("a1", "bureau", "said", "the duke had promised to pay", "indirect"),
    own("a2", "duke", "promised", "pay", "indirect", parent="a1"),
    own("a3", "king", "shouted", "Never", "direct"),
]


def said(
    source: str,
    cue: str | None,
    content: str | None,
    quote: Quote | None = None,
    parent: str | None = None,
    id_: str | None = None,
    place: str | None = None,
) -> PredictedAttribution:
    return PredictedAttribution(
        source=Reference(text=source, spans=tuple(at(place)) if place else ()),
        cue=tuple(at(cue)) if cue else (),
        content=tuple(at(content)) if content else (),
        quote=quote,
        parent=parent,
        id=id_,
    )


PREDICTED = (
    said("the duke", "promised", "to pay", "indirect", "b2", "b1", "duke"),  # content too long, source too short
    said("bureau", "said", "the duke had promised to pay", "narrated", None, "b2", "The bureau"),
    said("the bureau", "shouted", "Never", None, None, "b3"),  # another source, without a place
    said("duke", "pay.", None),  # a cue where the gold has contents: meets nothing
)


def outcome(
    gold: list[Attribution], predicted: tuple[PredictedAttribution, ...]
) -> tuple[list[Score], list[ErrorRecord]]:
    mentions = [
        Mention(id=f"m{n}", entity=name, spans=at(name), text=name, level="NOM") for n, name in enumerate(NAMES)
    ]
    entities = [Entity(id=name, type="PERSON", name=name) for name in NAMES]
    document = GoldDocument(
        DOCUMENT,
        EntitiesRow(doc_id="d", entities=entities, mentions=mentions),
        StancesRow(doc_id="d", propositions=[], attributions=gold, stances=[]),
    )
    prediction = Prediction(doc_id="d", attributions=predicted)
    evaluation, log, _ = evaluate_with_errors([document], {"d": prediction}, layers=["attributions"], options=Options())
    assert log is not None
    return list(evaluation.scores), sorted_records(log)


def values(scores: list[Score], match: str, average: str = "micro", group: str = "all") -> list[float | None]:
    """Precision, recall and F1, or the one value of a rate."""
    wanted = f"(match={match},view=relations,avg={average})"
    return [score.value for score in scores if score.measure.endswith(wanted) and score.group == group]


def test_relations_and_their_parts() -> None:
    scores, _ = outcome(GOLD, PREDICTED)
    # a1-b2, a2-b1, a3-b3 are aligned; 3 gold, 4 predicted
    assert values(scores, "relation") == [2 / 4, 2 / 3, 4 / 7]  # a3 has another source
    assert values(scores, "relation-exact") == [1 / 4, 1 / 3, 2 / 7]  # a1 alone
    assert values(scores, "relation-overlap") == [2 / 4, 2 / 3, 4 / 7]  # a3's source has no place in the prediction
    assert values(scores, "source-entity") == [2 / 4, 2 / 3, 4 / 7]
    assert values(scores, "cue-exact") == [3 / 4, 3 / 3, 6 / 7]
    assert values(scores, "content-exact") == [2 / 3, 2 / 3, 4 / 6]  # one prediction has no content
    assert values(scores, "content-overlap") == [3 / 3, 3 / 3, 6 / 6]
    assert values(scores, "source-exact") == [1 / 2, 1 / 3, 2 / 5]  # two predictions give their source a place
    assert values(scores, "source-overlap") == [2 / 2, 2 / 3, 4 / 5]


def test_quotation_by_type_and_of_the_aligned_pairs() -> None:
    scores, _ = outcome(GOLD, PREDICTED)
    assert values(scores, "quote-accuracy") == [1 / 3]  # a2; b3 says nothing of it
    assert values(scores, "quote") == [1 / 4, 1 / 3, 2 / 7]
    # indirect: 2 gold, 1 predicted, 1 right; direct: 1 gold, b3 takes the type of its gold; narrated: 1 predicted;
    # the prediction that met nothing has no type and stands in `other`
    assert values(scores, "quote", group="indirect") == [1 / 1, 1 / 2, 2 / 3]
    assert values(scores, "quote", group="direct") == [0 / 1, 0 / 1, 0 / 2]
    assert values(scores, "quote", group="narrated") == [0 / 1, None, 0 / 1]
    f1 = values(scores, "quote", "macro")[2]
    assert f1 == pytest.approx((2 / 3 + 0 + 0 + 0) / 4)  # indirect, direct, narrated, other; no mixed on either side


def test_nesting_is_right_only_if_the_parents_are_aligned() -> None:
    scores, _ = outcome(GOLD, PREDICTED)
    assert values(scores, "nesting") == [1 / 1, 1 / 1, 1.0]
    assert values(scores, "parent") == [3 / 3]  # a1 and a3 stand in none
    one, other, *rest = PREDICTED
    elsewhere = PredictedAttribution(source=one.source, cue=one.cue, content=one.content, parent="b3")
    scores, _ = outcome(GOLD, (elsewhere, other, *rest))
    assert values(scores, "nesting") == [0 / 1, 0 / 1, 0.0]
    assert values(scores, "parent") == [2 / 3]


def test_the_error_records_say_which_part_is_wrong() -> None:
    _, records = outcome(GOLD, PREDICTED)
    assert [(r.verdict, r.gold, r.predicted, r.gold_label, r.predicted_label) for r in records] == [
        ("spurious", None, 3, None, "duke"),
        ("source", "a3", "b3", "king", "the bureau"),
    ]
    assert (records[1].gold_text, records[1].overlap, records[1].sentence) == ("Never shouted", 1.0, (51, len(TEXT)))
    _, records = outcome(GOLD[2:], (said("duke", None, "Never"),))
    assert [(r.verdict, r.overlap) for r in records] == [("source+cue", 5 / 12)]  # of "Never" and "shouted" 5 of 12


def test_coordinated_sources_of_one_content_are_told_apart_by_the_source() -> None:
    both = [own(f"a{n}", source, "shouted", "Never", "direct") for n, source in enumerate(("king", "duke"))]
    scores, records = outcome(both, (said("duke", "shouted", "Never"), said("king", "shouted", "Never")))
    assert values(scores, "relation") == [1.0, 1.0, 1.0]
    assert records == []


def test_an_attribution_without_cue_and_content_meets_its_like_by_the_source() -> None:
    bare = [Attribution(id="a1", source="king", quote="narrated")]
    scores, _ = outcome(bare, (said("king", None, None),))
    assert values(scores, "relation") == [1.0, 1.0, 1.0]
    assert values(scores, "cue-overlap") == [None, None, None]  # there is none on either side
    scores, _ = outcome(bare, (said("duke", None, None),))
    assert values(scores, "relation") == [0.0, 0.0, 0.0]


def test_a_system_that_says_nothing_of_attributions_is_not_scored_on_them() -> None:
    row = StancesRow(doc_id="d", propositions=[], attributions=GOLD, stances=[])
    evaluation, _, _ = evaluate_with_errors(
        [replace(GoldDocument(DOCUMENT), stances=row)],
        {"d": Prediction(doc_id="d", stances=())},
        layers=None,
        options=Options(),
    )
    assert "attributions" in evaluation.not_covered
    assert not [score for score in evaluation.scores if score.layer == "attributions"]
