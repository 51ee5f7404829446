"""Whether lines are gold: labels of the scheme, places in the text, references that hold."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from goldassay.checking import check_document_rows
from goldassay.exchange.gold_lines import rows_of
from goldassay.exchange.reading import UNTYPED, Line
from goldassay.formats.gold import GoldLine
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import ENTITY_TYPES
from goldassay.model.printable import quoted


def check_lines(lines: Sequence[Line], file: str) -> list[Finding]:
    """Why lines are no gold: labels that the scheme does not have, and whatever else the checks find."""
    findings: list[Finding] = []
    for line in lines:
        if not isinstance(line, GoldLine):
            continue
        unknown = _unknown_types(line)
        for label, number in unknown:
            found = f"{'no type' if label == UNTYPED else quoted(label)} ({number} times)"
            findings.append(
                finding(
                    "E106",
                    found=found,
                    expected=", ".join(ENTITY_TYPES),
                    fix=_remedy(label),
                    file=file,
                    doc_id=line.doc_id,
                )
            )
        if not unknown:
            findings += [_in_file(one, file) for one in check_document_rows(*rows_of(line))]
    return findings


def _unknown_types(line: GoldLine) -> list[tuple[str, int]]:
    types = [*(one.type for one in line.entities or ()), *(one.type for one in line.mentions or ())]
    counts = Counter(one for one in types if one is not None)
    return sorted((label, number) for label, number in counts.items() if label not in ENTITY_TYPES)


def _remedy(label: str) -> str:
    others = "or write --to predictions and score with --labels"
    if label == UNTYPED:
        return f"say --types {UNTYPED}=ORG or the like to give them one, --types {UNTYPED}= to leave them out, {others}"
    return f"say --types {label}=ORG or the like, {others}"


def _in_file(found: Finding, file: str) -> Finding:
    return msgspec.structs.replace(found, where=msgspec.structs.replace(found.where, file=file))
