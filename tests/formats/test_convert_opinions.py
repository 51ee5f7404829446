"""Opinions as in SemEval-2022 Task 10, made by hand, and what of stances they cannot say."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldassay.exchange.convert import read_file, write_file
from goldassay.exchange.reading import Read
from goldassay.formats.gold import GoldLine
from goldassay.formats.prediction_line import PredictionLine, ReferenceItem, StanceItem
from goldassay.model.stances import Stance, Target

TEXT = "Zenda praised the bold plan ."


def opinion(**more: Any) -> dict[str, Any]:
    return {
        "Source": [["Zenda"], ["0:5"]],
        "Target": [["the", "plan"], ["14:17", "23:27"]],
        "Polar_expression": [["praised"], ["6:13"]],
        "Polarity": "Positive",
        "Intensity": "Standard",
        **more,
    }


def read(tmp_path: Path, *opinions: Any, text: str = TEXT) -> Read:
    path = tmp_path / "test.json"
    path.write_text(json.dumps([{"sent_id": "s-1", "text": text, "opinions": list(opinions)}]))
    return read_file(path)


def test_an_opinion_is_a_predicted_stance(tmp_path: Path) -> None:
    result = read(tmp_path, opinion(), opinion(Source=[[], []], Intensity="Strong", Polarity="negative"))
    assert (result.findings, result.lost) == ((), {})
    assert result.assumed == {"opinions without a holder, taken for the author's": 1}
    (line,) = result.lines
    assert isinstance(line, PredictionLine)
    target = ReferenceItem(text="the plan", spans=((14, 17), (23, 27)))
    holder = ReferenceItem(text="Zenda", spans=((0, 5),))
    assert line.stances == (
        StanceItem(holder=holder, target=target, polarity="favor", expression_spans=((6, 13),)),
        StanceItem(holder=ReferenceItem(author=True), target=target, grade=-2, expression_spans=((6, 13),)),
    )


def test_there_and_back_is_the_same_file(tmp_path: Path) -> None:
    opinions = [opinion(), opinion(Source=[[], []], Target=[[], []]), opinion(Polarity="Negative", Intensity="Strong")]
    lines = read(tmp_path, *opinions).lines
    assert write_file(lines, tmp_path / "out.json", "semeval2022") == {}
    assert json.loads((tmp_path / "out.json").read_text()) == json.loads((tmp_path / "test.json").read_text())


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (opinion(Polarity="Great"), "E106"),
        (opinion(Source=[["Borduria"], ["0:5"]]), "E203"),
        (opinion(Source=[["Zenda"], ["0-5"]]), "E105"),
        (opinion(Source=[["Zenda"]]), "E105"),
        (opinion(Source=[["Zenda", "x"], ["0:5"]]), "E105"),
        ("words", "E105"),
    ],
)
def test_bad_opinions_are_findings(bad: Any, code: str, tmp_path: Path) -> None:
    found = read(tmp_path, opinion(), bad).findings
    assert code in {one.code for one in found}
    assert found[0].where.field is not None
    assert found[0].where.field.startswith("[0].opinions[1]")


def test_gold_stances_without_what_opinions_cannot_say(tmp_path: Path) -> None:
    told = Stance(
        id="s1",
        holder="e1",
        holder_spans=[(0, 5)],
        target=Target(kind="entity", id="e2"),
        target_spans=[(14, 17), (23, 27)],
        dimension="evaluation",
        grade=1,
        act="support",
        expression_spans=[(6, 13)],
    )
    belief = Stance(id="s2", holder="AUTHOR", target=told.target, dimension="belief", grade=2, act="state")
    line = GoldLine(doc_id="s-1", text=TEXT, stances=(told, belief), propositions=(), attributions=())
    lost = write_file([line], tmp_path / "out.json", "semeval2022")
    assert lost == {"stances of belief": 1, "acts, dimensions, sources and all else of stances": 1}
    assert json.loads((tmp_path / "out.json").read_text()) == [
        {"sent_id": "s-1", "text": TEXT, "opinions": [opinion()]}
    ]
