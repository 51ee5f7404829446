"""Scores and comparisons as data frames: the columns and values of the CSV."""

import io
import math
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

import goldassay
from goldassay.cli.main import cli
from goldassay.comparing import compare_files
from goldassay.errors import UsageError
from goldassay.gold import load_gold
from goldassay.resampling import Resampling
from planted_gold import gold_lines, write_lines


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Gold of 30 documents in which only the last has a law, and two systems that both miss it."""
    gold = gold_lines(30)
    last: Any = gold[-1]
    last["entities"][0]["type"] = "LAW"
    write_lines(tmp_path / "gold.jsonl", gold)
    place = [{"start": 0, "end": 3, "type": "GPE"}]
    for name, mentions in (("one", place), ("other", [])):
        write_lines(tmp_path / f"{name}.jsonl", [{"doc_id": line["doc_id"], "mentions": mentions} for line in gold])
    return tmp_path


def as_csv(*words: str) -> pd.DataFrame:
    told = CliRunner().invoke(cli, [*words, "--format", "csv", "--resamples", "40"])
    assert told.exit_code == 0, told.output
    return pd.read_csv(io.StringIO(told.output), keep_default_na=False, na_values=[""])


def same(frame: pd.DataFrame, read: pd.DataFrame) -> None:
    """The same columns and rows; CSV has no types, so empty is empty and numbers are numbers."""
    assert list(frame.columns) == list(read.columns)
    assert len(frame) == len(read) > 0
    for name in frame.columns:
        for ours, theirs in zip(frame[name], read[name], strict=True):
            assert ours == theirs or (pd.isna(theirs) and (ours == "" or pd.isna(ours))), name


def test_scores_stand_in_the_columns_of_the_csv(files: Path) -> None:
    gold, one = str(files / "gold.jsonl"), str(files / "one.jsonl")
    file = goldassay.score(one, gold, resampling=Resampling(resamples=40))
    same(goldassay.to_pandas(file), as_csv("score", one, "--gold", gold))
    strict = goldassay.to_pandas(file, ["strict"])
    assert set(strict["match"]) == {"strict"}
    assert set(strict["signature"]) == {file.signature}


def test_undefined_draws_are_counted(files: Path) -> None:
    """The one law is in one of 30 documents: a draw misses it with (29/30)^30, about 0.36, and recall is 0/0 there."""
    file = goldassay.score(files / "other.jsonl", files / "gold.jsonl", resampling=Resampling(resamples=400))
    table = goldassay.to_pandas(file, ["entities.recall(match=strict,view=names,avg=micro)"]).set_index("group")
    assert set(table["draws"]) == {400.0}
    assert table.loc["all", "undefined_draws"] == 0
    share = table["undefined_draws"].to_dict()["LAW"] / 400
    assert share == pytest.approx((29 / 30) ** 30, abs=0.1)  # four standard errors wide
    unset = goldassay.to_pandas(goldassay.score(files / "other.jsonl", files / "gold.jsonl", resampling=None))
    assert all(math.isnan(number) for number in unset["undefined_draws"])


def test_several_results_stand_below_each_other(files: Path) -> None:
    results = [goldassay.score(files / f"{name}.jsonl", files / "gold.jsonl") for name in ("one", "other")]
    both = goldassay.to_pandas(results)
    assert len(both) == sum(len(goldassay.to_pandas(file)) for file in results)
    assert list(both.index) == list(range(len(both)))
    assert both["system"].nunique() == 2  # plain files have names, too
    assert all(both["system"])


def test_comparisons_stand_in_the_columns_of_the_csv(files: Path) -> None:
    paths = [files / "one.jsonl", files / "other.jsonl"]
    gold = files / "gold.jsonl"
    found = compare_files(paths, load_gold(gold), resampling=Resampling(resamples=40))
    frame = goldassay.to_pandas(found)
    same(frame, as_csv("compare", *map(str, paths), "--gold", str(gold)))
    same(goldassay.to_pandas(found[0]), frame)
    assert set(frame["signature"]) == {found[0].signature}


def test_wrong_calls_say_what_to_do(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = goldassay.score(files / "one.jsonl", files / "gold.jsonl", resampling=None)
    found = compare_files([files / "one.jsonl", files / "other.jsonl"], load_gold(files / "gold.jsonl"))
    both: Any = [file, *found]
    with pytest.raises(UsageError, match="did you mean 'strict'"):
        goldassay.to_pandas(file, ["strct"])
    with pytest.raises(UsageError, match="a table of their own"):
        goldassay.to_pandas(both)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pip install"):
        goldassay.to_pandas(file)
