"""Gold that is wrong becomes nothing, whatever it is to become; types are renamed in gold and in predictions."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.exchange.table import FORMATS

TEXT = "🚀🚀 Zenda met Rudolf."
TARGETS = [name for name in FORMATS if name not in ("docbin", "cas-xmi", "cas-json", "semeval2022")]


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, ["convert", *map(str, args)])


def gold(path: Path, mention: dict[str, Any], **more: Any) -> Path:
    entity = {"id": "e1", "type": "GPE", "name": "Zenda"}
    own = {"id": "m1", "entity": "e1", "spans": [[3, 8]], "text": "Zenda", "level": "NAM", **mention}
    line = {"doc_id": "d", "text": TEXT, "entities": [entity], "mentions": [own], **more}
    path.write_text(json.dumps(line) + "\n")
    return path


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("mention", "code"),
    [
        ({"spans": [[5, 10]]}, "E204"),  # two rockets are two more units of UTF-16
        ({"spans": [[100, 105]]}, "E202"),
        ({"spans": [[9, 4]]}, "E201"),
        ({"spans": [[5, 5]], "text": ""}, "E201"),
        ({"text": "Dol"}, "E203"),
        ({"entity": "e99"}, "E302"),
    ],
)
def test_wrong_gold_is_refused_for_every_target(
    target: str, mention: dict[str, Any], code: str, tmp_path: Path
) -> None:
    done = run(gold(tmp_path / "in.jsonl", mention), tmp_path / "out", "--to", target)
    assert (done.exit_code, code in done.stderr) == (3, True), done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("target", TARGETS)
def test_right_gold_is_written(target: str, tmp_path: Path) -> None:
    done = run(gold(tmp_path / "in.jsonl", {}), tmp_path / "out", "--to", target)
    assert done.exit_code == 0, done.output


def test_types_of_gold_may_become_those_of_any_scheme(tmp_path: Path) -> None:
    source = gold(tmp_path / "in.jsonl", {})
    done = run(source, tmp_path / "out.jsonl", "--to", "spans", "--types", "GPE=place", "--types", "PRE=x")
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "out.jsonl").read_text())["spans"][0]["label"] == "place"
    # The one that occurs is not complained of.
    assert [line for line in done.stderr.splitlines() if line.startswith("note: ")] == [
        'note: --types: no entity or mention is of the type "PRE"; types: GPE'
    ]


def test_types_of_predictions_are_renamed(tmp_path: Path) -> None:
    mentions = [
        {"text": "Zenda", "type": "PER"},
        {"text": "Rudolf", "entity": "e1"},
        {"text": "met", "type": "MISC"},
        {"text": "Zenda", "entity": "e2"},
    ]
    entities = [{"id": "e1", "type": "PER"}, {"id": "e2", "type": "MISC"}]
    line = {"doc_id": "d", "text": TEXT, "entities": entities, "mentions": mentions}
    (tmp_path / "in.jsonl").write_text(json.dumps(line) + "\n")
    done = run(
        tmp_path / "in.jsonl", tmp_path / "out.jsonl", "--from", "predictions", "--to", "predictions",
        "--types", "PER=PERSON", "--types", "MISC=", "--types", "PRE=x",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    written = json.loads((tmp_path / "out.jsonl").read_text())
    assert [(one["text"], one["type"], one["entity"]) for one in written["mentions"]] == [
        ("Zenda", "PERSON", None),
        ("Rudolf", None, "e1"),
    ]
    assert [(one["id"], one["type"]) for one in written["entities"]] == [("e1", "PERSON")]
    assert "2  mentions of types without a new name" in done.stderr
    assert done.stderr.count("note: ") == 1


def test_the_corpus_comes_back_from_conll2012_with_types_that_the_user_names(tmp_path: Path) -> None:
    """Entities without a name have no type there: the message says how they get one, and it works."""
    path = tmp_path / "out.v4_gold_conll"
    assert run("corpus", path).exit_code == 0
    refused = run(path, tmp_path / "back.jsonl")
    assert refused.exit_code == 3
    assert "--types _=ORG" in refused.stderr
    assert "--types _= to leave them out" in refused.stderr
    count = {}
    for new in ("ORG", ""):
        back = tmp_path / f"back{new}.jsonl"
        done = run(path, back, "--types", f"_={new}")
        assert done.exit_code == 0, done.output
        count[new] = sum(len(json.loads(line)["mentions"]) for line in back.read_text().splitlines())
    # "14 mentions without a type" are those left out.
    assert f"{count['ORG'] - count['']}  mentions of types without a new name" in done.stderr
