"""`goldassay score --profile semeval2022-10`: vector cases as stances in our formats give the official numbers."""

import json
from pathlib import Path
from typing import Any

import pytest

import goldassay
from goldassay.cli.main import main
from goldassay.errors import UsageError
from goldassay.model.scorefile import ScoreFile

VECTORS = Path(__file__).parents[1] / "parity" / "stance" / "semeval2022_task10.jsonl"
GRADES = {"Negative": -1, "Neutral": 0, "Positive": 2}
SIDES = {"Negative": "against", "Neutral": "neutral", "Positive": "favor"}
PARTS = ("holder", "target", "expression")
VARIANTS = ("sf1", "nsf1", "sf1_unweighted", "nsf1_unweighted")
TOLERANCE = 1e-9


def cases() -> list[dict[str, Any]]:
    """Cases that our formats can hold: sound spans in a text, some of each opinion, and an expression predicted."""
    read = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
    return [case for case in read if all(fits(document) for document in case["docs"]) and says_something(case)]


def fits(document: dict[str, Any]) -> bool:
    return bool(document["text"]) and all(
        item["polarity"] in GRADES
        and any(item[part] for part in PARTS)
        and all(can_stand(document["text"], item[part]) for part in PARTS)
        for item in document["gold"] + document["pred"]
    )


def can_stand(text: str, spans: list[list[int]]) -> bool:
    """Inside the text, and not in need of merging unless that cannot change the tokens: all edges beside spaces."""
    padded = f" {text} "
    aligned = all(padded[start] == padded[min(end, len(text)) + 1] == " " for start, end in spans)
    return all(start < end <= len(text) for start, end in spans) and (aligned or merge(spans) == sorted(spans))


def merge(spans: list[list[int]]) -> list[list[int]]:
    """The same characters in spans that do not overlap: our formats hold no other."""
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def says_something(case: dict[str, Any]) -> bool:
    said = [item for document in case["docs"] for item in document["pred"]]
    return not said or any(item["expression"] for item in said)


def spans_of(item: dict[str, Any]) -> dict[str, Any]:
    return {f"{part}_spans": merge(item[part]) for part in PARTS}


def gold_line(document: dict[str, Any]) -> dict[str, Any]:
    stances = [
        {
            "id": f"s{number}",
            "holder": "e1" if item["holder"] else "AUTHOR",
            "target": {"kind": "entity", "id": f"t{number}"},
            "dimension": "evaluation",
            "grade": GRADES[item["polarity"]],
            "act": "state",
            "sources": ["AUTHOR"] if item["holder"] else [],
            **spans_of(item),
        }
        for number, item in enumerate(document["gold"])
    ]
    ids = ["e1", *(f"t{number}" for number in range(len(stances)))]  # no stance is to repeat another
    entities = [{"id": id_, "type": "PERSON", "name": id_} for id_ in ids]
    rest = {"entities": entities, "mentions": [], "propositions": [], "attributions": [], "stances": stances}
    return {"doc_id": document["doc_id"], "text": document["text"], **rest}


def predicted_line(document: dict[str, Any]) -> dict[str, Any]:
    stances = [
        {
            "holder": "someone" if item["holder"] else "AUTHOR",
            "target": "something",
            "polarity": SIDES[item["polarity"]],
            **spans_of(item),
        }
        for item in document["pred"]
    ]
    return {"doc_id": document["doc_id"], "stances": stances}


def score(folder: Path, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> ScoreFile:
    for name, lines in (("gold", gold), ("predicted", predicted)):
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return goldassay.score(folder / "predicted.jsonl", folder / "gold.jsonl", profile="semeval2022-10")


def test_the_official_numbers_come_out_of_our_formats(tmp_path: Path) -> None:
    compared = 0
    for case in cases():
        file = score(tmp_path, *([line(item) for item in case["docs"]] for line in (gold_line, predicted_line)))
        found = {item.measure: item.value for item in file.scores}
        for scorer, theirs in case["expected"].items():
            for metric in theirs.keys() & {*VARIANTS, *(f"span_{part}" for part in PARTS)}:
                for statistic, value in theirs[metric].items():
                    ours = found[f"{metric}.{statistic}"]
                    assert ours is not None
                    assert abs(ours - value) <= TOLERANCE, (case["case"], scorer, metric, statistic)
                    compared += 1
        assert {(item.layer, item.profile) for item in file.scores} == {("stances", "semeval2022-10")}
        assert {item.support for item in file.scores} == {sum(len(item["gold"]) for item in case["docs"])}
    assert compared == 1719


TEXT = "Ann loathes the toll ."
NEGATIVE = {"holder": [[0, 3]], "target": [[12, 20]], "expression": [[4, 11]], "polarity": "Negative"}
EMPTY = "written as if there were none"
DOCUMENT = {"doc_id": "d1", "text": TEXT, "gold": [NEGATIVE], "pred": [NEGATIVE]}


def told(file: ScoreFile) -> list[tuple[str, str]]:
    return [(item.code, item.found) for item in file.findings if item.code.startswith("E7")]


def test_stances_without_spans_are_counted(tmp_path: Path) -> None:
    line = predicted_line(DOCUMENT)
    line["stances"] += [
        {"holder": "nobody", "target": "nothing", "polarity": "favor"},
        {"holder": "nobody", "target": "nothing", "veracity": "denied"},
        {"holder": "nobody", "target": "nothing", "polarity": "favor", "expression_spans": [[12, 15]]},
    ]
    file = score(tmp_path, [gold_line(DOCUMENT)], [line])
    assert told(file) == [
        ("E701", "1 of 4 predicted stances on belief: left out"),
        ("E701", "1 of 4 predicted stances without a place in the text: left out"),
        ("E701", f"1 of 4 predicted stances with a holder or target named but not placed, {EMPTY}: kept"),
    ]
    assert {item.measure: item.value for item in file.scores}["sf1.p"] == 0.5  # of the two that were written


def test_no_expression_at_all_is_a_wrong_call_and_no_line_a_refusal(tmp_path: Path) -> None:
    line = predicted_line(DOCUMENT | {"pred": [NEGATIVE | {"expression": []}]})
    with pytest.raises(UsageError, match="the predictions carry no expressions of stances"):
        score(tmp_path, [gold_line(DOCUMENT)], [line])
    other = DOCUMENT | {"doc_id": "d2"}
    file = score(tmp_path, [gold_line(DOCUMENT), gold_line(other)], [predicted_line(DOCUMENT)])
    assert [(item.measure, item.value) for item in file.scores] == [("*", None)]
    assert told(file) == [("E702", "the prediction lacks sentence 'd2-0'; the original raises AssertionError")]


def test_the_table_has_its_rates_in_their_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score(tmp_path, [gold_line(DOCUMENT)], [predicted_line(DOCUMENT)])
    command = ["score", tmp_path / "predicted.jsonl", "--gold", tmp_path / "gold.jsonl", "--profile", "semeval2022-10"]
    with pytest.raises(SystemExit) as stop:
        main([str(word) for word in command])
    assert not stop.value.code
    [row] = [line for line in capsys.readouterr().out.splitlines() if line.startswith(" sf1 ")]
    assert row.split() == ["sf1", "1.000", "1.000", "1.000"]
