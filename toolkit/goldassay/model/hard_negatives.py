"""Hard negatives: what looks like a number in a text and is none, listed so that nobody has to guess what was meant."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from goldassay.model.record import Id, Record, Span

HardNegativeReason = Literal["conjunction", "adverb", "name", "date_part", "identifier"]
CountingRule = Literal["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10", "N11", "N12", "N13"]
"""The rules of the guidelines that say what counts as a number."""


class HardNegative(Record, frozen=True, kw_only=True):
    """The words that look like a number, why they are none, and by which rule.

    A `conjunction` is the *both* of "both A and B", an `adverb` such as *once*; a `date_part` lies inside a time, all
    others outside of times; none of them overlaps a quantity of the gold.
    """

    id: Id
    spans: Annotated[list[Span], msgspec.Meta(min_length=1)]
    text: str
    reason: HardNegativeReason
    rule: CountingRule

    def overlaps(self, spans: Sequence[Span]) -> bool:
        """Whether it shares a character with a place.

        >>> once = HardNegative(id="h1", spans=[(3, 7)], text="once", reason="adverb", rule="N3")
        >>> once.overlaps([(0, 4)]), once.overlaps([(0, 3), (7, 9)])
        (True, False)
        """
        return any(start < until and begin < end for start, end in self.spans for begin, until in spans)


class HardNegativesRow(Record, frozen=True, kw_only=True):
    """All hard negatives of one document, in text order; empty where it has none."""

    doc_id: Id
    items: list[HardNegative]
