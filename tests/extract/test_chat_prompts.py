"""Every model is asked the same, and what it answers is read whole: fenced, wrapped in prose, cut off or wrong."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from goldassay.cli.main import cli
from goldassay.extract.chat import build_messages, prompt_version, read_answers
from goldassay.formats.chat_answer import LISTS, NoAnswerError, answer_schema, find_answer
from goldassay.gold import load_gold
from goldassay.model.finding import Finding

WORDINGS = {"chat-1": "f2e5b727883244d3"}
"""Versions of the wording and the digest of their words: a change of words needs a version of its own."""

STANCE = {
    "holder": "Zenda",
    "target": "Ruritania raises the toll",
    "dimension": "position",
    "grade": -2,
    "act": "warn",
    "sources": ["the agency"],
    "expression": "warned against",
}


def gold_file(folder: Path) -> Path:
    text = "The agency said that Zenda warned against a higher toll. Ruritania raises the toll."
    document = {
        "doc_id": "d1",
        "text": text,
        "language": "en",
        "source": "composed",
        "rights": "free",
        "origin": "composed",
    }
    path = folder / "gold.jsonl"
    stances = {
        "propositions": [{"id": "p1", "gloss": "Ruritania raises the toll", "about": []}],
        "attributions": [
            {
                "id": "a1",
                "source": "e2",
                "source_spans": [[0, 10]],
                "cue_spans": [[11, 15]],
                "content_spans": [[21, 55]],
                "quote": "indirect",
            }
        ],
        "stances": [
            {
                "id": "s1",
                "holder": "e1",
                "holder_spans": [[21, 26]],
                "target": {"kind": "proposition", "id": "p1"},
                "target_spans": [[42, 55]],
                "dimension": "position",
                "grade": -2,
                "act": "warn",
                "expression_spans": [[27, 41]],
                "sources": ["AUTHOR", "e2"],
                "attribution": "a1",
            }
        ],
    }
    entities = {
        "entities": [
            {"id": "e1", "type": "GPE", "name": "Zenda"},
            {"id": "e2", "type": "ORG", "name": "the agency"},
        ],
        "mentions": [
            {"id": "m1", "entity": "e2", "spans": [[0, 10]], "text": "The agency", "level": "NOM"},
            {"id": "m2", "entity": "e1", "spans": [[21, 26]], "text": "Zenda", "level": "NAM"},
        ],
    }
    path.write_text(json.dumps(document | entities | stances) + "\n", encoding="utf-8")
    return path


def test_a_change_of_words_is_another_version() -> None:
    words = files("goldassay.extract").joinpath("chat_prompt.toml").read_bytes()
    assert WORDINGS[prompt_version()] == hashlib.sha256(words).hexdigest()[:16]


@pytest.mark.parametrize("layers", [["stances"], ["entities", "numeric_facts"], list(LISTS)])
def test_the_prompt_holds_the_text_and_the_schema_of_its_layers(layers: list[str]) -> None:
    document = load_gold().documents[0].document
    system, user = build_messages(document, layers)
    assert (system["role"], user["role"]) == ("system", "user")
    assert document.text in user["content"]
    schema = json.loads(next(line for line in user["content"].splitlines() if line.startswith('{"$schema"')))
    assert schema == answer_schema(layers)
    for layer, name in LISTS.items():
        assert (f"{name}: list every" in user["content"]) == (layer in layers)


def test_the_schema_is_closed_and_requires_every_key() -> None:
    schema = answer_schema(list(LISTS))
    jsonschema.Draft202012Validator.check_schema(schema)
    for body in (schema, *schema["$defs"].values()):
        assert body["additionalProperties"] is False
        assert set(body["required"]) == set(body["properties"])
    validator = jsonschema.Draft202012Validator(answer_schema(["stances"]))
    assert validator.is_valid({"stances": [STANCE]})
    assert not validator.is_valid({"stances": [STANCE | {"grade": 3}]})
    assert not validator.is_valid({"stances": [{key: STANCE[key] for key in ("holder", "target")}]})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"stances": []}', {"stances": []}),
        ('Sure!\n```json\n{"stances": []}\n```\nAnything else?', {"stances": []}),
        ('The set {a, b} is meant. {"stances": [], "mentions": []} or {"x": 1}', {"stances": [], "mentions": []}),
    ],
)
def test_the_object_is_found_in_what_a_model_wraps_round_it(text: str, expected: dict[str, object]) -> None:
    assert find_answer(text) == expected


@pytest.mark.parametrize(
    "text", ["", "I cannot do that.", '{"stances": [{"holder": "Zen', '{"a": 1, "a": 2}', "{" * 10**5]
)
def test_what_holds_no_object_is_no_answer(text: str) -> None:
    with pytest.raises(NoAnswerError):
        find_answer(text)


def test_an_unreadable_answer_is_a_finding_and_the_others_stay() -> None:
    lines = [
        json.dumps({"doc_id": "d1", "answer": json.dumps({"stances": [STANCE]})}).encode() + b"\n",
        b'{"doc_id": "d2", "answer": "no"}\n',
        b'{"doc_id": "d3", "answer": null}\n',
        b"nonsense\n",
        b'{"doc_id": "d4", "answer": {"stances": []}, "run": 2}\n',
    ]
    found = list(read_answers(lines, file="answers.jsonl"))
    assert [item["doc_id"] for item in found if not isinstance(item, Finding)] == ["d1", "d4"]
    told = [item for item in found if isinstance(item, Finding)]
    assert [(item.code, item.where.line) for item in told] == [("E102", 2), ("E102", 3), ("E102", 4)]
    assert found[-1]["run"] == 2  # type: ignore[index]


def test_from_prompt_to_score(tmp_path: Path) -> None:
    """One stance, answered in words alone, is right up to its chain: AUTHOR, the agency, Zenda."""
    gold, prompts = gold_file(tmp_path), tmp_path / "prompts.jsonl"
    runner = CliRunner()
    written = runner.invoke(cli, ["prompt", "write", "--layer", "stances", "--gold", str(gold), "--out", str(prompts)])
    assert written.exit_code == 0, written.output
    (line,) = [json.loads(line) for line in prompts.read_text(encoding="utf-8").splitlines()]
    assert (line["doc_id"], line["version"]) == ("d1", prompt_version())
    answers, predictions = tmp_path / "answers.jsonl", tmp_path / "predictions.jsonl"
    answers.write_text(json.dumps({"doc_id": "d1", "answer": json.dumps({"stances": [STANCE]})}) + "\n")
    assert runner.invoke(cli, ["prompt", "read", str(answers), "--out", str(predictions)]).exit_code == 0
    scored = runner.invoke(cli, ["score", str(predictions), "--gold", str(gold), "--format", "json"])
    assert scored.exit_code == 0, scored.output
    values = {(score["measure"], score["group"]): score["value"] for score in json.loads(scored.output)["scores"]}
    for rung in ("pair", "sign", "+dimension", "+grade", "+act", "+chain"):
        assert values[f"stances.f1(match={rung},view=opinion,avg=micro)", "all"] == 1.0


def test_the_command_ends_with_3_if_an_answer_cannot_be_read(tmp_path: Path) -> None:
    answers, predictions = tmp_path / "answers.jsonl", tmp_path / "predictions.jsonl"
    answers.write_text('{"doc_id": "d1", "answer": "\\u001b[31mno"}\n{"doc_id": "d2", "answer": {"stances": []}}\n')
    ended = CliRunner().invoke(cli, ["prompt", "read", str(answers), "--out", str(predictions)])
    assert ended.exit_code == 3
    assert "\x1b" not in ended.output
    assert predictions.read_text() == '{"doc_id": "d2", "stances": []}\n'
