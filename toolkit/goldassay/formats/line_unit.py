"""The unit that the offsets of one prediction line are counted in, told once for the whole line."""

from collections.abc import Iterator

from goldassay.formats.line_reading import LineReading
from goldassay.formats.offsets import Located, convert_offsets, diagnose_offsets
from goldassay.formats.places import Placed, offsets_of, surface_at
from goldassay.formats.prediction_line import FactItem, FactMentionItem, PredictionLine, ReferenceItem
from goldassay.model.record import spans_text


def diagnose_unit(reading: LineReading, line: PredictionLine) -> None:
    """Find out whether the offsets of the line are counted in a wrong unit, and say so once for the line."""
    located = [(spans, surface) for spans, surface in _located(line) if spans]
    text = reading.document.text
    reading.unit = diagnose_offsets(text, located)
    if reading.unit is None:
        return
    fitting = [
        (converted := convert_offsets(text, spans, reading.unit)) is not None and spans_text(text, converted) == surface
        for spans, surface in located
    ]
    wrong = sum(surface_at(text, tuple(spans)) != surface for spans, surface in located)
    # One surface may be a slip of its own; two in the same unit say how the system counts.
    reading.unit_everywhere = all(fitting) and wrong > 1
    if reading.on_invalid == "repair":
        return
    found = f"{wrong} of {len(located)} texts that stand at their offsets only if these are read as {reading.unit}"
    reading.reject("E204", at="", found=found, expected="code points from 0, end exclusive")


def say_conversion(reading: LineReading) -> None:
    """One finding for all spans of the line that were converted from a wrong unit."""
    if reading.converted:
        count = reading.converted
        reading.repair(
            "E204",
            at="",
            found=f"{count} span{'s' * (count != 1)} counted in {reading.unit}",
            expected="code points from 0, end exclusive",
            done="converted",
        )
        reading.repaired += count - 1


def _located(line: PredictionLine) -> Iterator[Located]:
    items: list[Placed] = [*(line.mentions or ())]
    for fact in line.numeric_facts or ():
        items += [fact, *_extents(fact)]
    references = [
        named
        for stance in line.stances or ()
        for named in (stance.holder, stance.target, stance.toward, *(stance.sources or ()), *(stance.chain or ()))
    ]
    references += [named for fact in line.numeric_facts or () for named in (fact.counted, fact.subject, fact.base)]
    items += [named for named in references if isinstance(named, ReferenceItem)]
    for item in items:
        spans = offsets_of(item)
        if spans is not None and item.text is not None:
            yield spans, item.text
    for time in line.times or ():
        if time.spans and time.text is not None:
            yield time.spans, time.text


def _extents(fact: FactItem) -> Iterator[Placed]:
    for mention in fact.mentions or ():
        if isinstance(mention, FactMentionItem):
            yield mention
            for extent in (mention.number, mention.span, mention.full):
                if extent is not None and not isinstance(extent, str):
                    yield extent
