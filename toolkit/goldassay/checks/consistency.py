"""The same name annotated in two ways anywhere in the data (E607): a question to the annotators, not always a fault."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from goldassay.checks.walk import Rows
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import printable, quoted


def check_consistency(documents: Iterable[Rows]) -> Iterator[Finding]:
    """One warning for each name (a NAM mention's text) that has two types, or two links, where metonymy is the same.

    The warning stands at the first mention of the rarest reading and counts all of them.
    """
    readings: dict[tuple[str, bool], dict[str, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
    for rows in documents:
        if rows.entities is None:
            continue
        entities = {entity.id: entity for entity in rows.entities.entities}
        for index, mention in enumerate(rows.entities.mentions):
            entity = entities.get(mention.entity or "")
            kind = mention.type or (entity.type if entity else None)
            link = mention.kb_id or (entity.kb_id if entity else None)
            if mention.level == "NAM" and kind is not None:
                reading = kind if link is None else f"{kind} {printable(link, 40)}"
                readings[mention.text, mention.metonym][reading].append((rows.doc_id, index))
    for (name, _), places in sorted(readings.items()):
        if len(_distinct(places)) > 1:
            counted = ", ".join(f"{reading} {len(where)} times" for reading, where in sorted(places.items()))
            rarest = min(places, key=lambda reading: (len(places[reading]), reading))
            doc_id, index = min(places[rarest])
            found, field = f"{quoted(name)} as {counted}", f"mentions[{index}]"
            yield finding("E607", found=found, expected="one reading of one name", doc_id=doc_id, field=field)


def _distinct(readings: Iterable[str]) -> set[str]:
    """Readings that contradict each other: a type without a link agrees with the same type that has one."""
    all_readings = set(readings)
    linked = {reading.split(" ")[0] for reading in all_readings if " " in reading}
    return {reading for reading in all_readings if " " in reading or reading not in linked}
