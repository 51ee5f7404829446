"""Numbers in running text by hand: extents, kinds, and the words and names that are no numbers."""

import time

import pytest

from goldassay.formats.numbers import NumberSpan, ParsedValue, find_numbers, parse_value


def surfaces(text: str) -> list[str]:
    return [text[slice(*number.span)] for number in find_numbers(text)]


def only(text: str) -> NumberSpan:
    [number] = find_numbers(text)
    return number


@pytest.mark.parametrize(
    ("text", "number", "span"),
    [
        ("sent around 12,000 troops", "12,000", "around 12,000"),
        ("for more than $2.5 million in aid", "2.5", "more than $2.5 million"),
        ("paid US$58.24 for it", "58.24", "US$58.24"),
        ("two hundred and five men", "two hundred and five", "two hundred and five"),
        ("rose by 3.5 per cent", "3.5", "3.5 per cent"),
        ("Between 10 and 20 boats", "10 and 20", "Between 10 and 20"),
        ("some $5-7 million", "5-7", "some $5-7 million"),
        ("in two to three weeks", "two to three", "two to three weeks"),
        ("the 75th summit", "75th", "75th"),
        ("a 12-year-old boy", "12", "12-year"),
        ("a four-day visit", "four", "four-day"),
        ("300 or more boats", "300", "300 or more"),
        ("−5 °C at night", "−5", "−5 °C"),
        ("minus five degrees at night", "minus five", "minus five degrees"),
        ("two point five million euros in aid", "two point five million", "two point five million euros"),
        ("hundreds of millions of dollars", "hundreds of millions", "hundreds of millions of dollars"),
        ("nearly about 300 boats", "300", "about 300"),
        ("almost one in five voters", "one in five", "almost one in five"),
    ],
)
def test_extents(text: str, number: str, span: str) -> None:
    found = only(text)
    assert (text[slice(*found.number)], text[slice(*found.span)]) == (number, span)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12 boats", "cardinal"),
        ("the third boat", "ordinal"),
        ("a third of the boats", "ratio"),
        ("12% of it", "percent"),
        ("€3m", "money"),
        ("5 km", "measure"),
        ("24 hours", "duration"),
        ("a boy aged 12", "age"),
        ("the No. 3 seed", "rank"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    found = only(text)
    assert found.kind == found.value.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "An F-16 and a T-72 of the G7 after 9/11, Covid-19, MH370, 5G, 3D, version 1.2.3, 192.168.0.1",
        "Resolution 1718, Article 5, Room 101, Chapter 7, the 7th Fleet, the Group of Seven, Boeing 737",
        "No one knows the one who left; one of them, one another, this one, one must",
        "all minus one of the men",
        "Once again, at first, first of all, first aid, a second later, wait a second.",
        "zero tolerance, a one-off, one-on-one, once-in-a-lifetime, second-hand, third-party",
        "on 2024-07-08 at 10:30 in the 1990s, see https://x.org/5 or a5@b.org, #5, 1_000, 1,00",
        "both Russia and China, both in Asia and in Europe, both the army and the navy",
        "several boats, few men, many, a boat, an hour, the hundred, the scores",
    ],
)
def test_left_alone(text: str) -> None:
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("on July 10 and 11, 2024", ["month", "month", "year"]),
        ("on 10 and 11 July", ["month", "month"]),
        ("on the 10th of May", ["month"]),
        ("12-14 June 2023", ["month", "year"]),
        ("at 5 p.m. with 12 men", ["clock", None]),
        ("in 1871 with 1,871 men", ["year", None]),
        ("since 2012-13", ["year"]),
        ("between 2019 and 2021", ["year"]),
        ("the 1912 and 2050 treaties of 1815 men", ["year", "year", "year"]),
        ("all 1815 men", [None]),
        ("In May 12 people and 5 dogs", ["month", None]),
    ],
)
def test_parts_of_dates_are_marked(text: str, hints: list[str | None]) -> None:
    assert [number.time_hint for number in find_numbers(text)] == hints


def test_pairs_are_implicit() -> None:
    found = find_numbers("Both leaders met. A pair of boats sank. He saw a couple of men and 2 dogs.")
    assert [(number.value.lo, number.tier) for number in found] == [("2", "implicit")] * 3 + [("2", "core")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rose 3% to 7.1%", [("3", "3"), ("7.1", "7.1")]),  # a change and its end
        ("fell from $5 to $3", [("5", "5"), ("3", "3")]),
        ("ages from 10 to 20", [("10", "20")]),
        ("won 3-1", [("3", "3"), ("1", "1")]),  # no range: the first is larger
        ("10 and 11", [("10", "10"), ("11", "11")]),
        ("3 or 4", [("3", "3"), ("4", "4")]),
        ("killed 3 in 10 days", [("3", "3"), ("10", "10")]),
        ("one hundred and two hundred", [("100", "100"), ("200", "200")]),
        ("one million, two of them lost", [("1000000", "1000000"), ("2", "2")]),
        ("third-highest", [("3", "3")]),
        ("a third term", [("3", "3")]),
        ("five won medals", [("5", "5")]),
        ("at least one soldier", [("1", None)]),
        ("TOP 10 and ALL 5", [("10", "10"), ("5", "5")]),
    ],
)
def test_values_in_context(text: str, values: list[tuple[str, str | None]]) -> None:
    assert [(number.value.lo, number.value.hi) for number in find_numbers(text)] == values


def test_units_in_running_text_are_read_with_care() -> None:
    text = "5 a day, 5 in all, 5 won, 5 million won, 12 tonnes a day, 5 C, TOP 10, ALL 5, 5 COP"
    units = [number.value.unit for number in find_numbers(text)]
    assert units == [None, None, None, "KRW?", "t/d", None, None, None, None]


def test_a_modifier_belongs_to_one_number() -> None:
    text = "300 at a minimum of 200"
    assert surfaces(text) == ["300 at a minimum", "200"]
    assert [number.value.bound for number in find_numbers(text)] == ["min", "none"]


@pytest.mark.parametrize(
    "text", ["around 12,000", "more than $2.5 million", "between 10 and 20 km", "nearly two-thirds", "5-7%", "dozens"]
)
def test_an_expression_means_the_same_alone_and_in_a_text(text: str) -> None:
    found = parse_value(text)
    assert isinstance(found, ParsedValue)
    assert only(f"They say {text}, no doubt.").value == found


@pytest.mark.parametrize(
    "piece", ["a", "1", "1,", "one ", "1-", "half a ", "both and ", "a_", "a.b-", "rose 3% to ", "dozens of ", "f3 "]
)
def test_reading_takes_linear_time(piece: str) -> None:
    check_time(piece, 30_000)


def test_long_groups_of_digits_take_linear_time() -> None:
    check_time("000 ", 100_000)


def check_time(piece: str, length: int) -> None:
    """What is quadratic takes longer than this by far."""
    text = "1 " + piece * (length // len(piece))
    started = time.process_time()
    find_numbers(text)
    parse_value(text)
    assert time.process_time() - started < 10
