"""`python -m goldassay.extract.worker NAME`: a Python extractor behind the command protocol.

So that an extractor which hangs, crashes or prints can do no harm to the run. `--describe` writes one line saying what
the extractor is, and ends.
"""

import os
import sys
from collections.abc import Iterable
from typing import IO

import jsonlines
import msgspec

from goldassay.extract.answer import answer_here
from goldassay.extract.base import System, UnknownSystemError
from goldassay.extract.registry import load_extractor
from goldassay.extract.runfile import describe
from goldassay.model.document import Document

UNKNOWN_SYSTEM = 2
"""Exit code when there is no such system."""


def main(arguments: list[str]) -> int:
    """Answer the documents on stdin until it ends."""
    *flags, spec = arguments
    channel = _claim_stdout()
    # Started with -P: a file in the working directory must not stand in for a library, but may hold the extractor.
    sys.path.append(os.getcwd())  # noqa: PTH109
    try:
        system = load_extractor(spec)
    except UnknownSystemError as error:
        sys.stderr.write(f"{error}\n")
        return UNKNOWN_SYSTEM
    with jsonlines.Writer(channel, compact=True, flush=True) as writer:
        if "--describe" in flags:
            writer.write(msgspec.to_builtins(describe(system)))
        else:
            answer(system, sys.stdin.buffer, writer)
    return 0


def answer(system: System, lines: Iterable[bytes], writer: jsonlines.Writer) -> None:
    """Write one answer for each document line; a failure is an answer with the key `error`."""
    for line in lines:
        document = msgspec.json.decode(line, type=Document)
        for _, outcome in answer_here(system, [document]):
            failure = {"doc_id": document.doc_id, "error": outcome.message}
            remark = {"message": outcome.message} if outcome.message is not None else {}
            writer.write(failure if outcome.line is None else outcome.line | remark)


def _claim_stdout() -> IO[bytes]:
    """Keep the standard output for answers; whatever the extractor prints goes to stderr."""
    sys.stdout.flush()
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return channel


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
