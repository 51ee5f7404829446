"""A run keeps every answer, retries what had none, and writes the same bytes every time."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from goldassay.errors import UsageError
from goldassay.extract.base import System
from goldassay.extract.command import command_system
from goldassay.extract.registry import load_extractor
from goldassay.extract.runfile import CorpusRecord, RunRecord, count_statuses, read_run, unanswered
from goldassay.model.document import Document
from goldassay.running import OtherRunError, run_extractor

WriteWorker = Callable[[str], tuple[str, str]]


def counting(asked: list[str], fail: tuple[str, ...] = (), version: str = "1") -> System:
    """A system that takes down what it is asked and fails at some documents."""

    def extract(document: Document) -> dict[str, object]:
        asked.append(document.doc_id)
        if document.doc_id in fail:
            raise KeyError("no \x07 luck")
        return {"mentions": [{"start": 0, "end": 5, "text": document.text[:5]}], "run": version}

    return System(name="counting", version=version, layers=frozenset({"entities"}), extract=extract)


def lines(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "predictions.jsonl").read_text("utf-8").splitlines()]


def test_predictions_stand_in_corpus_order_and_the_record_has_every_document(
    tmp_path: Path, three_documents: list[Document]
) -> None:
    record = run_extractor(counting([], fail=("d2",)), three_documents, tmp_path)
    assert [line["doc_id"] for line in lines(tmp_path)] == ["d1", "d3"]
    assert [(item.doc_id, item.status) for item in record.documents] == [("d1", "ok"), ("d2", "error"), ("d3", "ok")]
    assert record.documents[1].message is not None
    assert record.documents[1].message.startswith("KeyError: 'no \\x07 luck' (at test_running.py:")
    assert count_statuses(record) == {"error": 1, "ok": 2}
    assert [item.doc_id for item in unanswered(record)] == ["d2"]
    assert read_run(tmp_path) == record
    assert sorted(path.name for path in tmp_path.iterdir()) == ["predictions.jsonl", "run.json"]


def test_a_second_run_asks_only_for_what_is_missing(tmp_path: Path, three_documents: list[Document]) -> None:
    asked: list[str] = []
    run_extractor(counting(asked, fail=("d2",)), three_documents, tmp_path)
    record = run_extractor(counting(asked), three_documents, tmp_path)
    assert asked == ["d1", "d2", "d3", "d2"]
    assert count_statuses(record) == {"ok": 3}
    assert [line["doc_id"] for line in lines(tmp_path)] == ["d1", "d2", "d3"]


def test_a_changed_text_a_changed_version_and_no_resume_ask_anew(
    tmp_path: Path, three_documents: list[Document]
) -> None:
    asked: list[str] = []
    run_extractor(counting(asked), three_documents, tmp_path)
    changed = [msgspec.structs.replace(three_documents[0], text="Sylda has none."), *three_documents[1:]]
    asked.clear()
    run_extractor(counting(asked), changed, tmp_path)
    assert asked == ["d1"]
    asked.clear()
    run_extractor(counting(asked, version="2"), changed, tmp_path)
    assert asked == ["d1", "d2", "d3"]
    asked.clear()
    run_extractor(counting(asked, version="2"), changed, tmp_path, resume=False)
    assert asked == ["d1", "d2", "d3"]


@pytest.mark.parametrize("torn", [b"", b'{"document":{"doc_id":"d2","sha'])
def test_a_run_that_was_broken_off_goes_on(tmp_path: Path, three_documents: list[Document], torn: bytes) -> None:
    asked: list[str] = []

    def break_off(document: Document) -> dict[str, object]:
        if document.doc_id == "d2":
            raise KeyboardInterrupt
        return counting(asked).extract(document)  # type: ignore[return-value]

    with pytest.raises(KeyboardInterrupt):
        run_extractor(replace(counting(asked), extract=break_off), three_documents, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["unfinished.jsonl"]
    with (tmp_path / "unfinished.jsonl").open("ab") as file:
        file.write(torn)
    run_extractor(counting(asked), three_documents, tmp_path)
    assert asked == ["d1", "d2", "d3"]
    assert [line["doc_id"] for line in lines(tmp_path)] == ["d1", "d2", "d3"]


def test_two_runs_write_the_same_bytes(
    tmp_path: Path, write_worker: WriteWorker, three_documents: list[Document]
) -> None:
    body = "import sys, json\nfor line in sys.stdin: d = json.loads(line); print(json.dumps({'doc_id': d['doc_id'], "
    argv = write_worker(body + "'mentions': [{'text': w} for w in set(d['text'].split())]}), flush=True)")
    for name in ("a", "b"):
        run_extractor(command_system("sets", argv), three_documents, tmp_path / name, timeout=20)
    for file in ("predictions.jsonl", "run.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_a_finished_run_that_is_resumed_keeps_its_bytes(tmp_path: Path, three_documents: list[Document]) -> None:
    documents = [*three_documents, msgspec.structs.replace(three_documents[0], doc_id="d4", text="Café 🇺🇦 ö")]
    run_extractor(counting([]), documents, tmp_path)
    before = (tmp_path / "predictions.jsonl").read_bytes()
    asked: list[str] = []
    run_extractor(counting(asked), documents, tmp_path)
    assert asked == []
    assert (tmp_path / "predictions.jsonl").read_bytes() == before
    assert "Café 🇺🇦".encode()[:5] in before


def test_predictions_of_another_system_or_corpus_are_not_replaced(
    tmp_path: Path, three_documents: list[Document]
) -> None:
    run_extractor(counting([]), three_documents, tmp_path)
    other = replace(counting([]), name="other")
    with pytest.raises(OtherRunError, match=r'holds predictions of "counting"; choose another directory'):
        run_extractor(other, three_documents, tmp_path)
    with pytest.raises(OtherRunError, match="documents of no corpus"):
        run_extractor(counting([]), three_documents, tmp_path, corpus=CorpusRecord(name="news", version="1.0.0"))
    assert run_extractor(other, three_documents, tmp_path, resume=False).system.name == "other"
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(OtherRunError, match=r"without a run\.json that can be read"):
        run_extractor(other, three_documents, tmp_path)


def test_a_doc_id_is_never_a_path(tmp_path: Path, three_documents: list[Document]) -> None:
    evil = [msgspec.structs.replace(three_documents[0], doc_id="../../evil"), three_documents[1]]
    out = tmp_path / "a" / "b"
    run_extractor(counting([]), evil, out)
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()) == [
        "a/b/predictions.jsonl",
        "a/b/run.json",
    ]
    with pytest.raises(UsageError, match=r'doc_id "d2" occurs more than once'):
        run_extractor(counting([]), [three_documents[1], three_documents[1]], out)


def test_progress_is_told_of_each_document(tmp_path: Path, three_documents: list[Document]) -> None:
    told: list[str] = []
    for _ in range(2):
        run_extractor(
            counting([], fail=("d3",)),
            three_documents,
            tmp_path,
            progress=lambda record: told.append(f"{record.doc_id} {record.status}"),
        )
    assert told == ["d1 ok", "d2 ok", "d3 error"] * 2


def test_a_time_limit_puts_a_named_system_into_a_worker(tmp_path: Path, three_documents: list[Document]) -> None:
    here = run_extractor(load_extractor("empty"), three_documents, tmp_path)
    there = run_extractor(load_extractor("empty"), three_documents, tmp_path, timeout=60)
    assert there == msgspec.structs.replace(here, timeout=60)
    assert here.system.command is None
    with pytest.raises(UsageError, match="a system that a worker can load"):
        run_extractor(counting([]), three_documents, tmp_path / "x", timeout=60)


def test_the_record_says_who_ran_on_what(tmp_path: Path, three_documents: list[Document]) -> None:
    corpus = CorpusRecord(name="news", version="1.0.0", split="validation", fingerprint="655eae3c")
    record: RunRecord = run_extractor(load_extractor("empty"), three_documents, tmp_path, corpus=corpus)
    said = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert said["corpus"] == {
        "name": "news",
        "version": "1.0.0",
        "split": "validation",
        "fingerprint": "655eae3c",
    }
    assert said["system"]["seen_seeds"] is False
    assert said["system"]["layers"] == ["entities", "numeric_facts", "stances", "times"]
    assert said["documents"][0]["sha256"] == three_documents[0].sha256
    assert record.schema == 1
