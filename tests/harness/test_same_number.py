"""The same predictions give the same number and the same signature, whatever runs the scoring."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from routes import (
    LAYERS,
    ROOT,
    ROUTES,
    Setting,
    Values,
    run_offline,
    through_python,
)

from goldassay.cli.main import main

BASELINES = ("rules-mentions", "rules-stances", "rules-numbers")


def needs(package: str) -> pytest.MarkDecorator:
    extra = package.removesuffix("_ai").replace("_", "-")
    return pytest.mark.skipif(find_spec(package) is None, reason=f"{package} is not installed (the extra {extra})")


HARNESSES = [pytest.param(name, marks=needs(name)) for name in ("inspect_ai", "lm_eval")]


@pytest.fixture
def baselines(tmp_path: Path) -> Setting:
    """The committed predictions of three baselines as one system, with offsets, against the corpus."""
    lines: dict[str, dict[str, object]] = {}
    for name in BASELINES:
        for text in (ROOT / "benchmarks" / "results" / name / "predictions.jsonl").read_text("utf-8").splitlines():
            line = json.loads(text)
            lines.setdefault(line["doc_id"], {}).update(line)
    path = write(tmp_path / "predictions.jsonl", lines.values())
    return Setting(tmp_path, path, path, None, "error")


@pytest.fixture
def answers(tmp_path: Path) -> Setting:
    """What a chat model wrote: fenced, with a wrong label, no JSON at all, nothing; no number in text or answers."""
    text = "Ruritania said that Zenda opposes the toll. Strelsau is in Ruritania."
    gold = [gold_line(f"d{number}", text) for number in range(1, 6)]
    mentions = [{"text": name, "type": "GPE", "level": "NAM"} for name in ("Ruritania", "Zenda", "Strelsau")]
    stance = {"holder": "Zenda", "target": "the toll", "dimension": "position", "grade": -2, "act": "state"}
    whole = {"mentions": mentions, "stances": [stance | {"sources": ["Ruritania"], "expression": None}]}
    bad = {"mentions": [*mentions[:1], {"text": "Zenda", "type": "CITY", "level": "NAM"}], "stances": [stance]}
    said = [
        {"doc_id": "d1", "answer": f"Here it is:\n```json\n{json.dumps(whole, indent=1)}\n```"},
        {"doc_id": "d2", "answer": json.dumps(bad)},
        {"doc_id": "d3", "answer": "I would rather not say."},
        {"doc_id": "d4", "answer": None},
    ]
    replay, predictions = write(tmp_path / "answers.jsonl", said), tmp_path / "predictions.jsonl"
    with pytest.raises(SystemExit) as ended:
        main(["prompt", "read", str(replay), "--out", str(predictions)])
    assert ended.value.code == 3
    return Setting(tmp_path, replay, predictions, write(tmp_path / "gold.jsonl", gold), "drop")


def gold_line(doc_id: str, text: str) -> dict[str, object]:
    names = ["Ruritania", "Zenda", "Strelsau"]
    spans = [[text.index(name), text.index(name) + len(name)] for name in names]
    entities = [{"id": f"e{n}", "type": "GPE", "name": name} for n, name in enumerate(names, start=1)]
    toll = [text.index("the toll"), text.index("the toll") + 8]
    return {
        "doc_id": doc_id,
        "text": text,
        "entities": [*entities, {"id": "e4", "type": "LAW", "name": "the toll"}],
        "mentions": [
            *(
                {"id": f"m{n}", "entity": f"e{n}", "spans": [span], "text": name, "level": "NAM"}
                for n, (name, span) in enumerate(zip(names, spans, strict=True), start=1)
            ),
            {"id": "m4", "entity": "e4", "spans": [toll], "text": "the toll", "level": "NOM"},
        ],
        "propositions": [],
        "attributions": [],
        "stances": [
            {
                "id": "s1",
                "holder": "e2",
                "holder_spans": [spans[1]],
                "target": {"kind": "entity", "id": "e4"},
                "target_spans": [toll],
                "dimension": "position",
                "grade": -2,
                "act": "state",
                "expression_spans": [[text.index("opposes"), text.index("opposes") + 7]],
                "sources": ["AUTHOR"],
            }
        ],
        "numeric_facts": [],
    }


def write(path: Path, lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")  # type: ignore[attr-defined]
    return path


def rounded(values: Values) -> Values:
    """To the ten digits that score files carry."""
    return tuple(None if value is None else float(f"{value:.10g}") for value in values)


@pytest.mark.parametrize("route", ["command line", "pytest", *HARNESSES])
def test_one_number_and_one_signature(baselines: Setting, route: str) -> None:
    expected, found = through_python(baselines), ROUTES[route](baselines)
    assert sorted(found) == sorted(LAYERS)
    for layer in LAYERS:
        assert all(value is not None and value > 0 for value in expected[layer].values)
        assert found[layer].signature == expected[layer].signature
        exact = expected[layer].values
        assert found[layer].values == (rounded(exact) if route == "command line" else exact)


@pytest.mark.parametrize("route", ["command line", *HARNESSES])
def test_answers_that_break_the_rules_count_as_wrong_everywhere(answers: Setting, route: str) -> None:
    """Gold: 3 names and 1 stance in each of 5 documents, no number.

    d1 has all right; d2 has 1 name right of 2 said and the stance right; d3 to d5 are unanswered. So names: P 4/5,
    R 4/15, F1 8/20; stances: P 2/2, R 2/5, F1 4/7; numbers: 0/0.
    """
    found = ROUTES[route](answers)
    assert found["entities"].values == pytest.approx((4 / 5, 4 / 15, 8 / 20))
    assert found["stances"].values == pytest.approx((2 / 2, 2 / 5, 4 / 7))
    assert found["numeric_facts"].values == (None, None, None)
    expected = through_python(answers)
    assert {layer: found[layer].signature for layer in LAYERS} == {layer: expected[layer].signature for layer in LAYERS}
    assert all("|invalid:drop|" in result.signature for result in found.values())


def test_a_try_at_the_network_is_seen(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import socket\ntry: socket.create_connection(('192.0.2.1', 9))\nexcept OSError: 0",
    ]
    with pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        run_offline(command, tmp_path)
