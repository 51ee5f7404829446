"""A system is called the same in the tables of score, compare, power, gate, report, matrix and the data frame."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import goldassay
from goldassay.cli.main import cli
from goldassay.naming import describe_system, name_runs, name_system, told_name
from goldassay.systems import prediction_files
from planted_gold import gold_lines, system_lines, write_lines

LINES = system_lines(gold_lines(4), {"ORG": 0.5}, seed=1)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Systems by where they are, with the names that they must have everywhere."""
    monkeypatch.chdir(tmp_path)
    write_lines(Path("gold.jsonl"), gold_lines(4))
    write_lines(Path("mine.jsonl"), LINES)
    write_lines(Path("folder/predictions.jsonl"), LINES)
    run("runs/new", "my_module:find")
    return {"mine.jsonl": "mine.jsonl", "folder": "folder", "runs/new": "my_module:find"}


def run(folder: str, name: str) -> Path:
    path = write_lines(Path(folder) / "predictions.jsonl", LINES)
    (Path(folder) / "run.json").write_text(json.dumps({"system": {"name": name, "version": "1"}}), encoding="utf-8")
    return path


def output(*arguments: str) -> str:
    ended = CliRunner().invoke(cli, [*arguments, "--gold", "gold.jsonl"])
    assert ended.exit_code == 0, ended.output
    return ended.output


def test_one_name_in_every_table(places: dict[str, str]) -> None:
    for place, name in places.items():
        assert output("score", place).startswith(f"{name} on gold unversioned, all\n")
        file = goldassay.score(place, "gold.jsonl")
        assert file.provenance.system.name == name
        assert set(goldassay.to_pandas(file)["system"]) == {name}
    told = output("compare", *places)
    assert "mine.jsonl (first) and folder (second)" in told
    assert "mine.jsonl (first) and my_module:find (second)" in told
    powers = json.loads(output("power", "folder", "runs/new", "--format", "json"))
    assert (powers["first"], powers["second"]) == ("folder", "my_module:find")
    assert "my_module:find against folder" in output("gate", "runs/new", "--baseline", "folder")
    output("report", *places, "--html", "page.html")
    page = Path("page.html").read_text(encoding="utf-8")
    assert all(f">{name}<" in page for name in places.values())


def test_two_runs_of_one_system_are_told_apart_by_their_paths(places: dict[str, str]) -> None:
    run("runs/old", "my_module:find")
    assert "runs/old (first) and runs/new (second)" in output("compare", "runs/old", "runs/new")
    assert "runs/new against runs/old" in output("gate", "runs/new", "--baseline", "runs/old")


def test_a_result_is_called_as_the_run_that_it_was_scored_from(places: dict[str, str]) -> None:
    """`score --out` copies the predictions; score.json beside them still knows whose they are."""
    for place, name in places.items():
        output("score", place, "--out", f"results/of-{place[0]}")
        assert output("score", f"results/of-{place[0]}").startswith(f"{name} on gold")
    assert "mine.jsonl (first) and my_module:find (second)" in output("compare", "results/of-m", "results/of-r")


def test_folders_of_runs(places: dict[str, str]) -> None:
    """Repeats of one system are one system, named in a report after their folders too; several systems are several."""
    for seed in ("s1", "s2"):
        run(f"repeats/{seed}", "lark")
        run(f"several/{seed}", f"lark-{seed}")
        write_lines(Path(f"bare/{seed}/predictions.jsonl"), LINES)
    expected = {
        "repeats": ("lark", ["lark/s1", "lark/s2"]),
        "several": ("several", ["lark-s1", "lark-s2"]),
        "bare": ("bare", ["bare/s1", "bare/s2"]),
    }
    for folder, (one, each) in expected.items():
        files = prediction_files(Path(folder))
        assert name_system(Path(folder), files) == one
        assert name_runs(Path(folder), files) == each
    assert name_runs(Path("several"), prediction_files(Path("several")), "mine") == ["mine/s1", "mine/s2"]


def test_names_that_are_not_there_or_not_to_be_shown(places: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    path = run("odd", "\x1b[31mred")
    assert describe_system(path).name == "\\x1b[31mred"
    path.with_name("run.json").write_text("{", encoding="utf-8")
    odd = describe_system(path)
    assert (odd.name, odd.note) == ("odd", "its run.json cannot be read")
    assert told_name(path) is None
    monkeypatch.chdir("folder")
    assert describe_system(Path("predictions.jsonl")).name == "folder"
    assert name_system(Path(), prediction_files(Path())) == "folder"
