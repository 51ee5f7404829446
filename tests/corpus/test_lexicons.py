"""The word lists: labels of the scheme, closed lists, order, and no word in two classes that exclude each other."""

from typing import get_args

import msgspec
import pytest

from goldassay.lexicons import LEXICONS, Factivity, ReportingVerb, load_lexicon, verb_forms
from goldassay.model import labels
from goldassay.model.record import Record

INTENSIFIERS = (
    "big major grave serious severe deep blatant flagrant gross extreme utter outright strong strongly very highly "
    "deeply unprecedented"
)


def key_of(row: Record) -> str:
    """The word a row is about: its first field."""
    return str(getattr(row, row.__struct_fields__[0]))


@pytest.mark.parametrize("name", LEXICONS)
def test_rows_are_sorted_and_unique(name: str) -> None:
    words = [key_of(row) for row in load_lexicon(name)]  # type: ignore[call-overload]
    assert words == sorted(set(words))
    assert all(word == word.strip().lower() for word in words)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="choose one of acts, approximators"):
        load_lexicon("verbs")  # type: ignore[call-overload]


def test_a_row_with_a_foreign_label_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="Invalid enum value 'shout'"):
        msgspec.convert({"lemma": "yell", "act": "shout"}, ReportingVerb)


def test_every_act_has_one_row() -> None:
    assert [row.act for row in load_lexicon("acts")] == sorted(labels.ACTS)


def test_labels_are_those_of_the_scheme() -> None:
    verbs = load_lexicon("reporting_verbs")
    assert {verb.act for verb in verbs} == set(labels.ACTS)
    assert {verb.dimension for verb in verbs} == {*labels.DIMENSIONS, None}
    assert {verb.factivity for verb in verbs} == set(get_args(Factivity))
    assert {row.approx for row in load_lexicon("approximators")} == set(get_args(labels.Approx)) - {"none"}
    assert {row.bound for row in load_lexicon("bounds")} == set(get_args(labels.Bound)) - {"none"}
    assert {row.commitment for row in load_lexicon("hedges")} == {"probable", "possible"}


def test_the_intensifiers_are_the_closed_list() -> None:
    assert {row.surface for row in load_lexicon("intensifiers")} == set(INTENSIFIERS.split())


def test_only_vague_numerals_have_a_magnitude() -> None:
    for row in load_lexicon("approximators"):
        assert (row.magnitude is not None) == (row.approx == "vague"), row.surface


def test_no_word_is_in_two_conflicting_classes() -> None:
    approximators = {row.surface for row in load_lexicon("approximators")}
    bounds = {row.surface for row in load_lexicon("bounds")}
    assert approximators & bounds == set()
    intensifiers = {row.surface for row in load_lexicon("intensifiers")}
    assert intensifiers & {row.lemma for row in load_lexicon("polarity")} == set()
    assert intensifiers & {row.surface for row in load_lexicon("hedges")} == set()


def test_polarity_has_both_signs_in_both_strengths() -> None:
    rows = load_lexicon("polarity")
    assert {(row.sign, row.strength) for row in rows} == {(-1, 1), (-1, 2), (1, 1), (1, 2)}
    assert 150 <= len(rows) <= 260


def test_signs_of_polarity_agree_with_verbs_that_judge() -> None:
    """A verb that is in both lists criticizes if its word is negative and supports if it is positive."""
    signs = {row.lemma: row.sign for row in load_lexicon("polarity")}
    judging = [
        verb for verb in load_lexicon("reporting_verbs") if verb.lemma in signs and verb.dimension == "evaluation"
    ]
    assert len(judging) >= 8
    for verb in judging:
        assert verb.act in ({"support"} if signs[verb.lemma] > 0 else {"criticize", "private"}), verb.lemma


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("accuse", "accuse accuses accused accused accusing"),
        ("agree", "agree agrees agreed agreed agreeing"),
        ("convey", "convey conveys conveyed conveyed conveying"),
        ("deny", "deny denies denied denied denying"),
        ("express", "express expresses expressed expressed expressing"),
        ("forbid", "forbid forbids forbade forbidden forbidding"),
        ("plan", "plan plans planned planned planning"),
        ("pledge", "pledge pledges pledged pledged pledging"),
        ("veto", "veto vetoes vetoed vetoed vetoing"),
        ("wish", "wish wishes wished wished wishing"),
    ],
)
def test_verbs_inflect(lemma: str, forms: str) -> None:
    verb = next(verb for verb in load_lexicon("reporting_verbs") if verb.lemma == lemma)
    assert verb_forms(verb) == tuple(forms.split())


def test_no_form_belongs_to_two_verbs() -> None:
    """Each surface leads to one verb."""
    owners: dict[str, set[str]] = {}
    for verb in load_lexicon("reporting_verbs"):
        for form in verb_forms(verb):
            owners.setdefault(form, set()).add(verb.lemma)
    assert {form: lemmas for form, lemmas in owners.items() if len(lemmas) > 1} == {}
