"""The number and time baselines on invented sentences: spans, values, units, what each is known to get wrong."""

from collections.abc import Callable, Mapping

import pytest
from msgspec.structs import replace

from goldassay.extract.answer import answer_here
from goldassay.extract.base import UnansweredError
from goldassay.extract.command import answer_by_command
from goldassay.extract.isolated import isolated
from goldassay.extract.nouns import find_noun
from goldassay.extract.readable import refuse_unreadable
from goldassay.extract.registry import SHIPPED, load_extractor
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
    with pytest.raises(UnansweredError) as raised:
        refuse_unreadable(text)
    assert raised.value.message == message
    assert [o.status for _, o in answer_here(RULES, [make_document(text[:100])])] == ["ok"]


FOREIGN = ("dateparser", "quantulum3", "recognizers-text", "text2num")


def said(name: str, document: Document, key: str) -> list[Mapping[str, object]]:
    """The items of a foreign baseline; the places of all are checked against the text."""
    items = load_extractor(name).extract(document)[key]
    assert isinstance(items, list)
    for item in items:
        [place] = item.get("mentions", [item])
        [(start, end)] = place["spans"]
        assert document.text[start:end] == place["text"]
    return items


def numbers(name: str, document: Document) -> list[tuple[object, ...]]:
    """Text, value, unit and kind of the facts that a foreign baseline finds."""
    return [
        (item["mentions"][0]["text"], (item.get("value") or {}).get("lo"), item.get("unit"), item["kind"])
        for item in said(name, document, "numeric_facts")
        if item["mentions"]
    ]


def times(name: str, document: Document) -> list[tuple[object, ...]]:
    """Text, type and the two values of the times that a foreign baseline finds."""
    keys = ("text", "type", "value_text_only", "value_resolved")
    return [tuple(item.get(key) for key in keys) for item in said(name, document, "times")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ship carried 1.5 million litres.", [("1.5 million litres", "1500000", "L", "measure")]),
        ("It cost 20 euros.", [("20 euros", "20", "EUR", "money")]),
        ("It cost 30 dollars.", [("30 dollars", "30", "USD?", "money")]),
        ("Some 12% of the voters came.", [("12%", "12", "%", "percent")]),
        ("Lenz, 45 years old, won.", [("45 years old", "45", "a", "age")]),
        ("The 75th regatta began.", [("75th", "75", None, "ordinal")]),
        ("They left for twelve days.", [("twelve days", "12", "d", "duration")]),
        ("Between 10 and 20 boats sank.", [("10", "10", None, "cardinal"), ("20", "20", None, "cardinal")]),
        ("It paid in dollars.", []),
        # Known mistakes: a scale that it does not know, an identifier, a sign that it does not know.
        ("It cost $2.7bn.", [("$2.7", "2.7", "USD?", "money")]),
        ("An F-16 landed.", [("-16", "-16", None, "cardinal")]),
        ("It was −5 °C.", [("5 °C", "5", "Cel", "measure")]),
    ],
)
def test_recognizers_find_numbers_with_units(
    make_document: MakeDocument, text: str, expected: list[tuple[object, ...]]
) -> None:
    assert numbers("recognizers-text", make_document(text)) == expected


def test_a_length_of_time_is_a_fact_and_a_time(make_document: MakeDocument) -> None:
    document = make_document("They left for twelve days.")
    assert times("recognizers-text", document) == [("twelve days", "DURATION", "P12D", None)]


@pytest.mark.parametrize(
    ("text", "text_only", "resolved"),
    [
        ("They met on July 8.", ("July 8", "DATE", "XXXX-07-08"), None),
        ("They met last week.", ("last week", "DATE", "XXXX-WXX"), "2031-W28"),
        ("They met last Friday.", ("last Friday", "DATE", "XXXX-WXX-5"), "2031-07-11"),
        ("They met on 10 July 2019.", ("10 July 2019", "DATE", "2019-07-10"), None),
        ("They meet every Tuesday.", ("every Tuesday", "SET", "XXXX-WXX-2"), None),
        ("They meet in 3 hours.", ("in 3 hours", "TIME", "XXXX-XX-XXTXX:XX:XX"), None),
        # A known mistake: two decades are the second of December.
        ("It sinks in two decades.", ("in two decades", "DATE", "XXXX-12-02"), None),
    ],
)
def test_recognizers_find_times_and_never_count_from_today(
    make_document: MakeDocument, text: str, text_only: tuple[str, ...], resolved: str | None
) -> None:
    undated = make_document(text)
    dated = replace(undated, dct="2031-07-15")  # a Tuesday
    assert times("recognizers-text", undated) == [(*text_only, None)]
    assert times("recognizers-text", dated) == [(*text_only, resolved)]


@pytest.mark.parametrize(
    ("text", "text_only", "resolved"),
    [
        ("They met last month.", ("last month", "DATE", "XXXX-XX"), "2031-06"),
        ("They met last Friday.", ("last Friday", "DATE", "XXXX-WXX-5"), "2031-07-11"),
        ("They met on 10 July 2019.", ("on 10 July 2019", "DATE", "2019-07-10"), None),
        ("They meet in 3 hours.", ("in 3 hours", "TIME", "XXXX-XX-XXTXX:XX"), None),
        # Known mistakes: an ordinal as a year, two days as a day of a year, a sum as a day of the month.
        ("The 75th regatta began.", ("The 75th", "DATE", "1975"), None),
        ("They meet on July 10 and 11.", ("on July 10 and 11", "DATE", "2011-07-10"), None),
    ],
)
def test_dateparser_finds_dates_and_never_counts_from_today(
    make_document: MakeDocument, text: str, text_only: tuple[str, ...], resolved: str | None
) -> None:
    undated = make_document(text)
    dated = replace(undated, dct="2031-07-15")
    assert times("dateparser", undated) == [(*text_only, None)]
    assert times("dateparser", dated) == [(*text_only, resolved)]


def test_a_creation_time_with_an_hour_resolves_hours(make_document: MakeDocument) -> None:
    dated = replace(make_document("They meet in 3 hours."), dct="2031-07-15T09:30")
    assert times("dateparser", dated)[0][3] == "2031-07-15T12:30"
    assert times("recognizers-text", dated)[0][3] == "2031-07-15T12:30:00"
    vague = replace(dated, dct="2031-07")
    assert times("dateparser", vague)[0][3] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twenty-five boats sank.", [("Twenty-five", "25", None, "cardinal")]),
        ("The seventy-fifth regatta.", [("seventy-fifth", "75", None, "ordinal")]),
        ("Some 12,000 people came.", []),
        ("Three ships sank, then two more.", [("Three", "3", None, "cardinal")]),
        # Known mistakes: a scale word after a decimal, a sign.
        (
            "It cost three point five million crowns.",
            [("three point five", "3.5", None, "cardinal"), ("million", "1000000", None, "cardinal")],
        ),
        ("It was minus five degrees.", [("five", "5", None, "cardinal")]),
    ],
)
def test_text2num_finds_number_words(
    make_document: MakeDocument, text: str, expected: list[tuple[object, ...]]
) -> None:
    assert numbers("text2num", make_document(text)) == expected


def test_of_what_overlaps_the_longest_stays(make_document: MakeDocument) -> None:
    """ "5 cents" is a number, a percentage and a sum; "July 8" holds a number."""
    document = make_document("On July 8 it cost 5 cents.")
    assert [text for text, *_ in numbers("recognizers-text", document)] == ["5 cents"]
    assert [text for text, *_ in times("recognizers-text", document)] == ["July 8"]


@pytest.mark.parametrize(
    ("name", "key", "text", "left_out"),
    [
        # The capital İ has two characters in lower case: whatever stands after it is one place off.
        ("recognizers-text", "numeric_facts", "İzmir sold 40 boats.", 1),
        # Line break and spaces are folded in what is given back: "on May" and "3 2020".
        ("dateparser", "times", "They met on  May\n 3 2020.", 1),
    ],
)
def test_what_is_not_in_its_place_is_left_out_and_counted(
    make_document: MakeDocument, name: str, key: str, text: str, left_out: int
) -> None:
    [(_, outcome)] = answer_here(load_extractor(name), [make_document(text)])
    assert outcome.message == f"results left out, because their text is not where they say: {left_out}"
    assert outcome.line is not None
    assert "message" not in outcome.line
    assert all(item["text"] != "on May" for item in outcome.line[key])  # type: ignore[attr-defined]
    [(_, again)] = answer_by_command(isolated(name).argv, [make_document(text)], timeout=120)
    assert (again.line, again.message) == (outcome.line, outcome.message)


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_baselines_say_nothing_of_what_they_do_not_know(make_document: MakeDocument, name: str) -> None:
    assert SHIPPED[name].seen_seeds is False
    document = make_document("At most 40 boats sank on July 8, and twenty-five of them were new.")
    answer = load_extractor(name).extract(document)
    assert set(answer) == SHIPPED[name].layers
    for item in answer.get("numeric_facts", []):  # type: ignore[attr-defined]
        assert set(item) <= {"mentions", "kind", "value", "unit"}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_baselines_have_a_time_limit_and_refuse_what_is_no_article(
    make_document: MakeDocument, name: str
) -> None:
    dump = make_document("0001 48 65 6c 6c 6f " * 40)
    [(_, late)] = answer_by_command(isolated(name).argv, [dump], timeout=0.001)
    assert (late.status, late.line) == ("timeout", None)
    [(_, refused)] = answer_here(load_extractor(name), [dump])
    assert (refused.status, refused.line) == ("error", None)
    assert (refused.message or "").startswith("the text is a hex dump")
