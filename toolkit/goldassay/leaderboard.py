"""L5: the committed results of all systems in one table, made from their score files and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from goldassay.errors import UsageError
from goldassay.extract.runfile import RunRecord
from goldassay.measures.signature import drawn_unit
from goldassay.model.scorefile import ScoreFile
from goldassay.report.jsonfile import read_score_file
from goldassay.report.markdown import escape
from goldassay.report.table import claim, format_headline, format_interval, headline_scores
from goldassay.stats.interval import FEW_UNITS
from goldassay.systems import signature_parts

START, END = "<!-- leaderboard -->", "<!-- /leaderboard -->"
"""Between these lines of a page the table stands; everything else in the page is somebody's words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One system's committed result: its folder, what it scored, and the versions it ran with."""

    folder: str
    file: ScoreFile
    versions: str


def read_results(folder: Path) -> list[Entry]:
    """The score files below a folder, by the names of their folders.

    Raises:
        UsageError: There is none, one cannot be read, or they are of different gold or rules.
    """
    entries = []
    for path in sorted(folder.glob("*/score.json")):
        try:
            file = read_score_file(path.read_bytes())
        except (msgspec.DecodeError, OSError) as error:
            raise UsageError(f"{path} is no score file: {error}; write it with `goldassay score --out`") from error
        entries.append(Entry(path.parent.name, file, _versions(path.parent / "run.json")))
    if not entries:
        raise UsageError(f"no */score.json in {folder}")
    if len({tuple(signature_parts(entry.file.signature).items()) for entry in entries}) > 1:
        lines = "\n".join(f"  {entry.folder}: {entry.file.signature}" for entry in entries)
        raise UsageError(f"these results are of different gold or rules and have no common table\n{lines}")
    return entries


def _versions(path: Path) -> str:
    try:
        record = msgspec.json.decode(path.read_bytes(), type=RunRecord)
    except (msgspec.DecodeError, OSError):
        return "not stated"
    packages = [f"{name} {version}" for name, version in sorted(record.system.packages.items())]
    return ", ".join([record.system.version or "", *packages]).strip(", ") or "not stated"


def headings() -> list[str]:
    """The columns of the table."""
    return ["system", *(title for title, _ in headline_scores([])), "versions"]


def order_entries(entries: Sequence[Entry]) -> list[Entry]:
    """By name where there are few documents; else by the headline numbers, largest first, from left to right.

    That two systems stand one above the other establishes nothing: `goldassay compare` tests it.
    """
    if _documents(entries) < FEW_UNITS:
        return sorted(entries, key=lambda entry: entry.folder)

    def rank(entry: Entry) -> tuple[list[float], str]:
        values = [score.value if score is not None else None for _, score in headline_scores(entry.file.scores)]
        return [1.0 if value is None else -value for value in values], entry.folder

    return sorted(entries, key=rank)


def _documents(entries: Sequence[Entry]) -> int:
    return max(entry.file.provenance.n_documents for entry in entries)


def table_cells(entries: Sequence[Entry]) -> list[list[str]]:
    """A row a system: each headline number with its interval or range."""
    rows = []
    for entry in order_entries(entries):
        cells = [entry.folder]
        for _, score in headline_scores(entry.file.scores):
            interval = "" if score is None else format_interval(score.interval)
            cells.append(f"{format_headline(score)} {interval}".removesuffix(" –").strip())
        rows.append([*cells, entry.versions])
    return rows


def render_leaderboard(entries: Sequence[Entry]) -> str:
    """The table as Markdown, with what its documents let one claim and the signature they share."""
    n = _documents(entries)
    intervals = [score.interval for entry in entries for score in entry.file.scores]
    order = "By the headline numbers; whether neighbours differ is for `goldassay compare` to say."
    ranked = f" {order if n >= FEW_UNITS else 'In alphabetical order: this is no ranking.'}"
    lines = [claim(n, intervals, unit=drawn_unit(entries[0].file.signature)) + ranked, ""]
    lines += [f"| {' | '.join(headings())} |", f"|{'---|' * len(headings())}"]
    for row in table_cells(entries):
        lines.append(f"| [{escape(row[0])}](results/{row[0]}/report.md) | {' | '.join(map(escape, row[1:]))} |")
    parts = signature_parts(entries[0].file.signature)
    shared = "|".join(f"{key}:{value}" for key, value in parts.items())
    return "\n".join([*lines, "", f"All on `{shared}`; each report has its full signature.", ""])


def replace_table(page: str, table: str) -> str:
    r"""The page with the table between its two marks.

    Raises:
        UsageError: A mark is missing.

    >>> replace_table(f"words {START} old {END} more", "new")
    'words <!-- leaderboard -->\nnew\n<!-- /leaderboard --> more'
    """
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise UsageError(f"the page has no place for the table: it needs the lines {START} and {END}")
    return f"{before}{START}\n{table}\n{END}{after}"
