"""Findings: everything that can be wrong with data, as values with a code, a place and a remedy."""

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a finding. `line` counts from 1; `field` is a path such as `mentions[3].spans`."""

    file: str | None = None
    line: int | None = None
    doc_id: str | None = None
    field: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with data: what was found, what was expected, and what to do about it."""

    code: str
    severity: Severity
    where: Where
    found: str
    expected: str
    fix: str


class Code(msgspec.Struct, frozen=True):
    """What a finding code stands for; `elsewhere` are its other severities, each with where it has it."""

    title: str
    severity: Severity
    fix: str
    elsewhere: tuple[tuple[Severity, str], ...] = ()


CODES: dict[str, Code] = {
    "E101": Code(
        "not plain UTF-8",
        "error",
        "save the file as UTF-8",
        (("warning", "among the copies that `goldassay rehydrate` looks through"),),
    ),
    "E102": Code("not JSON", "error", "write one JSON object a line"),
    "E103": Code("unknown key", "error", "correct the key or leave it out"),
    "E104": Code("missing key", "error", "add the key"),
    "E105": Code("wrong type", "error", "give the value the expected type"),
    "E106": Code("unknown label", "error", "use a label of the scheme"),
    "E107": Code("duplicate key", "error", "keep one of the two"),
    "E108": Code("number out of range or not finite", "error", "give a finite number in the range"),
    "E201": Code("empty or reversed span", "error", "give end > start; ends are exclusive"),
    "E202": Code("span outside the text", "error", "count code points from 0, end exclusive"),
    "E203": Code(
        "text differs from the span",
        "error",
        "correct the offsets or the text",
        (("warning", "in predictions whose words differ only in writing, or whose `text` is another"),),
    ),
    "E204": Code(
        "wrong offset unit",
        "error",
        "convert the offsets to code points, end exclusive",
        (
            ("warning", "in brat and Label Studio files whose words say what was meant"),
            ("info", "for predictions that would be right a step aside"),
        ),
    ),
    "E205": Code("fragments out of order or overlapping", "error", "list the fragments in text order, apart"),
    "E206": Code(
        "duplicate annotation",
        "error",
        "keep one of them",
        (("warning", "in predictions, and for a mention again under another entity or type"),),
    ),
    "E301": Code("duplicate id", "error", "give each record of the document its own id"),
    "E302": Code("dangling reference", "error", "refer to a record of the same document"),
    "E303": Code("cycle of references", "error", "break the cycle"),
    "E304": Code("unknown document", "error", "use a doc_id of the gold, name another gold, or leave the line out"),
    "E305": Code(
        "document missing",
        "warning",
        "add a line for the document; it counts as empty",
        (("error", "where only one of two annotation passes has the document or layer"),),
    ),
    "E306": Code("document twice", "error", "give each document one line"),
    "E307": Code("layer not answered", "warning", "write the key, with [] for nothing found; it counts as empty"),
    "E308": Code("texts and offsets not checked", "info", "name the gold with --gold"),
    "E401": Code("value does not parse", "error", "write the value as a decimal string or a plain number"),
    "E402": Code("lo above hi", "error", "swap the bounds"),
    "E403": Code("unknown unit", "error", "use a UCUM code, an ISO 4217 code, % or pp"),
    "E404": Code("malformed time value", "error", "write the value in the form of its type, X for open digits"),
    "E405": Code("sources contradict the attribution", "error", "list AUTHOR, then the attribution's ancestors"),
    "E406": Code("act, dimension and grade clash", "error", "choose an act that fits the dimension and the sign"),
    "E407": Code(
        "required field empty",
        "error",
        "fill the field",
        (("info", "in predictions without a type or a value"),),
    ),
    "E501": Code("quote not found in the text", "error", "quote the text exactly", (("warning", "in predictions"),)),
    "E502": Code(
        "quote is ambiguous",
        "error",
        "add a longer context or the number of the occurrence",
        (("info", "in predictions"),),
    ),
    "E503": Code("name not resolved", "warning", "name the entity as the text does"),
    "E505": Code("predictions stop early", "info", "let the system read whole documents, in windows if it must"),
    "E601": Code(
        "hash differs",
        "error",
        "restore the file, or release it under a new version",
        (("warning", "for an oldest release that is gone"),),
    ),
    "E602": Code("duplicate or near duplicate", "error", "take the text in once"),
    "E603": Code("hex dump or wrong encoding", "error", "take in the plain text as UTF-8"),
    "E604": Code("control character or carriage return", "error", "remove the character"),
    "E605": Code("version too small for the change", "error", "raise the version by the release rule"),
    "E606": Code("split name refused", "error", "use validation, or test from 30 documents on"),
    "E607": Code("same string annotated two ways", "warning", "justify it or mend it"),
    "E608": Code("generated file is stale", "error", "run `goldassay build`"),
    "E609": Code("disagreement not decided", "error", "decide it, with a reason and a rule of the guidelines"),
    "E610": Code("gold does not follow from passes and decisions", "error", "mend the gold, or decide otherwise"),
    "E611": Code("gold is not that of its release", "error", "run `goldassay build`, then release it anew"),
    "E701": Code("not expressible for this scorer", "info", "score such items with the default measures"),
    "E702": Code("no number from this scorer", "warning", "use the default measures, or mend what it refuses"),
}


def describe_severity(code: Code) -> str:
    """The other severities of a code in words; empty where it has but one.

    >>> describe_severity(CODES["E502"])
    'info in predictions'
    """
    return ", ".join(f"{severity} {where}" for severity, where in code.elsewhere)


def finding(
    code: str,
    *,
    found: str,
    expected: str,
    fix: str | None = None,
    file: str | None = None,
    line: int | None = None,
    doc_id: str | None = None,
    field: str | None = None,
    severity: Severity | None = None,
) -> Finding:
    """Build a finding; severity and remedy default to those of its code.

    >>> finding("E202", found="end 512", expected="at most 498", doc_id="d1", field="mentions[0].spans").severity
    'error'
    """
    known = CODES[code]
    where = Where(file=file, line=line, doc_id=doc_id, field=field)
    return Finding(
        code=code,
        severity=severity or known.severity,
        where=where,
        found=found,
        expected=expected,
        fix=fix or known.fix,
    )


def format_finding(item: Finding) -> str:
    """One line for a terminal: place, code, what was found, what was expected, what to do.

    >>> print(format_finding(finding("E202", found="end 512", expected="at most 498", file="p.jsonl", line=17)))
    p.jsonl:17: E202 span outside the text: found end 512, expected at most 498; count code points from 0, end exclusive
    """
    where = item.where
    place = ":".join(str(part) for part in (where.file, where.line) if part is not None)
    inside = " ".join(part for part in (where.doc_id, where.field) if part)
    head = " ".join(part for part in (place + ":" if place else "", inside) if part)
    title = CODES[item.code].title
    return f"{head} {item.code} {title}: found {item.found}, expected {item.expected}; {item.fix}".strip()
