"""E201 to E206: spans against the text."""

from typing import Any

import pytest
from sound_rows import check, put, sound, told

from goldassay.checking import check_document_rows
from goldassay.checks.spans import check_document_spans
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.model.finding import Finding


def document(text: str, **fields: Any) -> Document:
    given: dict[str, Any] = {
        "doc_id": "d1",
        "title": None,
        "text": text,
        "language": "en",
        "dct": None,
        "dct_evidence": None,
        "source": "invented",
        "rights": "CC0-1.0",
        "origin": "composed",
        "sha256": "",
        "sentences": [],
    }
    return Document(**(given | fields))


def findings(text: str, *mentions: tuple[list[tuple[int, int]], str]) -> list[Finding]:
    """What is found of mentions given by spans and surface."""
    records = [
        Mention(id=f"m{i}", entity=None, type="GPE", spans=spans, text=surface, level="NAM")
        for i, (spans, surface) in enumerate(mentions)
    ]
    return check_document_rows(document(text), EntitiesRow(doc_id="d1", entities=[], mentions=records))


def remedies(text: str, *mentions: tuple[list[tuple[int, int]], str]) -> list[tuple[str, str]]:
    return [(item.code, item.fix) for item in findings(text, *mentions)]


def test_the_sound_rows_are_sound() -> None:
    assert check(sound()) == []


def test_the_nearest_place_of_the_text_is_told() -> None:
    text = "Oslo, Oslo and Oslo."  # at 0, 6 and 15
    for start, nearest in ((1, "[0, 4]"), (8, "[6, 10]"), (12, "[15, 19]"), (16, "[15, 19]")):
        ((code, fix),) = remedies(text, ([(start, start + 3)], "Oslo"), ([(0, 4)], "Oslo"), ([(15, 19)], "Oslo"))
        assert (code, fix) == ("E203", f"the text stands at {nearest}")


def test_fragments_are_looked_for_together() -> None:
    text = "It was North and South Ruritania."  # "North" at 7, "Ruritania" at 23
    good = [([(7, 12)], "North"), ([(17, 22)], "South"), ([(23, 32)], "Ruritania")]
    ((code, fix),) = remedies(text + " So it was.", ([(9, 14), (25, 34)], "North Ruritania"), *good)
    assert (code, fix) == ("E203", "the text stands at [7, 12] + [23, 32]")


def test_a_difference_of_typography_alone_is_told_as_such() -> None:
    ((code, fix),) = remedies("Borduria’s\u00a0navy sailed.", ([(0, 15)], "Borduria's navy"))
    assert code == "E203"
    assert fix.startswith("the two differ only in quotation marks, spaces or letter forms")


def test_a_surface_that_stands_nowhere_gets_no_place() -> None:
    assert remedies("Oslo won.", ([(0, 4)], "Bergen")) == [("E203", "correct the offsets or the text")]


TEXT = "🏆 Café Oslo won 🏆 and Bergen’s team lost to Tromsø"


def places(name: str) -> tuple[int, int]:
    return TEXT.index(name), TEXT.index(name) + len(name)


def in_utf16(offset: int) -> int:
    return len(TEXT[:offset].encode("utf-16-le")) // 2


def in_bytes(offset: int) -> int:
    return len(TEXT[:offset].encode())


@pytest.mark.parametrize(
    ("unit", "start_in_unit", "end_in_unit"),
    [
        ("utf-16", in_utf16, in_utf16),
        ("bytes", in_bytes, in_bytes),
        ("inclusive end", lambda offset: offset, lambda offset: offset - 1),
        ("shifted by +3", lambda offset: offset + 3, lambda offset: offset + 3),
    ],
)
def test_a_wrong_unit_is_one_finding_by_its_name(unit: str, start_in_unit: Any, end_in_unit: Any) -> None:
    names = ("Oslo", "Bergen", "team", "Tromsø")
    mentions = [([(start_in_unit(a), end_in_unit(b))], name) for name in names for a, b in [places(name)]]
    (item,) = findings(TEXT + " " * 20, *mentions)
    assert item.code == "E204"
    assert item.found.startswith(f"offsets in {unit}: 4 of 4 surfaces")


def test_one_slip_among_sound_spans_is_no_unit() -> None:
    sound_ones = [([places(name)], name) for name in ("Café", "Bergen", "team", "Tromsø")]
    start, end = places("Oslo")
    ((code, fix),) = remedies(TEXT, ([(start, end - 1)], "Oslo"), *sound_ones)
    assert (code, fix) == ("E203", f"the text stands at [{start}, {end}]")


def test_fragments_must_stand_apart_and_in_order() -> None:
    ((code, fix),) = remedies("Oslo won.", ([(0, 2), (2, 4)], "Os lo"))
    assert (code, fix) == ("E205", "make one fragment of the two")
    assert remedies("West Oslo", ([(5, 9), (0, 4)], "Oslo West"))[0][0] == "E205"
    assert remedies("West Oslo", ([(0, 6), (5, 9)], "West O Oslo"))[0][0] == "E205"


def test_sentences_may_touch_and_titles_must_fit() -> None:
    good = document("Oslo won.Bergen lost.", title=(0, 9), sentences=[(0, 9), (9, 21)])
    assert list(check_document_spans(good)) == []
    bad = document("Oslo won.Bergen lost.", title=(0, 99), sentences=[(0, 10), (9, 21)])
    assert [(item.code, item.where.field) for item in check_document_spans(bad)] == [
        ("E202", "title"),
        ("E205", "sentences[1]"),
    ]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("entities.mentions.0.spans", "mentions[0].spans"),
        ("stances.attributions.0.cue_spans", "attributions[0].cue_spans"),
        ("stances.attributions.1.content_spans", "attributions[1].content_spans"),
        ("stances.stances.0.holder_spans", "stances[0].holder_spans"),
        ("stances.stances.1.target_spans", "stances[1].target_spans"),
        ("numeric_facts.numeric_facts.0.mentions.0.number.spans", "numeric_facts[0].mentions[0].number.spans"),
        ("numeric_facts.numeric_facts.0.counted.spans", "numeric_facts[0].counted.spans"),
        ("numeric_facts.times.0.spans", "times[0].spans"),
    ],
)
def test_every_span_of_every_record_is_checked(path: str, field: str) -> None:
    assert told(put(sound(), path, [[7, 7]])) == [("E201", f"{field}[0]")]
    assert told(put(sound(), path, [[0, 5000]])) == [("E202", f"{field}[0]")]


def test_without_a_text_spans_are_checked_by_themselves_alone() -> None:
    rows = put(sound(), "entities.mentions.0.spans", [[0, 5000]])
    del rows["document"]
    assert told(rows) == []
    assert told(put(rows, "entities.mentions.0.spans", [[9, 9]])) == [("E201", "mentions[0].spans[0]")]


def test_repeated_records_are_found_whatever_their_ids() -> None:
    for row, collection in (
        ("stances", "propositions"),
        ("stances", "attributions"),
        ("stances", "stances"),
        ("numeric_facts", "numeric_facts"),
        ("numeric_facts", "times"),
    ):
        rows = sound()
        records = rows[row][collection]
        records.append(
            {**records[0], "id": "another", "note": "again"} if "note" in records[0] else records[0] | {"id": "another"}
        )
        assert told(rows) == [("E206", f"{collection}[{len(records) - 1}]")]


def test_the_same_words_for_two_entities_are_a_warning() -> None:
    rows = sound()
    mentions = rows["entities"]["mentions"]
    mentions.append({**mentions[0], "id": "m99", "entity": "e3"})
    (item,) = check(rows)
    assert (item.code, item.severity) == ("E206", "warning")
    mentions[-1]["entity"] = mentions[0]["entity"]
    (item,) = check(rows)
    assert (item.code, item.severity) == ("E206", "error")


def test_two_entities_of_one_type_with_one_link_are_one() -> None:
    rows = put(put(sound(), "entities.entities.0.kb_id", "Q1"), "entities.entities.2.kb_id", "Q1")
    assert told(rows) == [("E206", "entities[2]")]
    assert told(put(put(sound(), "entities.entities.0.kb_id", "NIL"), "entities.entities.2.kb_id", "NIL")) == []
