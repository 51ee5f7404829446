"""The number grammar and the value comparison against the two specifications by example."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldassay.formats.numbers import NotAValue, parse_value
from goldassay.match.value import compare_values
from goldassay.model.numeric_facts import Value

FOLDER = Path(__file__).parent / "numeric"
DEFAULTS = {"lo_inc": True, "hi_inc": True, "approx": "none", "bound": "none", "unit": None, "magnitude": None}


def cases(name: str) -> list[Any]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["case"]) for case in map(json.loads, lines)]


def value(sides: dict[str, Any]) -> Value:
    return Value(lo=sides["lo"], hi=sides["hi"], lo_inc=sides.get("lo_inc", True), hi_inc=sides.get("hi_inc", True))


@pytest.mark.parametrize("case", cases("proposed_number_strings.jsonl"))
def test_number_string(case: dict[str, Any]) -> None:
    expected, found = case["expected"], parse_value(case["input"])
    if "error" in expected:
        assert isinstance(found, NotAValue)
        assert found.reason == expected["error"]
        assert found.code == "E401"
        assert found.expected
        assert found.fix
        return
    assert not isinstance(found, NotAValue)
    wanted = DEFAULTS | expected
    assert {field: getattr(found, field) for field in wanted} == wanted


@pytest.mark.parametrize("case", cases("proposed_value_scores.jsonl"))
def test_value_score(case: dict[str, Any]) -> None:
    found = compare_values(value(case["gold"]), value(case["pred"]))
    for measure, wanted in case["expected"].items():
        score = getattr(found, measure)
        if wanted is None or isinstance(wanted, str):
            assert score == wanted, measure
        else:
            assert float(score) == pytest.approx(wanted, abs=1e-9), measure


def test_no_case_is_lost() -> None:
    assert len(cases("proposed_number_strings.jsonl")) == 56
    assert len(cases("proposed_value_scores.jsonl")) == 96
