"""E405 and E406: sources against attributions, acts against dimension, grade and toward."""

from typing import Any

import pytest
from sound_rows import check, put, sound, told

from goldassay.checks.stances import DIMENSIONS_OF_ACT, FORBIDDEN_SIGNS, TOWARD_SIGNS
from goldassay.model.labels import ACTS, DIMENSIONS
from goldassay.model.stances import sign

S = "stances.stances"


def chain(*sources: str) -> dict[str, Any]:
    """The sound rows with attributions nested from outside in, the first stance hanging on the innermost."""
    rows = sound()
    first = rows["stances"]["attributions"][0]
    rows["stances"]["attributions"] = [
        {**first, "id": f"a{i}", "parent": f"a{i - 1}" if i else None, "source": source, "note": None}
        for i, source in enumerate(sources)
    ]
    for record in rows["stances"]["attributions"]:
        del record["note"]
    rows["stances"]["stances"] = [{**rows["stances"]["stances"][0], "attribution": f"a{len(sources) - 1}"}]
    return rows


@pytest.mark.parametrize(
    ("attributed", "holder", "sources"),
    [
        (("e2",), "e2", ["AUTHOR"]),  # "Dol plans": the holder reports himself
        (("e2",), "e3", ["AUTHOR", "e2"]),  # "Dol said Borduria would"
        (("e2", "e3"), "e3", ["AUTHOR", "e2"]),  # "Dol said Borduria plans"
        (("e2", "e2"), "e2", ["AUTHOR"]),  # "he said he hoped"
        (("e1", "e2", "e3"), "e3", ["AUTHOR", "e1", "e2"]),
        (("e3", "e2"), "e3", ["AUTHOR", "e3", "e2"]),  # only the innermost link is the holder's own
        (("IMPLICIT",), "e3", ["AUTHOR", "IMPLICIT"]),  # "it is said that Borduria would"
        (("AUTHOR",), "e3", ["AUTHOR"]),  # "this paper has learned"
    ],
)
def test_sources_are_the_ancestors_without_the_holder(
    attributed: tuple[str, ...], holder: str, sources: list[str]
) -> None:
    rows = put(put(chain(*attributed), f"{S}.0.holder", holder), f"{S}.0.sources", sources)
    rows["stances"]["stances"][0]["toward"] = rows["stances"]["stances"][0]["toward_sign"] = None
    assert told(rows) == []
    assert told(put(rows, f"{S}.0.sources", [*sources, "e4"])) == [("E405", "stances[0].sources")]
    assert told(put(rows, f"{S}.0.sources", [])) == [("E405", "stances[0].sources")]


def test_a_stance_without_attribution_is_the_authors_report_or_his_own() -> None:
    rows = put(sound(), f"{S}.0.attribution", None)
    assert told(rows) == []
    rows = put(rows, f"{S}.0.holder", "AUTHOR")
    (item,) = check(rows)
    assert (item.code, item.found, item.expected) == ("E405", "[AUTHOR]", "[]")
    assert told(put(rows, f"{S}.0.sources", [])) == []


def test_sources_of_a_broken_chain_are_not_judged() -> None:
    assert told(put(sound(), "stances.attributions.1.parent", "a9")) == [("E302", "attributions[1].parent")]
    codes = {code for code, _ in told(put(sound(), "stances.attributions.0.parent", "a2"))}
    assert codes == {"E303"}


def test_numeric_facts_begin_their_sources_with_the_author() -> None:
    assert told(put(sound(), "numeric_facts.numeric_facts.0.sources", ["e2", "e3"])) == [
        ("E405", "numeric_facts[0].sources")
    ]


def test_the_tables_name_every_act() -> None:
    assert set(DIMENSIONS_OF_ACT) == set(TOWARD_SIGNS) == set(ACTS)
    assert all(set(dimensions) <= set(DIMENSIONS) for dimensions in DIMENSIONS_OF_ACT.values())
    assert all(dimension in DIMENSIONS_OF_ACT[act] for act, dimension in FORBIDDEN_SIGNS)


# The signs of the grade that each act may have, written out from the guidelines' table of acts.
ALLOWED = {
    "accuse": {"evaluation": "-0", "belief": "0+"},
    "deny": {"belief": "-0"},
    "concede": {"evaluation": "-0+", "position": "-0+", "belief": "-0+"},
    "criticize": {"evaluation": "-0", "position": "-0+"},
    "support": {"evaluation": "0+", "position": "-0+"},
    "request": {"position": "-0+"},
    "warn": {"evaluation": "-0", "position": "-0+"},
    "threaten": {"intent": "-0+"},
    "reject": {"position": "-0+", "intent": "-0+"},
    "commit": {"intent": "-0+"},
    "plan": {"intent": "-0+"},
    "private": {"evaluation": "-0+", "position": "-0+", "belief": "-0+", "intent": "-0+"},
    "state": {"evaluation": "-0+", "position": "-0+", "belief": "-0+", "intent": "-0+"},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("grade", [-2, -1, 0, 1, 2])
def test_every_cell_of_act_dimension_and_sign(act: str, dimension: str, grade: int) -> None:
    rows = sound()
    changed = {"act": act, "dimension": dimension, "grade": grade, "toward": None, "toward_sign": None}
    rows["stances"]["stances"][0] |= changed
    fits = "0+-"[sign(grade)] in ALLOWED[act].get(dimension, "")
    assert told(rows) == ([] if fits else [("E406", "stances[0].act")])


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("toward_sign", [-1, 0, 1])
def test_every_cell_of_act_and_toward(act: str, toward_sign: int) -> None:
    rows = sound()
    dimension = DIMENSIONS_OF_ACT[act][0]
    changed = {"act": act, "dimension": dimension, "grade": 0, "toward": "e1", "toward_sign": toward_sign}
    rows["stances"]["stances"][0] |= changed
    fits = toward_sign in TOWARD_SIGNS[act]
    assert told(rows) == ([] if fits else [("E406", "stances[0].toward_sign")])


@pytest.mark.parametrize("flag", ["mixed", "negated_report"])
def test_mixed_and_negated_reports_have_no_side(flag: str) -> None:
    rows = put(sound(), f"{S}.0.{flag}", True)
    assert told(rows) == [("E406", "stances[0].act")]
    assert told(put(rows, f"{S}.0.grade", 0)) == []
