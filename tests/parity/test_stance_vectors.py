"""Official numbers for stances: every one of them beside ours, and a run that can fail."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from official_leaves import Path_, is_number, leaves, perturbed, with_leaf

from goldassay.profiles.cases import Case, read_cases
from goldassay.profiles.exceptions import find_exceptions_file, read_exceptions
from goldassay.profiles.vectors import run_vectors

FOLDER = Path(__file__).parent / "stance"
FILES = sorted(FOLDER.glob("*.jsonl"))
LISTED = find_exceptions_file()
assert LISTED is not None
EXCEPTIONS, _ = read_exceptions(LISTED)
TOLERANCE = 1e-9

Leaf = tuple[dict[str, Any], Path_, Any]


def compared_leaves(file: Path) -> tuple[list[Leaf], int]:
    """All leaves of a file that must be equal, and the number of those that an exception names."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    found: list[Leaf] = []
    total = 0
    for line, case in zip(lines, read_cases(file), strict=True):
        assert isinstance(case, Case)
        for path, value in leaves(line["expected"]):
            total += 1
            if not any(item.covers(path[0], path[1:], case.kind) for item in EXCEPTIONS):
                found.append((line, path, value))
    return found, total - len(found)


def sample(file: Path) -> list[Leaf]:
    """Leaves of a file, drawn with a fixed seed, and every kind of leaf that is no number."""
    draw = random.Random(13)
    everything, _ = compared_leaves(file)
    other = [item for item in everything if not is_number(item[2])]
    return draw.sample(everything, min(60, len(everything))) + draw.sample(other, min(20, len(other)))


by_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def test_the_files_of_pairs_are_there_in_full() -> None:
    sizes = {file.name: len(compared_leaves(file)[0]) for file in FILES}
    assert sizes["semeval2016_task6.jsonl"] == 1523
    assert sizes["pair_classification.jsonl"] == 1544


def test_the_file_of_opinions_is_there_in_full() -> None:
    # 96 cases of 4 variants and 75 of 3 spans, each with precision, recall and F1
    assert len(compared_leaves(FOLDER / "semeval2022_task10.jsonl")[0]) == 96 * 4 * 3 + 75 * 3 * 3 == 1827


@by_file
def test_every_number_is_reproduced(file: Path) -> None:
    report = run_vectors([file], EXCEPTIONS)
    assert report.differences == []
    assert report.findings == []
    assert not report.unanswered
    required, excepted = compared_leaves(file)
    assert (report.compared, report.excepted.total()) == (len(required), excepted)
    assert report.exit_code() == 0


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
