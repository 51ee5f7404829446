"""`rules-numbers` and `quantulum3` on invented sentences: spans, values, counted nouns, status."""

from collections.abc import Callable

import pytest

from goldassay.extract.answer import answer_here
from goldassay.extract.command import answer_by_command
from goldassay.extract.isolated import isolated
from goldassay.extract.nouns import find_noun
from goldassay.extract.registry import load_extractor
from goldassay.extract.text import tokenize
from goldassay.model.document import Document

MakeDocument = Callable[..., Document]
RULES = load_extractor("rules-numbers")


def facts(document: Document) -> list[dict[str, object]]:
    """The facts of rules-numbers; the extents are checked against the text and against each other."""
    items = RULES.extract(document)["numeric_facts"]
    assert isinstance(items, list)
    for item in items:
        [mention] = item["mentions"]
        spans = []
        for name in ("number", "span", "full"):
            [(start, end)] = mention[name]["spans"]
            assert document.text[start:end] == mention[name]["text"]
            spans.append((start, end))
        assert spans[2][0] <= spans[1][0] <= spans[0][0]
        assert spans[0][1] <= spans[1][1] <= spans[2][1]
    return items


def test_extents_value_counted_noun_and_status(make_document: MakeDocument) -> None:
    [planned, actual] = facts(
        make_document("Borduria plans to send around 40 small fishing boats. It has already sold 12 of them.")
    )
    assert planned == {
        "mentions": [
            {
                "number": {"spans": [[30, 32]], "text": "40"},
                "span": {"spans": [[23, 32]], "text": "around 40"},
                "full": {"spans": [[23, 52]], "text": "around 40 small fishing boats"},
            }
        ],
        "kind": "cardinal",
        "approx": "approx",
        "bound": "none",
        "property": "number_of",
        "status": "planned",
        "negated": False,
        "role": "level",
        "value": {"lo": "40", "hi": "40", "lo_inc": True, "hi_inc": True},
        "counted": {"lemma": "boat", "spans": [[47, 52]]},
    }
    assert (actual["status"], actual.get("counted")) == ("actual", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than $2.5 million was paid.", {"value": ("2500000", None), "unit": "USD?", "kind": "money"}),
        ("At most 300 people may come.", {"value": (None, "300"), "bound": "max", "status": "possible"}),
        ("Dozens of the villagers left.", {"magnitude": 1, "approx": "vague", "counted": "villager"}),
        ("It took 12% of the votes.", {"value": ("12", "12"), "unit": "%", "base": "vote", "property": "share_of"}),
        ("The 75th regatta cost nothing.", {"kind": "ordinal", "property": "edition", "counted": "regatta"}),
        ("The ship held 250 tonnes of grain.", {"unit": "t", "counted": "grain", "kind": "measure"}),
        ("Prices fell by 3%.", {"role": "change", "direction": "down", "property": "change_in"}),
        ("One sailor died.", {"value": ("1", "1"), "counted": "sailor"}),
        ("If it rains, 20 boats stay.", {"status": "conditional"}),
        ("The crew demanded 5 ships.", {"status": "demanded", "counted": "ship"}),
        ("Sylda did not send 12 boats.", {"negated": True}),
    ],
)
def test_what_a_number_says(make_document: MakeDocument, text: str, expected: dict[str, object]) -> None:
    [fact] = facts(make_document(text))
    seen = {}
    for key in expected:
        value = fact[key]
        if isinstance(value, dict):
            value = (value["lo"], value["hi"]) if key == "value" else value["lemma"]
        seen[key] = value
    assert seen == expected


def test_dates_years_and_identifiers_are_no_facts(make_document: MakeDocument) -> None:
    assert facts(make_document("On 10 July 2019 Resolution 12 was read aboard an F-16 by both leaders at 5 p.m.")) == []


@pytest.mark.parametrize(
    ("text", "after", "lemma"),
    [
        ("12 small fishing boats sank", 2, "boat"),
        ("dozens of the women", 6, "woman"),
        ("40 troops in Sylda", 2, "troops"),
        ("3 of them", 1, None),
        ("7 and more", 1, None),
        ("9 -", 1, None),
    ],
)
def test_the_noun_after_a_number(text: str, after: int, lemma: str | None) -> None:
    noun = find_noun(tokenize(text), after)
    assert (noun.lemma if noun else None) == lemma


def test_quantulum_answers_the_same_in_two_workers(make_document: MakeDocument) -> None:
    text = "The ship carried 250 tonnes of grain for $2.7bn, between 10 and 20 boats, 5 knots, 12 days, 5%, 30 dollars."
    command = isolated("quantulum3")
    documents = [make_document(text)]
    answers = [outcome.line for _ in "ab" for _, outcome in answer_by_command(command.argv, documents, timeout=120)]
    assert answers[0] == answers[1]
    assert answers[0] is not None
    items = answers[0]["numeric_facts"]
    assert isinstance(items, list)
    said = [(item["mentions"][0]["text"], item.get("value"), item.get("unit"), item["kind"]) for item in items]
    assert said[0] == ("250 tonnes", {"lo": "250", "hi": "250"}, "t", "measure")
    assert said[1][:2] == ("$2.7bn", {"lo": "2.7", "hi": "2.7"})
    assert said[2:] == [
        ("between 10 and 20", {"lo": "10", "hi": "20"}, None, "cardinal"),
        ("5 knots", {"lo": "5", "hi": "5"}, "[kn_i]", "measure"),
        ("12 days", {"lo": "12", "hi": "12"}, "d", "duration"),
        ("5%", {"lo": "5", "hi": "5"}, "%", "percent"),
        ("30 dollars", {"lo": "30", "hi": "30"}, "USD", "money"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0001 48 65 6c 6c 6f " * 40, "the text is a hex dump (240 of 240 words); take in the plain text"),
        ("boat " * 40_001, "the text has 200005 characters; at most 200000 are read"),
        ("1" * 2_001, "the text has a word of 2001 characters; at most 2000 are read"),
    ],
)
def test_quantulum_is_kept_from_what_is_no_article(make_document: MakeDocument, text: str, message: str) -> None:
    from goldassay.extract.base import UnansweredError
    from goldassay.extract.quantities import refuse_unreadable

    with pytest.raises(UnansweredError) as raised:
        refuse_unreadable(text)
    assert raised.value.message == message
    assert [o.status for _, o in answer_here(RULES, [make_document(text[:100])])] == ["ok"]
