"""What a score report says of the predictions it was made from: documents of one side only, and what was noticed."""

from collections.abc import Sequence

from goldassay.model.finding import Finding, format_finding
from goldassay.model.printable import printable
from goldassay.model.scorefile import Grounding
from goldassay.report.findings import sort_key

LISTED = 5
NAMED = 3

_LONG = 1000


def notice_lines(findings: Sequence[Finding], n_documents: int) -> list[str]:
    """Lines for a terminal: documents without predictions, lines of unknown documents, then findings, five at most.

    Args:
        findings: All findings about the predictions.
        n_documents: Documents of the gold.

    >>> from goldassay.model.finding import finding
    >>> missing = [finding("E305", found="no line", expected="a line", doc_id=f"d{n}") for n in range(5)]
    >>> notice_lines(missing, 9)
    ['5 of 9 documents have no predictions and count as empty: d0, d1, d2 and 2 more']
    """
    missing = [item for item in findings if item.code == "E305"]
    unknown = [item for item in findings if item.code == "E304"]
    rest = sorted((item for item in findings if item.code not in ("E304", "E305")), key=sort_key)
    lines = []
    if missing:
        verb = "has no predictions and counts" if len(missing) == 1 else "have no predictions and count"
        lines.append(f"{len(missing)} of {n_documents} documents {verb} as empty: {_named(missing)}")
    if unknown:
        noun = "line is" if len(unknown) == 1 else "lines are"
        lines.append(f"{len(unknown)} {noun} of no document of the gold and left out: {_named(unknown)}")
    lines += [f"Noticed: {printable(format_finding(item), _LONG)}" for item in rest[:LISTED]]
    if len(rest) > LISTED:
        lines.append(f"Noticed: {len(rest) - LISTED} more; `goldassay check` lists them")
    return lines


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
