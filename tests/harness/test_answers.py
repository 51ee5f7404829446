"""From raw answers to one number, and from saved files to answers, without any harness."""

import json
import math
import random
from pathlib import Path

import pytest

from goldassay import api
from goldassay.errors import InvalidDataError, UsageError
from goldassay.extract.chat import prompt_version
from goldassay.gold import Gold, load_gold
from goldassay.harness.answers import (
    check_policy,
    count_line,
    list_signatures,
    load_task_gold,
    read_answer,
    read_headline,
    score_lines,
    score_runs,
)
from goldassay.harness.lm_eval import task
from goldassay.harness.replay import read_replay
from planted_gold import gold_lines, system_lines, write_lines


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    return load_gold(write_lines(tmp_path / "gold.jsonl", gold_lines(30)))


def lines_of(folder: Path) -> dict[str, str | None]:
    path = write_lines(folder / "system.jsonl", system_lines(gold_lines(30), {"ORG": 0.4}, seed=5))
    return {doc_id: read_answer(doc_id, text)[0] for doc_id, text in read_replay(path).items()}


def test_counts_of_documents_add_up_to_the_number(gold: Gold, tmp_path: Path) -> None:
    """30 documents with 5 names; the mean of the documents' F1 would be another number."""
    lines = lines_of(tmp_path)
    counts = [count_line(doc_id, line, gold, "entities")[0] for doc_id, line in lines.items()]
    total = {name: sum(count[name] for count in counts) for name in counts[0]}
    headline = read_headline(score_lines(lines, gold, "entities").file, "entities", len(lines))
    assert total["gold"] == 150
    assert headline.f1 == (total["credit_gold"] + total["credit_predicted"]) / (total["gold"] + total["predicted"])
    each = [2 * count["credit_gold"] / (count["gold"] + count["predicted"]) for count in counts]
    assert abs(sum(each) / 30 - headline.f1) > 0.001
    assert headline.interval.kind == "bootstrap"


def test_order_and_missing_documents(gold: Gold, tmp_path: Path) -> None:
    lines = lines_of(tmp_path)
    shuffled = list(lines.items())
    random.Random(3).shuffle(shuffled)
    mixed, ordered = (score_lines(given, gold, "entities").file for given in (dict(shuffled), lines))
    assert (mixed.scores, mixed.signature) == (ordered.scores, ordered.signature)
    half = dict(list(lines.items())[:15])
    written = write_lines(tmp_path / "half.jsonl", [json.loads(line or "") for line in half.values()])
    expected = read_headline(api.score(written, gold, layers=["entities"]), "entities", 15)
    assert expected.answered == 0.5
    unanswered = half | dict.fromkeys(set(lines) - set(half))
    for given in (half, unanswered):
        assert read_headline(score_lines(given, gold, "entities").file, "entities", 15) == expected


def test_a_rule_is_broken_and_the_signature_says_so(gold: Gold, tmp_path: Path) -> None:
    right = lines_of(tmp_path)
    wrong = right | {"doc-000": '{"doc_id": "doc-000", "mentions": [{"text": "x", "type": "CITY"}]}'}
    strict, lenient = list_signatures(gold, "entities", "auto")
    assert ("|invalid:error|" in strict, "|invalid:drop|" in lenient) == (True, True)
    assert score_lines(right, gold, "entities").file.signature == strict
    assert score_lines(wrong, gold, "entities").file.signature == lenient
    assert [file.signature for file in score_runs([right, wrong], gold, "entities")] == [lenient, lenient]
    assert list_signatures(gold, "entities", "repair") == [
        score_lines(wrong, gold, "entities", "repair").file.signature
    ]
    with pytest.raises(InvalidDataError, match="CITY"):
        score_lines(wrong, gold, "entities", "error")
    with pytest.raises(UsageError, match="did you mean 'drop'"):
        check_policy("drpo")


def test_nothing_to_divide_is_no_number(tmp_path: Path) -> None:
    text = {"doc_id": "d1", "text": "No name.", "entities": [], "mentions": []}
    gold = load_task_gold(str(write_lines(tmp_path / "gold.jsonl", [text])), None, "entities")
    headline = read_headline(score_lines({"d1": None}, gold, "entities").file, "entities", 0)
    assert all(math.isnan(value) for value in (headline.f1, headline.precision, headline.recall))
    with pytest.raises(UsageError, match="annotated in stances"):
        load_task_gold(str(tmp_path / "gold.jsonl"), None, "stances")


def test_a_line_is_replayed_as_it_stands_and_nothing_else_is_taken_for_one(tmp_path: Path) -> None:
    number = '{"doc_id": "d1", "numeric_facts": [{"value": 1.10, "sources": [{"author": true}], "unit": null}]}'
    path = tmp_path / "predictions.jsonl"
    path.write_text(f"{number}\r\n\n", encoding="utf-8")
    for source in (path, tmp_path):
        assert read_answer("d1", read_replay(source)["d1"]) == (number, [])
    spread = '{"doc_id": "d1",\r\n "stances": []}\n'
    assert read_answer("d1", spread) == ('{"doc_id": "d1",   "stances": []}', [])
    for text in (f"Sure: {number}", number.replace('"d1"', '"d2"')):
        line, _ = read_answer("d1", text)
        fact = json.loads(line or "")["numeric_facts"][0]
        assert fact == {"value": 1.1, "sources": [{"author": True}, {"author": True}]}
        assert json.loads(line or "")["doc_id"] == "d1"


def test_answers_of_chat_models_are_replayed(tmp_path: Path) -> None:
    said = [
        {"doc_id": "d1", "answer": "```{}```"},
        {"doc_id": "d2", "answer": None},
        {"doc_id": "d3", "answer": {"a": 1}},
    ]
    assert read_replay(write_lines(tmp_path / "said.jsonl", said)) == {"d1": "```{}```", "d2": "", "d3": '{"a":1}'}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"doc_id": "d1"}\nno\n', "line 2: no JSON"),
        ('{"doc_id": 1}\n', "line 1: no object with a `doc_id`"),
        ("[]\n", "line 1: no object"),
        ('{"doc_id": "d1"}\n{"doc_id": "d1", "run": 2}\n', "line 2: a second line about 'd1'"),
        (None, "nothing to replay"),
    ],
)
def test_what_cannot_be_replayed_is_refused(tmp_path: Path, content: str | None, words: str) -> None:
    path = tmp_path / "predictions.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        read_replay(path)


def test_gold_that_changes_between_question_and_score_is_refused(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "gold.jsonl", gold_lines(2))
    told = {"layer": "entities", "gold": str(path), "split": None, "on_invalid": "auto"}
    doc = {"doc_id": "doc-000", "fingerprint": load_gold(path).fingerprint, **told}
    write_lines(path, gold_lines(2, seed=2))
    with pytest.raises(UsageError, match="has changed"):
        task.f1([task.process_results(doc, ["{}"])["f1"]])


def test_task_files_name_the_wording_they_ask_in() -> None:
    shared = Path(task.__file__).with_name("goldassay_task").read_text(encoding="utf-8")
    assert f"\n  prompt: {prompt_version()}\n" in shared
    assert all(f"\n  - metric: {name}\n" in shared for name in task.METRICS)
