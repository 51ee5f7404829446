"""`rules-stances` on invented sentences: holder, target, side, act."""

from collections.abc import Callable

import pytest

from goldassay.extract.registry import load_extractor
from goldassay.model.document import Document

MakeDocument = Callable[..., Document]
EXTRACTOR = load_extractor("rules-stances")
Row = tuple[str, str, str, str]


def found(document: Document) -> list[Row]:
    """Holder, target, side and act of each stance; the spans are checked against the strings."""
    stances = EXTRACTOR.extract(document)["stances"]
    assert isinstance(stances, list)
    rows = []
    for stance in stances:
        for name in ("holder", "target"):
            [(start, end)] = stance[f"{name}_spans"]
            assert document.text[start:end] == stance[name]
        assert ("polarity" in stance) is (stance["dimension"] != "belief")
        rows.append((stance["holder"], stance["target"], stance.get("polarity", stance.get("veracity")), stance["act"]))
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iceland criticised Denmark for the new tax.", [("Iceland", "Denmark", "against", "criticize")]),
        ("Norway praised the work of the crew.", [("Norway", "work of the crew", "favor", "support")]),
        (
            "Marta Quill, mayor of Selmouth, accused Iceland’s Ministry of Trade of selling rotten fish.",
            [("Marta Quill", "selling rotten fish", "affirmed", "accuse")],
        ),
        (
            "Iceland called for calm and denied that the tax had failed.",
            [("Iceland", "calm", "favor", "request"), ("Iceland", "tax had failed", "denied", "deny")],
        ),
        (
            "“The treaty is unfair,” said the mayor of Selmouth, Marta Quill.",
            [("Marta Quill", "treaty is unfair", "against", "state")],
        ),
        ("The tax was condemned by France.", [("France", "tax", "against", "criticize")]),
        ("Sweden does not support the tax.", [("Sweden", "tax", "against", "support")]),
        ("Finland did not condemn the tax.", []),
        (
            "Germany vowed to rebuild the bridge, while Spain urged Portugal to withdraw its boats.",
            [
                ("Germany", "rebuild the bridge", "favor", "commit"),
                ("Spain", "withdraw its boats", "favor", "request"),
            ],
        ),
        ("Peru warned Chile against closing the border.", [("Peru", "closing the border", "against", "warn")]),
        ("Marta Quill spoke. She doubted the count.", [("Marta Quill", "count", "denied", "private")]),
        ("Berlin told Paris that the boats had arrived. Its report said nothing.", []),
        ("The boats left at noon.", []),
    ],
)
def test_who_takes_which_side(make_document: MakeDocument, text: str, expected: list[Row]) -> None:
    assert found(make_document(text)) == expected


def test_the_one_addressed_is_named_apart(make_document: MakeDocument) -> None:
    [stance] = EXTRACTOR.extract(make_document("Peru warned Chile against closing the border."))["stances"]  # type: ignore[misc]
    assert (stance["toward"], stance["toward_sign"]) == ("Chile", -1)


def test_a_stance_is_listed_once(make_document: MakeDocument) -> None:
    text = "Iceland criticised Denmark. On Monday Iceland again criticised Denmark."
    assert found(make_document(text)) == [("Iceland", "Denmark", "against", "criticize")]
