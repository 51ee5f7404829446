"""`rules-mentions` on invented sentences: exact spans and types, and which mentions name the same."""

from collections.abc import Callable

import pytest

from goldassay.extract.gazetteer import load_gazetteer
from goldassay.extract.registry import load_extractor
from goldassay.model.document import Document

MakeDocument = Callable[..., Document]
EXTRACTOR = load_extractor("rules-mentions")


def found(document: Document) -> list[tuple[str, str]]:
    """Surface and type of each mention; the spans are checked against the surface."""
    mentions = EXTRACTOR.extract(document)["mentions"]
    assert isinstance(mentions, list)
    for mention in mentions:
        [(start, end)] = mention["spans"]
        assert document.text[start:end] == mention["text"]
        assert mention["level"] == "NAM"
    return [(mention["text"], mention["type"]) for mention in mentions]


def clusters(document: Document) -> list[set[str]]:
    """The surfaces of each entity, in the order in which they are first named."""
    line = EXTRACTOR.extract(document)
    mentions, entities = line["mentions"], line["entities"]
    assert isinstance(mentions, list)
    assert isinstance(entities, list)
    return [{m["text"] for m in mentions if m["entity"] == entity["id"]} for entity in entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Yesterday Marta Quill, mayor of Selmouth, told the Daily Heron that Iceland’s Ministry of Trade had lied.",
            [
                ("Marta Quill", "PERSON"),
                ("Selmouth", "GPE"),
                ("Daily Heron", "ORG"),
                ("Iceland", "GPE"),
                ("Ministry of Trade", "ORG"),
            ],
        ),
        (
            "British Prime Minister Anna Vale met Chad Lorne and Mr. Otto van Brook at the General Assembly in Paris.",
            [
                ("British", "NORP"),
                ("Anna Vale", "PERSON"),
                ("Chad Lorne", "PERSON"),
                ("Otto van Brook", "PERSON"),
                ("General Assembly", "ORG"),
                ("Paris", "GPE"),
            ],
        ),
        (
            "Leaders of St. Lucia and Bosnia and Herzegovina met near the Gulf of Guinea after the Pumpkin War.",
            [
                ("St. Lucia", "GPE"),
                ("Bosnia and Herzegovina", "GPE"),
                ("Gulf of Guinea", "LOC"),
                ("Pumpkin War", "EVENT"),
            ],
        ),
        (
            "REYKJAVIK (Heron News) — Two ships sank in March. Icelandic officials said Resolution 12 was void.",
            [("REYKJAVIK", "GPE"), ("Heron News", "ORG"), ("Icelandic", "NORP"), ("Resolution 12", "LAW")],
        ),
        ("“The boats are ours,” said General Ilva Torn.", [("Ilva Torn", "PERSON")]),
        ("She sold an F-16 and read on Monday. Hopes rose. However, boats left.", [("F-16", "PRODUCT")]),
        ("I think GDP fell in May. The CEO did not.", []),
    ],
)
def test_names_and_their_types(make_document: MakeDocument, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(make_document(text)) == expected


def test_a_headline_proves_no_name_by_its_capitals(make_document: MakeDocument) -> None:
    title = "Selmouth Mayor Opens New Harbour Bridge"
    text = f"{title}\nThe mayor of Selmouth opened the Harbour Bridge on Friday."
    expected = [("Selmouth", "GPE"), ("Harbour Bridge", "FAC")]
    assert found(make_document(text, title=(0, len(title)))) == expected * 2


def test_names_of_one_thing_share_an_entity(make_document: MakeDocument) -> None:
    text = (
        "The Ruritanian Fishing Union (RFU) met Marta Quill in the United States. "
        "The RFU thanked Quill. America and the U.S. did not. Americans did."
    )
    assert clusters(make_document(text)) == [
        {"Ruritanian Fishing Union", "RFU"},
        {"Marta Quill", "Quill"},
        {"United States", "America", "U.S."},
        {"Americans"},
    ]


def test_a_last_name_of_two_persons_is_nobodys(make_document: MakeDocument) -> None:
    text = "Marta Quill met Jonas Quill. They said Quill was late."
    assert clusters(make_document(text)) == [{"Marta Quill"}, {"Jonas Quill"}, {"Quill"}]


def test_the_gazetteer_holds_names_and_nothing_that_is_an_english_word() -> None:
    names = load_gazetteer().names
    expected = {
        "Iceland": "GPE",
        "Icelandic": "NORP",
        "Tajik": "NORP",
        "Africa": "LOC",
        "European Union": "ORG",
        "Republic of Moldova": "GPE",
        "Hong Kong": "GPE",
        "Reykjavik": "GPE",
        "South Korean": "NORP",
        "Greeks": "NORP",
    }
    assert {name: names[tuple(name.split())].type for name in expected} == expected
    harmful = ("Island", "IN", "AND", "CAN", "Stanley", "Douglas", "Unknown Region", "world", "Mongo", "Heard", "Man")
    assert [name for name in harmful if tuple(name.split()) in names] == []
    assert ("",) not in names
    assert () not in names


def test_extraction_is_linear_enough_for_a_long_text(make_document: MakeDocument) -> None:
    text = "Marta Quill of Selmouth met the Daily Heron. " * 400
    assert len(found(make_document(text))) == 1200
