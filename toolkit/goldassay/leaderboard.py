"""L5: the committed results of all systems in one table, made from their score files and nothing else."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import msgspec

from goldassay.errors import UsageError
from goldassay.extract.runfile import RunRecord
from goldassay.measures.signature import SignatureError, parse_signature
from goldassay.model.printable import printable
from goldassay.model.scorefile import ScoreFile
from goldassay.report.headlines import SHARED, format_spread, headline_claim, shared_line
from goldassay.report.jsonfile import read_score_file
from goldassay.report.markdown import escape
from goldassay.report.table import headline_scores

MOVING = (*SHARED, "match", "proposition-f1", "ids", "resampling")
"""Parts of a signature in which results must agree to stand in one table: nothing is scored again here."""

TOLD = ("invalid", "run", "tool")
"""Parts that belong to a system's result; each is a column where the results differ in it."""

REPORT = "report.md"

START, END = "<!-- leaderboard -->", "<!-- /leaderboard -->"
"""Between these lines of a page the table stands; everything else in the page is somebody's words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One system's committed result.

    folder    name of its folder
    parts     the parts of its signature
    versions  what it ran with
    report    its report, if it has one
    """

    folder: str
    file: ScoreFile
    parts: Mapping[str, str]
    versions: str
    report: Path | None


def read_results(folder: Path) -> list[Entry]:
    """The score files below a folder, by the names of their folders.

    Raises:
        UsageError: There is none, one cannot be read, or they are of different gold or rules.
    """
    entries = [_read_result(path) for path in sorted(folder.glob("*/score.json"))]
    if not entries:
        raise UsageError(f"no */score.json in {folder}")
    if differing := [key for key in MOVING if len({entry.parts.get(key) for entry in entries}) > 1]:
        lines = "\n".join(f"  {printable(entry.folder)}: {entry.file.signature}" for entry in entries)
        raise UsageError(
            f"these results have no common table: their signatures differ in {', '.join(differing)}\n{lines}\n"
            "Score the predictions again in the same way (`goldassay score PRED --out DIR`)"
        )
    return entries


def _read_result(path: Path) -> Entry:
    try:
        file = read_score_file(path.read_bytes())
        _, parts = parse_signature(file.signature)
    except (msgspec.DecodeError, SignatureError, OSError) as error:
        raise UsageError(f"{path} is no score file: {error}; write it with `goldassay score --out`") from error
    folder = path.parent
    report = folder / REPORT if (folder / REPORT).is_file() else None
    return Entry(folder.name, file, parts, _versions(folder / "run.json"), report)


def _versions(path: Path) -> str:
    try:
        record = msgspec.json.decode(path.read_bytes(), type=RunRecord)
    except (msgspec.DecodeError, OSError):
        return "not stated"
    packages = [f"{name} {version}" for name, version in sorted(record.system.packages.items())]
    return ", ".join([record.system.version or "", *packages]).strip(", ") or "not stated"


def _told(entries: Sequence[Entry]) -> list[str]:
    return [key for key in TOLD if len({entry.parts.get(key) for entry in entries}) > 1]


def headings(entries: Sequence[Entry]) -> list[str]:
    """The columns of the table."""
    return ["system", *(title for title, _ in headline_scores([])), "versions", *_told(entries)]


def is_ranking(entries: Sequence[Entry]) -> bool:
    """Whether every headline number has an interval; where one has none, an order would say more than is known."""
    scores = [score for entry in entries for _, score in headline_scores(entry.file.scores)]
    kinds = {score.interval.kind for score in scores if score is not None and score.value is not None}
    return kinds == {"bootstrap"}


def order_entries(entries: Sequence[Entry]) -> list[Entry]:
    """By name where numbers have no intervals; else by the headline numbers, largest first, from left to right.

    That two systems stand one above the other establishes nothing: `goldassay compare` tests it.
    """
    if not is_ranking(entries):
        return sorted(entries, key=lambda entry: entry.folder)

    def rank(entry: Entry) -> tuple[list[float], str]:
        values = [score.value if score is not None else None for _, score in headline_scores(entry.file.scores)]
        return [1.0 if value is None else -value for value in values], entry.folder

    return sorted(entries, key=rank)


def table_cells(entries: Sequence[Entry]) -> list[list[str]]:
    """A row a system, in the order of `entries`: each headline number with its interval or range."""
    told = _told(entries)
    return [
        [
            entry.folder,
            *(format_spread(score) for _, score in headline_scores(entry.file.scores)),
            entry.versions,
            *(entry.parts.get(key, "–") for key in told),
        ]
        for entry in entries
    ]


def render_leaderboard(entries: Sequence[Entry], page: Path | None = None) -> str:
    """The table as Markdown, with what its documents let one claim and the signature they share.

    Reports are linked as seen from `page`; without one, from a page beside the folder of the results.
    """
    order = "By the headline numbers; whether neighbours differ is for `goldassay compare` to say."
    ranked = order if is_ranking(entries) else "In alphabetical order: this is no ranking."
    lines = [f"{headline_claim([entry.file for entry in entries])} {ranked}", ""]
    columns = headings(entries)
    lines += [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    ordered = order_entries(entries)
    for entry, row in zip(ordered, table_cells(ordered), strict=True):
        lines.append(f"| {_linked(entry, page)} | {' | '.join(map(escape, row[1:]))} |")
    return "\n".join([*lines, "", shared_line(entries[0].file.signature), ""])


def _linked(entry: Entry, page: Path | None) -> str:
    """The name of a system, with a link to its report if there is one; a folder may be called anything."""
    if entry.report is None:
        return escape(entry.folder)
    beside = Path(os.path.normpath(entry.report.absolute())).parent.parent.parent
    start = beside if page is None else page.parent
    address = Path(os.path.relpath(entry.report, start)).as_posix()
    return f"[{escape(entry.folder)}]({quote(os.fsencode(address))})"


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
