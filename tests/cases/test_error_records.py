"""Error records, confusion, coreference errors, recall by place: worked by hand."""

import msgspec

from goldassay.error_records import ErrorLog, evaluate_with_errors, sorted_records
from goldassay.layers.base import GoldDocument, Options
from goldassay.measures.contingency import cross_clusters
from goldassay.measures.coreference_errors import (
    KINDS,
    ClusterError,
    Kind,
    count_coreference_errors,
    find_coreference_errors,
)
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.error_record import ErrorRecord
from goldassay.model.labels import EntityType, Level
from goldassay.model.numeric_facts import Counted, Extent, NumericFact, NumericFactsRow, NumericMention, Value
from goldassay.model.predictions import PredictedFact, PredictedMention, PredictedStance, Prediction, Reference
from goldassay.model.record import Span
from goldassay.model.stances import Grade, Stance, StancesRow
from goldassay.report.errors import confusion_to_data, coreference_to_data, positions_to_data, render_top_errors

FIRST, SECOND = "Queen Flavia of Ruritania praised Zed.", "He sent 40 tanks and 3 ships."
TEXT = f"{FIRST} {SECOND}"
SENTENCES = [(0, len(FIRST)), (len(FIRST) + 1, len(TEXT))]
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
    sentences=SENTENCES,
)
ENTITIES = [
    Entity(id="e1", type="PERSON", name="Flavia"),
    Entity(id="e2", type="GPE", name="Ruritania"),
    Entity(id="e3", type="PERSON", name="Zed"),
]


def at(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def gold_mention(id_: str, entity: str, words: str, level: Level = "NAM") -> Mention:
    return Mention(id=id_, entity=entity, spans=[at(words)], text=words, level=level)


def said_mention(
    words: str, type_: EntityType, level: Level | None = "NAM", group: str | None = None
) -> PredictedMention:
    return PredictedMention(spans=(at(words),), type=type_, level=level, group=group)


MENTIONS = [
    gold_mention("m1", "e1", "Queen Flavia"),
    gold_mention("m2", "e2", "Ruritania"),
    gold_mention("m3", "e3", "Zed"),
    gold_mention("m4", "e3", "He", "PRO"),
]


def entities(*mentions: Mention) -> GoldDocument:
    return GoldDocument(DOCUMENT, EntitiesRow(doc_id="d", entities=ENTITIES, mentions=list(mentions)))


def log_of(gold: GoldDocument, said: Prediction) -> ErrorLog:
    log = evaluate_with_errors([gold], {"d": said}, layers=None, options=Options())[1]
    assert log is not None
    return log


def told(records: list[ErrorRecord]) -> list[tuple[object, ...]]:
    return [(r.view, r.verdict, r.gold, r.predicted, r.gold_label, r.predicted_label) for r in records]


def test_each_verdict_of_mentions() -> None:
    said = Prediction(
        doc_id="d",
        mentions=(
            said_mention("Flavia", "PERSON"),  # 6 of the 12 characters of "Queen Flavia"
            said_mention("Ruritania", "ORG"),
            said_mention("of", "ORG"),
            said_mention("He", "ORG", "PRO"),
            said_mention("tanks", "PRODUCT", "NOM"),
        ),
    )
    records = sorted_records(log_of(entities(*MENTIONS), said))
    assert told(records) == [
        ("names", "boundary", "m1", 0, "PERSON", "PERSON"),
        ("names", "spurious", None, 2, None, "ORG"),
        ("names", "type", "m2", 1, "GPE", "ORG"),
        ("names", "missed", "m3", None, "PERSON", None),
        ("all", "type", "m4", 3, "PERSON", "ORG"),
        ("all", "spurious", None, 4, None, "PRODUCT"),
    ]
    assert [record.overlap for record in records] == [0.5, None, 1.0, None, 1.0, None]
    first, last = records[0], records[-1]
    assert (first.gold_text, first.predicted_text, first.gold_spans) == ("Queen Flavia", "Flavia", ((0, 12),))
    assert (first.sentence, first.sentence_text) == (SENTENCES[0], FIRST)
    assert (last.sentence, last.sentence_text) == (SENTENCES[1], SECOND)


def test_both_wrong_and_a_document_without_sentences() -> None:
    gold = msgspec.structs.replace(DOCUMENT, sentences=[])
    row = EntitiesRow(doc_id="d", entities=ENTITIES, mentions=[gold_mention("m1", "e1", "Queen Flavia")])
    said = Prediction(doc_id="d", mentions=(said_mention("Flavia of", "GPE"),))
    (record,) = log_of(GoldDocument(gold, row), said).records
    # 6 shared characters; 12 + 9 - 6 = 15 covered
    assert (record.verdict, record.overlap, record.sentence_text) == ("boundary+type", 6 / 15, FIRST)


def test_a_name_taken_for_a_pronoun_is_told_in_the_view_that_has_both() -> None:
    said = Prediction(doc_id="d", mentions=(said_mention("Flavia", "PERSON", "PRO"),))
    records = log_of(entities(MENTIONS[0]), said).records
    # `names` has only the gold side, so it is missed there; the pronoun is none of its items
    assert told(records) == [
        ("names", "missed", "m1", None, "PERSON", None),
        ("all", "boundary", "m1", 0, "PERSON", "PERSON"),
    ]


def test_a_mention_without_a_place_is_spurious_without_a_sentence() -> None:
    said = Prediction(doc_id="d", mentions=(PredictedMention(spans=(), type="GPE", text="Strelsau", level="NAM"),))
    log = log_of(entities(), said)
    (record,) = log.records
    assert (record.verdict, record.predicted_text, record.predicted_spans) == ("spurious", "Strelsau", ())
    assert record.sentence is None
    assert record.reason == "“Strelsau” does not stand in the text"
    assert render_top_errors(log, 3).splitlines()[2:] == [
        "d, no place in the text: 1 wrong item",
        "    entities: spurious {Strelsau|GPE}; “Strelsau” does not stand in the text",
    ]
    assert render_top_errors(log, 0).endswith("1 more error has no place in the text\n")


def stance(id_: str, holder: str, target: str, grade: Grade, **more: object) -> Stance:
    fields = {"id": id_, "holder": holder, "target": {"kind": "entity", "id": target}, "dimension": "evaluation"}
    return msgspec.convert(fields | {"grade": grade, "act": "support"} | more, Stance)


def said_stance(holder: str, target: str, sign: int) -> PredictedStance:
    return PredictedStance(holder=Reference(text=holder), target=Reference(text=target), sign=sign, belief=False)


def test_stances() -> None:
    stances = [
        stance("s1", "e1", "e3", 2, expression_spans=[at("praised")]),
        stance("s2", "e3", "e1", -1, grade_alt=[0]),
        stance("s3", "e2", "e3", 1, tier="optional"),
        stance("s4", "e1", "e2", 1, grade_alt=[0, -1]),  # open: no sign can be wrong
        stance("s5", "e3", "e2", 1),
    ]
    gold = GoldDocument(
        DOCUMENT,
        EntitiesRow(doc_id="d", entities=ENTITIES, mentions=MENTIONS),
        StancesRow(doc_id="d", propositions=[], attributions=[], stances=stances),
    )
    said = Prediction(
        doc_id="d",
        stances=(
            said_stance("Flavia", "Zed", -1),
            said_stance("Zed", "Flavia", 0),
            said_stance("Ruritania", "Zed", -1),  # met optional gold: leaves both counts
            said_stance("Flavia", "Ruritania", -1),
            said_stance("someone", "nobody", 1),
        ),
    )
    records = sorted_records(log_of(gold, said))
    assert told(records) == [
        ("opinion", "wrong sign", "s1", 0, "favor", "against"),
        ("opinion", "missed", "s5", None, "favor", None),
        ("opinion", "spurious", None, 4, None, "favor"),
    ]
    assert [(r.gold_text, r.predicted_text) for r in records] == [
        ("Flavia on Zed", "Flavia on Zed"),
        ("Zed on Ruritania", None),
        (None, "someone on nobody"),
    ]
    assert records[0].sentence_text == FIRST
    assert {r.overlap for r in records} == {None}


def test_the_accepted_sides_of_a_stance_are_all_told() -> None:
    stances = StancesRow(
        doc_id="d", propositions=[], attributions=[], stances=[stance("s2", "e3", "e1", -1, grade_alt=[0, -2])]
    )
    gold = GoldDocument(DOCUMENT, EntitiesRow(doc_id="d", entities=ENTITIES, mentions=[]), stances)
    (record,) = log_of(gold, Prediction(doc_id="d", stances=())).records
    assert (record.verdict, record.gold_label) == ("missed", "neutral/against")


def fact(id_: str, words: str, value: str, unit: str | None, counted: str | None, **more: object) -> NumericFact:
    extent = Extent(spans=[at(words)], text=words)
    fields: dict[str, object] = {"id": id_, "kind": "cardinal", "property": "number_of", "status": "actual"}
    fields |= {
        "mentions": [NumericMention(number=extent, span=extent, full=extent)],
        "value": Value(lo=value, hi=value),
        "unit": unit,
        "counted": Counted(lemma=counted) if counted else None,
    }
    return NumericFact(**(fields | more))  # type: ignore[arg-type]


def said_fact(words: str, value: str, unit: str | None, counted: str | None) -> PredictedFact:
    about = Reference(text=counted) if counted else None
    return PredictedFact(parsed=True, lo=value, hi=value, unit=unit, counted=about, extents=((at(words),),))


def fact_verdicts(gold: list[NumericFact], said: list[PredictedFact]) -> list[ErrorRecord]:
    row = NumericFactsRow(doc_id="d", numeric_facts=gold, times=[])
    document = GoldDocument(DOCUMENT, numeric_facts=row)
    return sorted_records(log_of(document, Prediction(doc_id="d", numeric_facts=tuple(said))))


def test_what_is_wrong_with_a_fact() -> None:
    tanks = fact("n1", "40", "40", None, "tank")
    cases = {
        "value": said_fact("40", "7", None, "tank"),
        "value (÷10)": said_fact("40", "4", None, "tank"),
        "unit": said_fact("40", "40", "kg", "tank"),
        "counted": said_fact("40", "40", None, "lorry"),
        "value (÷10)+unit+counted": said_fact("40", "4", "kg", "lorry"),
    }
    for verdict, said in cases.items():
        (record,) = fact_verdicts([tanks], [said])
        assert (record.verdict, record.gold, record.predicted, record.overlap) == (verdict, "n1", 0, 1.0)
    assert (record.gold_label, record.predicted_label) == ("value=40 counted=tank", "value=4 unit=kg counted=lorry")
    assert fact_verdicts([tanks], [said_fact("40", "40", None, "tank")]) == []
    # 42 lies in the rounding interval 35 to 45 of "about 40", so the value is right in `core`
    assert (
        fact_verdicts([fact("n1", "40", "40", None, "tank", approx="approx")], [said_fact("40", "42", None, "tank")])
        == []
    )


def test_missed_and_spurious_facts_and_what_is_no_error() -> None:
    gold = [fact("n1", "40", "40", None, "tank"), fact("n2", "3", "3", None, "ship", tier="implicit")]
    records = fact_verdicts(gold, [said_fact("praised", "7", None, None), said_fact("3", "4", None, "ship")])
    # the second prediction met an implicit fact: both leave the counts
    assert [(r.verdict, r.gold, r.predicted) for r in records] == [("spurious", None, 0), ("missed", "n1", None)]


def test_confusion() -> None:
    said = Prediction(
        doc_id="d",
        mentions=(said_mention("Flavia", "PERSON"), said_mention("Ruritania", "ORG"), said_mention("of", "ORG")),
    )
    data = confusion_to_data(log_of(entities(*MENTIONS), said))
    rows, columns, names = data["rows"], data["columns"], data["views"]["names"]
    cells = {(rows[i], columns[j]): n for i, row in enumerate(names) for j, n in enumerate(row) if n}
    assert cells == {
        ("PERSON", "PERSON"): 1,
        ("GPE", "ORG"): 1,
        ("PERSON", "missed"): 1,
        ("spurious", "ORG"): 1,
    }


def kinds(**counts: int) -> dict[Kind, int]:
    return {kind: counts.get(kind.replace(" ", "_"), 0) for kind in KINDS}


def counted(key: list[list[str]], response: list[list[str]]) -> dict[Kind, int]:
    return count_coreference_errors(cross_clusters(key, response))


def test_each_class_of_coreference_error_alone() -> None:
    assert counted([["a", "b", "c"]], [["a", "b"], ["c"]]) == kinds(split=1)
    assert counted([["a", "b"]], [["a", "b"], ["x", "y"]]) == kinds(spurious_entity=1)
    assert counted([["a", "b"], ["c", "d"]], [["a", "b"]]) == kinds(missing_entity=1)
    # b alone strays into the cluster of c and d
    assert counted([["b"], ["c", "d"]], [["b", "c", "d"]]) == kinds(merged=1, conflated_mention=1)
    # mentions of one side only (x, c) split and merge nothing
    assert counted([["a", "b", "c"]], [["a", "b", "x"]]) == kinds()
    assert counted([], []) == kinds()


def test_coreference_errors_name_their_clusters() -> None:
    key = [["a", "b", "c"], ["d", "e", "f", "g"], ["h"]]
    response = [["a", "b"], ["c", "d", "x"], ["e", "f", "g"], ["y"]]
    assert find_coreference_errors(key, response) == [
        ClusterError("split", (0,), (0, 1)),
        ClusterError("split", (1,), (1, 2)),
        ClusterError("merged", (0, 1), (1,)),
        ClusterError("missing entity", (2,), ()),
        ClusterError("spurious entity", (), (3,)),
        ClusterError("conflated mention", (1, 0), (1,), "d"),  # one mention each: the first entity owns the cluster
    ]


def test_coreference_errors_of_a_document() -> None:
    said = Prediction(
        doc_id="d",
        mentions=(
            said_mention("Queen Flavia", "PERSON", group="g1"),
            said_mention("Zed", "PERSON", group="g1"),
            said_mention("He", "PERSON", "PRO", group="g2"),
            said_mention("tanks", "PRODUCT", "NOM", group="g3"),
        ),
    )
    log = log_of(entities(*MENTIONS), said)
    records = [record for record in sorted_records(log) if record.layer == "coreference"]
    assert [(r.verdict, r.gold, r.predicted, r.gold_text, r.predicted_text) for r in records] == [
        ("merged", None, "g1", "Flavia | Zed", "Queen Flavia"),
        ("missing entity", "e2", None, "Ruritania", None),
        ("conflated mention", "m3", 1, "Zed", "Zed"),
        ("split", "e3", None, "Zed", "Queen Flavia | He"),
        ("spurious entity", None, "g3", None, "tanks"),
    ]
    assert (records[2].gold_label, records[2].predicted_label) == ("Zed", "Flavia")
    data = coreference_to_data(log)
    assert data["all"]["total"] == dict.fromkeys(KINDS, 1)
    assert data["all"]["documents"]["d"] == dict.fromkeys(KINDS, 1)
    # without singletons: key {Zed, He}, response {Queen Flavia, Zed}: the one shared mention splits and merges nothing
    assert data["no-singletons"]["total"] == kinds()


def test_recall_by_place() -> None:
    said = Prediction(doc_id="d", mentions=(said_mention("Queen Flavia", "PERSON"), said_mention("Ruritania", "GPE")))
    positions = evaluate_with_errors([entities(*MENTIONS)], {"d": said}, layers=None, options=Options())[2]
    # 68 characters: the mentions start at 0, 16, 34 and 39, in tenths 1, 3, 6 and 6; "He" is no name
    assert len(TEXT) == 68
    tenths = positions_to_data(positions)["views"]
    assert [(row["tenth"], row["gold"], row["right"], row["recall"]) for row in tenths["names"] if row["gold"]] == [
        (1, 1, 1, 1.0),
        (3, 1, 1, 1.0),
        (6, 1, 0, 0.0),
    ]
    assert [row["recall"] for row in tenths["all"]] == [1.0, None, 1.0, None, None, 0.0, None, None, None, None]


def test_the_sentence_that_costs_most_comes_first_with_both_sides_marked() -> None:
    said = Prediction(
        doc_id="d",
        mentions=(said_mention("Flavia", "PERSON"), said_mention("Ruritania", "GPE"), said_mention("ships", "PRODUCT")),
    )
    log = log_of(entities(*MENTIONS), said)
    shown = render_top_errors(log, 1).splitlines()
    assert "(1 of 2 sentences and items without a place)" in shown[0]
    assert shown[2:] == [
        "d 0-38: 3 wrong items",  # a wrong pair and a missed name
        "  [Queen {Flavia|PERSON}|PERSON] of Ruritania praised [Zed|PERSON].",
        "    entities: boundary [Queen Flavia|PERSON] {Flavia|PERSON}",
        "    entities: missed [Zed|PERSON]",
    ]
    assert "{ships|PRODUCT}" in render_top_errors(log, 2)


def test_control_characters_never_reach_the_terminal() -> None:
    text = "Zed\x1b[31m won."
    document = msgspec.structs.replace(DOCUMENT, text=text, sentences=[(0, len(text))])
    mention = Mention(id="m1", entity=None, spans=[(0, 5)], text="", level="NAM", type="PERSON")
    gold = GoldDocument(document, EntitiesRow(doc_id="d", entities=[], mentions=[mention]))
    shown = render_top_errors(log_of(gold, Prediction(doc_id="d", mentions=())), 1)
    assert "\x1b" not in shown
    assert r"[Zed\x1b[|PERSON]31m won." in shown
