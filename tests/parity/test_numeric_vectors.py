"""Official numbers for numeric facts, times and answers: every one of them beside ours, and a run that can fail."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from official_leaves import Path_, is_number, leaves, perturbed, with_leaf

from goldassay.profiles import profiles_answering
from goldassay.profiles.cases import Case, read_cases
from goldassay.profiles.exceptions import find_exceptions_file, read_exceptions
from goldassay.profiles.leaves import REFUSALS, is_null, list_refusals
from goldassay.profiles.vectors import run_vectors, score_case

FOLDER = Path(__file__).parent / "numeric"
FILES = sorted(file for file in FOLDER.glob("*.jsonl") if not file.name.startswith("proposed_"))
LISTED = find_exceptions_file()
assert LISTED is not None
EXCEPTIONS, _ = read_exceptions(LISTED)
TOLERANCE = 1e-9
LEAVES = {  # all of them compared; an object that says that the original crashed is one leaf
    "cqe.jsonl": 2316,
    "drop.jsonl": 180,
    "measeval.jsonl": 10928,
    "tatqa.jsonl": 219,
    "tempeval3.jsonl": 1262,
}


def read_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def sample(file: Path) -> list[tuple[dict[str, Any], Path_, Any]]:
    """Leaves of a file, drawn with a fixed seed, and every kind of leaf that is no number."""
    draw = random.Random(13)
    everything = [(case, path, value) for case in read_lines(file) for path, value in leaves(case["expected"])]
    other = [item for item in everything if not is_number(item[2])]
    return draw.sample(everything, min(60, len(everything))) + draw.sample(other, min(20, len(other)))


by_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def test_the_files_are_all_there() -> None:
    assert [file.name for file in FILES] == sorted(LEAVES)


@by_file
def test_every_number_is_reproduced(file: Path) -> None:
    report = run_vectors([file], EXCEPTIONS)
    assert report.differences == []
    assert report.findings == []
    assert not report.unanswered
    assert (report.compared, report.excepted.total()) == (LEAVES[file.name], 0)
    assert report.exit_code() == 0


@by_file
def test_no_leaf_goes_uncounted(file: Path) -> None:
    assert sum(1 for case in read_lines(file) for _ in leaves(case["expected"])) == LEAVES[file.name]


@by_file
@pytest.mark.parametrize("size", [3e-9, -3e-9, 1.0])
def test_a_leaf_moved_beyond_the_tolerance_fails_the_run(file: Path, tmp_path: Path, size: float) -> None:
    chosen, mutated = sample(file), tmp_path / "mutated.jsonl"
    mutated.write_text("\n".join(with_leaf(case, path, perturbed(value, size)) for case, path, value in chosen))
    report = run_vectors([mutated], EXCEPTIONS)
    assert [(item.line, (item.scorer, *item.path)) for item in report.differences] == [
        (number, path) for number, (_, path, _) in enumerate(chosen, start=1)
    ]
    assert report.exit_code() == 1


@by_file
def test_a_leaf_moved_within_the_tolerance_passes(file: Path, tmp_path: Path) -> None:
    numbers = [item for item in sample(file) if is_number(item[2])]
    nudged = tmp_path / "nudged.jsonl"
    nudged.write_text("\n".join(with_leaf(case, path, value + TOLERANCE / 2) for case, path, value in numbers))
    assert numbers
    assert run_vectors([nudged], EXCEPTIONS).exit_code() == 0


@by_file
def test_a_crash_of_the_original_is_null_with_its_reason(file: Path) -> None:
    for case in read_cases(file):
        assert isinstance(case, Case)
        for scorer, theirs in case.expected.items():
            if isinstance(theirs, dict) and any(isinstance(theirs.get(key), str) for key in REFUSALS):
                ours = score_case(case, profiles_answering(scorer))
                assert is_null(ours), case.name
                assert all(reason for _, reason in list_refusals(ours)), case.name
                assert list_refusals(ours), case.name
