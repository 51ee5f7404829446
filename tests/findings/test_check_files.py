"""Files checked together: what they hold, what belongs to what, and whole checkouts."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sound_rows import VALID, sound

from goldassay.checking import check_corpus, check_files
from goldassay.checks.kinds import Kind, sniff_kind
from goldassay.checks.texts import find_texts
from goldassay.corpus.manifest import build_manifest, format_manifest
from goldassay.corpus.seeds import take_in_seeds
from goldassay.formats.jsonl import write_rows
from goldassay.formats.schema import write_schemas
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.finding import Finding

NAMES = {"document": "documents", "entities": "entities", "stances": "stances", "numeric_facts": "numeric_facts"}


def codes(findings: list[Finding]) -> list[str]:
    return [item.code for item in findings]


def merged() -> dict[str, Any]:
    """The sound rows on one line."""
    line: dict[str, Any] = {}
    for row in sound().values():
        line |= row
    return line


def write(path: Path, *lines: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["documents", "entities", "stances", "numeric_facts", "predictions"])
def test_a_kind_is_told_from_the_keys(kind: Kind) -> None:
    lines = (VALID / f"{kind}.jsonl").read_bytes().splitlines(keepends=True)
    assert sniff_kind(Path("some.jsonl"), lines) == kind
    assert sniff_kind(Path("some.jsonl"), [b"\n", b"{broken\n", *lines]) == kind


def test_a_kind_is_told_from_the_folder_first() -> None:
    assert sniff_kind(Path("annotations/stances/validation.jsonl"), [b'{"doc_id": "d1"}']) == "stances"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ({"doc_id": "d1", "text": "Oslo won."}, "gold"),
        ({"doc_id": "d1", "text": "Oslo won.", "mentions": []}, "gold"),
        ({"doc_id": "d1", "entities": [], "mentions": [{"start": 0, "end": 4, "type": "GPE"}]}, "predictions"),
        ({"doc_id": "d1", "entities": [], "mentions": [{"id": "m1", "spans": [[0, 4]], "text": "Oslo"}]}, "entities"),
        ({"doc_id": "d1", "entities": [], "mentions": []}, "entities"),
        ({"doc_id": "d1", "mentions": []}, "predictions"),
        ({"doc_id": "d1", "stances": [], "mentions": []}, "predictions"),
        ([1, 2], "predictions"),
    ],
)
def test_kinds_of_single_lines(line: object, kind: str) -> None:
    assert sniff_kind(Path("some.jsonl"), [json.dumps(line).encode()]) == kind


def test_answers_of_a_run_are_predictions_whatever_they_look_like() -> None:
    rows = (VALID / "entities.jsonl").read_bytes().splitlines(keepends=True)
    assert sniff_kind(Path("run/predictions.jsonl"), rows) == "predictions"
    results = Path(__file__).parents[2] / "benchmarks" / "results"
    found = check_files([results], texts=find_texts(results.parents[1]))
    assert [item for item in found if item.severity == "error"] == []


def test_layers_are_checked_against_documents_and_each_other() -> None:
    paths = [VALID / f"{name}.jsonl" for name in NAMES.values()]
    assert check_files(paths) == []
    assert check_files(paths[::-1]) == []
    assert check_files([VALID]) == []


def test_a_finding_says_file_and_line_of_its_row(tmp_path: Path) -> None:
    rows = sound()
    rows["stances"]["stances"][0]["holder"] = "e77"
    write(tmp_path / "d.jsonl", rows["document"])
    write(tmp_path / "e.jsonl", rows["entities"])
    path = tmp_path / "s.jsonl"
    path.write_text("\n\n" + json.dumps(rows["stances"]) + "\n", encoding="utf-8")
    findings = check_files([tmp_path])
    where = next(item.where for item in findings if item.code == "E302")
    assert (where.file, where.line, where.field) == (str(path), 3, "stances[0].holder")


def test_a_merged_line_is_checked_like_its_rows(tmp_path: Path) -> None:
    line = merged()
    assert check_files([write(tmp_path / "g.jsonl", line)]) == []
    line["numeric_facts"][0]["subject"] = "p1"
    assert codes(check_files([write(tmp_path / "g.jsonl", line)])) == ["E302"]


def test_two_files_of_gold_lines_are_two_corpora(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", merged())
    write(tmp_path / "b.jsonl", merged())
    assert check_files([tmp_path]) == []


def test_rows_of_one_layer_given_twice_are_told_whatever_the_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.jsonl", sound()["entities"])
    write(tmp_path / "c.jsonl", sound()["document"])
    assert codes(check_files([tmp_path])) == ["E306"]


def test_predictions_are_checked_with_and_without_documents(tmp_path: Path) -> None:
    line = {"doc_id": "demo-1", "mentions": [{"start": 0, "end": 900, "type": "GPE"}]}
    path = write(tmp_path / "p.jsonl", line, line)
    assert codes(check_files([path])) == ["E306"]
    findings = check_files([path, VALID / "documents.jsonl"])
    assert codes(findings) == ["E202", "E306"]
    runs = write(tmp_path / "runs.jsonl", *({"doc_id": "demo-1", "run": run, "mentions": []} for run in ("a", "b")))
    assert check_files([runs]) == []


def test_a_file_that_cannot_be_read_at_all_misses_no_documents(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b"\xff\xfe{\x00")
    assert codes(check_files([path, VALID / "documents.jsonl"])) == ["E101"]
    path.write_bytes(b"")
    assert codes(check_files([path, VALID / "documents.jsonl"])) == ["E305"]


def test_the_kind_can_be_said_outright(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", {"doc_id": "d1", "mentions": []})
    assert check_files([path]) == []
    assert codes(check_files([path], kind="entities")) == ["E104"]


def test_authoring_files_are_read_and_their_rows_checked(tmp_path: Path) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(
        'doc: "demo-1"\nentities:\n  - id: "e1"\n    type: "GPE"\n    name: "Ruritania"\n    rollup: "e9"\n'
        '    mentions:\n      - {spans: "Ruritania", level: "NAM"}\n',
        encoding="utf-8",
    )
    (item,) = check_files([form, VALID / "documents.jsonl"])
    assert (item.code, item.where.file, item.where.field) == ("E302", str(form), "entities[0].rollup")
    assert codes(check_files([form])) == ["E304"]
    form.write_bytes(b'doc: "\xff"\n')
    assert codes(check_files([form])) == ["E101"]
    form.write_bytes(b"entities: []\n")
    assert codes(check_files([form])) == ["E104"]


def test_consistency_is_asked_for(tmp_path: Path) -> None:
    def mention(number: int, **fields: object) -> dict[str, object]:
        place = {
            "id": f"m{number}",
            "entity": None,
            "spans": [[5 * number, 5 * number + 4]],
            "text": "Oslo",
            "level": "NAM",
        }
        return place | {"type": "GPE"} | fields

    def found(*mentions: dict[str, object]) -> list[str]:
        line = {"doc_id": "d1", "text": "Oslo " * 9, "mentions": list(mentions)}
        return [item.found for item in check_files([write(tmp_path / "g.jsonl", line)], consistency=True)]

    assert found(mention(0), mention(1)) == []
    assert found(mention(0), mention(1, kb_id="Q585")) == []
    assert found(mention(0), mention(1, type="ORG", metonym=True)) == []
    assert found(mention(0), mention(1, type="ORG", level="NOM")) == []
    assert found(mention(0), mention(1, type="ORG"), mention(2)) == ['"Oslo" as GPE 2 times, ORG 1 times']
    assert found(mention(0, kb_id="Q585"), mention(1, kb_id="NIL")) == ['"Oslo" as GPE NIL 1 times, GPE Q585 1 times']


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The smallest corpus in which everything is right: one seed text and one layer."""
    (tmp_path / "corpus" / "seeds").mkdir(parents=True)
    (tmp_path / "corpus" / "seeds" / "oslo.txt").write_text("Oslo won.\n", encoding="utf-8")
    fields = {"doc_id": "seed-1", "file": "oslo.txt", "title": None, "language": "en", "dct": None}
    fields |= {"dct_evidence": "none", "source": "invented", "rights": "CC0-1.0", "origin": "composed"}
    (tmp_path / "corpus" / "seeds" / "metadata.yaml").write_text(json.dumps({"texts": [fields]}), encoding="utf-8")
    for folder in ("corpus/documents", "annotations/entities", "annotations/schema"):
        (tmp_path / folder).mkdir(parents=True)
    documents, findings = take_in_seeds(tmp_path)
    assert findings == []
    write_rows(tmp_path / "corpus" / "documents" / "validation.jsonl", documents)
    row = EntitiesRow(
        doc_id="seed-1",
        entities=[Entity(id="e1", type="GPE", name="Oslo")],
        mentions=[Mention(id="m1", entity="e1", spans=[(0, 4)], text="Oslo", level="NAM")],
    )
    write_rows(tmp_path / "annotations" / "entities" / "validation.jsonl", [row])
    write_schemas(tmp_path / "annotations" / "schema")
    freeze(tmp_path)
    return tmp_path


def freeze(root: Path) -> None:
    (root / "corpus" / "manifest.json").write_bytes(format_manifest(build_manifest(root)))


def told(root: Path) -> list[tuple[str, str | None]]:
    return [(item.code, item.where.file) for item in check_corpus(root)]


def test_a_sound_checkout_has_no_findings(checkout: Path) -> None:
    assert told(checkout) == []
    assert check_files([checkout / "corpus" / "seeds" / "oslo.txt"], texts=find_texts(checkout)) == []


def test_a_text_that_the_corpus_has_is_a_duplicate(checkout: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    shutil.copy(checkout / "corpus" / "seeds" / "oslo.txt", copy)
    assert codes(check_files([copy], texts=find_texts(checkout))) == ["E602"]


def test_an_edited_annotation_is_told_by_its_hash_and_by_its_content(checkout: Path) -> None:
    path = checkout / "annotations" / "entities" / "validation.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("[0,4]", "[5,8]"), encoding="utf-8")
    name = "annotations/entities/validation.jsonl"
    assert sorted(told(checkout)) == [("E203", name), ("E601", name)]
    freeze(checkout)
    assert told(checkout) == [("E203", name)]


def test_a_changed_seed_text_is_told(checkout: Path) -> None:
    (checkout / "corpus" / "seeds" / "oslo.txt").write_bytes(b"Oslo lost.\r\n")
    found = told(checkout)
    assert ("E601", "corpus/seeds/oslo.txt") in found
    assert ("E604", "corpus/seeds/oslo.txt") in found


def test_a_document_that_is_not_its_seed_is_told(checkout: Path) -> None:
    path = checkout / "corpus" / "documents" / "validation.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"invented"', '"elsewhere"'), encoding="utf-8")
    freeze(checkout)
    (item,) = check_corpus(checkout)
    assert (item.code, item.where.file, item.where.line) == ("E608", "corpus/documents/validation.jsonl", 1)
    assert item.found.startswith("source other than")


def test_splits_are_held_to_their_names(checkout: Path) -> None:
    for folder in ("corpus/documents", "annotations/entities"):
        (checkout / folder / "validation.jsonl").rename(checkout / folder / "test.jsonl")
    freeze(checkout)
    assert told(checkout) == [("E606", "corpus/documents/test.jsonl")]
    (checkout / "annotations/entities/test.jsonl").rename(checkout / "annotations/entities/contrast.jsonl")
    assert ("E304", "annotations/entities/contrast.jsonl") in told(checkout)


def test_unreadable_rows_are_told_once(checkout: Path) -> None:
    path = checkout / "annotations" / "entities" / "validation.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"NAM"', '"nam"'), encoding="utf-8")
    assert sorted(told(checkout)) == [
        ("E106", "annotations/entities/validation.jsonl"),
        ("E601", "annotations/entities/validation.jsonl"),
    ]
