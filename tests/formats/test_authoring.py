"""The authoring form by example: what the quotes mean, and what each mistake is told."""

import re
from pathlib import Path

import pytest
from authored_rows import document

from goldassay.formats.authoring import parse_authoring
from goldassay.formats.authoring_write import format_authoring

PAGE = Path(__file__).parents[2] / "docs" / "design" / "authoring-form.md"
TEXT = "It is with it. Ruritania’s court ruled; its 12 judges left. Ruritania’s court\nruled: 12."


def parse(form: str, text: str = TEXT):
    return parse_authoring(f'doc: "d 1"\n{form}', document(text), file="d.yaml")


def spans(quotes: str, text: str = TEXT) -> list:
    authored, findings = parse(f"times:\n  - {{id: t, type: DATE, value_text_only: X, {quotes}}}", text)
    return [(item.code, item.where.field) for item in findings] or authored.numeric_facts.times[0].spans


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        ("spans: its", [(40, 43)]),  # "It", "it" and "its" are three words
        ("spans: {quote: it}", [(11, 13)]),
        ("spans: {quote: it, within_word: true, nth: 1}", [(7, 9)]),  # in "with"
        ("spans: {quote: court, nth: 2}", [(72, 77)]),
        ("spans: {quote: court, in: court ruled}", [(27, 32)]),
        ("spans: court, in: court ruled", [(27, 32)]),  # the record's context
        ("spans: {quote: '12', in: its 12 judges left}, in: court ruled", [(44, 46)]),  # the quote's own wins
        ("spans: {quote: '12', in: null, nth: 2}, in: court ruled", [(85, 87)]),  # null stands for the document
        ("spans: {quote: r, in: Ruritania’s court ruled, within_word: true, nth: 3}", [(33, 34)]),
        ("spans: [It, is, its]", [(0, 2), (3, 5), (40, 43)]),
        ("spans: 12 judges", [(44, 53)]),  # a plain scalar is text
        ('spans: "court\\nruled"', [(72, 83)]),
    ],
)
def test_quotes_mean_these_spans(quotes, expected):
    assert spans(quotes) == expected


@pytest.mark.parametrize(
    ("quotes", "code", "field"),
    [
        ("spans: verdict", "E501", "times[0].spans"),
        ("spans: wit", "E501", "times[0].spans"),  # only inside a word
        ("spans: {quote: its, in: court ruled}", "E501", "times[0].spans"),  # only outside the context
        ("spans: {quote: court, nth: 3}", "E501", "times[0].spans"),
        ("spans: {quote: court, nth: 0}", "E108", "times[0].spans.nth"),
        ("spans: {quote: court, nth: '1'}", "E105", "times[0].spans.nth"),
        ("spans: {quote: court, nht: 1}", "E103", "times[0].spans.nht"),
        ("spans: court", "E502", "times[0].spans"),
        ("spans: its, in: court", "E502", "times[0].in"),
        ("spans: its, in: verdict", "E501", "times[0].in"),
        ("spans: [its, It]", "E205", "times[0].spans[1]"),
        ("spans: [its, '12 judges', '12']", "E502", "times[0].spans[2]"),
        ("spans: []", "E407", "times[0].spans"),
        ("spans: ''", "E407", "times[0].spans"),
        ("spans: null", "E105", "times[0].spans"),
        ("spans: [[0, 2]]", "E105", "times[0].spans[0]"),
        ("grain: day", "E104", "times[0].spans"),
    ],
)
def test_a_bad_quote_is_one_finding(quotes, code, field):
    assert spans(quotes) == [(code, field)]


@pytest.mark.parametrize(
    ("quotes", "advice"),
    [
        ("spans: Ruritania's court left", "quote the text exactly"),
        ('spans: "ITS 12 judges"', "“its 12 judges”"),
        ('spans: "Ruritania\'s court ruled;"', "“Ruritania’s court ruled;”"),
        ("spans: wit", "within_word: true"),
        ("spans: {quote: its, in: court ruled}", "outside its context"),
        ("spans: {quote: court, nth: 3}", "nth"),
    ],
)
def test_the_remedy_fits_the_mistake(quotes, advice):
    _, findings = parse(f"times:\n  - {{id: t, type: DATE, value_text_only: X, {quotes}}}")
    assert [advice in item.fix for item in findings] == [True]


def test_extents_lie_in_one_another():
    fact = "numeric_facts:\n  - {id: n, kind: cardinal, property: number_of, status: actual, mentions: [%s]}"
    authored, _ = parse(fact % "{number: '12', span: 12 judges, full: its 12 judges}")
    mention = authored.numeric_facts.numeric_facts[0].mentions[0]
    assert (mention.number.spans, mention.span.spans, mention.full.spans) == ([(44, 46)], [(44, 53)], [(40, 53)])
    assert mention.full.text == "its 12 judges"
    _, findings = parse(fact % "{number: court, span: 12 judges, full: its 12 judges}")
    assert [(item.code, item.where.field) for item in findings] == [("E501", "numeric_facts[0].mentions[0].number")]
    # Where the wider extent is not found, the narrower ones are not looked for: one mistake, one finding.
    _, findings = parse(fact % "{number: '12', span: 12 judges, full: verdict}")
    assert [(item.code, item.where.field) for item in findings] == [("E501", "numeric_facts[0].mentions[0].full")]


def test_scalars_are_what_their_field_says():
    stance = """stances:
  - id: 007
    holder: NO
    target: {kind: entity, id: 2024-07-08}
    dimension: belief
    grade: +1
    act: state
    note: yes
    same_as: null
    grounds_of: "null"
"""
    authored, findings = parse(stance)
    assert findings == []
    found = authored.stances.stances[0]
    assert (found.id, found.holder, found.target.id, found.grade) == ("007", "NO", "2024-07-08", 1)
    assert (found.note, found.same_as, found.grounds_of) == ("yes", None, "null")


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("grade: '1'", "E105", "stances[0].grade"),
        ("grade: 0x1", "E105", "stances[0].grade"),
        ("grade: 1.0", "E105", "stances[0].grade"),
        ("grade: 3", "E108", "stances[0].grade"),
        ("grade: " + "9" * 5000, "E105", "stances[0].grade"),
        ("grade: 1, mixed: yes", "E105", "stances[0].mixed"),
        ("grade: 1, act: deny", "E107", "stances[0].act"),
        ("grade: 1, tier: cor", "E106", "stances[0].tier"),
        ("grade: 1, sources: AUTHOR", "E105", "stances[0].sources"),
        ("grade: 1, sources: null", "E105", "stances[0].sources"),
        ("grade: 1, holder_span: It", "E103", "stances[0].holder_span"),
        ("grade: 1, <<: {note: x}", "E103", "stances[0].<<"),
        ("grade: 1, [a]: b", "E105", "stances[0]"),
        ("note: x", "E104", "stances[0].grade"),
        ("grad: 1", "E103", "stances[0].grad"),  # a misspelt key is not also a missing one
        ("grade: 1, note: &n x", "E105", None),
        ("grade: 1, note: *n", "E105", None),
        ("grade: 1, note: !!python/name:os.system x", "E105", None),
    ],
)
def test_a_bad_value_is_one_finding_with_its_line(line, code, field):
    head = "stances:\n  - {id: s, holder: e, target: {kind: entity, id: e}, dimension: belief, act: state,\n     "
    authored, findings = parse(f"{head}{line}}}")
    assert authored is None
    assert [(item.code, item.where.field) for item in findings] == [(code, field)]
    assert findings[0].where.line == (3 if code == "E104" else 4)
    assert findings[0].where.file == "d.yaml"


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("", "E102"),
        ("- a", "E105"),
        ("doc: [", "E102"),
        ("doc: a\n---\ndoc: b", "E102"),
        ("doc: other", "E304"),
        ("times: []", "E104"),
        ("doc: d 1\x00", "E102"),
        ("[" * 5000, "E102"),
    ],
)
def test_what_is_no_form_is_a_finding(form, code):
    authored, findings = parse_authoring(form, document(TEXT), file="d.yaml")
    assert authored is None
    assert [item.code for item in findings] == [code]


def test_all_findings_come_at_once_in_the_order_of_lines():
    _, findings = parse(
        "propositions:\n  - {id: p}\nentities:\n  - {id: e, type: GEP, name: x, mentions: [{spans: no, level: NAM}]}"
    )
    assert [(item.where.line, item.code) for item in findings] == [(3, "E104"), (5, "E106"), (5, "E501")]


def test_derived_and_implied_fields_are_refused():
    _, findings = parse("entities:\n  - {id: e, type: GPE, name: x, mentions: [{spans: its, level: PRO, text: its}]}")
    assert [(item.code, "derived" in item.fix) for item in findings] == [("E103", True)]
    _, findings = parse("entities:\n  - {id: e, type: GPE, name: x, mentions: [{spans: its, level: PRO, entity: e}]}")
    assert [(item.code, item.where.field) for item in findings] == [("E103", "entities[0].mentions[0].entity")]


def test_mentions_are_numbered_in_text_order_around_the_ids_that_are_written():
    form = """entities:
  - {id: m2, type: GPE, name: x, mentions: [{spans: its, level: PRO}, {spans: It, level: PRO}]}
mentions:
  - {spans: 12 judges, level: NOM, type: PERSON}
  - {id: m9, spans: its 12 judges, level: NOM, type: PERSON}
"""
    authored, findings = parse(form)
    assert findings == []
    assert [(one.id, one.entity, one.text) for one in authored.entities.mentions] == [
        ("m1", "m2", "It"),
        ("m3", "m2", "its"),
        ("m9", None, "its 12 judges"),
        ("m4", None, "12 judges"),
    ]


def test_the_head_is_whole_or_absent():
    assert parse("times: []")[0].provenance is None
    _, findings = parse('date: "2026-01-31"\nguidelines: "1"\nannotator: {name: a, kind: human}')
    assert [(item.code, item.where.field) for item in findings] == [("E104", "seen")]


def test_layers_are_those_the_file_speaks_of():
    assert parse("times: []\nstances: []")[0].layers == ("stances", "numeric_facts")


def test_the_page_that_defines_the_form_holds_a_form():
    page = PAGE.read_text(encoding="utf-8")
    text = re.search(r"\(invented\): `(.*?)`", page).group(1)
    form = re.search(r"```yaml\n(.*?)```", page, re.DOTALL).group(1).replace("demo-1", "d 1")
    authored, findings = parse_authoring(form, document(text), file="page.yaml")
    assert findings == []
    assert [one.text for one in authored.entities.mentions][1] == "Ruritania’s interior ministry"
    assert ("deny", [(112, 118)]) in [(one.act, one.expression_spans) for one in authored.stances.stances]
    assert authored.provenance.annotator.family == "example"
    written = format_authoring(
        document(text), authored.entities, authored.stances, authored.numeric_facts, authored.provenance
    )
    assert '      - {spans: "Borduria", in: "Borduria denied", level: "NAM"}\n' in written
    assert '      - {number: "40", span: "some 40", full: "some 40 tanks"}\n' in written
    assert max(map(len, written.splitlines())) < 120
