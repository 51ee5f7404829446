"""The closed list of official numbers that ours need not equal, each with its reason."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from goldassay.model.finding import Finding, finding
from goldassay.profiles.base import Kind

FILE_NAME = "parity-exceptions.toml"
_KEYS = {"id", "scorer", "metric", "kind", "reason"}


@dataclass(frozen=True, slots=True)
class ParityException:
    """Patterns for the scorer and for the path of a number, and why it is left out."""

    id: str
    scorer: str
    metric: str
    kind: str | None
    reason: str

    def covers(self, scorer: str, path: Sequence[str], kind: Kind | None) -> bool:
        """Whether the number at this path is excepted.

        >>> item = ParityException("x", "eval4ner@*", "*", "spans", "strings, not spans")
        >>> item.covers("eval4ner@0.1.0", ("strict", "f1"), "spans"), item.covers("spacy", ("f1",), "spans")
        (True, False)
        """
        return (
            (self.kind is None or kind in (None, self.kind))
            and fnmatchcase(scorer, self.scorer)
            and fnmatchcase("/".join(path), self.metric)
        )


def find_exceptions_file() -> Path | None:
    """The list inside the installed package, else the one of the checkout that the package stands in."""
    here = Path(__file__).resolve()
    places = (here.with_name(FILE_NAME), here.parents[3] / "docs" / FILE_NAME)
    return next((place for place in places if place.is_file()), None)


def read_exceptions(path: Path) -> tuple[tuple[ParityException, ...], list[Finding]]:
    """The entries of the list, and what is wrong with it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        fix = "mend the list, or name another with --exceptions"
        return (), [finding("E407", found=str(error), expected="a readable TOML file", fix=fix, file=str(path))]
    entries: list[ParityException] = []
    findings: list[Finding] = []
    for index, row in enumerate(data.get("exception", ())):
        texts = all(isinstance(value, str) and value for value in row.values())
        if not texts or not _KEYS - {"kind"} <= row.keys() <= _KEYS:
            found, expected = ", ".join(sorted(row)), "id, scorer, metric, reason and perhaps kind, all of them text"
            field = f"exception[{index}]"
            findings.append(finding("E104", found=found, expected=expected, file=str(path), field=field))
            continue
        entries.append(ParityException(**{"kind": None, **row}))
    return tuple(entries), findings
