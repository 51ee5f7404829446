"""References that must lead somewhere: no record may reach itself (E303)."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from goldassay.checks.walk import COLLECTIONS, Rows, iterate_records
from goldassay.model.finding import Finding, finding
from goldassay.model.numeric_facts import NumericFact
from goldassay.model.printable import printable

Edges = dict[str, list[str]]


def check_cycles(rows: Rows) -> Iterator[Finding]:
    """E303 for each cycle, at its first record; `same_as` and `contradicts` hold both ways, so only loops are wrong."""
    for collection, field, edges in _iterate_graphs(rows):
        for cycle in find_cycles(edges):
            place = f"{collection}[{_index(rows, collection, cycle[0])}].{field}"
            found = " → ".join(printable(identifier, 40) for identifier in cycle)
            expected = f"{COLLECTIONS[collection]} references without a cycle"
            yield finding("E303", found=found, expected=expected, doc_id=rows.doc_id, field=place)


def find_cycles(edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Cycles that share no node, each from its earliest node back to it; empty if and only if there is no cycle.

    >>> find_cycles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["d"], "e": ["a"]})
    [['a', 'b', 'c', 'a'], ['d', 'd']]
    """
    left = {node: list(targets) for node, targets in edges.items()}
    cycles: list[list[str]] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            ring: list[str] = error.args[1][:0:-1]
            first = min(range(len(ring)), key=lambda place: list(edges).index(ring[place]))
            cycles.append([*ring[first:], *ring[: first + 1]])
            left = {node: [to for to in targets if to not in ring] for node, targets in left.items()}
            left = {node: targets for node, targets in left.items() if node not in ring}
        else:
            return sorted(cycles, key=lambda cycle: list(edges).index(cycle[0]))


def _index(rows: Rows, collection: str, identifier: str) -> int:
    """The place of the first record with an id: duplicate ids make it differ from the place in the graph."""
    found = (record for row in rows.layers for _, record in iterate_records(row, collection))
    return [getattr(record, "id", None) for record in found].index(identifier)


def _iterate_graphs(rows: Rows) -> Iterator[tuple[str, str, Edges]]:
    if rows.entities is not None:
        entities = rows.entities.entities
        yield "entities", "rollup", {entity.id: _known(entity.rollup) for entity in entities}
        yield "entities", "members", {entity.id: entity.members for entity in entities}
    if rows.stances is not None:
        reports, stances = rows.stances.attributions, rows.stances.stances
        yield "attributions", "parent", {report.id: _known(report.parent) for report in reports}
        yield "attributions", "antecedent", {report.id: _known(report.antecedent) for report in reports}
        yield "stances", "grounds_of", {stance.id: _known(stance.grounds_of) for stance in stances}
        yield "stances", "same_as", _loops({stance.id: _known(stance.same_as) for stance in stances})
    if rows.numeric_facts is not None:
        facts, times = rows.numeric_facts.numeric_facts, rows.numeric_facts.times
        yield "numeric_facts", "links", _parts(facts)
        yield "numeric_facts", "links", _linked(facts, "updates")
        yield "numeric_facts", "links", _loops(_linked(facts, "same_as"))
        yield "numeric_facts", "links", _loops(_linked(facts, "contradicts"))
        yield "times", "anchor", {time.id: _known(time.anchor) for time in times}


def _known(reference: str | None) -> list[str]:
    return [] if reference is None else [reference]


def _loops(edges: Edges) -> Edges:
    return {node: [node] if node in targets else [] for node, targets in edges.items()}


def _linked(facts: Sequence[NumericFact], kind: str) -> Edges:
    return {fact.id: [link.to for link in fact.links if link.type == kind] for fact in facts}


def _parts(facts: Sequence[NumericFact]) -> Edges:
    """From each part to its wholes; `total_of` says the same from the other end."""
    edges = _linked(facts, "part_of")
    for fact in facts:
        for link in fact.links:
            if link.type == "total_of" and fact.id not in edges.setdefault(link.to, []):
                edges[link.to].append(fact.id)
    return edges
