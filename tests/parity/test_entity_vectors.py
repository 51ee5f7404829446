"""Official numbers for entities, coreference and linking: every one of them beside ours, and a run that can fail."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldassay.profiles import profiles_answering
from goldassay.profiles.cases import Case, read_cases
from goldassay.profiles.exceptions import find_exceptions_file, read_exceptions
from goldassay.profiles.vectors import run_vectors, score_case

FOLDER = Path(__file__).parent / "entities"
FILES = sorted(FOLDER.glob("*.jsonl"))
LISTED = find_exceptions_file()
assert LISTED is not None
EXCEPTIONS, FAULTS = read_exceptions(LISTED)
TOLERANCE = 1e-8
LEAVES = {  # compared, excepted
    "cluster_edge.jsonl": (3630, 0),
    "cluster_random.jsonl": (36300, 0),
    "link_random.jsonl": (10302, 0),
    "seqeval_tags_random.jsonl": (3828, 0),
    "span_edge.jsonl": (5782, 524),
    "span_nested_random.jsonl": (20791, 0),
    "span_random.jsonl": (45908, 0),
}

Path_ = tuple[str, ...]


def leaves(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every scalar, list and refusal below an object."""
    if not isinstance(value, dict) or "error" in value:
        yield path, value
        return
    for key, item in value.items():
        yield from leaves(item, (*path, key))


def perturbed(value: Any, size: float) -> Any:
    """Another value: a number moved by `size`, a null made a number, anything else altered."""
    if value is None or value == "nan" or isinstance(value, dict):
        return 0.5
    if isinstance(value, list):
        return [*value, []]
    if isinstance(value, str):
        return f"{value}0"
    return value + size


def with_leaf(case: dict[str, Any], path: Path_, value: Any) -> str:
    """The case as a line, with only the numbers of one scorer, one of them replaced."""
    changed = copy.deepcopy(case)
    changed["expected"] = {path[0]: changed["expected"][path[0]]}
    place = changed["expected"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(changed)


def sample() -> list[tuple[dict[str, Any], Path_, Any]]:
    """Leaves of every file, drawn with a fixed seed, and every kind of leaf that is no number."""
    draw = random.Random(13)
    chosen: list[tuple[dict[str, Any], Path_, Any]] = []
    for file in FILES:
        everything = [
            (case, path, value)
            for case in map(json.loads, file.read_text(encoding="utf-8").splitlines())
            for path, value in leaves(case["expected"])
            if not path[0].startswith("eval4ner")
        ]
        other = [item for item in everything if not isinstance(item[2], int | float)]
        chosen += draw.sample(everything, 60) + draw.sample(other, min(20, len(other)))
    return chosen


SAMPLE = sample()


def test_the_files_are_all_there() -> None:
    assert [file.name for file in FILES] == sorted(LEAVES)
    assert FAULTS == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_number_is_reproduced(file: Path) -> None:
    report = run_vectors([file], EXCEPTIONS)
    assert report.differences == []
    assert report.findings == []
    assert not report.unanswered
    assert (report.compared, report.excepted.total()) == LEAVES[file.name]
    assert report.exit_code() == 0


def test_no_leaf_of_the_files_goes_uncounted() -> None:
    for file in FILES:
        lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        assert sum(1 for case in lines for _ in leaves(case["expected"])) == sum(LEAVES[file.name])


@pytest.mark.parametrize("size", [3e-8, -3e-8, 1.0])
def test_a_leaf_moved_beyond_the_tolerance_fails_the_run(tmp_path: Path, size: float) -> None:
    file = tmp_path / "mutated.jsonl"
    file.write_text("\n".join(with_leaf(case, path, perturbed(value, size)) for case, path, value in SAMPLE))
    report = run_vectors([file], EXCEPTIONS)
    assert [(item.line, (item.scorer, *item.path)) for item in report.differences] == [
        (number, path) for number, (_, path, _) in enumerate(SAMPLE, start=1)
    ]
    assert report.exit_code() == 1


def test_a_leaf_moved_within_the_tolerance_passes(tmp_path: Path) -> None:
    numbers = [item for item in SAMPLE if isinstance(item[2], int | float)]
    file = tmp_path / "nudged.jsonl"
    file.write_text("\n".join(with_leaf(case, path, value + TOLERANCE / 2) for case, path, value in numbers))
    assert run_vectors([file], EXCEPTIONS).exit_code() == 0


def test_the_sample_holds_every_kind_of_leaf() -> None:
    kinds = {"nan" if value == "nan" else type(value).__name__ for _, _, value in SAMPLE}
    assert kinds == {"int", "float", "nan", "NoneType", "list", "dict"}
    assert {path[0].split("@")[0] for _, path, _ in SAMPLE} == {
        "nervaluate",
        "seqeval",
        "spacy",
        "neleval",
        "coval",
        "corefud-scorer",
        "reference-coreference-scorers",
    }


def test_the_list_of_exceptions_is_closed() -> None:
    assert sorted(item.id for item in EXCEPTIONS) == [
        "eval4ner",
        "sentgraph-labelled",
        "sentgraph-legacy",
        "sentgraph-targeted",
        "sentgraph-unlabelled",
    ]
    assert all(len(item.reason) > 40 for item in EXCEPTIONS)


@pytest.mark.parametrize("scorer", ["nervaluate@0.3.1", "nervaluate@1.1.0", "nervaluate@1.2.1"])
def test_no_metric_is_printed_that_the_original_does_not_print(scorer: str) -> None:
    for file in FILES:
        for case in read_cases(file):
            assert isinstance(case, Case)
            if scorer in case.expected:
                ours = score_case(case, profiles_answering(scorer))
                assert isinstance(ours, dict)
                assert ours.keys() == case.expected[scorer].keys(), case.name
