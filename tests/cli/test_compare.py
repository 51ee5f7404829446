"""`goldassay compare`: the same gold for all, the p-value of the swaps, the documents and items behind a difference."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli

TEXT = "Zenda met Dol in Mora."
PLACES = {"Zenda": (0, 5, "GPE"), "Dol": (10, 13, "PERSON"), "Mora": (17, 21, "GPE")}


def gold_line(doc_id: str) -> str:
    entities = [{"id": f"e{n}", "type": kind, "name": name} for n, (name, (_, _, kind)) in enumerate(PLACES.items())]
    mentions = [
        {"id": f"m{n}", "entity": f"e{n}", "spans": [[start, end]], "text": name, "level": "NAM"}
        for n, (name, (start, end, _)) in enumerate(PLACES.items())
    ]
    document = {"doc_id": doc_id, "text": TEXT, "language": "en", "source": "composed", "rights": "free"}
    return json.dumps(document | {"origin": "composed", "entities": entities, "mentions": mentions})


def said_line(doc_id: str, names: list[str], run: int | None = None) -> str:
    mentions = [{"start": PLACES[name][0], "end": PLACES[name][1], "type": PLACES[name][2]} for name in names]
    return json.dumps({"doc_id": doc_id, "mentions": mentions} | ({} if run is None else {"run": run}))


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def four(tmp_path: Path) -> dict[str, Path]:
    """Four documents; the second system misses Mora in three of them."""
    ids = [f"d{n}" for n in range(4)]
    every = list(PLACES)
    return {
        "gold": write(tmp_path / "gold.jsonl", [gold_line(doc_id) for doc_id in ids]),
        "whole": write(tmp_path / "whole.jsonl", [said_line(doc_id, every) for doc_id in ids]),
        "less": write(
            tmp_path / "less.jsonl", [said_line(doc_id, every[:2] if doc_id != "d3" else every) for doc_id in ids]
        ),
    }


def compare(files: dict[str, Path], *extra: str, systems: tuple[str, ...] = ("whole", "less")) -> Result:
    words = [str(files[name]) for name in systems]
    return CliRunner().invoke(cli, ["compare", *words, "--gold", str(files["gold"]), *extra])


def test_the_numbers_of_a_small_comparison(four: dict[str, Path]) -> None:
    """12 gold mentions. First: 12 of 12, F1 1. Second: 9 right of 9 said, F1 2 * 9 / (12 + 9) = 0.857.

    Three documents differ; of the 2^3 ways to swap them two (none, all) give a difference as large: p = 2 / 8.
    """
    result = compare(four, "--format", "json")
    assert result.exit_code == 0, result.output
    (one,) = json.loads(result.output)["comparisons"]
    (row,) = one["differences"]
    assert row["first"] == 1.0
    assert row["second"] == pytest.approx(18 / 21)
    assert row["difference"] == pytest.approx(18 / 21 - 1)
    assert (row["p"], row["p_holm"], row["test"]) == (0.25, 0.25, "exact")
    assert (row["documents"], row["documents_differing"]) == (4, 3)
    assert (row["larger"], row["smaller"], row["equal"]) == (0, 3, 1)
    assert [(item["doc_id"], item["text"], item["first"], item["second"]) for item in one["items"]] == [
        (f"d{n}", "Mora", 1.0, 0.0) for n in range(3)
    ]
    # Without d3 the second has 6 of 9, F1 12 / 15; the difference grows to -0.2, so d3 holds it back by 0.2 - 3 / 21.
    assert row["influence"]["d3"] == pytest.approx((18 / 21 - 1) - (12 / 15 - 1))


def test_groups_are_corrected_together(four: dict[str, Path]) -> None:
    result = compare(four, "--format", "csv", "--groups")
    rows = {row["group"]: row for row in csv.DictReader(io.StringIO(result.output))}
    assert set(rows) == {"all", "GPE", "PERSON"}
    assert rows["PERSON"]["difference"] == "0.0"
    assert float(rows["GPE"]["p"]) == 0.25
    assert float(rows["GPE"]["p_holm"]) == 0.75  # three questions: 3 * 0.25


def test_a_few_documents_establish_nothing_and_the_text_says_so(four: dict[str, Path]) -> None:
    told = compare(four).output
    assert "4 documents: too few to establish a difference" in told
    assert "No difference is established at 0.05" in told
    assert "Mora" in told
    assert "first only" in told


def test_eight_documents_establish_nothing_however_small_p_is(tmp_path: Path) -> None:
    """All eight differ alike: 2 of 2^8 swaps are as far, p = 0.0078, and that still says nothing of other documents."""
    ids = [f"d{n}" for n in range(8)]
    every = list(PLACES)
    files = {
        "gold": write(tmp_path / "gold.jsonl", [gold_line(doc_id) for doc_id in ids]),
        "whole": write(tmp_path / "whole.jsonl", [said_line(doc_id, every) for doc_id in ids]),
        "less": write(tmp_path / "less.jsonl", [said_line(doc_id, every[:2]) for doc_id in ids]),
    }
    told = compare(files).output
    assert " 0.008 " in told
    assert "8 documents: too few to establish a difference" in told
    assert "is larger in" not in told
    assert "-0.200$ &" in compare(files, "--format", "latex").output  # 1 and 2 * 16 / 40; no star


def test_documents_without_an_answer_are_named(four: dict[str, Path], tmp_path: Path) -> None:
    files = four | {"part": write(tmp_path / "part.jsonl", [said_line("d1", list(PLACES))])}
    told = compare(files, systems=("whole", "part")).output
    assert "part.jsonl has no answer to 3 documents, counted as empty: d0, d2, d3." in told
    (one,) = json.loads(compare(files, "--format", "json", systems=("whole", "part")).output)["comparisons"]
    assert one["unanswered"] == {"part.jsonl": ["d0", "d2", "d3"]}


def test_sources_are_called_sources(four: dict[str, Path]) -> None:
    told = compare(four, "--unit", "source").output
    assert "1 source: too few to establish a difference" in told


def test_names_of_files_are_shown_safely(four: dict[str, Path], tmp_path: Path) -> None:
    name = "=x\x1b[31m\u202e`|.jsonl"
    files = four | {"odd": write(tmp_path / name, four["less"].read_text().splitlines())}
    files["gold"] = write(tmp_path / f"gold{name}", four["gold"].read_text().splitlines())
    for form in ("text", "markdown", "latex"):
        told = compare(files, "--format", form, systems=("whole", "odd")).output
        assert not {"\x1b", "\u202e"} & set(told)
    row = next(csv.DictReader(io.StringIO(compare(files, "--format", "csv", systems=("odd", "whole")).output)))
    assert row["first_system"].startswith("'=x")


def test_many_documents_establish_one(tmp_path: Path) -> None:
    ids = [f"d{n}" for n in range(30)]
    every = list(PLACES)
    files = {
        "gold": write(tmp_path / "gold.jsonl", [gold_line(doc_id) for doc_id in ids]),
        "whole": write(tmp_path / "whole.jsonl", [said_line(doc_id, every) for doc_id in ids]),
        "less": write(tmp_path / "less.jsonl", [said_line(doc_id, every[:2]) for doc_id in ids]),
    }
    told = compare(files).output
    assert "whole.jsonl is larger in entities strict F1, names, all (p <0.001" in told
    latex = compare(files, "--format", "latex").output
    assert "***" in latex
    assert r"\toprule" in latex


def test_three_systems_share_one_correction(four: dict[str, Path]) -> None:
    result = compare(four, "--format", "json", systems=("whole", "less", "less"))
    found = json.loads(result.output)["comparisons"]
    assert len(found) == 2
    assert {row["p_holm"] for one in found for row in one["differences"]} == {0.5}  # 2 * 0.25
    assert found[0]["second"] == str(four["less"])  # two of one name go by their paths


def test_several_runs_are_one_system(tmp_path: Path) -> None:
    """Each run misses another name, so that half the items change between the runs and the means are equal."""
    ids = [f"d{n}" for n in range(24)]
    names = list(PLACES)
    gold = write(tmp_path / "gold.jsonl", [gold_line(doc_id) for doc_id in ids])
    runs = write(
        tmp_path / "runs.jsonl",
        [said_line(doc_id, names[:2] if run == 1 else names[1:], run) for doc_id in ids for run in (1, 2)],
    )
    once = write(tmp_path / "once.jsonl", [said_line(doc_id, names[:2]) for doc_id in ids])
    result = compare({"gold": gold, "runs": runs, "once": once}, "--format", "json", systems=("runs", "once"))
    (one,) = json.loads(result.output)["comparisons"]
    assert one["runs"] == [2, 1]
    assert one["stability"]["runs.jsonl"] == pytest.approx(1 / 3)  # Dol alone has one outcome in both runs
    (row,) = one["differences"]
    assert row["test"] == "runs"
    assert row["difference"] == pytest.approx(0, abs=1e-12)
    assert row["p"] > 0.5


def test_results_of_different_gold_are_refused_with_both_signatures(four: dict[str, Path], tmp_path: Path) -> None:
    other = write(tmp_path / "other.jsonl", [gold_line("d9")])
    folders = []
    for name, gold in (("a", four["gold"]), ("b", other)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "predictions.jsonl").write_bytes(four["whole"].read_bytes())
        made = CliRunner().invoke(
            cli, ["score", str(folder), "--gold", str(gold), "--on-invalid", "drop", "--out", str(folder)]
        )
        assert made.exit_code == 0, made.output
        folders.append(str(folder))
    result = CliRunner().invoke(cli, ["compare", *folders, "--gold", str(four["gold"])])
    assert result.exit_code == 2
    assert result.output.count("fp:") == 2
    assert "cannot be compared" in result.output


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (("--measure", "no-such"), "no measure 'no-such'"),
        (("--layer", "stances"), "nothing to compare"),
    ],
)
def test_wrong_use_is_told(four: dict[str, Path], extra: tuple[str, ...], words: str) -> None:
    result = compare(four, *extra)
    assert result.exit_code == 2
    assert words in result.output


def test_one_system_cannot_be_compared(four: dict[str, Path]) -> None:
    assert compare(four, systems=("whole",)).exit_code == 2


def test_ids_of_the_gold_are_read_as_such(tmp_path: Path) -> None:
    """A stance between two gold ids: with `--ids gold` they are the gold's, else ids that its line does not define."""
    line = json.loads(gold_line("d0")) | {
        "propositions": [],
        "attributions": [],
        "stances": [
            {
                "id": "s1",
                "holder": "e1",
                "holder_spans": [[10, 13]],
                "target": {"kind": "entity", "id": "e0"},
                "target_spans": [[0, 5]],
                "dimension": "evaluation",
                "grade": 1,
                "act": "support",
                "expression_spans": [[6, 9]],
                "sources": ["AUTHOR"],
            }
        ],
    }
    said = {"holder": {"entity": "e1"}, "target": {"entity": "e0"}, "polarity": "favor"}
    right = write(tmp_path / "right.jsonl", [json.dumps({"doc_id": "d0", "stances": [said]})])
    none = write(tmp_path / "none.jsonl", [json.dumps({"doc_id": "d0", "stances": []})])
    files = {"gold": write(tmp_path / "gold.jsonl", [json.dumps(line)]), "right": right, "none": none}
    systems = ("none", "right")
    assert compare(files, systems=systems).exit_code == 3
    found = json.loads(compare(files, "--ids", "gold", "--format", "json", systems=systems).output)
    (row,) = found["comparisons"][0]["differences"]
    assert (row["first"], row["second"]) == (0.0, 1.0)


def test_few_means_few_documents_annotated_in_the_layer(tmp_path: Path) -> None:
    """30 documents, of which three have entities: nothing is established, and no interval is printed."""
    bare = [json.loads(gold_line(f"d{n}")) for n in range(30)]
    for line in bare[3:]:
        del line["entities"], line["mentions"]
        line |= {"numeric_facts": [], "times": []}
    every = list(PLACES)
    files = {
        "gold": write(tmp_path / "gold.jsonl", [json.dumps(line) for line in bare]),
        "whole": write(tmp_path / "whole.jsonl", [said_line(f"d{n}", every) for n in range(30)]),
        "less": write(tmp_path / "less.jsonl", [said_line(f"d{n}", every[:2]) for n in range(30)]),
    }
    (one,) = json.loads(compare(files, "--format", "json").output)["comparisons"]
    (row,) = one["differences"]
    assert (row["documents"], row["interval_kind"]) == (3, "leave_one_out")
    assert row["p"] == 0.25
