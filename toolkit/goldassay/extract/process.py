"""One program that answers documents over its standard streams, with a time limit and without trust.

The program's output is read by a thread that stops when more than a few lines are pending, so that a program which
floods its output fills a pipe, not memory. Reading and writing never wait for each other.
"""

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Sequence
from typing import IO

from goldassay.extract.base import UnansweredError
from goldassay.model.printable import printable

MAX_ANSWER = 32 * 1024 * 1024
"""Bytes that one answer may have."""

_STDERR_KEPT = 2000
_PENDING = 4
_GRACE = 5.0
_END = b""

ENDED = "ended without an answer"
"""How a program ended that gave up nothing but itself: exit code 0."""


class Process:
    """A running program. It lives until `close` or `kill`; after a time-out or garbage it must be killed.

    Raises:
        OSError: The program cannot be started.
    """

    def __init__(self, argv: Sequence[str], max_answer: int = MAX_ANSWER) -> None:
        # A session of its own lets `kill` reach the program's children; Python workers speak UTF-8 and hash alike.
        environment = {"PYTHONUTF8": "1", "PYTHONHASHSEED": "0"} | os.environ
        self._popen = subprocess.Popen(  # noqa: S603  # the user names the program
            list(argv),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=os.name == "posix",
        )
        self._max_answer = max_answer
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._input: queue.Queue[bytes | None] = queue.Queue()
        self._stderr = b""
        pumps = ((self._pump_output, "stdout"), (self._pump_errors, "stderr"), (self._pump_input, "stdin"))
        self._threads = [
            threading.Thread(target=pump, args=(getattr(self._popen, name),), daemon=True) for pump, name in pumps
        ]
        for thread in self._threads:
            thread.start()

    def ask(self, line: bytes, timeout: float | None) -> bytes:
        """Send one line and wait for the next line that is not blank.

        Raises:
            UnansweredError: `timeout`, `crash` where the output has ended, `garbage` for a line that is too long.
        """
        self._input.put(line)
        try:
            answer = self._lines.get(timeout=timeout)
        except queue.Empty:
            raise UnansweredError("timeout", f"no answer within {timeout:g} s") from None
        if not answer:
            raise UnansweredError("crash", self.ending())
        if len(answer) > self._max_answer:
            raise UnansweredError("garbage", f"wrote a line of more than {self._max_answer} bytes")
        return answer

    def pending(self) -> bytes:
        """A further line that has come already; empty bytes where there is none."""
        try:
            line = self._lines.get_nowait()
        except queue.Empty:
            return _END
        if not line:
            # The end of the output is no line: the next `ask` is to find it.
            self._lines.put(line)
        return line

    def close(self) -> bytes:
        """Say that there are no more documents and let the program end; what it still writes is returned."""
        self._input.put(None)
        try:
            rest = self._lines.get(timeout=_GRACE)
        except queue.Empty:
            rest = _END
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=_GRACE)
        self.kill()
        return rest

    def kill(self) -> None:
        """End the program and what it started, and wait for it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self._popen.pid, signal.SIGKILL)
            else:
                self._popen.kill()
        self._popen.wait()
        self._input.put(None)
        for thread in self._threads:
            thread.join(timeout=_GRACE)
        for stream, thread in zip((self._popen.stdout, self._popen.stderr), self._threads, strict=False):
            # A descendant that left the session may hold the pipe; closing it would wait for the reading thread.
            if stream is not None and not thread.is_alive():
                stream.close()

    def ending(self) -> str:
        """How the program ended, in words; call it after the output has ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=_GRACE)
        code = self._popen.returncode
        if code is None:
            return "closed its output without an answer"
        if code < 0:
            return f"was ended by signal {-code}"
        return ENDED if code == 0 else f"ended with exit code {code}"

    def stderr_tail(self) -> str | None:
        """The end of what the program wrote to stderr, made safe to show."""
        text = self._stderr[-_STDERR_KEPT:].decode("utf-8", errors="replace").strip()
        return "\n".join(printable(line, 300) for line in text.splitlines()) or None

    def _pump_output(self, stream: IO[bytes]) -> None:
        while self._lines.qsize() < _PENDING:
            line = stream.readline(self._max_answer + 1)
            if line.strip() or not line:
                self._lines.put(line)
            if not line:
                return

    def _pump_errors(self, stream: IO[bytes]) -> None:
        while chunk := stream.read1(4096):  # type: ignore[attr-defined]
            self._stderr = (self._stderr + chunk)[-2 * _STDERR_KEPT :]

    def _pump_input(self, stream: IO[bytes]) -> None:
        # A program that has gone does not read; its absence shows where its answer is missing.
        with contextlib.suppress(OSError), stream:
            while (line := self._input.get()) is not None:
                stream.write(line)
                stream.flush()
