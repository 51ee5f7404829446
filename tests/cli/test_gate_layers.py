"""`goldassay gate` layer by layer: a key that is missing is no answer, `[]` is one; names of JUnit cases stay."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema

import goldassay
from goldassay.cli.main import main
from planted_gold import Lines, write_lines
from planted_layers import layered_gold, layered_lines, with_empty, without_key

ROOT = Path(__file__).parents[2]
SCHEMA = xmlschema.XMLSchema(str(ROOT / "docs" / "gate-junit.xsd"))
GOLD = layered_gold(40)
WHOLE = layered_lines(GOLD, seed=2)
ODD = range(1, 40, 2)
ODD_IDS = [line["doc_id"] for line in GOLD][1::2]
SIGN = "stances.f1(match=sign,view=opinion,avg=micro)"

Gate = Callable[..., tuple[int, dict[str, object]]]


def call(*args: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(arg) for arg in args])
    return int(stop.value.code or 0)


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """Gates a run by a baseline, null for none yet; gives the exit code and the JSON."""
    gold = write_lines(tmp_path / "gold.jsonl", GOLD)

    def judged(baseline: Lines | None, run: Lines, *options: object) -> tuple[int, dict[str, object]]:
        before, out = tmp_path / "before" / "predictions.jsonl", tmp_path / "gate.json"
        if baseline is not None:
            write_lines(before, baseline)
        now = write_lines(tmp_path / "now" / "predictions.jsonl", run)
        code = call("gate", now, "--baseline", before.parent, "--gold", gold, "--json", out, *options)
        return code, json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}

    return judged


def verdicts(result: dict[str, object]) -> dict[str, tuple[str, int]]:
    return {one["measure"].split(".")[0]: (one["verdict"], one["documents"]) for one in result["measures"]}  # type: ignore[attr-defined]


def test_a_key_that_is_missing_is_no_answer_and_an_empty_list_is_one(
    gate: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the key half the stances are unanswered; with [] they are said not to be there: a drop."""
    code, result = gate(WHOLE, without_key(WHOLE, "stances", ODD))
    assert (code, result["verdict"], result["unanswered_in"]) == (4, "unanswered", {"stances": ODD_IDS})
    assert (result["unanswered"], result["uncovered_layers"], result["documents_compared"]) == ([], [], 40)
    assert verdicts(result) == {"entities": ("pass", 40), "stances": ("pass", 20)}
    told = capsys.readouterr().out
    assert "stances: 20 documents without an answer (no key, not even []): doc-001, doc-003" in told
    code, result = gate(WHOLE, with_empty(WHOLE, "stances", ODD))
    assert (code, result["unanswered_in"]) == (1, {})
    assert verdicts(result) == {"entities": ("pass", 40), "stances": ("fail", 40)}


def test_a_line_with_nothing_but_its_document_is_no_answer_in_any_layer(gate: Gate) -> None:
    bare = [{"doc_id": line["doc_id"]} if place in ODD else line for place, line in enumerate(WHOLE)]
    code, result = gate(WHOLE, bare)
    assert (code, result["unanswered"], result["unanswered_in"]) == (4, ODD_IDS, {})
    assert (result["documents_compared"], verdicts(result)) == (20, {"entities": ("pass", 20), "stances": ("pass", 20)})


def test_a_drop_where_both_answer_is_still_found(gate: Gate) -> None:
    """All stances of the documents that are answered are gone: the measure fails, whatever else is missing."""
    code, result = gate(WHOLE, without_key(with_empty(WHOLE, "stances", range(40)), "stances", ODD))
    assert (code, verdicts(result)["stances"]) == (4, ("fail", 20))


def test_a_layer_that_only_some_runs_leave_out_is_unanswered(gate: Gate) -> None:
    """Of two runs one has no stances in a document."""
    runs = [line | {"run": "a"} for line in WHOLE] + [
        line | {"run": "b"} for line in without_key(WHOLE, "stances", [7])
    ]
    code, result = gate(WHOLE, runs)
    assert (code, result["unanswered_in"]) == (4, {"stances": ["doc-007"]})


def test_documents_that_the_baseline_leaves_out_in_a_layer_are_named_and_no_fault_of_the_run(
    gate: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    code, result = gate(without_key(WHOLE, "stances", ODD), WHOLE)
    assert (code, result["unanswered_in"], result["not_in_baseline_in"]) == (0, {}, {"stances": ODD_IDS})
    assert "stances: 20 documents without an answer in the baseline left out" in capsys.readouterr().out
    # Nor is it one to leave out the same.
    assert gate(without_key(WHOLE, "stances", ODD), without_key(WHOLE, "stances", ODD))[0] == 0


def test_sides_that_share_no_document_of_a_layer_are_not_compared_in_it(gate: Gate, tmp_path: Path) -> None:
    even = range(0, 40, 2)
    junit = tmp_path / "gate.xml"
    code, result = gate(
        without_key(WHOLE, "stances", ODD), without_key(WHOLE, "stances", even), "--items", "--junit", junit
    )
    assert (code, set(verdicts(result))) == (4, {"entities"})
    SCHEMA.validate(junit)
    assert cases(junit)["goldassay.gate.stances", SIGN] == "error"


def test_a_limit_needs_every_document_answered_and_is_of_those_that_are(gate: Gate) -> None:
    """All stances are found; the baseline lacks half of them too, so that the layer itself misses no answer."""
    full = without_key(layered_lines(GOLD, seed=2, usual=1.0), "stances", ODD)
    assert gate(full, full)[0] == 0
    code, result = gate(full, full, "--fail-under", "stances=0.99")
    assert (code, result["unanswered_in"], result["under"]) == (4, {"stances": ODD_IDS}, [])


def test_items_of_unanswered_layers_are_not_lost(gate: Gate) -> None:
    assert gate(WHOLE, without_key(WHOLE, "stances", ODD), "--items")[1]["lost_items"] == []
    lost = gate(WHOLE, without_key(with_empty(WHOLE, "stances", [2]), "stances", [4]), "--items")[1]["lost_items"]
    assert [(item["layer"], item["doc_id"]) for item in lost] == [("stances", "doc-002")]  # type: ignore[attr-defined]


def test_a_first_run_with_a_layer_half_answered_becomes_no_baseline(gate: Gate, tmp_path: Path) -> None:
    code, result = gate(None, without_key(WHOLE, "stances", ODD))
    assert (code, result["unanswered_in"], result["baseline_written"]) == (4, {"stances": ODD_IDS}, False)
    assert not (tmp_path / "before").exists()
    assert gate(None, WHOLE)[0] == 0
    assert (tmp_path / "before" / "predictions.jsonl").exists()


def test_a_first_run_that_cannot_be_gated_later_is_told_so_at_once(gate: Gate, tmp_path: Path) -> None:
    assert gate(None, WHOLE, "--layer", "times")[0] == 2
    assert not (tmp_path / "before").exists()


def test_predictions_go_by_the_hash_of_their_score_file(gate: Gate, tmp_path: Path) -> None:
    other = layered_lines(GOLD, seed=3)
    result = gate(WHOLE, other)[1]
    scored = [goldassay.score(lines, tmp_path / "gold.jsonl", resampling=None) for lines in (other, WHOLE)]
    now, before = (file.provenance.predictions_sha256 for file in scored)
    assert result["predictions"] == {"run": [now], "baseline": [before]}
    assert now != before
    assert gate(WHOLE[::-1], other[::-1])[1]["predictions"] == result["predictions"]


def cases(junit: Path) -> dict[tuple[str, str], str]:
    """Each case with what became of it."""
    found = ElementTree.parse(junit).iter("testcase")
    return {(case.get("classname", ""), case.get("name", "")): case[0].tag if len(case) else "passed" for case in found}


def test_names_of_cases_stay_from_run_to_run(gate: Gate, tmp_path: Path) -> None:
    junit = tmp_path / "gate.xml"
    options = ("--items", "--fail-under", "entities=0.1", "--junit", junit)
    gone = without_key(WHOLE, "stances", range(40))
    sides: dict[str, tuple[Lines | None, Lines]] = {
        "first": (None, WHOLE),
        "pass": (WHOLE, WHOLE),
        "fail": (WHOLE, with_empty(WHOLE, "stances", ODD)),
        "half": (WHOLE, without_key(WHOLE, "stances", ODD)),
        "gone": (WHOLE, gone),
        "documents": (WHOLE, WHOLE[:30]),
        "inconclusive": (WHOLE, WHOLE[:3]),
    }
    told = {}
    for name, (baseline, run) in sides.items():
        gate(baseline, run, *options)
        SCHEMA.validate(junit)
        told[name] = cases(junit)
    assert len({frozenset(one) for one in told.values()}) == 1
    measure, answered = ("goldassay.gate.stances", SIGN), ("goldassay.gate.stances", "answered")
    assert {name: one[measure] for name, one in told.items()} == {
        "first": "skipped",
        "pass": "passed",
        "fail": "failure",
        "half": "passed",
        "gone": "error",
        "documents": "passed",
        "inconclusive": "skipped",
    }
    assert [name for name, one in told.items() if one[answered] == "error"] == ["half", "gone"]
    assert told["first"]["goldassay.gate.items", "kept"] == "skipped"
    assert told["documents"]["goldassay.gate.documents", "answered"] == "error"
