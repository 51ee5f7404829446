"""Two golds compared, worked by hand: what was done to the second is what is found."""

from typing import Any

import msgspec
import pytest

from goldassay.gold_diff.diff import diff_golds
from goldassay.gold_diff.records import GoldDifference
from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.stances import StancesRow
from goldassay.report.gold_diff import count_rows, render_gold_diff_text, summarize_gold_diff

TEXT = "Zenda blamed Strelsau. Dol of Zenda agreed."


def mention(id_: str, entity: str, start: int, end: int) -> dict[str, Any]:
    return {"id": id_, "entity": entity, "spans": [[start, end]], "text": TEXT[start:end], "level": "NAM"}


def stance(id_: str, holder: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    fixed = {"target": {"kind": "entity", "id": "e2"}, "dimension": "evaluation", "grade": -1, "act": "criticize"}
    return {"id": id_, "holder": holder, "expression_spans": [[start, end]], **fixed, **more}


def rows() -> dict[str, Any]:
    """Zenda with two mentions, Strelsau and Dol with one each; two stances on Strelsau, the second on grounds of s1."""
    return {
        "document": {
            "doc_id": "d1",
            "title": None,
            "text": TEXT,
            "language": "en",
            "dct": None,
            "dct_evidence": None,
            "source": "composed",
            "rights": "free",
            "origin": "composed",
            "sha256": "",
            "sentences": [[0, 22], [23, 43]],
        },
        "entities": {
            "doc_id": "d1",
            "entities": [
                {"id": "e1", "type": "GPE", "name": "Zenda"},
                {"id": "e2", "type": "GPE", "name": "Strelsau"},
                {"id": "e3", "type": "PERSON", "name": "Dol"},
            ],
            "mentions": [
                mention("m1", "e1", 0, 5),
                mention("m2", "e2", 13, 21),
                mention("m3", "e3", 23, 26),
                mention("m4", "e1", 30, 35),
            ],
        },
        "stances": {
            "doc_id": "d1",
            "propositions": [],
            "attributions": [],
            "stances": [stance("s1", "e1", 6, 12), stance("s2", "e3", 36, 42, grounds_of="s1")],
        },
    }


def gold(value: dict[str, Any]) -> GoldDocument:
    return GoldDocument(
        msgspec.convert(value["document"], Document),
        msgspec.convert(value.get("entities"), EntitiesRow | None),
        msgspec.convert(value.get("stances"), StancesRow | None),
        None,
    )


def compare(other: dict[str, Any], by: Any = "content") -> GoldDifference:
    return diff_golds([gold(rows())], [gold(other)], by=by)


def found(diff: GoldDifference) -> list[tuple[str, str, str, Any, Any]]:
    return [(one.change, one.kind, one.id, one.before, one.after) for one in diff.changes]


SIZES = "(3 entities, 4 mentions, 2 stances)"


def test_nothing_was_done() -> None:
    diff = compare(rows())
    assert (diff.differences, diff.changes, diff.documents) == (0, (), ())
    assert (
        summarize_gold_diff(diff) == f"0 differences in annotations {SIZES}; 0 differences in the fields of 1 document"
    )


def test_a_moved_span_is_one_changed_mention() -> None:
    other = rows()
    other["entities"]["mentions"][2] |= {"spans": [[23, 29]], "text": "Dol of"}
    assert found(compare(other)) == [
        ("changed", "mentions", "m3", {"spans": [[23, 26]], "text": "Dol"}, {"spans": [[23, 29]], "text": "Dol of"})
    ]


def test_a_changed_type_is_one_changed_entity_and_nothing_that_refers_to_it() -> None:
    other = rows()
    other["entities"]["entities"][0]["type"] = "LOC"
    assert found(compare(other)) == [("changed", "entities", "e1", {"type": "GPE"}, {"type": "LOC"})]


def test_a_removed_stance_leaves_a_reference_to_nothing() -> None:
    """s1 goes, and s2 that was said on its grounds says so no more: one stance removed, one changed."""
    other = rows()
    del other["stances"]["stances"][0]
    other["stances"]["stances"][0]["grounds_of"] = None
    diff = compare(other)
    assert [one[:3] for one in found(diff)] == [("removed", "stances", "s1"), ("changed", "stances", "s2")]
    assert diff.changes[1].before == {"grounds_of": "s1"}
    assert (
        summarize_gold_diff(diff) == "2 differences in annotations: 1 stance removed, 1 stance changed; "
        "0 differences in the fields of 1 document"
    )


def rename(value: dict[str, Any], **names: str) -> dict[str, Any]:
    """All ids called otherwise, wherever they stand."""

    def walk(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: walk(item) for key, item in one.items()}
        if isinstance(one, list):
            return [walk(item) for item in one]
        return names.get(one, one) if isinstance(one, str) else one

    return {**value, **{layer: walk(value[layer]) for layer in ("entities", "stances")}}


def test_renamed_ids_are_no_difference() -> None:
    """The ids of Zenda and Dol are exchanged, m1 and s1 get new ones: 4 items have another id."""
    diff = compare(rename(rows(), e1="e3", e3="e1", m1="first", s1="s9"))
    assert (diff.differences, found(diff)) == (0, [])
    assert summarize_gold_diff(diff).endswith("; 4 items have another id")
    assert {one.kind: one.renamed for one in diff.counts if one.renamed} == {"entities": 2, "mentions": 1, "stances": 1}


def test_by_id_a_renamed_item_is_another_one() -> None:
    """s1 becomes s9: removed and added, and s2 refers to another one."""
    diff = compare(rename(rows(), s1="s9"), by="id")
    assert [one[:3] for one in found(diff)] == [
        ("removed", "stances", "s1"),
        ("changed", "stances", "s2"),
        ("added", "stances", "s9"),
    ]
    assert diff.changes[1].after == {"grounds_of": "s9 (new)"}


def test_a_mention_that_goes_to_another_entity_is_told_in_the_ids_of_the_first_gold() -> None:
    """The second gold calls Zenda e3 and Dol e1; its mention of Zenda at 30 is said to be of Dol."""
    other = rename(rows(), e1="e3", e3="e1")
    other["entities"]["mentions"][3]["entity"] = "e1"
    assert found(compare(other)) == [("changed", "mentions", "m4", {"entity": "e1"}, {"entity": "e3"})]


def test_a_split_entity_is_one_added_and_one_mention_changed() -> None:
    other = rows()
    other["entities"]["entities"].append({"id": "e9", "type": "GPE", "name": "Zenda"})
    other["entities"]["mentions"][3]["entity"] = "e9"
    assert [one[:3] for one in found(compare(other))] == [("added", "entities", "e9"), ("changed", "mentions", "m4")]
    assert found(compare(other))[1][4] == {"entity": "e9 (new)"}


def test_documents_and_layers_of_one_side_are_said() -> None:
    """d2 is new, with an entity; d1 has no stances any more: its two go as items, too. 1 + 1 + 1 + 2 differences."""
    other, more = rows(), rows()
    del other["stances"]
    more["document"]["doc_id"] = more["entities"]["doc_id"] = "d2"
    more |= {
        "stances": None,
        "entities": {**more["entities"], "mentions": [], "entities": rows()["entities"]["entities"][:1]},
    }
    diff = diff_golds([gold(rows())], [gold(other), gold(more)], names=("old", "new"))
    assert diff.differences == 5
    assert summarize_gold_diff(diff) == (
        "5 differences in annotations: 1 entity added, 2 stances removed, stances of 1 document annotated in A only, "
        "1 document in B only; 0 differences in the fields of 1 document"
    )
    text = render_gold_diff_text(diff)
    assert text.startswith("A: old\nB: new\n")
    assert 'added document "d2"\n' in text
    assert 'removed stances of "d1"\n    annotated in A only\n' in text


def test_a_layer_with_nothing_in_it_is_not_a_layer_that_is_not_there() -> None:
    one, other = rows(), rows()
    one["stances"]["stances"], other["stances"] = [], None
    diff = diff_golds([gold(one)], [gold(other)])
    assert (diff.changes, diff.differences) == ((), 1)


def test_fields_of_documents_are_told_apart_from_annotations() -> None:
    other = rows()
    other["document"] |= {"title": [0, 5], "language": "und"}
    diff = compare(other)
    assert diff.differences == 0
    assert summarize_gold_diff(diff) == f"0 differences in annotations {SIZES}; 1 document: language, title differ"
    assert '    language "en" → "und"\n' in render_gold_diff_text(diff)
    assert "    title null → [0,5]\n" in render_gold_diff_text(diff)


def test_another_text_is_a_difference_in_annotations() -> None:
    other = rows()
    other["document"]["text"] = f" {TEXT}"
    assert compare(other).differences == 1
    assert "another text in 1 document; 1 document: text differs" in summarize_gold_diff(compare(other))


def test_counts_stand_in_a_table() -> None:
    other = rows()
    del other["stances"]["stances"][1]
    assert count_rows(compare(other)) == [
        ["entities", "entities", "3", "3", "0", "0", "0", "0"],
        ["entities", "mentions", "4", "4", "0", "0", "0", "0"],
        ["stances", "stances", "2", "1", "0", "1", "0", "0"],
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_items_that_say_the_same_it_is_all_one_which_is_meant(order: int) -> None:
    """Two mentions of one stretch and entity: whichever comes first, nothing differs."""
    one, other = rows(), rows()
    for value, ids in ((one, ("m5", "m6")), (other, ("x", "y")[::order])):
        value["entities"]["mentions"] += [mention(id_, "e2", 13, 21) for id_ in ids]
    assert diff_golds([gold(one)], [gold(other)]).differences == 0
