"""What is known while one prediction line is read: its document, the policy for bad input, what was found so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from goldassay.formats.grounding import Grounding, GroundingCounts, Quote, count_groundings, ground_strings
from goldassay.model.document import Document
from goldassay.model.finding import CODES, Finding, Severity, finding
from goldassay.model.printable import quoted
from goldassay.model.record import Span

OnInvalid = Literal["error", "drop", "repair"]
"""What to do with an invalid item: refuse the line, let the item align with nothing, or repair what can be."""

Ids = Literal["own", "gold"]
"""Whose ids a prediction's ids are: those of its own line, or the gold's."""

COUNTED = "counted as wrong"
LEFT_OUT = "left out"
"""What becomes of invalid data where it does not stop the scoring."""


@dataclass(slots=True)
class LineReading:
    """One line while it is read. `invalid` are the items, by list and index, that were no records to begin with.

    `unit` is the wrong unit the offsets are counted in, if one was diagnosed; `unit_everywhere` says that all surfaces
    of the line fit it, so that it also holds for spans without a surface.
    """

    document: Document
    file: str
    line: int
    on_invalid: OnInvalid = "error"
    ids: Ids = "own"
    invalid: frozenset[tuple[str, int]] = frozenset()
    own_entities: frozenset[str] = frozenset()
    own_propositions: frozenset[str] = frozenset()
    unit: str | None = None
    unit_everywhere: bool = False
    findings: list[Finding] = field(default_factory=list)
    grounding: GroundingCounts = field(default_factory=GroundingCounts)
    rejected: int = 0
    dropped: int = 0
    repaired: int = 0
    converted: int = 0

    def note(
        self, code: str, severity: Severity, *, at: str, found: str, expected: str, fix: str | None = None
    ) -> None:
        """Add a finding about this line; it does not make an item invalid."""
        self.findings.append(
            finding(
                code,
                found=found,
                expected=expected,
                fix=fix,
                file=self.file,
                line=self.line,
                doc_id=self.document.doc_id,
                field=at or None,
                severity=severity,
            )
        )

    def reject(
        self, code: str, *, at: str, found: str, expected: str, fix: str | None = None, meanwhile: str = COUNTED
    ) -> None:
        """Add the finding that makes an item invalid: an error, or a warning that says what becomes of the item."""
        self.rejected += 1
        if self.on_invalid == "error":
            self.note(code, "error", at=at, found=found, expected=expected, fix=fix)
        else:
            remedy = f"{meanwhile}; {fix or CODES[code].fix}"
            self.note(code, "warning", at=at, found=found, expected=expected, fix=remedy)

    def repair(self, code: str, *, at: str, found: str, expected: str, done: str) -> None:
        """Add the finding that says what was repaired."""
        self.repaired += 1
        self.note(code, "info", at=at, found=found, expected=expected, fix=f"repaired: {done}")

    def ground(
        self, quotes: Sequence[Quote], at: Sequence[str], *, reuse: bool = False, inside: Span | None = None
    ) -> list[Grounding]:
        """`ground_strings` on the document or a stretch of it, counted, with findings for what is not clear."""
        groundings = ground_strings(self.document.text, quotes, reuse=reuse, inside=inside)
        self.grounding += count_groundings(groundings)
        told: set[str] = set()
        for quote, grounding, place in zip(quotes, groundings, at, strict=True):
            if grounding.how == "ungrounded":
                self._note_ungrounded(quote, grounding, place)
            elif grounding.how == "ambiguous" and quote.text not in told:
                told.add(quote.text)
                found = f"{quoted(quote.text)}, which stands in {grounding.occurrences} places"
                self.note("E502", "info", at=place, found=found, expected="a string for each place, or `nth`")
        return groundings

    def _note_ungrounded(self, quote: Quote, grounding: Grounding, place: str) -> None:
        found = quoted(quote.text)
        if grounding.occurrences:
            number = f"occurrence {quote.nth}" if quote.nth is not None else "another occurrence"
            found = f"{number} of {found}, which stands there {grounding.occurrences} times"
        self.note("E501", "warning", at=place, found=found, expected="a string of the text, whole words")
