"""`goldassay convert`: what it prints, what it refuses, and the corpus there and back."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.gold import load_gold


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, ["convert", *map(str, args)])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


LAYERS = ("entities", "mentions", "propositions", "attributions", "stances", "numeric_facts", "times")


@pytest.mark.parametrize("form", ["gold", "brat", "label-studio"])
def test_the_corpus_comes_back_with_all_layers(form: str, tmp_path: Path) -> None:
    assert run("corpus", tmp_path / "gold.jsonl").exit_code == 0
    assert run("corpus", tmp_path / "out", "--to", form).exit_code == 0
    assert run(tmp_path / "out", tmp_path / "back.jsonl").exit_code == 0
    for gold, back in zip(lines(tmp_path / "gold.jsonl"), lines(tmp_path / "back.jsonl"), strict=True):
        assert (gold["doc_id"], gold["text"]) == (back["doc_id"], back["text"])
        for layer in LAYERS:
            assert sorted(gold[layer], key=str) == sorted(back[layer], key=str), layer


def test_losses_are_printed_and_the_file_scores(tmp_path: Path) -> None:
    done = run("corpus", tmp_path / "out.conll", "--to", "conll2003")
    assert done.exit_code == 0
    assert "discontinuous mentions" in done.stderr
    assert "stances" in done.stderr
    assert "taken for granted: nothing" in done.stderr
    back = run(tmp_path / "out.conll", tmp_path / "predictions.jsonl", "--to", "predictions")
    assert back.exit_code == 0
    scored = CliRunner().invoke(cli, ["score", str(tmp_path / "predictions.jsonl"), "--layer", "entities"])
    assert scored.exit_code == 0


def test_fields_of_documents_are_said_on_both_ways(tmp_path: Path) -> None:
    """Two documents, one with a title. What is filled in on the way back is what was not carried on the way there."""
    there = run("corpus", tmp_path / "out", "--to", "brat").stderr.partition("not carried by brat:\n")[2].splitlines()
    assert [line.split(maxsplit=1) for line in there] == [
        ["2", "evidence of the dates of documents (dct_evidence)"],
        ["2", "languages of documents"],
        ["2", "rights of documents"],
        [str(sum(len(one.document.sentences) for one in load_gold().documents)), "sentences"],
        ["2", "sources of documents"],
        ["1", "titles of documents"],
    ]
    back = run(tmp_path / "out", tmp_path / "back.jsonl").stderr.partition("taken for granted:\n")[2]
    assert [line.split(maxsplit=1) for line in back.splitlines()[:-1]] == [
        ["2", "dates of documents (dct), left empty"],
        ["2", "evidence of the dates of documents (dct_evidence), left empty"],
        ["2", 'languages of documents, taken for "und"'],
        ["2", 'origins of documents, taken for "news"'],
        ["2", "rights of documents, left empty"],
        ["2", "sentences of documents, left empty"],
        ["2", "sources of documents, left empty"],
        ["2", "titles of documents, left empty"],
    ]


def test_what_the_target_has_no_place_for_is_not_filled_in(tmp_path: Path) -> None:
    """Columns have sentences, and nothing else of a document: none of it is taken for granted on the way to brat."""
    run("corpus", tmp_path / "in.conll", "--to", "conll2003")
    done = run(tmp_path / "in.conll", tmp_path / "out", "--to", "brat")
    granted = done.stderr.partition("taken for granted:")[2].partition("not carried")[0]
    assert "documents" not in granted
    assert "mentions without a level" in granted


def test_a_canary_stays_in_gold_lines_and_is_counted_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"doc_id": "d", "text": "Zenda", "mentions": [], "canary": "do not train"}\n')
    assert run(tmp_path / "in.jsonl", tmp_path / "out.jsonl").exit_code == 0
    assert lines(tmp_path / "out.jsonl")[0]["canary"] == "do not train"
    assert "1  canaries of documents" in run(tmp_path / "in.jsonl", tmp_path / "out", "--to", "brat").stderr


@pytest.mark.parametrize("form", ["brat", "label-studio"])
def test_a_folder_is_replaced_with_force_alone(form: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("corpus", out, "--to", form).exit_code == 0
    (out / "notes.md").write_text("mine")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    refused = run("corpus", out, "--to", form)
    assert (refused.exit_code, "--force" in refused.stderr) == (2, True)
    assert run("corpus", out, "--to", form, "--force").exit_code == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert run(out, tmp_path / "back.jsonl").exit_code == 0


def test_labels_of_other_schemes(tmp_path: Path) -> None:
    (tmp_path / "in.iob2").write_text("Black\tB-PER\nMichael\tI-PER\nof\tO\nZenda\tB-LOC\n.\tO\n!\tB-MISC\n")
    refused = run(tmp_path / "in.iob2", tmp_path / "gold.jsonl")
    assert refused.exit_code == 3
    assert "--types PER=" in refused.stderr
    assert not (tmp_path / "gold.jsonl").exists()
    done = run(
        tmp_path / "in.iob2", tmp_path / "gold.jsonl", "--types", "PER=PERSON", "--types", "MISC=", "--level", "NOM"
    )
    assert done.exit_code == 0, done.stderr
    (line,) = lines(tmp_path / "gold.jsonl")
    assert [(one["type"], one["level"]) for one in line["mentions"]] == [("PERSON", "NOM"), ("LOC", "NOM")]
    assert "1  mentions of types without a new name" in done.stderr
    assert run(tmp_path / "in.iob2", tmp_path / "p.jsonl", "--to", "predictions").exit_code == 0
    (line,) = lines(tmp_path / "p.jsonl")
    assert [one["type"] for one in line["mentions"]] == ["PER", "LOC", "MISC"]
    assert not any("level" in one for one in line["mentions"])


def test_findings_end_with_exit_code_3(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "Zenda", "spans": [[0, 9, "GPE"]]}\n')
    done = run(tmp_path / "in.jsonl", tmp_path / "out.jsonl", "--from", "spans")
    assert done.exit_code == 3
    assert "E202" in done.stderr
    assert "Nothing was written." in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nowhere.jsonl", "{}/out.jsonl"], "no file or folder"),
        (["{}/in.jsonl", "{}/out.jsonl", "--from", "spams"], "did you mean 'spans'?"),
        (["{}/in.jsonl", "{}/out.xyz"], "say --to"),
        (["{}/in.jsonl", "{}/in.jsonl"], "--force"),
        (["{}/in.jsonl", "{}", "--to", "brat"], "folder with files in it"),
        (["{}/empty.jsonl", "{}/out.jsonl"], "cannot be told; say --from"),
        (["{}/in.jsonl", "{}/out.jsonl", "--types", "PER"], "--types takes OLD=NEW"),
    ],
)
def test_wrong_usage(args: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "Zenda", "spans": []}\n')
    (tmp_path / "empty.jsonl").write_text("")
    done = run(*(one.format(tmp_path) for one in args))
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(("form", "module"), [("docbin", "spacy"), ("cas-xmi", "cassis"), ("cas-json", "cassis")])
def test_a_missing_library_is_called_by_its_extra(
    form: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    done = run("corpus", tmp_path / "out", "--to", form)
    assert done.exit_code == 2
    assert "goldassay[formats]" in done.stderr


def test_formats_are_listed() -> None:
    listed = CliRunner().invoke(cli, ["list", "formats"]).stdout
    assert "brat standoff" in listed
    assert "corefud" in listed
