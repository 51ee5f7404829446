"""nervaluate 0.3: one pass for all four schemas; one prediction may use up several gold spans."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores
from goldassay.profiles.muc5 import HALF_CREDIT, SCHEMAS, read_documents, summarize
from goldassay.profiles.spans import TokenSpan

_PAIR = {  # (same boundaries, same type) -> verdict by schema, in the order of SCHEMAS
    (True, True): ("correct", "correct", "correct", "correct"),
    (True, False): ("incorrect", "correct", "correct", "incorrect"),
    (False, True): ("incorrect", "incorrect", "partial", "correct"),
    (False, False): ("incorrect", "incorrect", "partial", "incorrect"),
}
_ALONE = {verdict: (verdict,) * len(SCHEMAS) for verdict in ("missed", "spurious")}

Verdict = tuple[str, tuple[str, ...]]
"""The type that the verdict is filed under, and the verdict by schema."""


def judge(gold: Sequence[TokenSpan], predicted: Sequence[TokenSpan]) -> list[Verdict]:
    """Verdicts of one document: gold by start against predictions by end, both sorts stable.

    A pair is filed under the gold type, a spurious span under its own.

    >>> gold = [TokenSpan(0, 1, "A"), TokenSpan(1, 2, "A")]
    >>> len(judge(gold, [TokenSpan(0, 2, "A")]))  # one prediction, two verdicts
    2
    """
    gold = sorted(gold, key=lambda span: span.start)
    verdicts: list[Verdict] = []
    used: set[TokenSpan] = set()
    for span in sorted(predicted, key=lambda span: span.end):
        if span in gold:
            used.add(span)
            verdicts.append((span.type, _PAIR[True, True]))
            continue
        found = _pairs(span, gold, used)
        verdicts += found or [(span.type, _ALONE["spurious"])]
    return verdicts + [(span.type, _ALONE["missed"]) for span in gold if span not in used]


def _pairs(span: TokenSpan, gold: Sequence[TokenSpan], used: set[TokenSpan]) -> list[Verdict]:
    """Every gold span that this prediction touches and no earlier one did, up to one with the same boundaries."""
    found: list[Verdict] = []
    for candidate in gold:
        if span.end <= candidate.start:
            break
        if span[:2] == candidate[:2]:
            used.add(candidate)
            return [*found, (candidate.type, _PAIR[True, False])]
        if candidate.start < span.end and span.start < candidate.end and candidate not in used:
            used.add(candidate)
            found.append((candidate.type, _PAIR[False, span.type == candidate.type]))
    return found


def score(documents: Sequence[CaseDocument], options: Options) -> Scores:
    """Overall numbers and those of every listed type, whether it occurs or not."""
    if "min_overlap_percentage" in options:
        return NoAnswer("0.3 has no min_overlap_percentage; its constructor raises TypeError")
    read = read_documents(documents, options)
    if isinstance(read, NoAnswer):
        return read
    tokenized, types = read
    verdicts = [verdict for item in tokenized for verdict in judge(item.gold, item.predicted)]
    values: dict[str, Any] = {}
    for position, schema in enumerate(SCHEMAS):
        half = schema in HALF_CREDIT
        by_type: dict[str, Counter[str]] = {name: Counter() for name in types}
        for name, verdict in verdicts:
            by_type[name][verdict[position]] += 1
        values[schema] = summarize(sum(by_type.values(), Counter()), half=half)
        values |= {f"{schema}/{name}": summarize(counts, half=half) for name, counts in by_type.items()}
    return values


NERVALUATE_0_3 = Profile(
    name="nervaluate-0.3",
    kind="spans",
    scorers=("nervaluate@0.3.1",),
    tolerance=1e-8,
    quirks=(
        "One pass serves all four schemas. A prediction that equals no gold span pairs with every free gold span it "
        "touches, so it can earn partial credit several times and ACT is not the number of predictions; one that "
        "equals a gold span is correct even if that span is taken. A pair is filed under the gold type, a spurious "
        "span under its own; listed types that do not occur are printed with zeros. Types that are not listed are "
        "dropped on both sides. 0/0 is 0."
    ),
    score=score,
)
