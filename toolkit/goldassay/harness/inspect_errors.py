"""L5: what goldassay refuses, as inspect_ai says such things: in a sentence, without a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from goldassay.errors import GoldassayError


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Turn what goldassay refuses inside into the exception that inspect_ai prints as a sentence."""
    try:
        yield
    except GoldassayError as error:
        raise _prerequisite_error(f"Error: {error}") from None


def _prerequisite_error(message: str) -> Exception:
    from inspect_ai._util.error import PrerequisiteError
    from rich import get_console
    from rich.markup import escape

    if get_console().quiet:
        # inspect_ai prints to this console, so with `--display none` the command would end without a word.
        sys.stderr.write(f"{message}\n")
    refusal: Exception = PrerequisiteError(escape(message))
    return refusal
