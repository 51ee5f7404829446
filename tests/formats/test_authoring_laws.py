"""The authoring form loses nothing: reading what was written gives the same rows, and the same bytes again."""

from authored_rows import annotated, document, texts
from hypothesis import given
from hypothesis import strategies as st

from goldassay.formats.authoring import AuthoredDocument, parse_authoring
from goldassay.formats.authoring_write import format_authoring
from goldassay.formats.quotes import find_stretch, locate_quote, quote_span, share_stretch, whole
from goldassay.formats.yaml_nodes import compose_yaml
from goldassay.formats.yaml_write import quote_string
from goldassay.model.finding import format_finding


@given(annotated())
def test_what_is_written_reads_back_and_is_written_alike_again(drawn):
    document, entities, stances, numeric, provenance = drawn
    written = format_authoring(document, entities, stances, numeric, provenance)
    authored, findings = parse_authoring(written, document, file="d.yaml")
    assert [format_finding(item) for item in findings] == []
    assert authored == AuthoredDocument(
        doc_id="d 1",
        provenance=provenance,
        layers=("entities", "stances", "numeric_facts"),
        entities=entities,
        stances=stances,
        numeric_facts=numeric,
    )
    assert written == format_authoring(
        document, authored.entities, authored.stances, authored.numeric_facts, authored.provenance
    )


@given(texts, st.data())
def test_every_span_has_a_quote_that_means_it_in_any_region(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    inner = (start, data.draw(st.integers(start + 1, len(text))))
    outer = (data.draw(st.integers(0, start)), data.draw(st.integers(inner[1], len(text))))
    for regions in (whole(text), [outer], [inner], []):
        assert locate_quote(text, quote_span(text, inner, regions), regions) == inner


@given(texts, st.data())
def test_a_shared_stretch_holds_all_fragments_and_stands_once(text, data):
    edges = data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4).map(sorted))
    spans = [(edges[0], edges[1]), (edges[2], edges[3])]
    stretch = share_stretch(text, spans)
    if stretch is not None:
        assert all(stretch[0] <= start and end <= stretch[1] for start, end in spans)
        assert find_stretch(text, text[slice(*stretch)]) == stretch
        assert "\n" not in text[slice(*stretch)]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_string_survives_its_quotation_marks(string):
    node, findings = compose_yaml(quote_string(string), "s.yaml")
    assert findings == []
    assert node.value == string


FORM = """doc: "d 1"
entities:
  - id: "e1"
    type: "GPE"
    name: "It"
    mentions:
      - {spans: {quote: "it", in: "with it"}, level: "PRO"}
stances:
  - id: "s1"
    in: "It is with it"
    holder: "e1"
    target: {kind: "entity", id: "e1"}
    dimension: "belief"
    grade: 1
    act: "state"
    expression_spans: ["is", "with"]
"""


@given(st.text(max_size=60) | st.text("{}[]:-,&*!|>'\"%@`#? \n\tab1", max_size=60))
def test_no_text_raises_and_none_is_half_read(text):
    authored, findings = parse_authoring(text, document("It is with it."), file="x.yaml")
    assert (authored is None) == bool(findings)


@given(st.integers(0, len(FORM)), st.integers(0, 8), st.sampled_from(["", "[", "{", "in", "~", "&a ", "1", "\n", ": "]))
def test_no_damaged_form_raises_and_none_is_half_read(place, cut, insertion):
    damaged = FORM[:place] + insertion + FORM[place + cut :]
    authored, findings = parse_authoring(damaged, document("It is with it."), file="x.yaml")
    assert (authored is None) == bool(findings)
    assert all(item.where.file == "x.yaml" for item in findings)
