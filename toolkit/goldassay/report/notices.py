"""What a score report says of the predictions it was made from: documents of one side only, and what was noticed."""

from collections.abc import Sequence
from itertools import zip_longest

from goldassay.model.finding import Finding, format_finding
from goldassay.model.printable import printable
from goldassay.model.scorefile import Grounding, ScoreFile, Unresolved
from goldassay.report.findings import sort_key
from goldassay.report.table import count_noun

LISTED, NAMED, NAMES = 5, 3, 6
"""Findings, documents and unresolved names that are shown."""

_NOUNS = {
    "holder": "holder",
    "target": "target",
    "source": "source",
    "subject": "subject",
    "counted": "counted thing",
    "unit": "unit",
}

_LONG = 1000


def document_lines(findings: Sequence[Finding], n_documents: int) -> list[str]:
    """How many documents of the gold were answered, which were not, and lines of documents that it does not have.

    Args:
        findings: All findings about the predictions.
        n_documents: Documents of the gold.

    >>> from goldassay.model.finding import finding
    >>> missing = [finding("E305", found="no line", expected="a line", doc_id=f"d{n}") for n in range(5)]
    >>> document_lines(missing, 9)
    ['5 of 9 documents have no predictions and count as empty: d0, d1, d2 and 2 more']
    >>> silent = finding("E307", found="no key", expected="a key", doc_id="d1", field="stances")
    >>> document_lines([silent], 9)
    ['Lines without the key "stances" count as empty there: 1 of 9 documents, d1']
    >>> document_lines([], 9)
    ['All 9 documents are answered.']
    """
    missing = [item for item in findings if item.code == "E305"]
    unknown = [item for item in findings if item.code == "E304"]
    lines = []
    if missing:
        verb = "has no predictions and counts" if len(missing) == 1 else "have no predictions and count"
        lines.append(f"{len(missing)} of {n_documents} documents {verb} as empty: {_named(missing)}")
    silent = [item for item in findings if item.code == "E307"]
    for key in dict.fromkeys(item.where.field or "" for item in silent):
        of_key = [item for item in silent if item.where.field == key]
        what = f'without the key "{key}" count as empty there' if key else "without any layer count as empty"
        lines.append(f"Lines {what}: {len(of_key)} of {n_documents} documents, {_named(of_key)}")
    if not (missing or silent):
        lines.append("The document is answered." if n_documents == 1 else f"All {n_documents} documents are answered.")
    if unknown:
        noun = "line is" if len(unknown) == 1 else "lines are"
        lines.append(f"{len(unknown)} {noun} of no document of the gold and left out: {_named(unknown)}")
    return lines


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """The findings that are not about whole documents, in their order, five at most."""
    rest = sorted((item for item in findings if item.code not in ("E304", "E305", "E307")), key=sort_key)
    lines = [f"Noticed: {printable(format_finding(item), _LONG)}" for item in rest[:LISTED]]
    if len(rest) > LISTED:
        lines.append(f"Noticed: {len(rest) - LISTED} more; `goldassay check` lists them")
    return lines


def notice_lines(file: ScoreFile) -> list[str]:
    """What a report says of the predictions below its numbers: strings, names that match nothing, findings."""
    looked_up = grounding_line(file.grounding)
    return [*([looked_up] if looked_up else []), *unresolved_lines(file.unresolved), *finding_lines(file.findings)]


def unresolved_lines(unresolved: Sequence[Unresolved]) -> list[str]:
    """How many names match nothing of the gold, by layer and role, then six of them at most, the roles in turn.

    >>> from goldassay.model.scorefile import UnresolvedName
    >>> name = UnresolvedName(said="fish", times=2, doc_id="d1", field="stances[0].target", reason="target “fish” …")
    >>> lost = Unresolved(layer="stances", role="target", said=9, unresolved=2, examples=[name])
    >>> unresolved_lines([lost])  # doctest: +NORMALIZE_WHITESPACE
    ['Not resolved to the gold (wrong, missing there, or too far from its words): stances 2 of 9 targets',
     '  target “fish” … (2 times, first in d1 stances[0].target)']
    """
    lost = [one for one in unresolved if one.unresolved]
    by_layer: dict[str, list[str]] = {}
    for one in lost:
        by_layer.setdefault(one.layer, []).append(f"{one.unresolved} of {count_noun(one.said, _NOUNS[one.role])}")
    told = "; ".join(f"{layer} {', '.join(words)}" for layer, words in by_layer.items())
    turns = zip_longest(*(one.examples for one in lost))
    names = [name for turn in turns for name in turn if name is not None][:NAMES]
    places = [f"{name.times} times, first in " if name.times > 1 else "" for name in names]
    head = f"Not resolved to the gold (wrong, missing there, or too far from its words): {told}"
    return [head] * bool(lost) + [
        f"  {printable(name.reason, _LONG)} ({place}{printable(name.doc_id)} {name.field})"
        for name, place in zip(names, places, strict=True)
    ]


def _named(findings: Sequence[Finding]) -> str:
    names = sorted(item.where.doc_id or "" for item in findings)
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(printable(name) for name in names[:NAMED]) + more


def grounding_line(grounding: Grounding | None) -> str | None:
    """How the strings without offsets were found, with both shares; null where there were none.

    >>> grounding_line(Grounding(strings=8, ambiguous=2, ungrounded=1))
    'Strings without offsets: 8; 2 ambiguous (25.0 %), 1 not in the text (12.5 %)'
    """
    if grounding is None:
        return None
    ambiguous, missing = (count / grounding.strings for count in (grounding.ambiguous, grounding.ungrounded))
    return (
        f"Strings without offsets: {grounding.strings}; {grounding.ambiguous} ambiguous ({ambiguous:.1%}), "
        f"{grounding.ungrounded} not in the text ({missing:.1%})"
    ).replace("%)", " %)")
