"""The algebra of stance matrices: identity, order, what is counted once."""

import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from strategies_scoring import copy_of, gold_documents, predictions

from goldassay.layers.base import GoldDocument, Options
from goldassay.layers.stance_records import VIEWS, counts_once
from goldassay.model.predictions import Prediction
from goldassay.stance_matrix.cells import build_matrices
from goldassay.stance_matrix.difference import compare_matrices
from goldassay.stance_matrix.figures import measure_difference

corpora = st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True).flatmap(
    lambda ids: st.tuples(*(gold_documents(id_) for id_ in ids))
)
kinds, flags = st.sampled_from(VIEWS), st.booleans()


@st.composite
def systems(draw: st.DrawFn) -> tuple[tuple[GoldDocument, ...], dict[str, Prediction]]:
    documents = draw(corpora)
    ids = [item.document.doc_id for item in documents]
    return documents, {id_: draw(predictions(id_)) for id_ in ids}


@given(corpora, kinds, flags)
def test_gold_against_gold_is_the_same_everywhere(documents: tuple[GoldDocument, ...], kind: str, rollup: bool) -> None:
    said = {item.document.doc_id: copy_of(item) for item in documents}
    gold, system = build_matrices(documents, said, kind=kind, rollup=rollup, options=Options(gold_ids=True))
    found = compare_matrices(gold, system)
    assert {change.status for change in found.changes.values()} <= {"same", "optional"}
    figures = measure_difference(found)
    assert figures.f1.value == (1.0 if figures.f1.n else None)
    assert figures.sign_accuracy.value == (1.0 if figures.sign_accuracy.n else None)


@given(systems(), kinds, flags, st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(
    system: tuple[tuple[GoldDocument, ...], dict[str, Prediction]], kind: str, rollup: bool, chance: object
) -> None:
    documents, said = system
    shuffled = list(documents)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert build_matrices(shuffled, said, kind=kind, rollup=rollup) == build_matrices(
        documents, said, kind=kind, rollup=rollup
    )


@given(corpora, flags)
def test_every_stance_that_counts_is_in_one_cell_of_one_kind(documents: tuple[GoldDocument, ...], rollup: bool) -> None:
    counted = sum(
        cell.n
        for kind in VIEWS
        for cell in build_matrices(documents, kind=kind, rollup=rollup)[0].cells.values()
        if cell.core
    )
    stances = [stance for item in documents if item.stances for stance in item.stances.stances]
    assert counted == sum(counts_once(stance) for stance in stances)


@given(systems(), kinds)
def test_a_difference_has_every_cell_that_counts(
    system: tuple[tuple[GoldDocument, ...], dict[str, Prediction]], kind: str
) -> None:
    gold, said = build_matrices(*system, kind=kind)
    found = compare_matrices(gold, said)
    assert set(found.changes) == {*gold.cells, *(key for key, cell in said.cells.items() if cell.core)}
    figures = measure_difference(found)
    counts = found.counts()
    shared = sum(counts[status] for status in ("same", "weaker", "stronger", "flipped"))
    assert figures.recall.n == shared + counts["missing"]
    assert figures.precision.n == shared + counts["extra"]
