"""Programs as extractors: documents as JSON lines on stdin, one prediction line each on stdout.

The protocol is described in docs/extractors.md. Each document is asked for and answered before the next is sent.
Whatever goes wrong ends one document, never the run: the program is started again for the next one.
"""

import hashlib
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from goldassay.errors import UsageError
from goldassay.extract.answer import Outcome, parse_answer
from goldassay.extract.base import ALL_LAYERS, UnansweredError
from goldassay.extract.process import ENDED, Process
from goldassay.formats.jsonl import encode_row
from goldassay.model.document import Document
from goldassay.model.printable import printable

_MAX_CODE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program as an extractor; `argv` is the program and its arguments. Other fields as in `base.System`.

    `own` marks a worker of this package: the run file then names the system and no command.
    """

    name: str
    argv: tuple[str, ...]
    version: str
    layers: frozenset[str] = ALL_LAYERS
    seen_seeds: bool | None = None
    family: str | None = None
    note: str | None = None
    packages: tuple[str, ...] = ()
    code: str | None = None
    own: bool = False

    def extract(self, document: Document) -> Mapping[str, object]:
        """Ask a program started for this one document; for many, use `answer_by_command`.

        Raises:
            UnansweredError: There is no answer.
        """
        [(_, outcome)] = answer_by_command(self.argv, [document], timeout=None)
        if outcome.line is None:
            raise UnansweredError(outcome.status, outcome.message or "", outcome.stderr)
        return {key: value for key, value in outcome.line.items() if key != "doc_id"}


def command_system(
    name: str,
    command: str | Sequence[str],
    *,
    layers: frozenset[str] = ALL_LAYERS,
    seen_seeds: bool | None = None,
    family: str | None = None,
) -> Command:
    """A command line, or a list of words, as an extractor.

    Its version is a digest of its words and of the files among them, so that an edited script is run anew.

    >>> command_system("mine", "awk -f count.awk").argv
    ('awk', '-f', 'count.awk')
    """
    try:
        argv = tuple(shlex.split(command) if isinstance(command, str) else command)
    except ValueError as error:
        raise UsageError(f"the command cannot be read: {error}") from error
    if not argv:
        raise UsageError("the command is empty; give a program and its arguments")
    code = digest_files([path for word in argv if (path := Path(word)).is_file()], words=argv)
    return Command(
        name=name,
        argv=argv,
        version=f"sha256:{code[:12]}",
        layers=layers,
        seen_seeds=seen_seeds,
        family=family,
        code=code,
    )


def digest_files(paths: Iterable[Path], words: Sequence[str] = ()) -> str:
    """SHA-256 of words and of the first 16 MiB of files, in the order given."""
    digest = hashlib.sha256("\0".join(words).encode("utf-8", errors="surrogateescape"))
    for path in paths:
        with path.open("rb") as file:
            digest.update(b"\0" + file.read(_MAX_CODE))
    return digest.hexdigest()


def answer_by_command(
    argv: Sequence[str], documents: Iterable[Document], *, timeout: float | None
) -> Iterator[tuple[Document, Outcome]]:
    """Ask a program about documents, one outcome a document, in their order.

    Args:
        argv: the program and its arguments.
        documents: what to ask about; read one at a time.
        timeout: seconds for one answer, the start of the program included; null waits for ever.

    An outcome is given out only when the next answer has come: a stray further line belongs to the document before it.

    Raises:
        OSError: The program cannot be started.
    """
    process: Process | None = None
    held: tuple[Document, Outcome] | None = None
    try:
        for document in documents:
            used = process is not None
            process, outcome, may_be_stray = _ask(process or Process(argv), document, timeout)
            if used and may_be_stray:
                first, (process, outcome, _) = outcome, _ask(Process(argv), document, timeout)
                held, outcome = _blame(held, first, outcome)
            if held is not None:
                yield held
            held = document, outcome
        if process is not None and held is not None and (rest := process.close()):
            held = held[0], _too_many_lines(held[1], rest)
        process = None
        if held is not None:
            yield held
    finally:
        if process is not None:
            process.kill()


def _ask(process: Process, document: Document, timeout: float | None) -> tuple[Process | None, Outcome, bool]:
    """The process where it can be asked again, the outcome, and whether the document before may be to blame for it."""
    try:
        answer = process.ask(encode_row(document) + b"\n", timeout)
        line = parse_answer(document.doc_id, answer)
        further = process.pending()
    except UnansweredError as error:
        if error.status == "error":
            # What a living program wrote to stderr may be still on its way; the record must not depend on that.
            return process, Outcome.failed(error), False
        process.kill()
        return None, Outcome.failed(error, process.stderr_tail()), error.status in ("garbage", "crash")
    except BaseException:
        process.kill()
        raise
    if further:
        process.kill()
        return None, _too_many_lines(Outcome(line=line), further), False
    return process, Outcome.answered(line), False


def _blame(
    held: tuple[Document, Outcome] | None, first: Outcome, second: Outcome
) -> tuple[tuple[Document, Outcome] | None, Outcome]:
    """Settle a failure of a program that had answered before, after a fresh one was asked the same.

    Where the fresh one answers, a stray line was the earlier document's second one. A program that ends after each
    document is no failure; one that crashed is remembered in the message.
    """
    if second.line is None or held is None:
        return held, second
    if first.status == "garbage":
        message = "wrote more than one line"
        return (held[0], Outcome(status="garbage", message=message, stderr=first.stderr)), second
    if first.message == ENDED:
        return held, second
    return held, replace(second, message=f"answered at the second try; the first program {first.message}")


def _too_many_lines(outcome: Outcome, further: bytes) -> Outcome:
    text = printable(further.decode("utf-8", errors="replace").strip(), 120)
    return replace(outcome, line=None, status="garbage", message=f"wrote more than one line: {text}")
