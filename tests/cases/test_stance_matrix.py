"""Stance matrices and their differences on two documents that are worked out by hand."""

import random
from fractions import Fraction

import pytest

from goldassay.layers.base import GoldDocument, Options
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity
from goldassay.model.predictions import PredictedEntity, PredictedStance, Prediction, Reference
from goldassay.model.stances import Proposition, Stance, StancesRow, Target, sign
from goldassay.stance_matrix.cells import Cell, Matrix, build_matrices
from goldassay.stance_matrix.difference import Difference, compare_matrices
from goldassay.stance_matrix.figures import Figure, measure_difference, polarisation
from goldassay.stance_matrix.nodes import join_nodes

RURITANIA, ZENDA, RUDOLF = "link:Q1001", "name:GPE:zenda", "name:PERSON:rudolf"
BORDER, CANNONS = "gloss:zenda closes the border", "gloss:ruritania buys cannons"
MOON = "unresolved:moon"


def gold(doc_id: str, entities: list[Entity], propositions: dict[str, str], stances: list[Stance]) -> GoldDocument:
    document = Document(
        doc_id=doc_id,
        title=None,
        text="",
        language="en",
        dct=None,
        dct_evidence=None,
        source="composed",
        rights="free",
        origin="composed",
        sha256="",
        sentences=[],
    )
    glosses = [Proposition(id=id_, gloss=gloss) for id_, gloss in propositions.items()]
    return GoldDocument(
        document,
        EntitiesRow(doc_id=doc_id, entities=entities, mentions=[]),
        StancesRow(doc_id=doc_id, propositions=glosses, attributions=[], stances=stances),
    )


def own(holder: str, target: str, grade: int, dimension: str = "position", **more: object) -> Stance:
    aim = Target(kind="proposition" if target.startswith("p") else "entity", id=target)
    return Stance(id="s", holder=holder, target=aim, dimension=dimension, grade=grade, act="support", **more)  # type: ignore[arg-type]


def said(holder: str, target: str, grade: int, *, graded: bool = True) -> PredictedStance:
    named = Reference(proposition=target) if target.startswith("p") else Reference(entity=target)
    who = Reference(entity=holder) if holder[1:].isdigit() else Reference(text=holder)
    level = grade if graded else None
    return PredictedStance(holder=who, target=named, sign=sign(grade), belief=False, grade=level, dimension="position")


FIRST = gold(
    "d1",
    [
        Entity(id="e1", type="GPE", name="Ruritania", kb_id="Q1001"),
        Entity(id="e2", type="PERSON", name="Rudolf", rollup="e1"),
        Entity(id="e3", type="GPE", name="Zenda"),
    ],
    {"p1": "Zenda closes the border", "p2": "Ruritania buys cannons"},
    [
        own("e1", "p1", -2),
        own("e1", "p1", -1, "intent"),
        own("e3", "p1", 2),
        own("e2", "p1", -1),
        own("e2", "p2", 1, grade_alt=[0]),
        own("e3", "e1", -1, "evaluation", tier="optional"),
        own("e1", "p1", 2, "belief"),
    ],
)
SECOND = gold(
    "d2",
    [
        Entity(id="e1", type="GPE", name="the Kingdom of Ruritania", kb_id="Q1001"),
        Entity(id="e5", type="GPE", name="Zenda"),
    ],
    {"p9": "zenda closes  the border."},
    [own("e1", "p9", 1), own("e5", "p9", 1), own("e1", "e5", 0, "evaluation")],
)
SYSTEM = {
    "d1": Prediction(
        doc_id="d1",
        stances=(
            said("e1", "p1", -1),
            said("e3", "p1", -1),
            said("e2", "p2", 0),
            said("e3", "e1", -1),  # agrees with optional gold, so it leaves
            said("the moon", "p2", 1),
        ),
    ),
    "d2": Prediction(doc_id="d2", stances=(said("e1", "e5", 1),)),
}
GOLD_IDS = Options(gold_ids=True)


def difference(*, rollup: bool = False) -> Difference:
    return compare_matrices(*build_matrices([FIRST, SECOND], SYSTEM, rollup=rollup, options=GOLD_IDS))


def matrix(*documents: GoldDocument, **more: object) -> Matrix:
    return build_matrices(documents, **more)[0]  # type: ignore[arg-type]


def test_the_cells_of_the_gold() -> None:
    found = matrix(FIRST, SECOND)
    assert dict(found.cells) == {
        # -2 and -1 in d1, +1 in d2: (-2 - 1 + 1) / 3
        (RURITANIA, BORDER): Cell(3, Fraction(-2, 3), Fraction(-2, 3), Fraction(-2, 3), -1, True, ("d1", "d2")),
        # +2 in d1, +1 in d2
        (ZENDA, BORDER): Cell(2, Fraction(3, 2), Fraction(3, 2), Fraction(3, 2), 1, False, ("d1", "d2")),
        (RUDOLF, BORDER): Cell(1, Fraction(-1), Fraction(-1), Fraction(-1), -1, False, ("d1",)),
        # +1, or acceptably 0
        (RUDOLF, CANNONS): Cell(1, Fraction(1), Fraction(0), Fraction(1), 1, False, ("d1",)),
        (ZENDA, RURITANIA): Cell(1, Fraction(-1), Fraction(-1), Fraction(-1), -1, False, ("d1",), core=False),
        (RURITANIA, ZENDA): Cell(1, Fraction(0), Fraction(0), Fraction(0), 0, False, ("d2",)),
    }
    assert list(found.cells) == sorted(found.cells)
    # One name each: the first by alphabet.
    assert found.nodes[RURITANIA].label == "Ruritania"
    assert found.nodes[BORDER].kind == "proposition"
    assert found.n_documents == 2


def test_belief_is_a_matrix_of_its_own() -> None:
    found = matrix(FIRST, SECOND, kind="belief")
    assert dict(found.cells) == {(RURITANIA, BORDER): Cell(1, Fraction(2), Fraction(2), Fraction(2), 1, False, ("d1",))}


def test_rolled_up_rudolf_is_ruritania() -> None:
    found = matrix(FIRST, SECOND, rollup=True)
    # (-2 - 1 - 1 + 1) / 4
    assert found.cells[RURITANIA, BORDER].grade == Fraction(-3, 4)
    assert found.cells[RURITANIA, BORDER].n == 4
    assert found.cells[RURITANIA, CANNONS].grade == 1
    assert RUDOLF not in found.nodes


def test_the_difference_cell_by_cell() -> None:
    found = difference()
    assert {key: change.status for key, change in found.changes.items()} == {
        (RURITANIA, BORDER): "stronger",  # -2/3, said -1
        (ZENDA, BORDER): "flipped",  # 3/2, said -1
        (RUDOLF, BORDER): "missing",
        (RUDOLF, CANNONS): "same",  # 0 is acceptable
        (MOON, CANNONS): "extra",
        (RURITANIA, ZENDA): "stronger",  # 0, said +1
        (ZENDA, RURITANIA): "optional",
    }
    assert found.counts() == {
        "same": 1,
        "weaker": 0,
        "stronger": 2,
        "flipped": 1,
        "missing": 1,
        "extra": 1,
        "optional": 1,
    }
    assert found.nodes[MOON].kind == "unresolved"
    assert found.nodes[MOON].label == "the moon"


def test_the_numbers_of_the_difference() -> None:
    figures = measure_difference(difference())
    # Without the optional cell: 5 of the gold, 5 of the system, 4 shared.
    assert figures.precision == Figure(4 / 5, 5)
    assert figures.recall == Figure(4 / 5, 5)
    assert figures.f1 == Figure(8 / 10, 10)
    # Right: Ruritania on the border (-), Rudolf on the cannons (0 is acceptable); wrong: flipped, missing, 0 for +.
    assert figures.sign_accuracy == Figure(2 / 5, 5)
    # Gold -2/3, 3/2, 1, 0 has ranks 1, 4, 3, 2; system -1, -1, 0, 1 has 1.5, 1.5, 3, 4. From the mean rank 2.5:
    # (-1.5)(-1) + (1.5)(-1) + (0.5)(0.5) + (-0.5)(1.5) = -0.5; squares 5 and 4.5; -0.5 / sqrt(22.5)
    assert figures.spearman.n == 4
    assert figures.spearman.value == pytest.approx(-0.5 / 22.5**0.5, abs=1e-9)


def test_polarisation_is_the_largest_minus_the_smallest_mean_grade() -> None:
    # Of the border: 3/2 - (-1); the cannons have one holder. Rolled up 3/2 - (-3/4).
    assert polarisation(matrix(FIRST, SECOND)) == {BORDER: Figure(2.5, 3), CANNONS: Figure(None, 1)}
    assert polarisation(matrix(FIRST, SECOND, rollup=True))[BORDER] == Figure(2.25, 2)


def test_what_is_not_defined_is_null_with_its_n() -> None:
    empty = compare_matrices(*build_matrices([gold("d1", [], {}, [])], {}))
    figures = measure_difference(empty)
    assert {figures.precision, figures.recall, figures.f1, figures.sign_accuracy, figures.spearman} == {Figure(None, 0)}
    # Three shared cells of which the system gives all the same grade.
    flat = {
        "d1": Prediction(
            doc_id="d1", stances=tuple(said(*ends, 1) for ends in (("e1", "p1"), ("e3", "p1"), ("e2", "p2")))
        )
    }
    constant = measure_difference(compare_matrices(*build_matrices([FIRST], flat, options=GOLD_IDS)))
    assert constant.spearman == Figure(None, 3)
    assert constant.precision == Figure(1.0, 3)


def test_a_system_without_grades_has_signs_only() -> None:
    one = (said("e1", "p1", -1, graded=False), said("e3", "p1", 1, graded=False), said("e2", "p1", 1, graded=False))
    found = compare_matrices(*build_matrices([FIRST], {"d1": Prediction(doc_id="d1", stances=one)}, options=GOLD_IDS))
    assert [change.status for key, change in found.changes.items() if key[1] == BORDER] == ["same", "same", "flipped"]
    assert found.system.cells[RURITANIA, BORDER].grade is None
    assert measure_difference(found).spearman == Figure(None, 0)
    assert polarisation(found.system)[BORDER] == Figure(None, 0)


def test_a_cell_whose_alternatives_accept_every_sign_is_not_asked_for_one() -> None:
    open_ = gold("d1", FIRST.entities.entities, {"p1": "x"}, [own("e1", "p1", 0, grade_alt=[-1, 1])])  # type: ignore[union-attr]
    wrong = {"d1": Prediction(doc_id="d1", stances=(said("e1", "p1", -1),))}
    found = compare_matrices(*build_matrices([open_], wrong, options=GOLD_IDS))
    assert measure_difference(found).sign_accuracy == Figure(None, 0)
    assert found.counts()["same"] == 1


def entity(id_: str, name: str = "Michael", kb_id: str | None = None) -> Entity:
    return Entity(id=id_, type="PERSON", name=name, kb_id=kb_id)


def keys(*documents: list[Entity]) -> list[str]:
    """The node of each entity, document by document."""
    rows = [gold(f"d{n}", entities, {}, []) for n, entities in enumerate(documents)]
    return [node.key for node in join_nodes(rows).values()]


def test_entities_are_joined_by_link_then_by_type_and_name() -> None:
    assert keys([entity("e1", kb_id="Q7")], [entity("e1", "Black Michael", "Q7")]) == ["link:Q7", "link:Q7"]
    assert keys([entity("e1")], [entity("e9", "the  MICHAEL")]) == ["name:PERSON:michael"] * 2
    # No link was given in the second document; in the third it is known that there is none.
    linked, silent, nil = [entity("e1", kb_id="Q7")], [entity("e1")], [entity("e1", kb_id="NIL")]
    assert keys(linked, silent, nil) == ["link:Q7", "link:Q7", "name:PERSON:michael"]
    assert keys(linked, [entity("e1", kb_id="Q8")], silent) == ["link:Q7", "link:Q8", "name:PERSON:michael"]


def test_a_name_that_two_of_one_document_share_joins_nobody() -> None:
    assert keys([entity("e1"), entity("e2")], [entity("e1")]) == ["own:d0:e1", "own:d0:e2", "own:d1:e1"]
    both = gold(
        "d1", [], {"p1": "Zenda pays", "p2": "zenda pays."}, [own("IMPLICIT", "p1", 1), own("IMPLICIT", "p2", -1)]
    )
    assert set(matrix(both).cells) == {("IMPLICIT", "own:d1:P:p1"), ("IMPLICIT", "own:d1:P:p2")}


def test_nodes_of_one_label_are_told_apart() -> None:
    two = gold("d1", [entity("e1"), entity("e2")], {}, [own("e1", "e2", 1)])
    assert [node.label for node in matrix(two).nodes.values()] == ["Michael [own:d1:e1]", "Michael [own:d1:e2]"]


def test_unresolved_ids_stay_with_their_documents_and_names_do_not() -> None:
    def line(doc_id: str, target: str, **more: object) -> Prediction:
        other = PredictedStance(holder=Reference(text="The Moon"), target=Reference(entity="x1"), sign=1, belief=False)
        return Prediction(doc_id=doc_id, stances=(other,), **more)  # type: ignore[arg-type]

    named = {"d1": line("d1", "x1", entities=(PredictedEntity(id="x1", name="Ursa"),)), "d2": line("d2", "x1")}
    _, system = build_matrices([FIRST, SECOND], named)
    assert set(system.cells) == {(MOON, "unresolved:ursa"), (MOON, "unresolved-id:d2:x1")}


def test_documents_without_annotated_stances_are_left_out_on_both_sides() -> None:
    bare = GoldDocument(FIRST.document, FIRST.entities)
    own_, system = build_matrices([bare, SECOND], SYSTEM, options=GOLD_IDS)
    assert own_.n_documents == 1
    assert {name for cell in system.cells.values() for name in cell.documents} == {"d2"}


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [
        FIRST,
        SECOND,
        gold("d3", [entity("e1", "Zenda")], {"p1": "Zenda closes the border"}, [own("e1", "p1", 1)]),
    ]
    before = build_matrices(documents, SYSTEM, options=GOLD_IDS)
    for seed in range(5):
        random.Random(seed).shuffle(documents)
        assert build_matrices(documents, dict(reversed(SYSTEM.items())), options=GOLD_IDS) == before
