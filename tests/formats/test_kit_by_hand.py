"""Small kits as an annotator fills them, read by hand here, and what is said about each slip in them."""

import json
from typing import Any

import pytest
from authored_rows import document
from hypothesis import given
from hypothesis import strategies as st

from goldassay.formats.label_studio import parse_label_studio
from goldassay.kit.tools import ReadRow, read_from_brat, read_from_label_studio
from goldassay.model.labels import IMPLICIT
from goldassay.model.numeric_facts import (
    Counted,
    Event,
    EventRole,
    Extent,
    Link,
    NumericFact,
    NumericFactsRow,
    NumericMention,
    Time,
    Value,
)
from goldassay.model.stances import Attribution, Proposition, Stance, StancesRow, Target

SAID = "Anna Holt warned Borduria against raising the toll, a grave error."
#       0         10        20        30        40        50        60
STANCES = """T1\tAttribution 10 16\twarned
T2\tSource 0 9\tAnna Holt
T3\tContent 34 50\traising the toll
T4\tStance 10 16;26 33\twarned against
T5\tProposition 34 50\traising the toll
T6\tStance 54 65\tgrave error
T7\tTarget 34 50\traising the toll
E1\tAttribution:T1 Source:T2 Content:T3
E2\tStance:T4 Holder:T2 Target:T7 Proposition:E3 Attribution:E1
E3\tProposition:T5
E4\tStance:T6 GroundsOf:E2
A1\tQuote E1 indirect
A2\tDimension E2 position
A3\tGrade E2 -2
A4\tAct E2 warn
A5\tTowardSign E2 -1
A6\tDimension E4 evaluation
A7\tGrade E4 -2
A8\tAct E4 criticize
#1\tAnnotatorNotes E1\tsource: e5, addressee: e1
#2\tAnnotatorNotes E2\tholder: e5, toward: e1, sources: [AUTHOR], grade_alt: -1
#3\tAnnotatorNotes E3\tgloss: "Borduria raises the toll, again", about: [e1, e6]
#4\tAnnotatorNotes E4\tholder: IMPLICIT, target: e6, note: not sure
"""
EXPECTED = StancesRow(
    doc_id="d 1",
    propositions=[Proposition(id="p1", gloss="Borduria raises the toll, again", about=["e1", "e6"])],
    attributions=[
        Attribution(
            id="a1",
            source="e5",
            source_spans=[(0, 9)],
            cue_spans=[(10, 16)],
            content_spans=[(34, 50)],
            quote="indirect",
            addressee="e1",
        )
    ],
    stances=[
        Stance(
            id="s1",
            holder="e5",
            holder_spans=[(0, 9)],
            target=Target(kind="proposition", id="p1"),
            target_spans=[(34, 50)],
            toward="e1",
            toward_sign=-1,
            dimension="position",
            grade=-2,
            grade_alt=[-1],
            act="warn",
            expression_spans=[(10, 16), (26, 33)],
            sources=["AUTHOR"],
            attribution="a1",
        ),
        Stance(
            id="s2",
            holder=IMPLICIT,
            target=Target(kind="entity", id="e6"),
            dimension="evaluation",
            grade=-2,
            act="criticize",
            expression_spans=[(54, 65)],
            grounds_of="s1",
            note="not sure",
        ),
    ],
)


def read_stances(source: str) -> ReadRow:
    return read_from_brat("stances", source, document(SAID), "brat/d.ann")


def test_stances_in_brat() -> None:
    read = read_stances(STANCES)
    assert (read.findings, read.row) == ([], EXPECTED)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("A3\tGrade E2 -2", "A3\tGrade E2 high", "E106", 14),
        ("A3\tGrade E2 -2", "A3\tGrade E2 3", "E106", 14),
        ("A3\tGrade E2 -2\n", "", "E407", 9),
        ("A4\tAct E2 warn", "A4\tAct E2 warned", "E106", 15),
        ("A4\tAct E2", "A4\tManner E2", "E106", 15),
        ("A4\tAct E2", "A4\tAct E1", "E106", 15),
        ("A4\tAct E2", "A4\tAct T4", "E106", 15),
        ("A3\tGrade E2 -2", "A3\tGrade E2 -2\nA9\tGrade E2 -1", "E107", 15),
        (" Proposition:E3", "", "E407", 9),
        ("Proposition:E3", "Proposition:E1", "E302", 9),
        ("Proposition:E3", "Proposition:T5", "E302", 9),
        ("Attribution:E1\n", "Attribution:E1 Attribution2:E1\n", "E107", 9),
        ("Content:T3", "Said:T3", "E106", 8),
        ("Content:T3", "Content:E3", "E302", 8),
        (" Target:T7", "", "E407", 7),
        ("T7\tTarget 34", "T7\tGoal 34", "E106", 7),
        ("E3\tProposition:T5", "E3\tIdea:T5", "E106", 10),
        ("E3\tProposition:T5", "R1\tSame Arg1:E1 Arg2:E2\nE3\tProposition:T5", "E106", 10),
        ("A1\tQuote", "*\tEquiv T1 T2\nA1\tQuote", "E106", 12),
        ("target: e6", "target: e6, target: e5", "E107", 23),
        ("target: e6", "target: [e6]", "E105", 23),
        ("target: e6", "goal: e6", "E103", 23),
        ("holder: IMPLICIT, ", "", "E407", 11),
        ("note: not sure", 'note: "not sure', "E102", 23),
        ("note: not sure", "not sure, really", "E103", 23),
        ("sources: [AUTHOR]", "sources: {AUTHOR: 1}", "E105", 21),
        ("grade_alt: -1", "grade_alt: low", "E105", 21),
        ("gloss: \"Borduria raises the toll, again\", ", "", "E407", 10),
        ("#4\tAnnotatorNotes E4", "#4\tAnnotatorNotes T6", "E106", 23),
        ("toward: e1", "toward: e1, attribution: a1", "E107", 21),
        ("toward: e1", "toward: e1, proposition: p1", "E103", 21),
    ],
)  # fmt: skip
def test_slips_in_brat_are_found_with_their_line(old: str, new: str, code: str, line: int) -> None:
    assert old in STANCES
    read = read_stances(STANCES.replace(old, new, 1))
    places = {(item.code, item.where.file, item.where.line) for item in read.findings if item.severity == "error"}
    assert (code, "brat/d.ann", line) in places


@given(
    st.integers(0, len(STANCES)), st.integers(0, 9), st.sampled_from(["", "\t", "\n", ":", "E4", "T1", "[", "{", " 0"])
)
def test_no_damage_raises_and_none_loses_a_record_in_silence(place: int, cut: int, insertion: str) -> None:
    """A stance of the file is a stance of the row, or there is a finding."""
    damaged = STANCES[:place] + insertion + STANCES[place + cut :]
    read = read_stances(damaged)
    assert isinstance(read.row, StancesRow)
    events = sum(line.startswith("E") for line in damaged.split("\n"))
    records = len(read.row.propositions) + len(read.row.attributions) + len(read.row.stances)
    assert read.findings or records == events


COUNTED = "In May 40 ships, 9 of them new, left Zenda. The 40 came back."
#          0         10        20        30        40        50
FACTS = """T1\tTime 3 6\tMay
T2\tFact 7 9\t40
T3\tFull 7 15\t40 ships
T4\tCounted 10 15\tships
T5\tEvent 32 36\tleft
T6\tFact 17 18\t9
T7\tRestatement 48 50\t40
E1\tTime:T1
E2\tFact:T2 Full:T3 Counted:T4 Event:T5 Time:E1
E3\tFact:T6 PartOf:E2
E4\tRestatement:T7 Fact:E2
A1\tType E1 DATE
A2\tKind E2 cardinal
A3\tProperty E2 number_of
A4\tRole E2 total
A5\tStatus E2 actual
A6\tKind E3 cardinal
A7\tProperty E3 number_of
A8\tRole E3 part
A9\tStatus E3 actual
#1\tAnnotatorNotes E1\tgrain: month, anchor: DCT, value_text_only: XXXX-05
#2\tAnnotatorNotes E2\tvalue: 40, counted: ship, event: {roles: [{role: place, entity: e1}]}, sources: [AUTHOR], commitment: [certain]
#3\tAnnotatorNotes E3\tvalue: {lo: 9, hi: null}, counted: {lemma: ship, entity: e2}
"""  # noqa: E501


def extent(start: int, end: int) -> Extent:
    return Extent(spans=[(start, end)], text=COUNTED[start:end])


FACTS_EXPECTED = NumericFactsRow(
    doc_id="d 1",
    numeric_facts=[
        NumericFact(
            id="n1",
            mentions=[
                NumericMention(number=extent(7, 9), span=extent(7, 9), full=extent(7, 15)),
                NumericMention(number=extent(48, 50), span=extent(48, 50), full=extent(48, 50)),
            ],
            kind="cardinal",
            value=Value(lo="40", hi="40"),
            counted=Counted(lemma="ship", spans=[(10, 15)]),
            property="number_of",
            event=Event(trigger_spans=[(32, 36)], roles=[EventRole(role="place", entity="e1")]),
            role="total",
            time="t1",
            status="actual",
            sources=["AUTHOR"],
            commitment=["certain"],
        ),
        NumericFact(
            id="n2",
            mentions=[NumericMention(number=extent(17, 18), span=extent(17, 18), full=extent(17, 18))],
            kind="cardinal",
            value=Value(lo="9", hi=None),
            counted=Counted(lemma="ship", entity="e2"),
            property="number_of",
            role="part",
            status="actual",
            links=[Link(type="part_of", to="n1")],
        ),
    ],
    times=[
        Time(
            id="t1",
            spans=[(3, 6)],
            text="May",
            type="DATE",
            grain="month",
            anchor="DCT",
            value_text_only="XXXX-05",
        )
    ],
)


def read_facts(source: str) -> ReadRow:
    return read_from_brat("numeric_facts", source, document(COUNTED), "brat/d.ann")


def test_numeric_facts_in_brat() -> None:
    read = read_facts(FACTS)
    assert (read.findings, read.row) == ([], FACTS_EXPECTED)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("value: 40,", "value: forty,", "E401", 22),
        ("value: 40,", "value: {lo: 40},", "E407", 22),
        ("A2\tKind E2 cardinal", "A2\tKind E2 number", "E106", 13),
        ("A2\tKind E2 cardinal\n", "", "E407", 9),
        ("E4\tRestatement:T7 Fact:E2", "E4\tRestatement:T7", "E407", 11),
        ("Time:E1\n", "Time:E3\n", "E302", 9),
        (", value_text_only: XXXX-05", "", "E407", 8),
        ("counted: ship,", "counted: {entity: e2},", "E407", 22),
        ("counted: ship,", "", "E407", 9),
        ("commitment: [certain]", "commitment: [sure]", "E106", 22),
        ("commitment: [certain]", "part_of: [n2]", "E103", 22),
        ("event: {roles: [{role: place, entity: e1}]}", "event: left", "E105", 22),
    ],
)  # fmt: skip
def test_slips_in_numeric_facts_are_found_with_their_line(old: str, new: str, code: str, line: int) -> None:
    assert old in FACTS
    read = read_facts(FACTS.replace(old, new, 1))
    assert (code, "brat/d.ann", line) in {(item.code, item.where.file, item.where.line) for item in read.findings}


def region(id_: str, start: int, end: int, label: str, **said: str | list[str]) -> list[dict[str, Any]]:
    """The results of one region as an export has them: choices as lists, what was typed as strings."""
    place = {"start": start, "end": end}
    common = {"id": id_, "to_name": "text"}
    results: list[dict[str, Any]] = [
        {**common, "from_name": "marked", "type": "labels", "value": {**place, "labels": [label]}}
    ]
    for name, value in said.items():
        kind, key = ("choices", "choices") if isinstance(value, list) else ("textarea", "text")
        typed = value if isinstance(value, list) else [value]
        results.append({**common, "from_name": name, "type": kind, "value": {**place, key: typed}})
    return results


def relation(start: str, end: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": [label]}


def results() -> list[dict[str, Any]]:
    """The same stances as above: one with words in two parts, one in the mouth of nobody."""
    return [
        *region("c", 10, 16, "Attribution", quote=["indirect"], source="e5", addressee="e1"),
        *region("h", 0, 9, "Source"),
        *region("w", 34, 50, "Content"),
        *region(
            "x", 10, 16, "Stance", dimension=["position"], grade=["-2"], act=["warn"], toward_sign=["-1"],
            holder="e5", toward="e1", sources="AUTHOR", grade_alt="[-1]",
        ),
        *region("x2", 26, 33, "Stance"),
        *region("t", 34, 50, "Target"),
        *region("p", 34, 50, "Proposition", gloss="Borduria raises the toll, again", about="e1, e6"),
        *region(
            "y", 54, 65, "Stance", dimension=["evaluation"], grade=["-2"], act=["criticize"],
            holder="IMPLICIT", target="e6", note="not sure",
        ),
        relation("c", "h", "Source"), relation("c", "w", "Content"), relation("x", "x2", "Fragment"),
        relation("x", "h", "Holder"), relation("x2", "t", "Target"), relation("x", "p", "Proposition"),
        relation("x", "c", "Attribution"), relation("y", "x", "GroundsOf"),
    ]  # fmt: skip


def read_export(items: list[dict[str, Any]]) -> ReadRow:
    task = {"data": {"doc_id": "d 1", "text": SAID}, "annotations": [{"result": items}]}
    (read,), findings = parse_label_studio(json.dumps([task]).encode(), file="export.json")
    assert findings == []
    return read_from_label_studio("stances", read, document(SAID), "export.json")


def test_stances_in_label_studio() -> None:
    read = read_export(results())
    assert (read.findings, read.row) == ([], EXPECTED)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (lambda items: items.remove(relation("x", "p", "Proposition")), "E407", "x Stance"),
        (lambda items: items.remove(relation("c", "w", "Content")), "E407", "w"),
        (lambda items: items.append(relation("x", "p", "Causes")), "E106", "x p"),
        (lambda items: items.append(relation("c", "p", "Proposition")), "E106", "c p"),
        (lambda items: items.append(relation("h", "c", "Source")), "E106", "h"),
        (lambda items: items.append(relation("y", "h", "Attribution")), "E302", "y h"),
        (lambda items: items.append(relation("y", "c", "Holder")), "E302", "y c"),
        (lambda items: items.append(relation("x", "w", "Holder")), "E107", "x w"),
        (lambda items: items.extend(region("z", 0, 4, "Person")), "E106", "z"),
        (lambda items: items.append(region("c", 10, 16, "Attribution", dimension=["belief"])[1]), "E106", "c"),
        (lambda items: items.append(region("h", 0, 9, "Source", grade=["1"])[1]), "E106", "h"),
        (lambda items: items.append(region("y", 54, 65, "Stance", tier=["high"])[1]), "E106", "y"),
        (lambda items: items.append(region("y", 54, 65, "Stance", grade_alt="[1")[1]), "E102", "y grade_alt"),
        (lambda items: items.append(region("y", 54, 65, "Stance", grade_alt="low")[1]), "E105", "y Stance"),
        (lambda items: items.append(region("y", 54, 65, "Stance", doubt="yes")[1]), "E106", "y"),
    ],
)
def test_slips_in_label_studio_are_found_at_their_region(change: Any, code: str, field: str) -> None:
    items = results()
    change(items)
    findings = read_export(items).findings
    assert [item for item in findings if item.code == code and (item.where.field or "").startswith(field)], findings
