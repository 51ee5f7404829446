"""`goldassay power`: the smallest detectable difference, the documents a smaller one takes, and when it cannot say."""

import json
import re
from math import ceil
from pathlib import Path

import pytest

from goldassay.cli.main import main
from planted_gold import gold_lines, system_lines, write_lines


def call(*args: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(arg) for arg in args])
    return int(stop.value.code or 0)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Gold of 100 documents with 500 mentions, and two systems that find 9 of 10 of them, each by itself."""
    gold = gold_lines(100)
    return (
        write_lines(tmp_path / "gold.jsonl", gold),
        write_lines(tmp_path / "first.jsonl", system_lines(gold, {}, seed=2)),
        write_lines(tmp_path / "second.jsonl", system_lines(gold, {}, seed=3)),
    )


def estimate(capsys: pytest.CaptureFixture[str], *args: object) -> dict[str, float]:
    assert call("power", *args, "--format", "json") == 0
    (found,) = json.loads(capsys.readouterr().out)["measures"]
    assert isinstance(found, dict)
    return found


def test_the_detectable_difference_is_that_of_the_binomial(
    files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Recall r of 500 mentions: F1 = 2r / (1 + r) has the slope 2 / (1.9)^2 = 0.554 at 0.9.

    One error: 0.554 * sqrt(0.9 * 0.1 / 500) = 0.00743; of the difference of two independent systems sqrt(2) * that =
    0.0105; detectable at 0.05 with power 0.8: (1.960 + 0.842) * 0.0105 = 0.0294. Errors of 100 documents are
    known to about one part in sqrt(200) = 7 %, so the bounds are three times that.
    """
    gold, first, second = files
    found = estimate(capsys, first, second, "--gold", gold)
    assert found["errors"] == pytest.approx([0.00743, 0.00743], rel=0.21)
    assert found["correlation"] == pytest.approx(0, abs=0.3)
    assert found["detectable"] == pytest.approx(0.0294, rel=0.21)


def test_half_the_difference_takes_four_times_the_documents(
    files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    gold, first, second = files
    detectable = estimate(capsys, first, second, "--gold", gold)["detectable"]
    found = estimate(capsys, first, second, "--gold", gold, "--difference", detectable / 2)
    assert (found["needed"], found["more"]) == (400, 300)
    assert estimate(capsys, first, second, "--gold", gold, "--difference", 0.5)["more"] == 0
    third = estimate(capsys, first, second, "--gold", gold, "--difference", detectable / 3)
    assert third["needed"] == ceil(100 * 9)


def test_a_pair_that_agrees_nearly_everywhere_sees_smaller_differences(
    files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, first, second = files
    lines = [json.loads(line) for line in first.read_text(encoding="utf-8").splitlines()]
    for line in lines[:10]:
        line["mentions"] = line["mentions"][1:]
    near = write_lines(tmp_path / "near.jsonl", lines)
    close = estimate(capsys, first, near, "--gold", gold)
    assert close["correlation"] > 0.8
    assert close["detectable"] < estimate(capsys, first, second, "--gold", gold)["detectable"] / 2


def test_few_documents_and_equal_systems_have_no_estimate(
    files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, first, _ = files
    assert call("power", first, first, "--gold", gold) == 0
    assert "do not differ in any document" in capsys.readouterr().out
    few = gold_lines(19)
    gold_file = write_lines(tmp_path / "few.jsonl", few)
    one, other = (write_lines(tmp_path / f"{n}.jsonl", system_lines(few, {}, seed=n)) for n in (2, 3))
    found = estimate(capsys, one, other, "--gold", gold_file, "--difference", 0.1)
    assert (found["detectable"], found["needed"], found["more"]) == (None, None, None)
    assert call("power", one, other, "--gold", gold_file) == 0
    assert "19 documents are too few" in capsys.readouterr().out


def test_nothing_in_common_is_wrong_usage(
    files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, first, _ = files
    silent = write_lines(
        tmp_path / "silent.jsonl", [{"doc_id": line["doc_id"], "stances": []} for line in gold_lines(100)]
    )
    assert call("power", first, silent, "--gold", gold) == 2
    assert "nothing to estimate" in capsys.readouterr().err
    assert call("power", first, first, "--gold", gold, "--difference", "0") == 2
    assert call("power", first, first, "--gold", gold, "--difference", "nan") == 2


def test_sources_are_called_sources(
    files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """100 documents of 25 sources: what is counted, and what is needed, are sources."""
    _, first, second = files
    lines = [line | {"source": f"paper {place % 25}"} for place, line in enumerate(gold_lines(100))]
    gold = write_lines(tmp_path / "sourced.jsonl", lines)
    assert call("power", first, second, "--gold", gold, "--unit", "source", "--difference", 0.01) == 0
    told = capsys.readouterr().out.split("Signature:")[0]
    assert re.search(r"group +sources +first .* needed sources +more", told)
    assert "needed: sources like these in all" in told
    assert "document" not in told
    few = write_lines(tmp_path / "few.jsonl", [line | {"source": "one"} for line in lines])
    assert call("power", first, second, "--gold", few, "--unit", "source") == 0
    assert "1 source is too few to estimate an error from" in capsys.readouterr().out


def test_types_are_mapped_as_asked(
    files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A system that calls organisations LAW errs in 200 of 500 names; under a map to one label it does not."""
    gold, first, _ = files
    lines = [json.loads(line) for line in first.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        for mention in line["mentions"]:
            mention["type"] = "LAW" if mention["type"] == "ORG" else mention["type"]
    other = write_lines(tmp_path / "law.jsonl", lines)
    names = tmp_path / "names.toml"
    names.write_text(
        'targets = ["NAME"]\n[labels]\n' + "".join(f'{kind} = "NAME"\n' for kind in ("PERSON", "GPE", "ORG", "LAW"))
    )
    plain = estimate(capsys, first, other, "--gold", gold)
    mapped = estimate(capsys, first, other, "--gold", gold, "--labels", names)
    assert plain["values"][1] < plain["values"][0]  # type: ignore[index]
    assert mapped["values"][1] == mapped["values"][0]  # type: ignore[index]


def test_invalid_items_stop_or_count_as_asked(
    files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, first, second = files
    lines = [json.loads(line) for line in second.read_text(encoding="utf-8").splitlines()]
    lines[0]["mentions"].append({"start": 3, "end": 2, "type": "ORG"})
    bad = write_lines(tmp_path / "bad.jsonl", lines)
    assert call("power", first, bad, "--gold", gold) == 3
    capsys.readouterr()
    sound = estimate(capsys, first, second, "--gold", gold)
    dropped = estimate(capsys, first, bad, "--gold", gold, "--on-invalid", "drop")
    assert dropped["values"][1] < sound["values"][1]  # type: ignore[index]
