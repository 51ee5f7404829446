"""Whatever can move a number moves the signature; whatever only shows numbers otherwise does not."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.cli.score import score
from goldassay.measures.signature import KEYS, SignatureError, format_signature, parse_signature

TEXT = "Sir Karl Dol left Zenda. Marta Quill of the Mora League stayed in Zenda with 40 boats."

MOVES: dict[str, list[str]] = {
    "gold_path": ["--gold", "{other}"],
    "layers": ["--layer", "coreference"],
    "run_name": ["--run", "2"],
    "on_invalid": ["--on-invalid", "drop"],
    "ids": ["--ids", "gold"],
    "trim": ["--trim", "titles"],
    "labels": ["--labels", "conll2003"],
    "profile": ["--profile", "nervaluate-1.2"],
    "resamples": ["--resamples", "100"],
    "seed": ["--seed", "14"],
    "unit": ["--unit", "source"],
    "no_intervals": ["--no-intervals"],
}
"""Options that can move a number or an interval, each with a value that is not its default."""

SHOWS: dict[str, list[str]] = {
    "measures": ["--measure", "strict"],
    "out": ["--out", "{folder}"],
    "form": ["--format", "markdown"],
    "top_errors": ["--top-errors", "2"],
}
"""Options that change what is shown."""

ELSEWHERE = {"predictions", "split"}
"""PRED itself is in the provenance by its hash; a file of gold lines has no splits (tests/corpus scores splits)."""


def line(doc_id: str, run: int | None = None) -> str:
    mentions = [
        {"start": 0, "end": 12, "type": "PERSON"},
        {"start": 18, "end": 23, "type": "GPE"},
        {"start": 25, "end": 36, "type": "PERSON"},
    ]
    return json.dumps({"doc_id": doc_id, "mentions": mentions} | ({} if run is None else {"run": run}))


def gold_line(doc_id: str, kind: str = "ORG") -> str:
    entities = [
        {"id": "e1", "type": "PERSON", "name": "Karl Dol"},
        {"id": "e2", "type": "GPE", "name": "Zenda"},
        {"id": "e3", "type": kind, "name": "Mora League"},
    ]
    mentions = [
        {"id": "m1", "entity": "e1", "spans": [[4, 12]], "text": "Karl Dol", "level": "NAM"},
        {"id": "m2", "entity": "e2", "spans": [[18, 23]], "text": "Zenda", "level": "NAM"},
        {"id": "m3", "entity": "e3", "spans": [[44, 55]], "text": "Mora League", "level": "NAM"},
    ]
    document = {"doc_id": doc_id, "text": TEXT, "language": "en", "source": f"paper {doc_id[-1]}", "rights": "free"}
    return json.dumps(document | {"origin": "composed", "entities": entities, "mentions": mentions})


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    ids = [f"d{n}" for n in range(4)]
    contents = {
        "gold": [gold_line(doc_id) for doc_id in ids],
        "other": [gold_line(doc_id, "LAW") for doc_id in ids],
        "pred": [line(doc_id) for doc_id in ids],
        "runs": [line(doc_id, run) for doc_id in ids for run in (1, 2)],
    }
    paths = {name: tmp_path / f"{name}.jsonl" for name in contents}
    for name, lines in contents.items():
        paths[name].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths | {"folder": tmp_path / "out"}


def call(files: dict[str, Path], extra: list[str], predictions: str = "pred") -> Result:
    words = [word.format(**files) for word in extra]
    gold = [] if "--gold" in words else ["--gold", str(files["gold"])]
    form = [] if "--format" in words or "--top-errors" in words else ["--format", "json"]
    result = CliRunner().invoke(cli, ["score", str(files[predictions]), *gold, *form, *words])
    assert result.exit_code == 0, result.output
    return result


def signature_of(files: dict[str, Path], extra: list[str], predictions: str = "pred") -> str:
    return str(json.loads(call(files, extra, predictions).output)["signature"])


def test_the_walk_knows_every_option() -> None:
    names = {str(option.name) for option in score.params if isinstance(option, click.Parameter)}
    assert names == {*MOVES, *SHOWS, *ELSEWHERE}


@pytest.mark.parametrize("name", sorted(MOVES))
def test_an_option_that_can_move_a_number_moves_the_signature(files: dict[str, Path], name: str) -> None:
    if name == "run_name":
        assert signature_of(files, ["--run", "1"], "runs") != signature_of(files, ["--run", "2"], "runs")
        return
    assert signature_of(files, MOVES[name]) != signature_of(files, [])


@pytest.mark.parametrize("name", sorted(SHOWS))
def test_an_option_that_only_shows_leaves_the_signature(files: dict[str, Path], name: str) -> None:
    plain = signature_of(files, [])
    assert plain in call(files, SHOWS[name]).output


def test_other_words_of_a_label_map_are_another_signature(files: dict[str, Path], tmp_path: Path) -> None:
    signatures = set()
    for target in ("PER", "GROUP"):
        path = tmp_path / target / "map.toml"
        path.parent.mkdir()
        path.write_text(f'targets = ["{target}"]\n[labels]\nPERSON = "{target}"\nGPE = "{target}"\nORG = "{target}"\n')
        signatures.add(signature_of(files, ["--labels", str(path)]))
    assert len(signatures) == 2


def test_every_part_of_a_signature_is_explained(files: dict[str, Path]) -> None:
    signature = signature_of(files, ["--trim", "titles,determiners", "--seed", "5", "--on-invalid", "drop"])
    _, parts = parse_signature(signature)
    assert set(parts) <= set(KEYS)
    told = CliRunner().invoke(cli, ["explain", signature])
    assert told.exit_code == 0
    assert all(key in told.output for key in parts)
    again = told.output.split("goldassay score PRED ")[1].split()
    assert signature_of(files, again) == signature


@pytest.mark.parametrize(
    "text", ["", "goldassay:", "other:entities|data:1", "goldassay:entities|data", "goldassay:e|a:1|a:2"]
)
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(SignatureError):
        parse_signature(text)
    assert CliRunner().invoke(cli, ["explain", text]).exit_code == 2


def test_a_signature_parses_back() -> None:
    parts = {"corpus": "news", "fp": "00ff00ff", "tool": "1.2.3"}
    assert parse_signature(format_signature("entities+stances", parts)) == (["entities", "stances"], parts)
