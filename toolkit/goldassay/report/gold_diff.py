"""What differs between two golds, for a terminal, as Markdown and as JSON; the last line says it in words."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from goldassay.checks.walk import COLLECTIONS
from goldassay.gold_diff.records import DocumentChange, GoldDifference, ItemChange
from goldassay.model.printable import printable, quoted
from goldassay.report.markdown import escape
from goldassay.report.release_diff import show_excerpt, show_value

HEADINGS = ("layer", "items", "A", "B", "added", "removed", "changed", "renamed")
"""A and B say how many items each gold has; `renamed` counts items with another id, which is no difference."""


def summarize_gold_diff(diff: GoldDifference) -> str:
    """All of it in one sentence: differences in annotations, then in the fields of documents, then other ids.

    >>> from goldassay.gold_diff.records import KindCount
    >>> counts = (KindCount(layer="entities", kind="mentions", before=2, after=2, renamed=1),)
    >>> empty = {"documents": (), "layers": (), "changes": ()}
    >>> summarize_gold_diff(GoldDifference(a="A", b="B", by="content", shared=1, counts=counts, **empty))
    '0 differences in annotations (2 mentions); 0 differences in the fields of 1 document; 1 item has another id'
    """
    parts = [_said_of_annotations(diff), _said_of_documents(diff)]
    renamed = sum(one.renamed for one in diff.counts)
    parts += [f"{_number(renamed, 'item')} {'has' if renamed == 1 else 'have'} another id"] if renamed else []
    return "; ".join(part for part in parts if part)


def count_rows(diff: GoldDifference) -> list[list[str]]:
    """Cells as in `HEADINGS`, one row a kind of item."""
    return [
        [one.layer, one.kind, *map(str, (one.before, one.after, one.added, one.removed, one.changed, one.renamed))]
        for one in diff.counts
    ]


def render_gold_diff_text(diff: GoldDifference) -> str:
    """Counts by kind, every difference with its fields, and the sentence."""
    lines = [f"A: {printable(diff.a)}", f"B: {printable(diff.b)}", ""]
    rows = [list(HEADINGS), *count_rows(diff)]
    if len(rows) > 1:
        widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
        lines += ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows] + [""]
    for head, place, said in _listed(diff):
        lines += [f"{head} {place}", *(f"    {one}" for one in said)]
    lines += [""] if diff.documents or diff.layers or diff.changes else []
    return "\n".join([*lines, summarize_gold_diff(diff)]) + "\n"


def render_gold_diff_markdown(diff: GoldDifference) -> str:
    """The same as Markdown; everything from the data is escaped."""
    lines = [f"### {escape(printable(diff.a))} → {escape(printable(diff.b))}", ""]
    rows = count_rows(diff)
    if rows:
        table = [HEADINGS, ("---",) * len(HEADINGS), *rows]
        lines += [f"| {' | '.join(row if row[0] == '---' else map(escape, row))} |" for row in table] + [""]
    listed = [
        f"- **{head}** {escape(place)}{': ' if said else ''}{'; '.join(map(escape, said))}"
        for head, place, said in _listed(diff)
    ]
    lines += [*listed, ""] if listed else []
    return "\n".join([*lines, escape(summarize_gold_diff(diff))]) + "\n"


def encode_gold_diff(diff: GoldDifference) -> str:
    """As indented JSON: the records, how many differences there are in annotations, and the sentence."""
    value = {
        **msgspec.to_builtins(diff),
        "differences": diff.differences,
        "summary": summarize_gold_diff(diff),
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def _said_of_annotations(diff: GoldDifference) -> str:
    head = f"{_number(diff.differences, 'difference')} in annotations"
    if not diff.differences:
        sizes = ", ".join(_items(one.before, one.kind) for one in diff.counts)
        return f"{head} ({sizes})" if sizes else head
    parts = [
        f"{_items(number, one.kind)} {change}"
        for one in diff.counts
        for change, number in (("added", one.added), ("removed", one.removed), ("changed", one.changed))
        if number
    ]
    alone = Counter((one.layer, one.change) for one in diff.layers)
    parts += [
        f"{_words(layer)} of {_number(number, 'document')} annotated in {_side(change)} only"
        for (layer, change), number in sorted(alone.items())
    ]
    documents = Counter(one.change for one in diff.documents)
    parts += [
        f"{_number(documents[change], 'document')} in {_side(change)} only"
        for change in ("removed", "added")
        if documents[change]
    ]
    texts = sum("text" in (one.before or ()) for one in diff.documents)
    parts += [f"another text in {_number(texts, 'document')}"] if texts else []
    return f"{head}: {', '.join(parts)}"


def _said_of_documents(diff: GoldDifference) -> str:
    edited = [one for one in diff.documents if one.change == "changed"]
    if not edited:
        return f"0 differences in the fields of {_number(diff.shared, 'document')}" if diff.shared else ""
    names = sorted({name for one in edited for name in one.before or ()})
    return f"{_number(len(edited), 'document')}: {', '.join(names)} {'differs' if len(names) == 1 else 'differ'}"


def _listed(diff: GoldDifference) -> Iterator[tuple[str, str, list[str]]]:
    """What happened, to what, and in which words, for each difference; fields of documents first."""
    for document in diff.documents:
        yield document.change, f"document {quoted(document.doc_id)}", _fields(document)
    for layer in diff.layers:
        yield (
            layer.change,
            f"{_words(layer.layer)} of {quoted(layer.doc_id)}",
            [f"annotated in {_side(layer.change)} only"],
        )
    for item in diff.changes:
        yield item.change, f"{_words(item.kind)} of {quoted(item.doc_id)}, {quoted(item.id)}", _fields(item)


def _fields(change: DocumentChange | ItemChange) -> list[str]:
    if change.before is not None and change.after is not None:
        pairs = [(name, show_value(change.before, name), show_value(change.after, name)) for name in change.before]
        return [f"{printable(name)} {before} → {after}" for name, before, after in pairs]
    there = change.before or change.after
    return [] if there is None else [show_excerpt(there)]


def _side(change: str) -> str:
    return "A" if change == "removed" else "B"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _items(number: int, kind: str) -> str:
    return f"{number} {COLLECTIONS[kind] if number == 1 else _words(kind)}"


def _number(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
