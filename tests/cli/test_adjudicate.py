"""Two passes become gold: disagreements listed, written down, decided, and the gold held against them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goldassay.checks.adjudication import check_adjudication
from goldassay.cli.adjudicate import adjudicate
from invented_passes import FIRST, TOGETHER, at, expect, plant, write_corpus, write_gold

SECOND = plant("a stance has another grade and act", "a mention is missing").replace('name: "first"', 'name: "second"')
STANCE, MENTION = "demo-1/stances/s3", f"demo-1/mentions/e4@{at('a lawyer')}"
DECISIONS = Path("annotations") / "adjudication" / "demo-1.jsonl"


def run(root: Path, *args: str) -> Result:
    return CliRunner().invoke(adjudicate, ["first", "second", "--root", str(root), *args])


def corpus(tmp_path: Path, second: str = SECOND, gold: str | None = None) -> Path:
    return write_corpus(tmp_path / "corpus-root", {"first": FIRST, "second": second}, gold)


def lines(root: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (root / DECISIONS).read_text(encoding="utf-8").splitlines()]


def decide(root: Path, *records: dict[str, Any]) -> None:
    (root / DECISIONS).write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")


def decision(id_: str, what: object, **extra: object) -> dict[str, Any]:
    return {"id": id_, "decision": what, "reason": "the rule says so", "rule": "S1", **extra}


def found(root: Path) -> list[tuple[str, str | None]]:
    return [(item.code, item.where.field) for item in check_adjudication(root)]


def test_every_planted_difference_is_listed_and_nothing_else(tmp_path: Path) -> None:
    data = json.loads(run(corpus(tmp_path, plant(*TOGETHER)), "--format", "json").stdout)
    assert {one["id"]: tuple(one["fields"]) for one in data} == expect(*TOGETHER)
    assert not any(one["decided"] for one in data)


def test_the_text_shows_both_readings_in_their_sentence(tmp_path: Path) -> None:
    result = run(corpus(tmp_path, gold=FIRST))
    assert result.exit_code == 0
    assert result.stdout == (
        f"{MENTION}  [a m6, gold m6]\n"
        "  …nks to the border. Borduria denied it. Anna Holt, [a lawyer], praised the denial.…\n"
        f'  a    entity e4 "Anna Holt"; spans a lawyer@{at("a lawyer")}; level NOM\n'
        "  b    no record\n"
        f'  gold entity e4 "Anna Holt"; spans a lawyer@{at("a lawyer")}; level NOM\n'
        "\n"
        f"{STANCE}  [a s3, b s3, gold s3]\n"
        "  … border. Borduria denied it. Anna Holt, a lawyer, [praised] the denial.…\n"
        "  grade  a    1\n"
        "  grade  b    2\n"
        "  grade  gold 1\n"
        "  act    a    support\n"
        "  act    b    private\n"
        "  act    gold support\n"
        "\n"
        "2 disagreements, 0 decided\n"
    )


def test_write_makes_open_lines_and_keeps_decided_ones(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    assert run(root, "--write").exit_code == 0
    assert lines(root) == [
        {
            "id": MENTION,
            "kind": "disagreement",
            "a": {"entity": "e4", "spans": [f"a lawyer@{at('a lawyer')}"], "level": "NOM"},
            "b": None,
            "decision": None,
            "reason": "",
            "rule": "",
        },
        {
            "id": STANCE,
            "kind": "disagreement",
            "a": {"grade": 1, "act": "support"},
            "b": {"grade": 2, "act": "private"},
            "decision": None,
            "reason": "",
            "rule": "",
        },
    ]
    manifest = json.loads((root / "annotations/adjudication/manifest.json").read_text(encoding="utf-8"))
    assert manifest == {"a": "first", "b": "second", "guidelines": "0.1.0"}
    decided = {**lines(root)[1], "decision": {"grade": "a", "act": {"value": "state"}}, "reason": "why", "rule": "S1"}
    override = decision("demo-1/times/t1", {"grain": {"value": "week"}}, kind="override")
    decide(root, decided, override)
    result = run(root, "--write")
    assert "2 disagreements, 1 decided" in result.stdout
    assert lines(root)[0]["decision"] is None
    assert lines(root)[1] == decided
    assert {key: value for key, value in lines(root)[2].items() if value is not None} == override
    before = (root / DECISIONS).read_bytes()
    assert run(root, "--write").exit_code == 0
    assert (root / DECISIONS).read_bytes() == before


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["first", "third"], 2, "no pass 'third' in annotations/passes; there is first, second"),
        (["first", "../passes/second"], 2, "no pass '../passes/second'"),
        (["first", "first"], 2, "both passes are 'first'"),
        (["first", "second", "--doc", "demo-9"], 2, "document 'demo-9' is not in both passes; there is demo-1"),
    ],
)
def test_wrong_usage(tmp_path: Path, args: list[str], code: int, words: str) -> None:
    result = CliRunner().invoke(adjudicate, [*args, "--root", str(corpus(tmp_path))])
    assert result.exit_code == code
    assert words in result.stderr


def test_a_manifest_of_other_passes_is_not_overwritten(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    run(root, "--write")
    result = CliRunner().invoke(adjudicate, ["second", "first", "--root", str(root), "--write"])
    assert result.exit_code == 2
    assert "names 'first' and 'second'" in result.stderr


def test_a_pass_that_cannot_be_read_is_listed(tmp_path: Path) -> None:
    result = run(corpus(tmp_path, SECOND.replace('"praised"', '"prised"')))
    assert result.exit_code == 3
    assert "E501" in result.stderr
    assert result.stdout == ""


def test_a_pass_without_a_head_is_no_pass(tmp_path: Path) -> None:
    headless = 'doc: "demo-1"\n\n' + FIRST[FIRST.index("entities:") :]
    result = run(corpus(tmp_path, headless))
    assert result.exit_code == 3
    assert "E407" in result.stderr


def test_a_layer_of_one_pass_is_not_compared_and_said(tmp_path: Path) -> None:
    short = SECOND[: SECOND.index("numeric_facts:")].replace('    time: "t1"\n', "")
    result = run(corpus(tmp_path, short))
    assert "3 disagreements" in result.stdout
    assert "numeric_facts/" not in result.stdout
    assert "numeric_facts is in one of the passes only" in result.stderr


def test_no_folder_no_findings(tmp_path: Path) -> None:
    assert check_adjudication(corpus(tmp_path)) == []


def test_an_open_disagreement_is_a_finding(tmp_path: Path) -> None:
    root = corpus(tmp_path, gold=FIRST)
    run(root, "--write")
    assert found(root) == [
        ("E609", MENTION.removeprefix("demo-1/")),
        ("E609", STANCE.removeprefix("demo-1/")),
    ]
    decide(root, decision(MENTION, "a"))
    assert found(root) == [("E609", "stances/s3")]


@pytest.mark.parametrize(
    ("choices", "gold"),
    [
        (("a", "a"), FIRST),
        (("b", "b"), SECOND),
        (("neither", "b"), SECOND),
        (
            ("a", {"grade": "b", "act": "a"}),
            FIRST.replace('grade: 1\n    act: "support"', 'grade: 2\n    act: "support"'),
        ),
        (
            ("b", {"grade": {"value": 0}, "act": "b"}),
            SECOND.replace('grade: 2\n    act: "private"', 'grade: 0\n    act: "private"'),
        ),
        (("a", "neither"), plant("a stance is missing")),
        (
            ({"level": {"value": "NAM"}, "spans": {"value": "lawyer"}}, "a"),
            FIRST.replace('{spans: "a lawyer", level: "NOM"}', '{spans: "lawyer", level: "NAM"}'),
        ),
    ],
)
def test_gold_that_follows_has_no_finding(tmp_path: Path, choices: tuple[object, object], gold: str) -> None:
    root = corpus(tmp_path, gold=gold)
    run(root, "--write")
    decide(root, decision(MENTION, choices[0]), decision(STANCE, choices[1]))
    assert found(root) == []


def test_gold_that_does_not_follow_a_decision(tmp_path: Path) -> None:
    root = corpus(tmp_path, gold=FIRST)
    run(root, "--write")
    decide(root, decision(MENTION, "b"), decision(STANCE, {"grade": "b", "act": "a"}))
    findings = check_adjudication(root)
    assert [(item.code, item.where.field, item.found, item.expected) for item in findings] == [
        ("E610", MENTION.removeprefix("demo-1/"), "a record", "no record"),
        ("E610", "stances/s3.grade", "1", "2"),
    ]
    assert [item.where.line for item in findings] == [1, 2]


def test_gold_that_departs_from_what_both_passes_say(tmp_path: Path) -> None:
    gold = FIRST.replace('approx: "approx"', 'approx: "above"').replace('"XXXX-WXX-2"', '"XXXX-WXX-3"')
    root = corpus(tmp_path, FIRST, gold)
    run(root, "--write")
    assert found(root) == [("E610", "times/t1.value_text_only"), ("E610", "numeric_facts/n1.approx")]
    overrides = [
        decision("demo-1/times/t1", {"value_text_only": {"value": "XXXX-WXX-3"}}, kind="override"),
        decision("demo-1/numeric_facts/n1", {"approx": {"value": "below"}}, kind="override"),
    ]
    decide(root, *overrides)
    assert found(root) == [("E610", "numeric_facts/n1.approx")]


def test_gold_that_no_pass_has_or_that_is_missing(tmp_path: Path) -> None:
    without = plant("a stance is missing")
    root = write_corpus(tmp_path / "more", {"first": without, "second": without}, FIRST)
    run(root, "--write")
    assert found(root) == [("E610", "stances/gold:s3")]
    write_gold(root, plant("a fact is missing", text=without))
    assert found(root) == [("E610", "numeric_facts/n1")]
    decide(root, decision("demo-1/numeric_facts/n1", "neither", kind="override"))
    assert found(root) == []


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (decision(STANCE, "a", reason=" "), [("E407", "stances/s3.reason")]),
        (decision(STANCE, "a", rule="S99"), [("E302", "stances/s3.rule")]),
        (decision(STANCE, "a", rule=""), [("E302", "stances/s3.rule")]),
        (decision(STANCE, {"grade": "a"}), [("E609", "stances/s3")]),
        (decision("demo-1/stances/s9", "a"), [("E302", "stances/s9"), ("E609", "stances/s3")]),
        (decision("demo-1/stances/s1", "a"), [("E302", "stances/s1"), ("E609", "stances/s3")]),
        ({"id": "demo-1/stances/s1", "kind": "override"}, [("E609", "stances/s1"), ("E609", "stances/s3")]),
        (decision(STANCE, "c"), [("E106", "decision"), ("E609", "stances/s3")]),
        (decision(STANCE, "a", mood=1), [("E103", "mood"), ("E609", "stances/s3")]),
    ],
)
def test_a_decision_must_be_whole(tmp_path: Path, record: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    root = corpus(tmp_path, gold=FIRST)
    run(root, "--write")
    decide(root, decision(MENTION, "a"), record)
    assert found(root) == expected


def test_a_second_decision_on_the_same_record(tmp_path: Path) -> None:
    root = corpus(tmp_path, gold=FIRST)
    run(root, "--write")
    decide(root, decision(MENTION, "a"), decision(STANCE, "a"), decision(STANCE, "b"))
    assert found(root) == [("E301", "stances/s3")]


def test_what_the_folder_lacks(tmp_path: Path) -> None:
    root = corpus(tmp_path, gold=FIRST)
    (root / "annotations/adjudication").mkdir()
    manifest = root / "annotations/adjudication/manifest.json"
    assert found(root) == [("E609", None)]
    manifest.write_text('{"a": "first"', encoding="utf-8")
    assert found(root)[0][0] == "E102"
    manifest.write_text('{"a": "first", "b": "nobody", "guidelines": "0.1.0"}', encoding="utf-8")
    assert found(root) == [("E304", None)]
    manifest.write_text('{"a": "first", "b": "second", "guidelines": "0.1.0", "by": "somebody"}', encoding="utf-8")
    (root / "annotations/adjudication/demo-7.jsonl").write_text("", encoding="utf-8")
    assert {code for code, _ in found(root)} == {"E304", "E609"}


def test_a_document_needs_both_passes(tmp_path: Path) -> None:
    root = corpus(tmp_path, gold=FIRST)
    run(root, "--write")
    (root / "annotations/passes/second/demo-1.yaml").unlink()
    assert [(item.code, item.severity, item.found) for item in check_adjudication(root)] == [
        ("E305", "error", "no file of second")
    ]
    (root / "annotations/passes/first/demo-1.yaml").unlink()
    assert [(item.code, item.severity) for item in check_adjudication(root)] == [("E305", "warning")]
