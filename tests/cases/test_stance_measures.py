"""Every row of the stances layer on small documents that are worked out by hand, with the arithmetic beside them."""

from pathlib import Path

import pytest

from goldassay.evaluate import evaluate
from goldassay.layers.base import GoldDocument, Options
from goldassay.layers.dyads import DYAD_ROWS
from goldassay.layers.stance_alignment import stance_rows
from goldassay.layers.stance_slices import SLICE_ROWS
from goldassay.layers.stance_views import VIEW_ROWS
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity
from goldassay.model.predictions import PredictedStance, Prediction, Reference
from goldassay.model.stances import Attribution, Proposition, Stance, StancesRow, Target, sign

ENTITIES = [
    Entity(id="e1", type="GPE", name="Ruritania"),
    Entity(id="e2", type="GPE", name="Zenda"),
    Entity(id="e3", type="PERSON", name="Rudolf", rollup="e1"),
    Entity(id="e4", type="PERSON", name="Michael", rollup="e2"),
    Entity(id="e6", type="ORG", name="Strelsau Gazette"),
]
PROPOSITIONS = [
    Proposition(id="p1", gloss="Zenda closes the border to wine"),
    Proposition(id="p2", gloss="Ruritania buys forty new cannons"),
    Proposition(id="p3", gloss="Michael paid the guards"),
]
ATTRIBUTIONS = [
    Attribution(id="a1", source="e3", quote="direct"),
    Attribution(id="a2", source="e4", quote="indirect"),
]
Values = dict[tuple[str, str, str, str], float | None]


def target_of(id_: str) -> Target:
    return Target(kind="proposition" if id_.startswith("p") else "entity", id=id_)


def own(number: str, holder: str, target: str, dimension: str, grade: int, act: str, **more: object) -> Stance:
    fields = {"sources": ["AUTHOR"], **more}
    return Stance(
        id=number, holder=holder, target=target_of(target), dimension=dimension, grade=grade, act=act, **fields
    )  # type: ignore[arg-type]


def said(holder: str, target: str, side: int, **more: object) -> PredictedStance:
    """A stance by gold ids; without more it is no more than holder, target and polarity."""
    named = Reference(proposition=target) if target.startswith("p") else Reference(entity=target)
    belief = more.get("dimension") == "belief"
    return PredictedStance(holder=Reference(entity=holder), target=named, sign=side, belief=belief, **more)  # type: ignore[arg-type]


def graded(holder: str, target: str, dimension: str, grade: int, act: str, **more: object) -> PredictedStance:
    sources = (Reference(entity="AUTHOR"),)
    fields = {"dimension": dimension, "grade": grade, "act": act, "sources": sources, **more}
    return said(holder, target, sign(grade), **fields)


def document(stances: list[Stance]) -> GoldDocument:
    return GoldDocument(
        document=Document(
            doc_id="d",
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
        ),
        entities=EntitiesRow(doc_id="d", entities=ENTITIES, mentions=[]),
        stances=StancesRow(doc_id="d", propositions=PROPOSITIONS, attributions=ATTRIBUTIONS, stances=stances),
    )


def values(gold: list[Stance], predicted: list[PredictedStance], *, gold_ids: bool = True) -> Values:
    """Micro values by view, match, statistic and group."""
    prediction = Prediction(doc_id="d", stances=tuple(predicted))
    evaluation = evaluate([document(gold)], {"d": prediction}, layers=["stances"], options=Options(gold_ids=gold_ids))
    found: Values = {}
    for score in evaluation.scores:
        _, _, rest = score.measure.partition(".")
        statistic, _, fields = rest.partition("(")
        match, view, average = (part.partition("=")[2] for part in fields.rstrip(")").split(","))
        if average == "micro":
            found[view, match, statistic, score.group] = score.value
    return found


GOLD = [
    own("s1", "e3", "p1", "evaluation", -2, "criticize", attribution="a1", toward="e2", toward_sign=-1),
    own("s2", "e1", "p1", "position", -1, "request", sources=["AUTHOR", "e6"], toward="e2", toward_sign=0),
    own("s3", "e4", "p1", "intent", -1, "reject", attribution="a2"),
    own("s4", "e4", "e1", "evaluation", 0, "state", grade_alt=[-1, 1]),
    own("s5", "e3", "p2", "position", 1, "support", tier="optional"),
    own("s6", "e3", "p1", "evaluation", -1, "criticize", same_as="s1"),
    own("s7", "e4", "p3", "belief", -2, "deny"),
    own("s8", "e3", "p3", "belief", 2, "accuse", toward="e4", toward_sign=-1),
    own("s9", "e4", "p2", "position", -1, "criticize"),
]
SAID = [
    graded("e3", "p1", "evaluation", -1, "criticize", toward=Reference(entity="e2"), toward_sign=-1),  # t1
    graded("e1", "p1", "position", -1, "request", toward=Reference(entity="e4"), toward_sign=-1),  # t2
    graded("e4", "p1", "intent", 1, "plan"),  # t3
    said("e4", "e1", 1),  # t4
    said("e3", "p2", 1),  # t5
    graded("e2", "p2", "position", -1, "criticize"),  # t6
    graded("e4", "p3", "belief", -2, "deny"),  # t7
]
ALL = values(GOLD, SAID)


def test_the_ladder_of_opinion() -> None:
    """Pairs: s1-t1 (246; s6-t1 is worth 126), s2-t2, s3-t3, s4-t4, s5-t5. t6 meets nothing: its holder is e2, not e4.

    Gold that counts: s1 s2 s3 s4 s9 = 5; s5 is optional, s6 repeats s1. Predicted: 6 without t5 = 5.
    From the sign on s4, whose grades cover all signs, and t4 leave: 4 and 4.
    """
    right = {"pair": 4 / 5, "sign": 2 / 4, "+dimension": 2 / 4, "+grade": 1 / 4, "+act": 1 / 4, "+chain": 0 / 4}
    for name, value in right.items():  # both sizes are equal: precision, recall and F1 are
        for statistic in ("precision", "recall", "f1"):
            assert ALL["opinion", name, statistic, "all"] == value, name


def test_ordinal_credit_and_flips_of_opinion() -> None:
    """t1 is one grade off: 3/4; t2 none: 1; t3 two: 2/4; t4 has no grade: 0. Together 2.25 of 5 and 5.

    Both take a side in s1-t1, s2-t2 and s3-t3 (s4 has alternatives); t3 the other one.
    """
    assert ALL["opinion", "ordinal", "f1", "all"] == 2.25 / 5
    assert ALL["opinion", "flip", "rate", "all"] == 1 / 3


def test_belief_stands_by_itself() -> None:
    """s7-t7 agree in everything, s8 is missed: 1 of 2 and 1."""
    for name in ("pair", "sign", "+dimension", "+grade", "+act", "+chain", "ordinal"):
        assert ALL["belief", name, "f1", "all"] == 2 / 3
    assert ALL["belief", "flip", "rate", "all"] == 0


def test_dimensions_are_the_groups() -> None:
    """position: s2, s9 and t2, t6 (t5 leaves): 1 pair of 2 and 2. t4 names no dimension and takes that of s4."""
    assert ALL["opinion", "pair", "f1", "position"] == 1 / 2
    assert ALL["opinion", "pair", "f1", "evaluation"] == 1


def test_rolled_up_people_meet_their_state() -> None:
    """e3 becomes e1, e4 becomes e2; t6 (e2 on p2) now meets s9 and agrees in everything: the chain ends in e2 in both.

    t3 keeps s3: 64 + 128 + 16 + 2 for the dimension and the chain. Flips: 1 of s1-t1, s2-t2, s3-t3, s9-t6.
    """
    right = {"pair": 5 / 5, "sign": 3 / 4, "+dimension": 3 / 4, "+grade": 2 / 4, "+act": 2 / 4, "+chain": 1 / 4}
    for name, value in right.items():
        assert ALL["opinion-rollup", name, "f1", "all"] == value, name
    assert ALL["opinion-rollup", "ordinal", "f1", "all"] == 3.25 / 5
    assert ALL["opinion-rollup", "flip", "rate", "all"] == 1 / 4


def test_a_chain_in_which_neighbours_become_one_is_shorter() -> None:
    """Ruritania plans, says Rudolf, in the gold; Ruritania plans, in the prediction. Lifted, both are AUTHOR > e1."""
    gold = [own("s", "e1", "p2", "intent", 1, "plan", sources=["AUTHOR", "e3"])]
    found = values(gold, [graded("e1", "p2", "intent", 1, "plan")])
    assert found["opinion", "+act", "f1", "all"] == 1
    assert found["opinion", "+chain", "f1", "all"] == 0
    assert found["opinion-rollup", "+chain", "f1", "all"] == 1


def test_one_stance_a_document() -> None:
    """s1 and s6 are one stance with the acceptable grades -2 and -1, so that the grade of t1 is right.

    It has alternatives now: both sides take one side only in s2-t2 and s3-t3.
    """
    right = {"pair": 4 / 5, "sign": 2 / 4, "+dimension": 2 / 4, "+grade": 2 / 4}
    for name, value in right.items():
        assert ALL["opinion-document", name, "f1", "all"] == value, name
    assert ALL["opinion-document", "flip", "rate", "all"] == 1 / 2


def test_the_first_of_a_predicted_cluster_stands_for_it() -> None:
    """Two gold stances make one cluster; so do two predictions of which one is right, whatever the other says."""
    gold = [own("s", "e3", "p1", "evaluation", grade, "criticize") for grade in (-1, -2)]
    against, favor = said("e3", "p1", -1), said("e3", "p1", 1)
    assert values(gold, [against, favor])["opinion", "sign", "f1", "all"] == 1 / 2
    assert values(gold, [against, favor])["opinion-document", "sign", "f1", "all"] == 1
    assert values(gold, [favor, against])["opinion-document", "sign", "f1", "all"] == 0


def test_what_was_not_resolved_is_one_if_it_is_written_alike() -> None:
    """Three wrong predictions of two wordings, once a document: 2."""
    names = [Reference(text=name) for name in ("the Baron", "The Baron", "the Marquess")]
    gold = [own("s", "e3", "e2", "evaluation", -1, "criticize")]
    wrong = [PredictedStance(holder=name, target=Reference(text="Zenda"), sign=-1, belief=False) for name in names]
    right = PredictedStance(holder=Reference(text="Rudolf"), target=Reference(text="Zenda"), sign=-1, belief=False)
    found = values(gold, [right, *wrong], gold_ids=False)
    assert found["opinion", "sign", "precision", "all"] == 1 / 4
    assert found["opinion-document", "sign", "precision", "all"] == 1 / 3
    assert found["dyads", "dyad", "precision", "all"] == 1 / 3


@pytest.mark.parametrize(
    ("group", "pair", "sign_"),
    [
        ("criticize", 1 / 2, 1 / 2),  # s1, s9 and t1, t6
        ("request", 1, 1),
        ("reject", 1, 0),  # t3 says plan, but its pair is a rejection
        ("state", 1, None),  # s4 and t4 leave the counts of the sign
    ],
)
def test_slices_by_act(group: str, pair: float, sign_: float | None) -> None:
    assert ALL["opinion-by-act", "pair", "f1", group] == pair
    assert ALL.get(("opinion-by-act", "sign", "f1", group)) == sign_


def test_slices_by_quote_and_by_depth() -> None:
    """No attribution: s2, s4, s9 and t2, t4. t6 met nothing and the system gives no attributions: other.

    s2 alone stands behind a source. AUTHOR only: s1, s3, s4, s9 and t1, t3, t4, t6.
    """
    by_quote, by_depth = "opinion-by-quote", "opinion-by-depth"
    assert ALL[by_quote, "pair", "f1", "direct"] == 1
    assert ALL[by_quote, "sign", "f1", "indirect"] == 0
    assert ALL[by_quote, "pair", "f1", "none"] == 2 * 2 / (3 + 2)
    assert (ALL[by_quote, "pair", "precision", "other"], ALL[by_quote, "pair", "recall", "other"]) == (0, None)
    assert ALL[by_depth, "pair", "f1", "0"] == 3 / 4
    assert ALL[by_depth, "pair", "f1", "1"] == 1


def test_contested_propositions() -> None:
    """p2 has an optional + and a -; p3 is affirmed and denied; p1 is only opposed.

    Opinions: s9 (s5 is optional) and t6 (t5 leaves): nothing right. Beliefs: all of them.
    """
    assert ALL["opinion-contested", "pair", "precision", "all"] == 0
    assert ALL["opinion-contested", "pair", "recall", "all"] == 0
    assert ALL["opinion-contested", "flip", "rate", "all"] is None
    assert ALL["belief-contested", "sign", "f1", "all"] == 2 / 3


def test_dyads() -> None:
    """Gold: e1 against e2 (s1, and s8 by its `toward`: one), e1 neutral on e2 (s2); s4, e2 on e1, is open and leaves.

    Predicted: e1 against e2 (t1, and t2 by e4: one); e2 in favor of e1 (t4) leaves with s4.
    """
    assert ALL["dyads", "dyad", "precision", "all"] == 1
    assert ALL["dyads", "dyad", "recall", "all"] == 1 / 2
    assert ALL["dyads", "dyad", "f1", "against"] == 1
    assert ALL["dyads", "dyad", "recall", "neutral"] == 0


def test_an_entity_as_target_is_a_dyad_but_not_of_a_belief() -> None:
    """e3 against e2 is e1 against e2. A belief on an entity is none on either side, nor is a `toward` without sign."""
    gold = [own("s", "e3", "e2", "evaluation", -2, "criticize"), own("b", "e1", "e2", "belief", 1, "state")]
    right, belief = said("e1", "e2", -1), said("e4", "e1", 1, dimension="belief", toward=Reference(entity="e3"))
    found = values(gold, [right, belief])
    assert (found["dyads", "dyad", "precision", "all"], found["dyads", "dyad", "recall", "all"]) == (1, 1)
    assert values(gold, [said("e1", "e2", 1)])["dyads", "dyad", "f1", "all"] == 0


def test_an_unknown_entity_of_the_system_is_a_wrong_dyad() -> None:
    """A string that means nothing may be a proposition and gives none; an entity id of the system's is an entity."""
    gold = [own("s", "e3", "e2", "evaluation", -2, "criticize")]
    text = PredictedStance(holder=Reference(text="Rudolf"), target=Reference(text="a duel"), sign=-1, belief=False)
    found = values(gold, [said("e3", "e2", -1), text, said("e3", "e77", -1)])
    assert found["dyads", "dyad", "precision", "all"] == 1 / 2


def test_polarity_alone_competes_up_to_the_sign() -> None:
    gold = [own("s", "e3", "e2", "evaluation", -2, "criticize")]
    found = values(gold, [said("e3", "e2", -1)])
    ladder = [found["opinion", name, "f1", "all"] for name in ("pair", "sign", "+dimension", "+grade", "+chain")]
    assert ladder == [1, 1, 0, 0, 0]
    assert found["opinion", "ordinal", "f1", "all"] == 0


def test_thresholds_of_proposition_f1_and_what_is_not_resolved() -> None:
    """Shared words: border, closes, wine, 2 x 3 / (6 + 4) = 0.6; cannons, Ruritania, 2 x 2 / (5 + 4) = 0.44.

    At 0.5 one of two targets is resolved, at 0.3 both, at 0.7 none. Of four names at 0.5 one is lost.
    """
    gold = [own("s1", "e1", "p1", "position", -1, "request"), own("s2", "e1", "p2", "position", 1, "support")]
    ruritania = Reference(text="Ruritania")
    predicted = [
        PredictedStance(holder=ruritania, target=Reference(text=text), sign=side, belief=False)
        for text, side in (("border closes wine trade", -1), ("cannons for old Ruritania", 1))
    ]
    found = values(gold, predicted, gold_ids=False)
    for view, value in (("opinion-0.3", 1), ("opinion", 1 / 2), ("opinion-0.7", 0)):
        assert found[view, "pair", "f1", "all"] == found[view, "sign", "f1", "all"] == value
    assert found["resolution", "unresolved", "rate", "all"] == 1 / 4
    assert found["resolution", "unresolved-target", "rate", "all"] == 1 / 2
    assert found["resolution", "unresolved-holder", "rate", "all"] == 0


def test_the_chain_decides_between_equals() -> None:
    """Both gold stances differ in the source alone; the prediction meets the second, by 2 of weight."""
    gold = [
        own("s", "e3", "p1", "evaluation", -1, "criticize", sources=sources)
        for sources in (["AUTHOR", "e6"], ["AUTHOR"])
    ]
    assert (
        values(gold, [graded("e3", "p1", "evaluation", -1, "criticize")])["opinion", "+chain", "recall", "all"] == 1 / 2
    )


def test_the_page_names_every_row() -> None:
    page = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
    for row in (*stance_rows("opinion"), *stance_rows("belief"), *DYAD_ROWS, *VIEW_ROWS, *SLICE_ROWS):
        assert f"`{row.name}`" in page, row.name
        assert f"`{row.view}`" in page, row.view
