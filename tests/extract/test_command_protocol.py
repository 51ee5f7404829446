"""What a program may do wrong ends one document and no more; each outcome says what happened."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from goldassay.extract.answer import Outcome
from goldassay.extract.base import UnansweredError
from goldassay.extract.command import answer_by_command, command_system
from goldassay.extract.process import Process
from goldassay.model.document import Document

WriteWorker = Callable[[str], tuple[str, str]]

LOOP = """
import json, sys, time
for line in sys.stdin:
    document = json.loads(line)
    doc_id = document["doc_id"]
    good = json.dumps({"doc_id": doc_id, "mentions": []})
    %s
"""


def ask(argv: tuple[str, ...], documents: list[Document], timeout: float | None = 20.0) -> dict[str, Outcome]:
    return {document.doc_id: outcome for document, outcome in answer_by_command(argv, documents, timeout=timeout)}


def statuses(outcomes: dict[str, Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes.values()]


def test_answers_come_back_in_order_with_what_was_sent(
    write_worker: WriteWorker, three_documents: list[Document]
) -> None:
    body = 'print(json.dumps({"doc_id": doc_id, "mentions": [{"text": document["text"]}]}), flush=True)'
    outcomes = ask(write_worker(LOOP % body), three_documents)
    assert [outcome.line for outcome in outcomes.values()] == [
        {"doc_id": "d1", "mentions": [{"text": "Sylda has 1 lighthouses."}]},
        {"doc_id": "d2", "mentions": [{"text": "Sylda has 2 lighthouses."}]},
        {"doc_id": "d3", "mentions": [{"text": "Sylda has 3 lighthouses."}]},
    ]


def test_one_process_serves_all_documents(write_worker: WriteWorker, three_documents: list[Document]) -> None:
    body = 'import os; print(json.dumps({"doc_id": doc_id, "run": os.getpid()}), flush=True)'
    outcomes = ask(write_worker(LOOP % body), three_documents)
    assert len({json.dumps(outcome.line["run"]) for outcome in outcomes.values() if outcome.line}) == 1


def test_a_crash_costs_one_document(write_worker: WriteWorker, three_documents: list[Document]) -> None:
    body = (
        'if doc_id == "d2": sys.stderr.write("no \\x1b[31mlight\\n"); sys.stderr.flush(); sys.exit(7)\n'
        "    print(good, flush=True)"
    )
    outcomes = ask(write_worker(LOOP % body), three_documents)
    assert statuses(outcomes) == ["ok", "crash", "ok"]
    assert outcomes["d2"].message == "ended with exit code 7"
    assert outcomes["d2"].stderr == "no \\x1b[31mlight"


def test_a_signal_is_named(write_worker: WriteWorker, three_documents: list[Document]) -> None:
    body = 'import os, signal; os.kill(os.getpid(), signal.SIGKILL) if doc_id == "d1" else print(good, flush=True)'
    outcomes = ask(write_worker(LOOP % body), three_documents)
    assert statuses(outcomes) == ["crash", "ok", "ok"]
    assert outcomes["d1"].message == "was ended by signal 9"


def test_a_hanging_document_is_given_up(write_worker: WriteWorker, three_documents: list[Document]) -> None:
    body = 'time.sleep(60 if doc_id == "d2" else 0); print(good, flush=True)'
    start = time.monotonic()
    outcomes = ask(write_worker(LOOP % body), three_documents, timeout=1.5)
    assert statuses(outcomes) == ["ok", "timeout", "ok"]
    assert outcomes["d2"].message == "no answer within 1.5 s"
    assert time.monotonic() - start < 20


def test_a_slow_worker_is_waited_for(write_worker: WriteWorker, three_documents: list[Document]) -> None:
    outcomes = ask(write_worker(LOOP % "time.sleep(0.3); print(good, flush=True)"), three_documents)
    assert statuses(outcomes) == ["ok", "ok", "ok"]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        ("'Loading model'", "wrote no JSON: column 1: Expecting value: Loading model"),
        ("'[]'", "wrote list, expected a JSON object"),
        ("'{\"mentions\": []}'", 'answered for document null, expected "d2"'),
        ('\'{"doc_id": "d9"}\'', 'answered for document "d9", expected "d2"'),
        ("good + '\\n' + good", 'wrote more than one line: {"doc_id": "d2", "mentions": []}'),
        ('\'{"doc_id": "d2", "score": NaN}\'', "wrote a number that is not finite, or half of a surrogate pair"),
        (
            '\'{"doc_id": "d2", "run": "\\\\ud800"}\'',
            "wrote a number that is not finite, or half of a surrogate pair",
        ),
        ('\'{"doc_id": "d2"\'', "wrote no JSON: a line that breaks off (column 17: Expecting ',' delimiter): "),
    ],
)
def test_garbage_is_named_and_costs_one_document(
    write_worker: WriteWorker, three_documents: list[Document], reply: str, message: str
) -> None:
    body = f'sys.stdout.write(({reply} if doc_id == "d2" else good) + "\\n"); sys.stdout.flush()'
    outcomes = ask(write_worker(LOOP % body), three_documents)
    assert statuses(outcomes) == ["ok", "garbage", "ok"]
    assert outcomes["d2"].message is not None
    assert outcomes["d2"].message.startswith(message)


def test_a_late_second_line_is_charged_to_its_own_document(
    write_worker: WriteWorker, three_documents: list[Document]
) -> None:
    body = 'print(good, flush=True); time.sleep(0.2); (print("done", flush=True) if doc_id in ("d1", "d3") else None)'
    outcomes = ask(write_worker(LOOP % body), three_documents)
    assert statuses(outcomes) == ["garbage", "ok", "garbage"]


def test_a_program_that_answers_one_document_and_ends_is_started_for_each(
    write_worker: WriteWorker, three_documents: list[Document]
) -> None:
    outcomes = ask(write_worker(LOOP % "print(good, flush=True); break"), three_documents)
    assert statuses(outcomes) == ["ok", "ok", "ok"]
    assert [outcome.message for outcome in outcomes.values()] == [None, None, None]


def test_a_crash_between_documents_is_remembered(write_worker: WriteWorker, three_documents: list[Document]) -> None:
    outcomes = ask(write_worker(LOOP % "print(good, flush=True); sys.exit(3)"), three_documents)
    assert statuses(outcomes) == ["ok", "ok", "ok"]
    assert outcomes["d2"].message == "answered at the second try; the first program ended with exit code 3"


def test_a_program_may_say_that_it_has_no_answer(write_worker: WriteWorker, three_documents: list[Document]) -> None:
    body = 'print(json.dumps({"doc_id": doc_id, "error": "too\\u0007 short"}) if doc_id == "d1" else good, flush=True)'
    outcomes = ask(write_worker(LOOP % body), three_documents)
    assert statuses(outcomes) == ["error", "ok", "ok"]
    assert outcomes["d1"].message == "too\\x07 short"


def test_an_answer_has_a_greatest_size(write_worker: WriteWorker) -> None:
    process = Process(write_worker("print('x' * 5000, flush=True); input()"), max_answer=4096)
    with pytest.raises(UnansweredError, match="more than 4096 bytes") as raised:
        process.ask(b"{}\n", 20.0)
    process.kill()
    assert raised.value.status == "garbage"


def test_a_flood_of_lines_fills_no_memory_and_stops_nothing(
    write_worker: WriteWorker, three_documents: list[Document]
) -> None:
    body = 'print(good, flush=True)\n    while doc_id == "d2": print("x" * 1000)'
    outcomes = ask(write_worker(LOOP % body), three_documents)
    assert statuses(outcomes) == ["ok", "garbage", "ok"]


def test_a_program_that_reads_nothing_cannot_block_the_run(write_worker: WriteWorker, make_document) -> None:  # type: ignore[no-untyped-def]
    document = make_document("long " * 200_000)
    [outcome] = ask(write_worker("import time; time.sleep(60)"), [document], timeout=1.0).values()
    assert outcome.status == "timeout"


def test_what_a_program_started_ends_with_it(
    write_worker: WriteWorker, three_documents: list[Document], tmp_path: Path
) -> None:
    mark = tmp_path / "alive"
    child = f"import time, pathlib; time.sleep(3); pathlib.Path({str(mark)!r}).touch()"
    argv = write_worker(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])")
    assert statuses(ask(argv, three_documents[:1], timeout=1.0)) == ["timeout"]
    time.sleep(3)
    assert not mark.exists()


def test_a_command_is_an_extractor_by_itself(write_worker: WriteWorker, three_documents: list[Document]) -> None:
    system = command_system("mine", write_worker(LOOP % "print(good, flush=True)"))
    assert system.extract(three_documents[0]) == {"mentions": []}
    with pytest.raises(UnansweredError, match="ended without an answer"):
        command_system("mine", (sys.executable, "-c", "")).extract(three_documents[0])


def test_the_version_of_a_command_follows_its_files(write_worker: WriteWorker) -> None:
    before = command_system("mine", write_worker("1"))
    after = command_system("mine", write_worker("2"))
    assert before.argv == after.argv
    assert before.version != after.version
