"""Files are checked against the gold that is named, that they bring, or that is found; without any they are told so."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import goldassay
from goldassay.checking import check_files
from goldassay.checks.texts import Texts, find_texts
from goldassay.errors import UsageError

ROOT = Path(__file__).parents[2]
GOLD = {
    "doc_id": "d1",
    "text": "Zenda met Dol.",
    "entities": [{"id": "e1", "type": "GPE", "name": "Zenda"}],
    "mentions": [{"id": "m1", "entity": "e1", "spans": [[0, 5]], "text": "Zenda", "level": "NAM"}],
}
ELVIS = {"start": 99999, "end": 100000, "text": "Elvis", "type": "PERSON"}


def write(path: Path, *lines: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def predicted(path: Path, doc_id: str = "d1", **mention: object) -> Path:
    return write(path, {"doc_id": doc_id, "mentions": [ELVIS | mention]})


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which no corpus is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOLDASSAY_ROOT", raising=False)
    for name in ("INSTALLED", "HOME"):
        monkeypatch.setattr(f"goldassay.corpus.locate.{name}", tmp_path)
    return tmp_path


def told(*files: Path, gold: Path | None = None) -> list[tuple[str, str]]:
    return [(item.code, item.severity) for item in check_files(files, texts=find_texts(gold))]


def test_without_any_gold_each_file_is_told_to_be_unchecked(far: Path) -> None:
    predictions = predicted(far / "p.jsonl")
    rows = write(far / "e.jsonl", {"doc_id": "d1", "entities": GOLD["entities"], "mentions": GOLD["mentions"]})
    found = check_files([predictions, rows], texts=find_texts())
    assert [(item.code, item.where.file) for item in found] == [("E308", str(rows)), ("E308", str(predictions))]
    assert all((item.found, item.fix) == ("no gold", "name the gold with --gold") for item in found)
    assert [item.code for item in goldassay.check(predictions)] == ["E308"]


def test_texts_among_the_files_are_enough(far: Path) -> None:
    gold = write(far / "gold.jsonl", GOLD)
    assert told(predicted(far / "p.jsonl"), gold) == [("E202", "error")]
    assert told(gold) == []


def test_a_gold_file_is_named_and_checked_along(far: Path) -> None:
    gold = write(far / "gold.jsonl", GOLD)
    assert told(predicted(far / "p.jsonl"), gold=gold) == [("E202", "error")]
    assert told(predicted(far / "q.jsonl", start=0, end=5, text="Zenda", type="GPE"), gold=gold) == []
    wrong: dict[str, Any] = GOLD | {"mentions": [{**GOLD["mentions"][0], "text": "Borduria"}]}  # type: ignore[index]
    assert ("E203", "error") in told(predicted(far / "q.jsonl"), gold=write(far / "wrong.jsonl", wrong))
    assert [item.code for item in goldassay.check(far / "p.jsonl", gold=gold)] == ["E202"]


@pytest.mark.parametrize("name", [str(ROOT), f"{ROOT}@1.0.0"])
def test_a_checkout_and_a_release_are_named(far: Path, name: str) -> None:
    findings = check_files([predicted(far / "p.jsonl", "seed-002")], texts=find_texts(Path(name)))
    assert {item.code for item in findings} == {"E202", "E305"}
    unknown = check_files([predicted(far / "p.jsonl")], texts=find_texts(Path(name)))
    assert "E304" in {item.code for item in unknown}


def test_a_release_by_its_number_is_that_of_the_corpus_found(far: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDASSAY_ROOT", str(ROOT))
    assert "E202" in {item.code for item in goldassay.check(predicted(far / "p.jsonl", "seed-002"), gold="1.0.0")}


def test_gold_that_is_named_comes_beside_texts_of_the_files(far: Path) -> None:
    other = write(far / "other.jsonl", GOLD | {"doc_id": "d2"})
    gold = write(far / "gold.jsonl", GOLD)
    assert told(predicted(far / "p.jsonl"), other, gold=gold) == [("E202", "error")]
    assert told(predicted(far / "p.jsonl"), other, gold=ROOT)[0][0] == "E304"


def test_gold_that_is_not_there_is_refused(far: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    predictions = predicted(far / "p.jsonl")
    with pytest.raises(UsageError, match="no gold at nowhere"):
        goldassay.check(predictions, gold="nowhere")
    with pytest.raises(UsageError, match="no corpus there"):
        goldassay.check(predictions, gold=far)
    with pytest.raises(UsageError, match="release"):
        goldassay.check(predictions, gold=f"{ROOT}@9.9.9")
    with pytest.raises(UsageError, match="checked when it was cut"):
        goldassay.check(gold=f"{ROOT}@1.0.0")
    monkeypatch.setenv("GOLDASSAY_ROOT", str(far))
    with pytest.raises(UsageError, match="GOLDASSAY_ROOT"):
        goldassay.check(predictions)


def test_without_files_the_gold_named_is_checked(far: Path) -> None:
    wrong: dict[str, Any] = GOLD | {"mentions": [{**GOLD["mentions"][0], "text": "Borduria"}]}  # type: ignore[index]
    assert goldassay.check(gold=write(far / "gold.jsonl", GOLD)) == []
    assert [item.code for item in goldassay.check(gold=write(far / "wrong.jsonl", wrong))] == ["E203"]


def test_files_alone_say_nothing_of_texts(far: Path) -> None:
    assert check_files([predicted(far / "p.jsonl")]) == []
    assert check_files([predicted(far / "p.jsonl")], texts=Texts()) != []


DECISION = {"id": "d1/mentions/e1@0-5", "kind": "disagreement", "a": {"type": "GPE"}, "b": {"type": "LOC"}}
DECISION |= {"decision": "a", "reason": "A place with a government.", "rule": "E1"}


def test_decisions_of_an_adjudication_are_read_as_such(far: Path) -> None:
    gold = write(far / "gold.jsonl", GOLD)
    assert told(write(far / "some.jsonl", DECISION), gold=gold) == []
    unknown = write(far / "adjudication" / "d1.jsonl", {"id": "d1/stances/s1", "who": "a"})
    assert told(unknown, gold=gold) == [("E103", "error")]
    assert told(write(far / "twice.jsonl", DECISION, DECISION), gold=gold) == [("E301", "error")]


def test_decisions_in_a_corpus_are_checked_against_passes_and_gold(tmp_path: Path) -> None:
    for folder in ("corpus", "annotations"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    decisions = tmp_path / "annotations" / "adjudication"
    assert check_files([decisions]) == []
    path = decisions / "seed-002.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(lines[0].replace('"rule":"S47"', '"rule":"S4711"') + "".join(lines[1:]), encoding="utf-8")
    (item,) = check_files([decisions])
    assert (item.code, item.where.file, item.where.line) == ("E302", str(path), 1)
    assert check_files([decisions / "seed-000.jsonl"]) == []


def test_hidden_folders_and_what_stands_beside_scores_are_passed_over(far: Path) -> None:
    predicted(far / "run" / "predictions.jsonl", start=0, end=5, text="Zenda", type="GPE")
    write(far / "run" / "tallies.jsonl", {"layer": "entities", "view": "names", "doc_id": "d1"})
    write(far / "run" / ".cache" / "x.jsonl", {"what": "ever"})
    gold = write(far / "gold.jsonl", GOLD)
    assert told(far / "run", gold=gold) == []
    assert told(far / "run" / "tallies.jsonl", gold=gold) != []
