"""Hard negatives against the text and the numeric facts: in place, each once, and no number after all."""

from collections.abc import Iterator, Sequence

from goldassay.checks.spans import check_spans
from goldassay.checks.walk import Rows
from goldassay.model.finding import Finding, finding
from goldassay.model.hard_negatives import HardNegative, HardNegativesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.printable import quoted
from goldassay.model.record import Span

DATE_PART = "date_part"


def check_hard_negatives(row: HardNegativesRow, rows: Rows) -> Iterator[Finding]:
    """Findings about the hard negatives of a document.

    E201 to E205 for their places, E206 for what is listed twice or is a quantity or a time of the gold, E301 for ids,
    E302 for a part of a date outside of every time. Facts of kind `identifier` may be listed, as they are no
    quantities. What is not at hand is not judged.
    """
    yield from check_spans(row, None if rows.document is None else rows.document.text)
    ids: set[str] = set()
    seen: list[tuple[str, HardNegative]] = []
    for index, item in enumerate(row.items):
        path = f"items[{index}]"
        if item.id in ids:
            found = f"{quoted(item.id)} again"
            yield finding("E301", found=found, expected="an id of its own", doc_id=row.doc_id, field=f"{path}.id")
        ids.add(item.id)
        again = next((place for place, other in seen if item.overlaps(other.spans)), None)
        if again is not None:
            found, expected = f"{quoted(item.text)} over {again}", "words that no other hard negative holds"
            yield finding("E206", found=found, expected=expected, doc_id=row.doc_id, field=f"{path}.spans")
        seen.append((path, item))
        if rows.numeric_facts is not None:
            yield from _check_against_gold(row.doc_id, path, item, rows.numeric_facts)


def _check_against_gold(doc_id: str, path: str, item: HardNegative, gold: NumericFactsRow) -> Iterator[Finding]:
    found = quoted(item.text)
    for fact in gold.numeric_facts:
        if fact.kind != "identifier" and any(item.overlaps(one.span.spans) for one in fact.mentions):
            expected = f"words outside of {fact.id}, which is a number of the gold"
            fix = "take the hard negative off the list, or mend the fact"
            yield finding("E206", found=found, expected=expected, fix=fix, doc_id=doc_id, field=f"{path}.spans")
    times = [time.id for time in gold.times if item.overlaps(time.spans)]
    if item.reason == DATE_PART and not any(_lies_in(item.spans, time.spans) for time in gold.times):
        expected, fix = "words inside a time of the document", "give another reason, or annotate the time"
        yield finding("E302", found=found, expected=expected, fix=fix, doc_id=doc_id, field=f"{path}.spans")
    if item.reason != DATE_PART and times:
        expected, fix = f"words outside of {times[0]}, which is a time of the gold", "give date_part as the reason"
        yield finding("E206", found=found, expected=expected, fix=fix, doc_id=doc_id, field=f"{path}.spans")


def _lies_in(inner: Sequence[Span], outer: Sequence[Span]) -> bool:
    return all(any(begin <= start and end <= until for begin, until in outer) for start, end in inner)
