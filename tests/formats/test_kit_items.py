"""Kits of stances and numeric facts: whatever a row says comes back from either tool, or is counted as lost."""

from collections import Counter
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from authored_rows import document, records, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from goldassay.formats.label_studio import format_label_studio, parse_label_studio
from goldassay.kit.items import Kinds
from goldassay.kit.label_studio_items import controls_of
from goldassay.kit.tools import (
    KINDS,
    configure,
    read_from_brat,
    read_from_label_studio,
    show_in_brat,
    show_in_label_studio,
)
from goldassay.model.finding import Finding
from goldassay.model.labels import ACTS, DIMENSIONS, NUMERIC_KINDS, TIME_TYPES
from goldassay.model.numeric_facts import Extent, Link, NumericFact, NumericFactsRow, NumericMention, Time
from goldassay.model.stances import Attribution, Proposition, Stance, StancesRow, Target

FORMS = ("brat", "label-studio")
Row = StancesRow | NumericFactsRow


def through(form: str, layer: str, row: Row, text: str) -> tuple[Row, list[Finding], Counter[str]]:
    """The row as it comes back from a tool, what was wrong with it there, and what was counted as lost."""
    page = document(text)
    if form == "brat":
        content, lost = show_in_brat(layer, row, text)
        read = read_from_brat(layer, content, page, "d.ann")
    else:
        task, lost = show_in_label_studio(layer, row, page)
        (back,), findings = parse_label_studio(format_label_studio([task]).encode(), file="t.json")
        assert (findings, back.annotated) == ([], True)
        read = read_from_label_studio(layer, back, page, "t.json")
    return read.row, read.findings, lost


def by_id(row: Row) -> dict[str, Any]:
    """A row without the order of its records."""
    lists = msgspec.to_builtins(row)
    return {name: sorted(value, key=lambda one: one["id"]) for name, value in lists.items() if name != "doc_id"}


def filled(row: Row) -> Row:
    """The row with a dash for each empty text."""

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: fill(one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [fill(one) for one in value]
        return "–" if value == "" else value

    return msgspec.convert(fill(msgspec.to_builtins(row)), type(row))


def named(prefix: str, drawn: list[Any]) -> list[Any]:
    return [msgspec.structs.replace(one, id=f"{prefix}{number}") for number, one in enumerate(drawn, start=1)]


@st.composite
def stance_rows(draw: st.DrawFn) -> tuple[StancesRow, str]:
    """Any propositions, attributions and stances that refer to each other and to anything in other layers."""
    text = draw(texts)
    lists = {one: draw(st.lists(records(one, text), max_size=3)) for one in (Proposition, Attribution, Stance)}
    propositions, attributions, stances = (
        named(prefix, lists[one]) for prefix, one in (("p", Proposition), ("a", Attribution), ("s", Stance))
    )
    to_proposition, to_attribution, to_stance = (
        st.sampled_from([None, *(one.id for one in drawn)]) for drawn in (propositions, attributions, stances)
    )
    attributions = [
        msgspec.structs.replace(one, parent=draw(to_attribution), antecedent=draw(to_attribution))
        for one in attributions
    ]
    linked = []
    for one in stances:
        proposition = draw(to_proposition)
        target = one.target if proposition is None else msgspec.structs.replace(
            one.target, kind="proposition", id=proposition
        )  # fmt: skip
        links = {"attribution": draw(to_attribution), "grounds_of": draw(to_stance), "same_as": draw(to_stance)}
        linked.append(msgspec.structs.replace(one, target=target, **links))
    row = StancesRow(doc_id="d 1", propositions=propositions, attributions=attributions, stances=linked)
    return row, text


@st.composite
def fact_rows(draw: st.DrawFn) -> tuple[NumericFactsRow, str]:
    """Any facts and times that refer to each other and to anything in other layers."""
    text = draw(texts)
    facts = named("n", draw(st.lists(records(NumericFact, text).filter(lambda one: one.mentions), max_size=3)))
    times = named("t", draw(st.lists(records(Time, text), max_size=3)))
    to_time = st.sampled_from([None, *(one.id for one in times)])
    to_fact = st.sampled_from([one.id for one in facts]) if facts else st.nothing()
    facts = [
        msgspec.structs.replace(
            one, time=draw(to_time), links=[msgspec.structs.replace(link, to=draw(to_fact)) for link in one.links]
        )
        for one in facts
    ]
    known = st.sampled_from([*(one.id for one in [*facts, *times]), "DCT", "a1"])
    times = [
        msgspec.structs.replace(one, anchor=draw(to_time | st.sampled_from(["DCT", "speech:a1"])),
                                premises=draw(st.lists(known, max_size=3)))
        for one in times
    ]  # fmt: skip
    return NumericFactsRow(doc_id="d 1", numeric_facts=facts, times=times), text


@pytest.mark.parametrize("form", FORMS)
@given(drawn=stance_rows())
def test_any_stances_come_back(form: str, drawn: tuple[StancesRow, str]) -> None:
    row, text = drawn
    row = row if form == "brat" else filled(row)
    back, findings, lost = through(form, "stances", row, text)
    assert (findings, lost) == ([], {})
    assert by_id(back) == by_id(row)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40)
@given(drawn=fact_rows())
def test_any_numeric_facts_come_back(form: str, drawn: tuple[NumericFactsRow, str]) -> None:
    row, text = drawn
    row = row if form == "brat" else filled(row)
    back, findings, lost = through(form, "numeric_facts", row, text)
    assert (findings, lost) == ([], {})
    assert by_id(back) == by_id(row)


@given(st.text(max_size=40) | st.text("{}[]:-,&*!|>'\"%@`#? \tab1", max_size=40))
def test_no_note_raises_and_none_is_half_read(note: str) -> None:
    """Every character typed into a note becomes a field, a finding, or white space and comments of YAML."""
    note = note.replace("\n", " ").replace("\r", " ")
    source = f"T1\tAttribution 0 2\tIt\nE1\tAttribution:T1\nA1\tQuote E1 direct\n#1\tAnnotatorNotes E1\t{note}\n"
    read = read_from_brat("stances", source, document("It is with it."), "d.ann")
    assert all((item.where.file, item.where.line) in {("d.ann", 2), ("d.ann", 4)} for item in read.findings)
    # Without a source, which no such note gives, an attribution is never complete.
    assert read.findings != [] or "source" in note
    assert isinstance(read.row, StancesRow)
    assert read.row.attributions == [] or "source" in note


def test_references_to_nothing_and_facts_without_a_place_are_counted() -> None:
    stance = Stance(
        id="s1", holder="e1", target=Target(kind="entity", id="e2"), dimension="intent", grade=1, act="plan",
        expression_spans=[(0, 2)], attribution="a9", note="",
    )  # fmt: skip
    row = StancesRow(doc_id="d 1", propositions=[], attributions=[], stances=[stance])
    _, lost = show_in_label_studio("stances", row, document("It is with it."))
    assert lost == {"references to no record of the layer": 1, "empty texts": 1}
    assert show_in_brat("stances", row, "It is with it.")[1] == {}
    assert show_in_brat("stances", row, "")[1] == {}
    nowhere = msgspec.structs.replace(stance, expression_spans=[])
    assert show_in_brat("stances", msgspec.structs.replace(row, stances=[nowhere]), "")[1] == {
        "records of a text without a character": 1
    }
    here = NumericMention(
        number=Extent(spans=[(0, 2)], text="It"), span=Extent(spans=[], text=""), full=Extent(spans=[], text="")
    )
    links = [Link(type="part_of", to="n2"), Link(type="updates", to="n9")]
    facts = [
        NumericFact(id="n1", mentions=[here], kind="cardinal", property="other", status="actual", links=links),
        NumericFact(id="n2", mentions=[], kind="cardinal", property="other", status="actual"),
    ]
    row_of_facts = NumericFactsRow(doc_id="d 1", numeric_facts=facts, times=[])
    _, lost = show_in_brat("numeric_facts", row_of_facts, "It is with it.")
    assert lost == {
        "numeric facts without a place": 1,
        "links to numeric facts without a place": 1,
        "links to no numeric fact": 1,
        "extents without words": 1,
    }


def test_the_configurations_offer_the_labels_of_the_scheme() -> None:
    stances = configure("stances", "brat")["brat/annotation.conf"].splitlines()
    assert f"Dimension\tArg:Stance, Value:{'|'.join(DIMENSIONS)}" in stances
    assert f"Act\tArg:Stance, Value:{'|'.join(ACTS)}" in stances
    assert "Grade\tArg:Stance, Value:-2|-1|0|1|2" in stances
    assert "Headline\tArg:Stance" in stances
    facts = configure("numeric_facts", "brat")["brat/annotation.conf"].splitlines()
    assert f"Kind\tArg:Fact, Value:{'|'.join(NUMERIC_KINDS)}" in facts
    assert f"Type\tArg:Time, Value:{'|'.join(TIME_TYPES)}" in facts


@pytest.mark.parametrize("kinds", KINDS.values(), ids=KINDS)
def test_a_name_means_the_same_in_all_kinds_of_a_layer(kinds: Kinds) -> None:
    """Tools know an attribute or a control by its name alone, so two kinds may share one only with equal labels."""
    for kind in kinds:
        carried = [(one.carrier == "words" or one.carrier == "link", one.shown) for one in kind.fields]
        assert len(set(carried)) == len(carried)
        for one in kind.fields:
            shared = controls_of(kinds).get(one.name, one)
            assert (shared.labels, shared.carrier, shared.plain) == (one.labels, one.carrier, one.plain)
    names = [kind.name for kind in kinds]
    assert not set(names) & {one.shown for kind in kinds for one in kind.carried("words")}


@pytest.mark.parametrize("layer", KINDS)
def test_the_labelling_configuration_is_xml_with_each_name_once(layer: str) -> None:
    (configuration,) = configure(layer, "label-studio").values()
    root = ElementTree.fromstring(configuration)
    controls = [one for one in root.iter() if one.get("toName") is not None]
    names = [one.get("name") for one in controls]
    assert len(set(names)) == len(names)
    assert {one.get("toName") for one in controls} == {one.get("name") for one in root.iter("Text")}
    labels = {one.get("value") for one in root.iter("Label")}
    for view in root.iter("View"):
        assert set((view.get("whenLabelValue") or "").split(",")) <= labels | {""}
