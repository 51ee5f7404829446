"""L4: run an extractor over documents; every document ends in the record, answered or not, and no answer is lost.

`unfinished.jsonl` in the output directory takes down each outcome as it comes. When all documents are done it becomes
`predictions.jsonl` (one line for each answered document, in corpus order) and `run.json`, and is removed. A run that
was broken off goes on from there.
"""

import os
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import jsonlines

from goldassay._version import __version__
from goldassay.errors import UsageError
from goldassay.extract.answer import Outcome, answer_here
from goldassay.extract.base import Extractor, System
from goldassay.extract.command import Command, answer_by_command
from goldassay.extract.isolated import isolated
from goldassay.extract.journal import (
    Entry,
    Journal,
    add_entry,
    encode_lines,
    iterate_answers,
    read_journal,
    read_owner,
    start_journal,
    text_digest,
)
from goldassay.extract.runfile import (
    CorpusRecord,
    DocumentRecord,
    RunRecord,
    SystemRecord,
    describe,
    format_run,
    read_run,
)
from goldassay.formats.files import write_atomically
from goldassay.model.document import Document
from goldassay.model.printable import quoted

PREDICTIONS = "predictions.jsonl"
RUN = "run.json"
UNFINISHED = "unfinished.jsonl"

Progress = Callable[[DocumentRecord], None]
"""Told how each document ended, in the order in which they end."""


class OtherRunError(UsageError):
    """The output directory holds predictions of another system, or for another corpus."""


def run_extractor(
    extractor: Extractor,
    documents: Sequence[Document],
    out_dir: str | os.PathLike[str],
    *,
    timeout: float | None = None,
    resume: bool = True,
    progress: Progress | None = None,
    corpus: CorpusRecord | None = None,
) -> RunRecord:
    """Run an extractor over documents and write `predictions.jsonl` and `run.json`.

    Args:
        extractor: an extractor of this process, or a command (`command_system`, `isolated`).
        documents: in the order in which the answers are to be written; each doc_id once.
        out_dir: made where it does not exist; nothing is written elsewhere.
        timeout: seconds for each answer; null waits for ever. An extractor of this process is then run in a worker
            process, for which it must have been loaded by name (`load_extractor`).
        resume: keep the answers of an earlier run of the same system (name, version, code and package versions) to
            documents whose text is the same.
        progress: told how each document ended; kept ones first.
        corpus: which corpus the documents are of.

    Returns:
        What `run.json` says: a status for each document. Documents without an answer have no line in the predictions.

    Raises:
        UsageError: A doc_id occurs twice, or a time limit was asked for an extractor that was not loaded by name.
        OtherRunError: `resume`, and the directory holds predictions of another system or for another corpus.
        OSError: The program cannot be started, or the directory cannot be written.
    """
    _check_ids(documents)
    answers = _answers(extractor, timeout)
    system = describe(extractor)
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    journal = _open_journal(out, system, corpus, resume=resume)
    kept = {document.doc_id: journal[document.doc_id] for document in documents if _is_kept(journal, document)}
    told = progress or (lambda _: None)
    for place in kept.values():
        told(place.record)
    with (out / UNFINISHED).open("r+b") as file:
        for document, outcome in answers(document for document in documents if document.doc_id not in kept):
            kept[document.doc_id] = add_entry(file, document, outcome)
            told(kept[document.doc_id].record)
        places = [kept[document.doc_id] for document in documents]
        write_atomically(out / PREDICTIONS, encode_lines(iterate_answers(file, places)))
    record = RunRecord(
        schema=1,
        tool=__version__,
        python=platform.python_version(),
        system=system,
        corpus=corpus,
        timeout=timeout,
        documents=[place.record for place in places],
    )
    write_atomically(out / RUN, [format_run(record)])
    (out / UNFINISHED).unlink()
    return record


def _check_ids(documents: Sequence[Document]) -> None:
    twice = [doc_id for doc_id, count in Counter(document.doc_id for document in documents).items() if count > 1]
    if twice:
        raise UsageError(f"doc_id {quoted(twice[0])} occurs more than once; give each document its own")


def _answers(
    extractor: Extractor, timeout: float | None
) -> Callable[[Iterable[Document]], Iterator[tuple[Document, Outcome]]]:
    """How to ask: in this process, or a program with a time limit."""
    if isinstance(extractor, System) and timeout is not None and extractor.spec is not None:
        extractor = isolated(extractor.spec)
    if isinstance(extractor, Command):
        argv = extractor.argv
        return lambda documents: answer_by_command(argv, documents, timeout=timeout)
    if timeout is not None:
        raise UsageError("a time limit needs a system that a worker can load: a shipped name or module:function")
    return lambda documents: answer_here(extractor, documents)


def _is_kept(journal: Journal, document: Document) -> bool:
    place = journal.get(document.doc_id)
    return place is not None and place.record.status == "ok" and place.record.sha256 == text_digest(document)


def _open_journal(out: Path, system: SystemRecord, corpus: CorpusRecord | None, *, resume: bool) -> Journal:
    """The journal to go on with: that of a run broken off, or a new one with the answers of a finished run."""
    store = out / UNFINISHED
    if resume:
        _check_owner(out, system, corpus)
        journal = read_journal(store, system)
        if journal is not None:
            return journal
    start_journal(store, system, _finished(out, system) if resume else ())
    return read_journal(store, system) or {}


def _check_owner(out: Path, system: SystemRecord, corpus: CorpusRecord | None) -> None:
    """Predictions are replaced only by those of the same system on the same documents."""
    earlier, owner = read_run(out), read_owner(out / UNFINISHED)
    if owner is not None and owner.name != system.name:
        raise OtherRunError(_other(out, f"the unfinished run of {quoted(owner.name)}"))
    if not (out / PREDICTIONS).exists():
        return
    if earlier is None:
        raise OtherRunError(_other(out, f"predictions without a {RUN} that can be read"))
    if earlier.system.name != system.name:
        raise OtherRunError(_other(out, f"predictions of {quoted(earlier.system.name)}"))
    if _part(earlier.corpus) != _part(corpus):
        raise OtherRunError(_other(out, f"predictions for {_part(earlier.corpus)}"))


def _other(out: Path, found: str) -> str:
    return f"{out} holds {found}; choose another directory, or run without resuming to replace it"


def _part(corpus: CorpusRecord | None) -> str:
    return f"{corpus.name}, split {corpus.split}" if corpus else "documents of no corpus"


def _finished(out: Path, system: SystemRecord) -> Iterator[Entry]:
    """The answers of a finished run of the same system."""
    earlier = read_run(out)
    if earlier is None or earlier.system != system:
        return
    records = {record.doc_id: record for record in earlier.documents}
    with jsonlines.open(out / PREDICTIONS) as reader:
        for line in reader.iter(type=dict, skip_invalid=True):
            record = records.get(str(line.get("doc_id")))
            if record is not None:
                yield Entry(document=record, answer=line)
