"""Rows and columns of the matrix: the entities and propositions of single documents joined over documents.

Entities of several documents are one if they have the same verified link (`kb_id`), else if type and normalised name
are the same; propositions if their glosses are the same after normalisation. A name that two things of one document
share tells nobody apart, so its bearers without a link stay with their documents. AUTHOR and IMPLICIT are one row each
for all documents: the voice of the articles, and whoever is not named.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from goldassay.layers.base import GoldDocument
from goldassay.layers.identity import normalise
from goldassay.model.entities import Entity
from goldassay.model.labels import AUTHOR, IMPLICIT

NodeKind = Literal["entity", "proposition", "unresolved"]


@dataclass(frozen=True, slots=True)
class Node:
    """A row or column.

    key     tells it apart; does not depend on the order of documents
    kind    `unresolved` is a name of a system that means nothing in the gold of its document
    label   its most frequent name or wording, of equally frequent ones the first by alphabet
    """

    key: str
    kind: NodeKind
    label: str


Place = tuple[str, str]
"""Document id and id in the document, propositions as `P:id`."""
NodeTable = Mapping[Place, Node]


def join_nodes(documents: Sequence[GoldDocument]) -> dict[Place, Node]:
    """The node of every entity and proposition of the documents."""
    named = [*_join_entities(documents), *_join_propositions(documents)]
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for _, node in named:
        labels[node.key][node.label] += 1
    best = {key: min(votes, key=lambda label: (-votes[label], label)) for key, votes in labels.items()}
    return {place: replace(node, label=best[node.key]) for place, node in named}


def find_node(table: NodeTable, doc_id: str, id_: str) -> Node:
    """The node of an id of a gold stance; an id that the document does not explain is a node of its own.

    >>> find_node({}, "d1", "AUTHOR").key
    'AUTHOR'
    """
    if id_ in (AUTHOR, IMPLICIT):
        return Node(id_, "entity", id_)
    kind: NodeKind = "proposition" if id_.startswith("P:") else "entity"
    return table.get((doc_id, id_)) or Node(own_key(doc_id, id_), kind, id_.removeprefix("P:"))


def own_key(doc_id: str, id_: str) -> str:
    """The key of what has no like in other documents.

    >>> own_key("d1", "e1")
    'own:d1:e1'
    """
    return f"own:{doc_id}:{id_}"


def unresolved_node(doc_id: str, written: str, *, is_id: bool) -> Node:
    """The node of a name that means nothing in the gold: one for all documents that write it alike, unless it is an id.

    >>> unresolved_node("d1", "The Moon", is_id=False)
    Node(key='unresolved:moon', kind='unresolved', label='The Moon')
    """
    name = normalise(written)
    key = f"unresolved-id:{doc_id}:{written}" if is_id or not name else f"unresolved:{name}"
    return Node(key, "unresolved", written)


def tell_apart(nodes: Iterable[Node]) -> dict[str, Node]:
    """Nodes by key, sorted by it; nodes of the same label get their key behind it."""
    found: dict[str, Node] = {}
    for node in nodes:
        same = found.setdefault(node.key, node)
        if node.label < same.label:
            found[node.key] = node
    uses = Counter(node.label for node in found.values())
    return {
        key: node if uses[node.label] == 1 else replace(node, label=f"{node.label} [{key}]")
        for key, node in sorted(found.items())
    }


def gloss_form(gloss: str) -> str:
    """A gloss as it is compared: compatibility form, case folded, single spaces, no full stop at its end.

    >>> gloss_form("Zenda  bans wine.") == gloss_form("zenda bans wine")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", gloss).casefold().split()).rstrip(". ")


def _join_entities(documents: Sequence[GoldDocument]) -> Iterator[tuple[Place, Node]]:
    rows = [(gold.document.doc_id, entity) for gold in documents if gold.entities for entity in gold.entities.entities]
    shared = _shared((doc_id, _name(entity), _link(entity) or entity.id) for doc_id, entity in rows)
    links: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, entity in rows:
        links[_name(entity)] |= {_link(entity)} - {""}
    for doc_id, entity in rows:
        type_, name = _name(entity)
        known = links[type_, name]
        if link := _link(entity):
            key = f"link:{link}"
        elif not name or (type_, name) in shared:
            key = own_key(doc_id, entity.id)
        elif entity.kb_id is None and len(known) == 1:
            # Nothing was said of a link here, and the name has one link wherever something was; NIL would deny it.
            key = f"link:{next(iter(known))}"
        else:
            key = f"name:{type_}:{name}"
        yield (doc_id, entity.id), Node(key, "entity", entity.name)


def _join_propositions(documents: Sequence[GoldDocument]) -> Iterator[tuple[Place, Node]]:
    rows = [(gold.document.doc_id, item) for gold in documents if gold.stances for item in gold.stances.propositions]
    shared = _shared((doc_id, gloss_form(item.gloss), item.id) for doc_id, item in rows)
    for doc_id, item in rows:
        form = gloss_form(item.gloss)
        key = f"gloss:{form}" if form and form not in shared else own_key(doc_id, f"P:{item.id}")
        yield (doc_id, f"P:{item.id}"), Node(key, "proposition", item.gloss)


def _link(entity: Entity) -> str:
    return entity.kb_id if entity.kb_id is not None and entity.kb_id.startswith("Q") else ""


def _name(entity: Entity) -> tuple[str, str]:
    return (str(entity.type), normalise(entity.name))


def _shared(bearers: Iterable[tuple[str, Hashable, str]]) -> set[Hashable]:
    """The names that some document gives to more than one thing; rows are document, name, what bears it."""
    uses = Counter((doc_id, name) for doc_id, name, _ in set(bearers))
    return {name for (_, name), count in uses.items() if count > 1}
