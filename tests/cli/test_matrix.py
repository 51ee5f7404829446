"""`goldassay matrix` on the corpus: every form, the gold against itself, a baseline, and what it refuses."""

import csv
import io
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "annotations" / "stances" / "validation.jsonl"
"""The gold itself as a prediction file."""
LINE = {"doc_id": "seed-002", "stances": [{"holder": "Yoon", "target": "the moon", "polarity": "against"}]}


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(cli, ["matrix", *(str(item) for item in arguments), "--gold", str(ROOT)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def output(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture
def prediction(tmp_path: Path) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    return path


def test_the_gold_against_itself_is_the_same() -> None:
    data = json.loads(output(GOLD, "--ids", "gold", "--format", "json"))
    assert data["figures"]["f1"]["value"] == data["figures"]["sign_accuracy"]["value"] == 1
    assert {cell["status"] for cell in data["cells"]} == {"same", "optional"}
    nodes = {node["key"] for node in data["nodes"]}
    assert {cell[end] for cell in data["cells"] for end in ("holder", "target")} == nodes


@pytest.mark.parametrize("kind", ["opinion", "belief"])
def test_csv_and_json_have_the_same_cells(kind: str) -> None:
    rows = list(csv.DictReader(io.StringIO(output("--kind", kind, "--format", "csv"))))
    data = json.loads(output("--kind", kind, "--format", "json"))
    assert rows
    assert [(row["holder_key"], row["target_key"], int(row["stances"])) for row in rows] == [
        (cell["holder"], cell["target"], cell["stances"]) for cell in data["cells"]
    ]
    # All stances of a kind that are neither optional nor repeated, and nothing of the other kind.
    stances = [
        stance for line in GOLD.read_text(encoding="utf-8").splitlines() for stance in json.loads(line)["stances"]
    ]
    wanted = sum(
        (stance["dimension"] == "belief") == (kind == "belief")
        and stance["tier"] == "core"
        and stance["same_as"] is None
        for stance in stances
    )
    assert sum(int(row["stances"]) for row in rows if row["core"] == "True") == wanted


def test_a_name_that_means_nothing_is_a_row_of_its_own(prediction: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(output(prediction, "--format", "csv"))))
    (extra,) = (row for row in rows if row["status"] == "extra")
    assert (extra["holder"], extra["target"], extra["target_kind"]) == ("Yoon Suk Yeol", "the moon", "unresolved")
    assert (extra["gold_sign"], extra["system_sign"], extra["system_grade"]) == ("", "-1", "")
    assert {row["status"] for row in rows} == {"extra", "missing", "optional"}
    text = output(prediction)
    assert "? the moon" in text
    assert "cell F1                                     0.000" in text
    assert "mine.jsonl against gold" in text


def test_rollup_lifts_people_to_their_state() -> None:
    holders = {row["holder"] for row in csv.DictReader(io.StringIO(output("--rollup", "--format", "csv")))}
    assert "Yoon Suk Yeol" not in holders
    assert "South Korea" in holders


@pytest.mark.parametrize("picture", ["graph", "matrix"])
@pytest.mark.parametrize("of", ["gold", "system", "difference"])
def test_pictures_are_sound_and_the_same_each_time(prediction: Path, tmp_path: Path, of: str, picture: str) -> None:
    arguments = (prediction, "--of", of, "--format", "svg", "--picture", picture)
    path = tmp_path / "picture.svg"
    assert output(*arguments, "--out", path) == ""
    svg = path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg == output(*arguments)


def test_a_page_holds_all_three(prediction: Path) -> None:
    page = output(prediction, "--format", "html", "--top", "5")
    assert page.count("<svg ") == 6
    assert "<script" not in page
    assert output("--format", "html").count("<svg ") == 2


def test_dot_names_every_edge() -> None:
    edges = [line for line in output("--format", "dot").splitlines() if " -> " in line]
    rows = list(csv.DictReader(io.StringIO(output("--format", "csv"))))
    assert len(edges) == sum(row["core"] == "True" for row in rows)


def test_pictures_without_matplotlib_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for form in ("svg", "html"):
        result = run("--format", form)
        assert result.exit_code == 2
        assert "goldassay[plots]" in result.stderr
    assert run("--format", "dot").exit_code == 0


@pytest.mark.parametrize(
    ("line", "arguments", "said"),
    [
        (None, ["--of", "difference"], "needs predictions"),
        (None, ["no/such/file.jsonl"], "cannot read"),
        ({"doc_id": "seed-002", "mentions": []}, [], "says nothing of stances"),
        (LINE | {"run": "one"}, ["--run", "two"], "no run 'two'"),
    ],
)
def test_wrong_usage(tmp_path: Path, line: object, arguments: list[str], said: str) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    result = run(*([path] if line else []), *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_several_runs_need_a_choice_and_a_folder_will_do(tmp_path: Path) -> None:
    lines = [json.dumps(LINE | {"run": name}) for name in ("one", "two")]
    (tmp_path / "predictions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "2 runs (one, two)" in result.stderr
    assert run(tmp_path, "--run", "two").exit_code == 0


def test_invalid_predictions_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"doc_id": "seed-002", "stances": [{"holder": "Yoon"}]}', encoding="utf-8")
    assert run(path).exit_code == 3


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    result = run("--out", tmp_path / "none" / "x.txt")
    assert result.exit_code == 2
    assert "cannot write" in result.stderr
