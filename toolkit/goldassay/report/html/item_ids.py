"""Ids of errors that stay the same from run to run: the gold's own, else one made of what was predicted."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from goldassay.layers.item_text import Item
from goldassay.report.html.entries import Entry

DIGITS = 8
"""Hexadecimal digits of an id made of content: of 1,000 items in a document two clash once in 8,000 documents."""


def name_entries(doc_id: str, entries: Iterable[Entry]) -> Iterator[str]:
    """The id of each entry of one document: that of its gold item, else one of the content of its prediction.

    The place of an item in its line is no id: it moves when the system says one item more. Of several equal
    predictions of a layer the second is called `…-2`.

    >>> said = Entry("entities", "spurious", "ORG", None, Item(3, ((6, 9),), "met", "ORG"))
    >>> found = Entry("entities", "type", "ORG", Item("m1", ((6, 9),), "met", "LAW"), said.predicted)
    >>> list(name_entries("d1", [said, found, said]))
    ['p-cc082569', 'm1', 'p-cc082569-2']
    """
    seen: dict[str, int] = defaultdict(int)
    for entry in entries:
        if entry.gold is not None and entry.gold.id != "":
            yield str(entry.gold.id)
            continue
        described = entry.predicted or entry.gold
        content = "" if described is None else content_id(doc_id, entry.layer, described)
        seen[content] += 1
        yield content if seen[content] == 1 else f"{content}-{seen[content]}"


def content_id(doc_id: str, layer: str, item: Item) -> str:
    """An id of document, layer, places in the text, words and label of a predicted item, whatever stands beside it.

    >>> content_id("d1", "entities", Item(3, ((6, 9),), "met", "ORG"))
    'p-cc082569'
    """
    content = json.dumps([doc_id, layer, item.spans, item.text, item.label], ensure_ascii=True, separators=(",", ":"))
    return f"p-{sha256(content.encode()).hexdigest()[:DIGITS]}"
