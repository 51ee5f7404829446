"""The exceptions of the public functions: calls that cannot be answered. Problems of data are findings instead."""

from collections.abc import Sequence

from goldassay.model.finding import Finding, format_finding


class GoldassayError(Exception):
    """Base of all exceptions that goldassay raises on purpose."""


class UsageError(GoldassayError):
    """The call makes no sense: an unknown name, a file that is not there, options that exclude each other."""


class NoCorpusError(UsageError):
    """No corpus was named, and none lies where one is looked for."""


class InvalidDataError(GoldassayError):
    """The data has errors; all of them are in `findings`."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [item for item in findings if item.severity == "error"]
        first = format_finding(errors[0]) if errors else "no error"
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        super().__init__(f"{count} in the data; the first: {first}")
