"""Agreement beyond chance against scikit-learn, published and hand-worked numbers; planted differences in figures."""

import json
import random
from collections.abc import Hashable
from pathlib import Path

import pytest

from goldassay.agreement.agree import agree_passes, measure_agreement
from goldassay.agreement.figures import Agreement, Annotation, Figure
from goldassay.agreement.sides import Pair
from goldassay.errors import InvalidDataError, UsageError
from goldassay.formats.jsonl import encode_row
from goldassay.formats.predictions import read_predictions
from goldassay.layers import get_layers
from goldassay.layers.numeric_alignment import predicted_facts
from goldassay.measures.agreement import cohen_kappa, krippendorff_alpha, share_equal
from goldassay.measures.gamma import Continuum, Unit, disorder, gamma
from goldassay.measures.measure import Measure
from goldassay.model.labels import LAYERS
from goldassay.model.provenance import Annotator
from goldassay.passes.load import as_gold
from goldassay.passes.prediction import as_prediction
from goldassay.report.agreement import render_agreements, render_agreements_markdown
from invented_passes import DOCUMENT, FIRST, TOGETHER, author, plant, write_corpus

PARITY = Path(__file__).parents[1] / "parity" / "agreement" / "gamma_disorder.jsonl"


def units_of(*coders: list[int | None]) -> list[tuple[int | None, ...]]:
    return list(zip(*coders, strict=True))


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four observers, twelve units, some values missing.
PUBLISHED = units_of(
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_the_published_example(level: str, alpha: float) -> None:
    found = krippendorff_alpha(PUBLISHED, level=level, order=[1, 2, 3, 4, 5])  # type: ignore[arg-type]
    assert found is not None
    assert round(found, 3) == alpha


def test_ordinal_alpha_by_hand() -> None:
    """Grades -1 0 1 1 against -1 1 1 1: v = 2, 1, 5 of -1, 0, 1 and N = 8.

    delta2(0, 1) = (1 + 5 - 3)^2 = 9; delta2(-1, 0) = (3 - 1.5)^2 = 2.25; delta2(-1, 1) = (8 - 3.5)^2 = 20.25.
    D_o = 2 x 9 / 8 = 2.25; D_e = 2 x (1x5x9 + 2x1x2.25 + 2x5x20.25) / (8 x 7) = 504 / 56 = 9; alpha = 3/4.
    """
    pairs = [(-1, -1), (0, 1), (1, 1), (1, 1)]
    assert krippendorff_alpha(pairs, level="ordinal", order=[-2, -1, 0, 1, 2]) == pytest.approx(0.75, abs=1e-12)


def test_kappa_by_hand() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: agreement 0.7, chance 0.5 x 0.6 + 0.5 x 0.4 = 0.5, kappa 0.4."""
    left = ["yes"] * 25 + ["no"] * 25
    right = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(left, right) == pytest.approx(0.4, abs=1e-12)
    assert share_equal(left, right) == 0.7


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
@pytest.mark.parametrize("seed", range(20))
def test_kappa_is_that_of_scikit_learn(weights: str, seed: int) -> None:
    from sklearn.metrics import cohen_kappa_score

    draw = random.Random(seed)
    order = list(range(-2, 3))
    left = [draw.choice(order) for _ in range(draw.randint(5, 60))]
    right = [label if draw.random() < 0.6 else draw.choice(order) for label in left]
    expected = cohen_kappa_score(left, right, labels=order, weights=None if weights == "none" else weights)
    found = cohen_kappa(left, right, weights=weights, order=order)  # type: ignore[arg-type]
    assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("left", "right", "kappa", "alpha"),
    [
        ([], [], None, None),
        (["a", "a"], ["a", "a"], None, None),
        (["a", "a"], ["b", "b"], 0.0, -0.5),
        (["a", "b"], ["b", "a"], -1.0, -0.5),
        (["a", "b"], ["a", "b"], 1.0, 1.0),
    ],
)
def test_extremes(left: list[str], right: list[str], kappa: float | None, alpha: float | None) -> None:
    """Constant labels are undefined; alpha of n = 4 labels, two of each: 1 - 3 x 4 / (2 x 2 x 2) = -1/2."""
    assert cohen_kappa(left, right) == kappa
    pairs: list[tuple[Hashable, ...]] = list(zip(left, right, strict=True))
    assert krippendorff_alpha(pairs) == alpha


def vectors() -> list[dict[str, object]]:
    return [json.loads(line) for line in PARITY.read_text(encoding="utf-8").splitlines()]


def continuum(row: dict[str, object]) -> Continuum:
    left, right = ([Unit(*unit) for unit in row[side]] for side in ("left", "right"))  # type: ignore[attr-defined]
    return Continuum(left, right, int(str(row["length"])))


@pytest.mark.parametrize("number", range(14))
def test_disorder_is_that_of_pygamma_agreement(number: int) -> None:
    """pygamma-agreement 0.5.9, combined categorial dissimilarity with alpha, beta and delta of 1."""
    row = vectors()[number]
    one = continuum(row)
    # The reference computes in single precision.
    assert disorder(one.left, one.right) == pytest.approx(row["disorder"], abs=1e-5)


@pytest.mark.parametrize("number", range(14))
def test_gamma_is_near_that_of_pygamma_agreement(number: int) -> None:
    """Chance is drawn, and from the whole text rather than from the first unit to the last: near, not equal."""
    row = vectors()[number]
    assert gamma([continuum(row)], samples=200) == pytest.approx(row["gamma"], abs=0.1)


def test_gamma_of_order_and_seed() -> None:
    one = continuum(vectors()[0])
    swapped = Continuum(one.right, one.left, one.length)
    assert disorder(one.left, one.right) == pytest.approx(disorder(swapped.left, swapped.right), abs=1e-12)
    assert gamma([one], seed=1) == gamma([one], seed=1)
    assert gamma([one], seed=1) != gamma([one], seed=2)
    apart = Continuum([Unit(0, 5, "a"), Unit(10, 15, "a")], [Unit(40, 45, "a"), Unit(80, 85, "a")], 100)
    found = gamma([apart])
    assert found is not None
    assert found < 0.1


def test_disorder_by_hand() -> None:
    """Pairs (0-4, 0-4) 0 and (10-14, 12-14) with other labels (2/6)^2 + 1 = 10/9; 20-22 alone 1; by 2.5 units."""
    left = [Unit(0, 4, "a"), Unit(10, 14, "a"), Unit(20, 22, "a")]
    right = [Unit(0, 4, "a"), Unit(12, 14, "b")]
    assert disorder(left, right) == pytest.approx((10 / 9 + 1) / 2.5, abs=1e-12)
    assert disorder([], []) == 0.0
    assert disorder(left, []) == 2.0


def figures(second: str, first: str = FIRST) -> dict[str, Figure]:
    return {one.measure: one for one in measure_agreement([Pair(DOCUMENT, author(first), author(second))], LAYERS)}


def value(second: str, measure: str) -> float | None:
    return figures(second)[measure].value


@pytest.mark.parametrize(
    ("name", "measure", "expected"),
    [
        # five names and one of six mentions fewer: 2 x 5 / 11
        ("a mention is missing", "entities.f1(match=strict,view=all,avg=micro)", 10 / 11),
        ("a mention is missing", "entities.f1(match=strict,view=names,avg=micro)", 1.0),
        ("a mention is missing", "coreference.f1(match=mentions,view=all,avg=micro)", 10 / 11),
        # cut differently: 5 equal spans of 6 and 6, one overlap for half
        ("a mention is cut differently", "entities.f1(match=exact,view=all,avg=micro)", 5 / 6),
        ("a mention is cut differently", "entities.f1(match=partial,view=all,avg=micro)", 5.5 / 6),
        # {R} {M} {B B} {A L} against {R} {M} {B B} {A} {L}: links 2 and 1, one shared: 2 x 1 / 3
        ("a mention is of another entity", "coreference.f1(match=muc,view=all,avg=micro)", 2 / 3),
        ("an attribution is missing", "stances.f1(match=cue,view=attributions,avg=micro)", 2 / 3),
        ("an attribution has another source and quote type", "stances.f1(match=cue,view=attributions,avg=micro)", 1.0),
        (
            "an attribution has another source and quote type",
            "stances.f1(match=+source,view=attributions,avg=micro)",
            0.5,
        ),
        ("a stance has another grade and act", "stances.f1(match=sign,view=opinion,avg=micro)", 1.0),
        ("a stance has another grade and act", "stances.f1(match=+dimension,view=opinion,avg=micro)", 1.0),
        ("a stance has another grade and act", "stances.f1(match=+grade,view=opinion,avg=micro)", 0.5),
        ("a stance has another grade and act", "stances.f1(match=+chain,view=opinion,avg=micro)", 0.5),
        ("a stance has another grade and act", "stances.f1(match=+chain,view=belief,avg=micro)", 1.0),
        ("a stance has another holder", "stances.f1(match=pair,view=opinion,avg=micro)", 0.5),
        # two opinions against one: 2 x 1 / 3
        ("a stance is missing", "stances.f1(match=+act,view=opinion,avg=micro)", 2 / 3),
        ("a fact has another value and status", "numeric_facts.share(field=value,items=numeric_facts)", 0.0),
        ("a fact has another value and status", "numeric_facts.share(field=subject,items=numeric_facts)", 1.0),
        ("a fact has another value and status", "numeric_facts.f1(match=value+status,view=facts,avg=micro)", 0.0),
        ("a fact is missing", "numeric_facts.share(field=value,items=numeric_facts)", None),
        ("a fact is missing", "numeric_facts.f1(match=value+status,view=facts,avg=micro)", 0.0),
        ("a time has another value", "numeric_facts.share(field=value_text_only,items=times)", 0.0),
        ("wordings and notes differ", "stances.f1(match=+chain,view=opinion,avg=micro)", 1.0),
    ],
)
def test_a_planted_difference_costs_what_it_should(name: str, measure: str, expected: float | None) -> None:
    assert value(plant(name), measure) == (None if expected is None else pytest.approx(expected, abs=1e-12))


def test_kappa_of_aligned_mentions() -> None:
    """NAM NOM NAM NAM NAM NOM against NAM NOM NAM NOM NAM NOM: 5 of 6 agree; chance (4 x 3 + 2 x 3) / 36 = 1/2; 2/3."""
    second = plant("a mention has another level and flag")
    assert value(second, "entities.kappa(field=level,items=mentions)") == pytest.approx(2 / 3, abs=1e-12)


def test_grades_and_constant_labels() -> None:
    """Grades 1 -2 1 against 1 -2 2; all stances are actual, so agreement beyond chance says nothing of the status.

    Quadratic kappa: observed 1; expected (0 + 9 + 1 + 9 + 0 + 16 + 0 + 9 + 1) / 3 = 15; 1 - 1/15.
    """
    found = figures(plant("a stance has another grade and act"))
    quadratic = found["stances.kappa_quadratic(field=grade,items=stances)"]
    assert quadratic.value == pytest.approx(14 / 15, abs=1e-12)
    assert quadratic.counts == {"pairs": 3}
    status = found["stances.kappa(field=status,items=stances)"]
    assert (status.value, status.counts) == (None, {"pairs": 3})


def test_a_pass_agrees_fully_with_itself() -> None:
    table = {
        str(Measure(layer.name, statistic, match.name, match.view)): match.best
        for layer in get_layers().values()
        for match in layer.matches
        for statistic in match.statistics
    }
    for one in figures(FIRST).values():
        assert one.value in (None, table.get(one.measure, 1.0)), one.measure


def test_directions_are_swapped_and_symmetric_measures_are_not() -> None:
    there, back = figures(plant(*TOGETHER)), figures(FIRST, plant(*TOGETHER))
    assert there.keys() == back.keys()
    for name, one in there.items():
        if one.swapped is not None:
            assert one.swapped == pytest.approx(back[name].value, abs=1e-12), name
        elif "gamma" not in name:
            assert one.value == (None if back[name].value is None else pytest.approx(back[name].value, abs=1e-12)), name


@pytest.mark.parametrize("name", ["wordings and notes differ", *TOGETHER])
def test_a_pass_predicts_what_its_rows_read_as(name: str, tmp_path: Path) -> None:
    """The rows merged into one prediction line in the gold's form read as the same prediction."""
    authored = author(plant(name))
    line = {"doc_id": authored.doc_id}
    for row in (authored.entities, authored.stances, authored.numeric_facts):
        line |= json.loads(encode_row(row))
    file = tmp_path / "predictions.jsonl"
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    read = read_predictions(file, {DOCUMENT.doc_id: DOCUMENT}, on_invalid="error", ids="own")
    assert [item.code for item in read.findings if item.severity == "error"] == []
    (prediction,) = read.predictions
    own = as_prediction(authored)
    for layer in ("entities", "propositions", "mentions", "stances", "attributions", "numeric_facts", "times"):
        ours, theirs = getattr(own, layer), getattr(prediction, layer)
        assert len(ours) == len(theirs)
        for mine, other in zip(ours, theirs, strict=True):
            known = {field for field in mine.__struct_fields__ if getattr(other, field) is not None}
            assert {f: getattr(mine, f) for f in known} == {f: getattr(other, f) for f in known}, layer


def test_a_layer_that_a_pass_does_not_speak_of_is_null() -> None:
    short = author(FIRST[: FIRST.index("propositions:")])
    prediction = as_prediction(short)
    assert (prediction.stances, prediction.attributions, prediction.numeric_facts, prediction.times) == (None,) * 4
    assert prediction.mentions is not None
    assert as_gold(DOCUMENT, short).stances is None


def test_an_identifier_is_no_claim_of_a_fact() -> None:
    second = author(FIRST.replace('kind: "cardinal"', 'kind: "identifier"'))
    prediction = as_prediction(second)
    assert len(prediction.numeric_facts or ()) == 1
    assert predicted_facts(prediction) == []


def test_passes_and_the_gold_of_a_corpus(tmp_path: Path) -> None:
    root = write_corpus(tmp_path / "root", {"first": FIRST, "second": plant("a stance is missing")}, FIRST)
    pair, first, second = agree_passes(root, "first", "second", with_gold=True, layers=("stances",))
    assert [(one.a.name, one.b.name) for one in (pair, first, second)] == [
        ("first", "second"),
        ("first", "gold"),
        ("second", "gold"),
    ]
    assert {figure.layer for figure in pair.figures} == {"stances"}
    token = "stances.f1(match=pair,view=opinion,avg=micro)"
    values = [{figure.measure: figure.value for figure in one.figures}[token] for one in (pair, first, second)]
    assert values == [pytest.approx(2 / 3), 1.0, pytest.approx(2 / 3)]
    (alone,) = agree_passes(root, "first", "gold")
    assert alone.b == Annotation(name="gold")
    assert alone.layers == list(LAYERS)


def test_calls_that_make_no_sense(tmp_path: Path) -> None:
    root = write_corpus(tmp_path / "root", {"first": FIRST, "short": FIRST[: FIRST.index("propositions:")]})
    for args in (("first", "first"), ("first", "third"), ("first", "gold")):
        with pytest.raises(UsageError):
            agree_passes(root, *args)
    with pytest.raises(UsageError, match="no layer 'stance'"):
        agree_passes(root, "first", "short", layers=("stance",))
    with pytest.raises(UsageError, match="no document has stances"):
        agree_passes(root, "first", "short", layers=("stances",))
    assert agree_passes(root, "first", "short")[0].layers == ["entities"]
    (root / "annotations/passes/short/demo-1.yaml").write_text("doc: [", encoding="utf-8")
    with pytest.raises(InvalidDataError):
        agree_passes(root, "first", "short")


def rendered(a: Annotation, b: Annotation) -> tuple[str, str]:
    undefined = Figure(layer="stances", measure="m", title="kappa of <b>", value=None, counts={"pairs": 3})
    figure = Figure(
        layer="stances", measure="n", title="F1", value=0.5, swapped=0.25, counts={"a": 3, "b": 4, "right": 1}
    )
    signature = "goldassay:stances|a:x@1|b:y@2"
    one = Agreement(
        schema=1, signature=signature, a=a, b=b, documents=["d"], layers=["stances"], figures=[undefined, figure]
    )
    return render_agreements([one]), render_agreements_markdown([one])


def test_the_report_says_what_the_annotators_are() -> None:
    models = [Annotation(name=name, annotator=Annotator(name=name, kind="model", family="f")) for name in "xy"]
    text, markdown = rendered(*models)
    assert text.startswith('Annotator agreement of x and y\nx: model annotator "x", family f\n')
    assert "models of one family" in text
    assert "human" not in text + markdown
    assert "| F1 | 0.500 | 0.250 | 3 : 4 |" in markdown
    assert "| kappa of \\<b\\> | – |  | 3 pairs |" in markdown
    person = Annotation(name="z", annotator=Annotator(name="z", kind="human"))
    assert 'z: human annotator "z"' in rendered(models[0], person)[0]
    assert "one family" not in rendered(models[0], person)[0]
    with_gold = rendered(models[0], Annotation(name="gold"))[0]
    assert with_gold.startswith("Agreement of x and gold\n")
    assert "no agreement of independent annotators" in with_gold
