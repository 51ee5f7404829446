"""`goldassay gate`: a planted regression, too few documents, missing answers, baselines, and every file it writes."""

import io
import json
import math
import re
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema

from goldassay.cli.main import main
from goldassay.errors import UsageError
from goldassay.gating import gate_files
from goldassay.gold import load_gold
from goldassay.measures.signature import short_signature
from goldassay.verdicts import Limits
from planted_gold import Lines, gold_lines, system_lines, write_lines

ROOT = Path(__file__).parents[2]
SCHEMA = xmlschema.XMLSchema(str(ROOT / "docs" / "gate-junit.xsd"))
STRICT = "entities.f1(match=strict,view=names,avg=micro)"

Gate = Callable[..., tuple[int, dict[str, object]]]


def call(*args: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(arg) for arg in args])
    return int(stop.value.code or 0)


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """Gates one system by another on a gold of some documents; gives the exit code and the JSON."""

    def judged(gold: Lines, baseline: Lines, run: Lines, *options: object) -> tuple[int, dict[str, object]]:
        gold_file = write_lines(tmp_path / "gold.jsonl", gold)
        before = write_lines(tmp_path / "before" / "predictions.jsonl", baseline)
        now = write_lines(tmp_path / "now" / "predictions.jsonl", run)
        out = tmp_path / "gate.json"
        code = call("gate", now, "--baseline", before, "--gold", gold_file, "--json", out, *options)
        return code, json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}

    return judged


def test_a_planted_regression_of_one_type_fails_and_is_named(
    gate: Gate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = gold_lines(200)
    before, now = system_lines(gold, {}, seed=2), system_lines(gold, {"ORG": 0.5}, seed=3)
    junit, summary = tmp_path / "gate.xml", tmp_path / "summary.md"
    code, result = gate(gold, before, now, "--junit", junit, "--summary", summary, "--github", "-")
    shown = capsys.readouterr().out
    assert code == 1
    (measure,) = result["measures"]  # type: ignore[misc]
    assert measure["groups"][0]["group"] == "ORG"
    assert measure["groups"][0]["gold"] == 400
    assert measure["p"] <= 0.01
    assert re.search(r"is worse by 0\.\d+, beyond the 0.005 allowed .* Lost in: ORG 0\.\d", shown)
    named = re.escape(f"::error title=goldassay gate [{short_signature(str(result['signature']))}]::")
    assert re.search(rf"^{named}.*Lost in: ORG", shown, re.MULTILINE)
    assert "| ORG | 400 |" in summary.read_text(encoding="utf-8")
    SCHEMA.validate(junit)
    suite = ElementTree.parse(junit)
    signed = suite.find("testsuite/properties/property[@name='signature']")
    assert signed is not None
    assert signed.get("value") == result["signature"]
    failure = suite.find(".//testcase[failure]")
    assert failure is not None
    assert (failure.get("classname"), failure.get("name")) == ("goldassay.gate.entities", STRICT)
    assert "ORG" in failure[0].get("message", "")


def test_a_system_like_the_baseline_passes_and_hears_what_could_have_been_seen(
    gate: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = gold_lines(200)
    code, result = gate(gold, system_lines(gold, {}, seed=2), system_lines(gold, {}, seed=4))
    (measure,) = result["measures"]  # type: ignore[misc]
    assert (code, result["verdict"]) == (0, "pass")
    # Two systems that are right in 9 of 10 of 1,000 mentions each by itself: F1 = 2r / (1 + r) has the slope
    # 2 / (1 + r)^2 = 0.55, so the difference has the error 0.55 * sqrt(2 * 0.9 * 0.1 / 1000) = 0.0074, and the drop
    # found in four of five cases is 0.005 + (2.33 + 0.84) * 0.0074 = 0.028.
    assert measure["detectable"] == pytest.approx(0.028, abs=0.004)
    assert not measure["detectable_is_bound"]
    words = f"the smallest drop found in four of five cases is {measure['detectable']:.3f}"
    assert words in capsys.readouterr().out


def test_a_gain_never_fails(gate: Gate) -> None:
    gold = gold_lines(60)
    code, result = gate(gold, system_lines(gold, {}, seed=2, usual=0.6), system_lines(gold, {}, seed=2))
    assert (code, result["verdict"]) == (0, "pass")
    assert result["measures"][0]["drop"] < -0.1  # type: ignore[index]
    assert result["measures"][0]["p"] == 1.0  # type: ignore[index]


def test_an_established_drop_within_the_allowance_passes(gate: Gate) -> None:
    gold = gold_lines(200)
    before, now = system_lines(gold, {}, seed=2), system_lines(gold, {"ORG": 0.6}, seed=2)
    assert gate(gold, before, now)[0] == 1
    code, result = gate(gold, before, now, "--max-drop", 0.2)
    assert (code, result["verdict"]) == (0, "pass")
    assert 0.05 < result["measures"][0]["drop"] < 0.2  # type: ignore[index]


def test_equal_predictions_pass_with_a_bound_on_what_could_have_been_seen(gate: Gate) -> None:
    gold = gold_lines(50)
    lines = system_lines(gold, {}, seed=2)
    code, result = gate(gold, lines, lines)
    (measure,) = result["measures"]  # type: ignore[misc]
    assert (code, measure["drop"], measure["detectable_is_bound"]) == (0, 0, True)
    assert measure["detectable"] > 0.03  # as if the sides had nothing in common, in a quarter of the documents above


def test_few_documents_are_inconclusive_whatever_the_drop(gate: Gate, tmp_path: Path) -> None:
    gold = gold_lines(19)
    before, now = system_lines(gold, {}, seed=2), system_lines(gold, {"ORG": 0.0}, seed=2)
    junit, badge = tmp_path / "gate.xml", tmp_path / "badge.json"
    code, result = gate(gold, before, now, "--junit", junit, "--badge", badge)
    assert (code, result["verdict"]) == (0, "inconclusive")
    assert result["measures"][0]["detectable"] is None  # type: ignore[index]
    SCHEMA.validate(junit)
    assert ElementTree.parse(junit).find(".//testcase/skipped") is not None
    assert json.loads(badge.read_text(encoding="utf-8"))["message"] == "inconclusive"


def test_twenty_documents_are_enough_to_judge(gate: Gate) -> None:
    gold = gold_lines(20)
    before, now = system_lines(gold, {}, seed=2), system_lines(gold, {"ORG": 0.0}, seed=2)
    assert gate(gold, before, now)[1]["verdict"] == "fail"


def test_documents_without_the_layer_do_not_make_it_judgeable(gate: Gate) -> None:
    """200 documents of which 19 are annotated: the measure has 19 documents."""
    gold = gold_lines(200)
    before, now = system_lines(gold, {}, seed=2), system_lines(gold, {"ORG": 0.0}, seed=2)
    bare = [line if index < 19 else {"doc_id": line["doc_id"], "text": line["text"]} for index, line in enumerate(gold)]
    code, result = gate(bare, before, now)
    assert (code, result["verdict"]) == (0, "inconclusive")
    assert result["measures"][0]["documents"] == 19  # type: ignore[index]


def test_items_judge_where_documents_cannot(gate: Gate, tmp_path: Path) -> None:
    gold = gold_lines(3)
    before = system_lines(gold, {}, seed=2, usual=1.0)
    now = [dict(line) for line in before]
    now[1]["mentions"] = now[1]["mentions"][1:]  # type: ignore[index]
    junit = tmp_path / "gate.xml"
    code, result = gate(gold, before, now, "--items", "--junit", junit)
    assert (code, result["verdict"]) == (1, "fail")
    assert [(item["doc_id"], item["item"]) for item in result["lost_items"]] == [("doc-001", "m1")]  # type: ignore[attr-defined]
    SCHEMA.validate(junit)
    assert gate(gold, before, before, "--items")[1]["verdict"] == "pass"
    assert gate(gold, now, before, "--items")[1]["lost_items"] == []


def test_an_item_is_lost_only_in_most_repeats(gate: Gate) -> None:
    gold = gold_lines(3)
    full = system_lines(gold, {}, seed=2, usual=1.0)
    less = [{**line, "mentions": line["mentions"][1:]} for line in full]  # type: ignore[index]
    repeats = {
        name: [{**line, "run": f"{name}{index}"} for index, lines in enumerate(runs) for line in lines]
        for name, runs in {"once": (full, less, full), "twice": (less, full, less)}.items()
    }
    assert gate(gold, full, repeats["once"], "--items")[0] == 0
    code, result = gate(gold, full, repeats["twice"], "--items")
    assert (code, len(result["lost_items"])) == (1, 3)  # type: ignore[arg-type]


def test_missing_answers_exit_4_and_are_no_drop(gate: Gate, tmp_path: Path) -> None:
    gold = gold_lines(100)
    lines = system_lines(gold, {}, seed=2)
    junit = tmp_path / "gate.xml"
    code, result = gate(gold, lines, lines[:60], "--fail-under", "entities=0.9", "--junit", junit)
    assert (code, result["verdict"], len(result["unanswered"])) == (4, "unanswered", 40)  # type: ignore[arg-type]
    assert (result["documents_compared"], result["measures"][0]["drop"], result["under"]) == (60, 0, [])  # type: ignore[index]
    SCHEMA.validate(junit)
    assert ElementTree.parse(junit).find(".//testcase[@name='answered']/error") is not None


def test_a_layer_that_is_gone_is_missing_and_no_pass(gate: Gate) -> None:
    gold = gold_lines(30)
    silent = [{"doc_id": line["doc_id"], "stances": []} for line in gold]
    code, result = gate(gold, system_lines(gold, {}, seed=2), silent)
    assert (code, result["uncovered_layers"]) == (4, ["entities"])


def test_documents_that_the_baseline_does_not_know_hide_no_regression(gate: Gate) -> None:
    """The gold grew from 100 to 200 documents: counted as empty, they would halve the baseline and pass anything."""
    gold = gold_lines(200)
    before, now = system_lines(gold, {}, seed=2)[:100], system_lines(gold, {"ORG": 0.5}, seed=2)
    code, result = gate(gold, before, now)
    assert (code, len(result["not_in_baseline"]), result["documents_compared"]) == (1, 100, 100)  # type: ignore[arg-type]


def test_the_first_run_becomes_the_baseline_and_the_next_is_judged_by_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = gold_lines(60)
    gold_file = write_lines(tmp_path / "gold.jsonl", gold)
    first = write_lines(tmp_path / "first.jsonl", system_lines(gold, {}, seed=2))
    worse = write_lines(tmp_path / "worse.jsonl", system_lines(gold, {"ORG": 0.0}, seed=2))
    base, junit, badge = tmp_path / "base", tmp_path / "gate.xml", tmp_path / "badge.json"
    args = ("--baseline", base, "--gold", gold_file)
    assert call("gate", first, *args, "--junit", junit, "--badge", badge) == 0
    assert "Nothing was compared" in capsys.readouterr().out
    assert (base / "predictions.jsonl").read_bytes() == first.read_bytes()
    assert json.loads(badge.read_text(encoding="utf-8"))["message"] == "new baseline"
    SCHEMA.validate(junit)
    assert call("gate", worse, *args) == 1
    assert (base / "predictions.jsonl").read_bytes() == first.read_bytes()


def test_where_a_baseline_is_required_none_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = gold_lines(20)
    run = write_lines(tmp_path / "run.jsonl", system_lines(gold, {}, seed=2))
    gold_file, base = write_lines(tmp_path / "gold.jsonl", gold), tmp_path / "base"
    strict = ("gate", run, "--baseline", base, "--gold", gold_file, "--require-baseline")
    assert call(*strict) == 2
    assert f"there is no baseline at {base}" in capsys.readouterr().err
    assert not base.exists()
    assert call(*strict[:-1]) == 0
    assert call(*strict) == 0


def test_a_run_with_missing_answers_becomes_no_baseline(tmp_path: Path) -> None:
    gold = gold_lines(5)
    run = write_lines(tmp_path / "run.jsonl", system_lines(gold, {}, seed=2)[:4])
    gold_file = write_lines(tmp_path / "gold.jsonl", gold)
    assert call("gate", run, "--baseline", tmp_path / "base", "--gold", gold_file) == 4
    assert not (tmp_path / "base").exists()


def test_a_score_folder_is_a_baseline_even_after_the_gold_changed(tmp_path: Path) -> None:
    """The numbers in score.json are never read: both sides are scored on the gold of the day."""
    gold = gold_lines(60)
    run = write_lines(tmp_path / "run.jsonl", system_lines(gold, {}, seed=2))
    old = write_lines(tmp_path / "old.jsonl", gold[:50])
    new = write_lines(tmp_path / "new.jsonl", gold)
    fifty = write_lines(tmp_path / "fifty.jsonl", system_lines(gold, {}, seed=2)[:50])
    assert call("score", fifty, "--gold", old, "--out", tmp_path / "scores") == 0
    assert (tmp_path / "scores" / "predictions.jsonl").read_bytes() == fifty.read_bytes()
    assert call("gate", run, "--baseline", tmp_path / "scores", "--gold", new) == 0


def test_what_was_read_from_a_stream_is_kept_beside_its_scores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = gold_lines(3)
    gold_file = write_lines(tmp_path / "gold.jsonl", gold)
    run = write_lines(tmp_path / "run.jsonl", system_lines(gold, {}, seed=2))

    class Stdin:
        buffer = io.BytesIO(run.read_bytes())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert call("score", "-", "--gold", gold_file, "--out", tmp_path / "out") == 0
    assert (tmp_path / "out" / "predictions.jsonl").read_bytes() == run.read_bytes()
    # A folder scored into itself keeps its predictions.
    assert call("score", tmp_path / "out", "--gold", gold_file, "--out", tmp_path / "out") == 0
    assert (tmp_path / "out" / "predictions.jsonl").read_bytes() == run.read_bytes()


def test_a_baseline_outlives_documents_that_leave_the_gold(gate: Gate) -> None:
    gold = gold_lines(60)
    before, now = system_lines(gold, {}, seed=2), system_lines(gold, {"ORG": 0.3}, seed=2)[:50]
    code, result = gate(gold[:50], before, now)
    assert (code, result["documents_compared"]) == (1, 50)
    # In a run such a document is an error, as everywhere.
    assert gate(gold[:50], before, before)[0] == 3


def test_a_baseline_of_other_documents_is_refused(gate: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    gold = gold_lines(60)
    lines = system_lines(gold, {}, seed=2)
    assert gate(gold[:30], lines[30:], lines[:30])[0] == 2
    assert "answers no document of this gold" in capsys.readouterr().err


def test_a_folder_without_predictions_is_no_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = gold_lines(3)
    run = write_lines(tmp_path / "run.jsonl", system_lines(gold, {}, seed=2))
    gold_file = write_lines(tmp_path / "gold.jsonl", gold)
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "notes.txt").write_text("mine", encoding="utf-8")
    assert call("gate", run, "--baseline", tmp_path / "base", "--gold", gold_file) == 2
    assert "no predictions at" in capsys.readouterr().err


def test_a_value_under_its_limit_fails_with_few_documents_too(gate: Gate, tmp_path: Path) -> None:
    gold = gold_lines(4)
    lines = system_lines(gold, {"ORG": 0.0}, seed=2, usual=1.0)  # 12 of 20 found: F1 = 2 * 12 / (20 + 12) = 0.75
    junit = tmp_path / "gate.xml"
    assert gate(gold, lines, lines, "--fail-under", "entities=0.75")[0] == 0
    code, result = gate(gold, lines, lines, "--fail-under", f"{STRICT}=0.76", "--junit", junit)
    assert code == 1
    assert result["under"] == [{"measure": STRICT, "value": 0.75, "limit": 0.76}]
    SCHEMA.validate(junit)
    # A limit on a layer that is not there is not met.
    assert gate(gold, lines, lines, "--fail-under", "stances=0.1")[1]["under"][0]["value"] is None  # type: ignore[index]


def test_groups_gate_only_when_asked(gate: Gate) -> None:
    gold = gold_lines(60)
    before, now = system_lines(gold, {}, seed=2), system_lines(gold, {"PERSON": 0.2, "GPE": 1, "ORG": 1}, seed=2)
    code, result = gate(gold, before, now, "--max-drop", 0.1)
    assert (code, result["measures"][0]["groups"][0]["group"]) == (0, "PERSON")  # type: ignore[index]
    code, result = gate(gold, before, now, "--max-drop", 0.1, "--gate-groups")
    failed = [measure["group"] for measure in result["measures"] if measure["verdict"] == "fail"]  # type: ignore[attr-defined]
    assert (code, failed) == (1, ["PERSON"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--measure", "strct"], "did you mean 'strict'"),
        (["--layer", "stances"], "does not cover stances"),
        (["--measure", "sign"], "has no score of 'sign'"),
        (["--fail-under", "entities"], "MEASURE=VALUE"),
        (["--fail-under", "entities=7"], "from 0 to 1"),
        (["--max-drop", "nan"], "is not in the range"),
        (["--alpha", "nan"], "is not in the range"),
        (["--resamples", "50"], "50 draws cannot establish a drop at alpha 0.01"),
    ],
)
def test_what_cannot_be_gated_is_said(
    gate: Gate, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    gold = gold_lines(30)
    lines = system_lines(gold, {}, seed=2)
    assert gate(gold, lines, lines, *options)[0] == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "limits",
    [
        Limits(max_drop=math.nan),
        Limits(max_drop=-1),
        Limits(alpha=math.nan),
        Limits(alpha=1),
        Limits(fail_under={STRICT: math.nan}),
    ],
)
def test_a_limit_that_nothing_can_fail_is_refused(tmp_path: Path, limits: Limits) -> None:
    gold = gold_lines(2)
    run = write_lines(tmp_path / "run.jsonl", system_lines(gold, {}, seed=2))
    with pytest.raises(UsageError, match="from 0 to 1"):
        gate_files(run, run, load_gold(write_lines(tmp_path / "gold.jsonl", gold)), limits=limits)


def test_few_sources_are_called_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """60 documents of one source: drawn by source there is one unit, and it is no document."""
    gold = [line | {"source": "one"} for line in gold_lines(60)]
    gold_file = write_lines(tmp_path / "gold.jsonl", gold)
    run = write_lines(tmp_path / "run.jsonl", system_lines(gold, {}, seed=2))
    assert call("gate", run, "--baseline", run, "--gold", gold_file, "--unit", "source") == 0
    assert "1 source: too few to establish a drop" in capsys.readouterr().out


def test_foreign_text_breaks_out_of_no_file(gate: Gate, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document whose id and name carry line ends, pipes, markup and a terminal escape."""
    line = gold_lines(1)[0]
    name = "Zo|<b>\u202e&]]>"
    bad = "a%0A::error::x|<script>"
    line = {
        "doc_id": bad,
        "text": f"{name} left.",
        "entities": [{"id": "e1", "type": "ORG", "name": name}],
        "mentions": [{"id": "m1", "entity": "e1", "level": "NAM", "spans": [[0, len(name)]], "text": name}],
    }
    found = [{"doc_id": bad, "mentions": [{"start": 0, "end": len(name), "type": "ORG"}]}]
    junit, summary = tmp_path / "gate.xml", tmp_path / "summary.md"
    files = ("--items", "--junit", junit, "--summary", summary, "--github", "-")
    code, result = gate([line], found, [{"doc_id": bad, "mentions": []}], *files)
    shown = capsys.readouterr().out
    assert code == 1
    SCHEMA.validate(junit)
    (command,) = (part for part in shown.splitlines() if part.startswith("::"))
    named = f"goldassay gate [{short_signature(str(result['signature']))}]"
    assert command == (
        f"::error title={named}::1 gold item is lost that the baseline has right: "
        "entities a%250A::error::x|<script> m1 “Zo|<b>\\u202e&]]>” (ORG)."
    )
    assert "<script>" not in summary.read_text(encoding="utf-8")
    assert "<b>" not in summary.read_text(encoding="utf-8")


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    gold = gold_lines(30)
    gold_file = write_lines(tmp_path / "gold.jsonl", gold)
    lines, other = system_lines(gold, {}, seed=2), system_lines(gold, {}, seed=3)
    base = write_lines(tmp_path / "base.jsonl", other)
    outs = []
    for number, order in enumerate((lines, lines[::-1])):
        run = write_lines(tmp_path / f"{number}" / "run.jsonl", order)
        out = tmp_path / f"{number}.json"
        call("gate", run, "--baseline", base, "--gold", gold_file, "--json", out)
        outs.append(out.read_bytes())
    assert outs[0] == outs[1]
