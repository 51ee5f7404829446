"""How to cite the data and the toolkit: BibTeX or a line of text, with the version and the fingerprint of the gold."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from goldassay._version import __version__
from goldassay.corpus.layout import find_splits
from goldassay.gold import load_gold
from goldassay.hub.citation import find_edition, read_citation
from goldassay.model.printable import printable

SHOWN = 16
"""Digits of a fingerprint; a signature shows the first eight of them."""

_ESCAPES = {char: f"\\{char}" for char in "&%$#_{}"} | {"~": r"\~{}", "^": r"\^{}", "\\": r"\textbackslash{}"}


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited; authors as one reads them, a year only if there is a date of release."""

    key: str
    authors: Sequence[str]
    title: str
    version: str
    year: str | None = None
    note: str | None = None
    doi: str | None = None
    url: str | None = None


def cite_data(root: Path) -> Work:
    """The corpus as it lies there; unreleased edits show in its version, and have no year.

    Raises:
        InvalidDataError: The gold has errors.
    """
    golds = [load_gold(root, split=split) for split in find_splits(root)]
    citation, _ = read_citation(root)
    name, version = golds[0].name, golds[0].version
    day = find_edition(root, version).day(citation)
    prints = "; ".join(f"split {gold.split}, fingerprint {gold.fingerprint[:SHOWN]}" for gold in golds)
    return Work(
        key=f"{name}-{version}",
        authors=citation.names if citation else [f"The maintainers of {name}"],
        title=f"{name} [data set]",
        version=version,
        year=day and day[:4],
        note=prints,
        doi=citation.doi if citation else None,
        url=citation.address if citation else None,
    )


def cite_software() -> Work:
    """The toolkit that is installed."""
    title = "goldassay: a scorer for entities, stances and numeric facts [computer program]"
    return Work(f"goldassay-{__version__}", ["The goldassay maintainers"], title, __version__)


def render_bibtex(work: Work) -> str:
    r"""An entry that BibTeX and biblatex read alike.

    >>> print(render_bibtex(Work("x-1.0.0", ["The Zenda group"], "A & B", "1.0.0", note="split test")), end="")
    @misc{x-1.0.0,
      author = {{The Zenda group}},
      title = {{A \& B}},
      version = {1.0.0},
      note = {Version 1.0.0; split test},
    }
    """
    note = "; ".join(part for part in (f"Version {work.version}", work.note) if part)
    fields = {
        "author": " and ".join(f"{{{_escape(name)}}}" for name in work.authors),
        "title": f"{{{_escape(work.title)}}}",
        "year": work.year,
        "version": _escape(work.version),
        "doi": work.doi and _verbatim(work.doi),
        "url": work.url and _verbatim(work.url),
        "note": _escape(note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = "".join(char if char.isascii() and (char.isalnum() or char in "-.:+") else "-" for char in work.key)
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"


def render_citation(work: Work) -> str:
    """One line of text.

    >>> print(render_citation(Work("x", ["The Zenda group"], "A corpus", "1.0.0", year="2030")), end="")
    The Zenda group (2030): A corpus. Version 1.0.0.
    """
    year = f" ({work.year})" if work.year else ""
    note = f"Version {work.version}" + (f"; {work.note}" if work.note else "")
    rest = [note, work.doi and f"doi:{work.doi}", work.url]
    shown = ". ".join(printable(part) for part in rest if part)
    return f"{printable(', '.join(work.authors))}{year}: {printable(work.title)}. {shown}.\n"


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in printable(text))


def _verbatim(address: str) -> str:
    """Addresses are not typeset, so only braces, which would end the field, are written otherwise."""
    return printable(address).replace("{", "%7B").replace("}", "%7D")
