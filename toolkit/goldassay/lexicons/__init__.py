"""Word lists of the annotation guidelines, as TOML data beside this file, and their typed loader.

Each list is one TOML file `<name>.toml` and comes back as a tuple of records, in the order of the file (sorted by
lemma or surface). Nothing is kept between calls: a caller that needs a list twice holds on to it.
"""

import tomllib
from importlib.resources import files
from typing import Annotated, Any, Literal, get_args, overload

import msgspec

from goldassay.model.labels import Act, Approx, Bound, Commitment, Dimension
from goldassay.model.record import Record

Factivity = Literal["factive", "neutral", "distancing", "denying"]
"""What the writer signals by the choice of the verb: p holds, nothing, distance from p, p is disputed."""

Position = Literal["before", "after"]
"""Where the word stands relative to its number."""

LexiconName = Literal["acts", "approximators", "bounds", "hedges", "intensifiers", "polarity", "reporting_verbs"]
LEXICONS: tuple[str, ...] = get_args(LexiconName)


class ActCode(Record, frozen=True, kw_only=True):
    """One of the 13 acts with its counterparts in event coding.

    `cameo` holds CAMEO codes, `plover` PLOVER types (`TYPE` or `TYPE:mode`); either may be empty: no counterpart.
    `plover_if` names the condition under which the PLOVER code applies. `toward_sign` is the sign of `toward` that
    the guidelines give this act, null where the act is aimed at nobody.
    """

    act: Act
    gloss: str
    cameo: tuple[str, ...]
    plover: tuple[str, ...]
    plover_if: str | None = None
    toward_sign: Annotated[int, msgspec.Meta(ge=-1, le=1)] | None = None


class Approximator(Record, frozen=True, kw_only=True):
    """A word that loosens a number; a vague one replaces it and has a `magnitude`, its power of ten."""

    surface: str
    approx: Approx
    position: Position = "before"
    magnitude: int | None = None


class BoundWord(Record, frozen=True, kw_only=True):
    """A word that makes a number a limit; `inclusive` says whether the number itself is allowed."""

    surface: str
    bound: Bound
    inclusive: bool
    position: Position = "before"


class Hedge(Record, frozen=True, kw_only=True):
    """A word that weakens a claim, with the commitment it leaves."""

    surface: str
    pos: Literal["adjective", "adverb", "modal", "noun", "phrase", "verb"]
    commitment: Commitment


class Intensifier(Record, frozen=True, kw_only=True):
    """A word that lifts an evaluation from grade 1 to grade 2."""

    surface: str


class PolarWord(Record, frozen=True, kw_only=True):
    """An evaluative word: sign -1 or 1, strength 1 (plain) or 2 (strong: grade 2 without an intensifier)."""

    lemma: str
    sign: Literal[-1, 1]
    strength: Literal[1, 2]


class ReportingVerb(Record, frozen=True, kw_only=True):
    """A verb that introduces what a source says, believes, intends or wants.

    `dimension` is the one the verb suggests, null where its content decides. `forms` are third person, past,
    participle and gerund where they are irregular. `nouns` are the nouns that can introduce the same content.
    """

    lemma: str
    act: Act
    factivity: Factivity = "neutral"
    dimension: Dimension | None = None
    forms: tuple[str, str, str, str] | None = None
    nouns: tuple[str, ...] = ()


_ROWS: dict[str, type[Record]] = {
    "acts": ActCode,
    "approximators": Approximator,
    "bounds": BoundWord,
    "hedges": Hedge,
    "intensifiers": Intensifier,
    "polarity": PolarWord,
    "reporting_verbs": ReportingVerb,
}


@overload
def load_lexicon(name: Literal["acts"]) -> tuple[ActCode, ...]: ...
@overload
def load_lexicon(name: Literal["approximators"]) -> tuple[Approximator, ...]: ...
@overload
def load_lexicon(name: Literal["bounds"]) -> tuple[BoundWord, ...]: ...
@overload
def load_lexicon(name: Literal["hedges"]) -> tuple[Hedge, ...]: ...
@overload
def load_lexicon(name: Literal["intensifiers"]) -> tuple[Intensifier, ...]: ...
@overload
def load_lexicon(name: Literal["polarity"]) -> tuple[PolarWord, ...]: ...
@overload
def load_lexicon(name: Literal["reporting_verbs"]) -> tuple[ReportingVerb, ...]: ...
def load_lexicon(name: LexiconName) -> tuple[Any, ...]:
    """Read one word list of the guidelines.

    Args:
        name: one of `LEXICONS`; the file is `<name>.toml`.

    Returns:
        A tuple of `ActCode`, `Approximator`, `BoundWord`, `Hedge`, `Intensifier`, `PolarWord` or `ReportingVerb`.

    Raises:
        ValueError: there is no such list.
        msgspec.ValidationError: a row of the file does not have the shape above.

    >>> [row.surface for row in load_lexicon("intensifiers")][:3]
    ['big', 'blatant', 'deep']
    >>> next(row.bound for row in load_lexicon("bounds") if row.surface == "at least")
    'min'
    """
    if name not in _ROWS:
        raise ValueError(f"unknown lexicon {name!r}; choose one of {', '.join(LEXICONS)}")
    data = tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(msgspec.convert(row, type=_ROWS[name]) for row in data["rows"])


def verb_forms(verb: ReportingVerb) -> tuple[str, ...]:
    """The lemma and its four inflected forms: third person, past, participle, gerund.

    The first word of a multiword verb inflects. Regular forms follow spelling: *-es* after a hissing sound, *-ies* and
    *-ied* for consonant + *y*, a final *e* is dropped before *-ed* and *-ing*. All else is listed in the data.

    >>> verb_forms(ReportingVerb(lemma="call for", act="request"))
    ('call for', 'calls for', 'called for', 'called for', 'calling for')
    >>> verb_forms(ReportingVerb(lemma="decry", act="criticize"))
    ('decry', 'decries', 'decried', 'decried', 'decrying')
    """
    if verb.forms is not None:
        return (verb.lemma, *verb.forms)
    head, *rest = verb.lemma.split(" ")
    stem = head.removesuffix("e")
    ies = head.endswith("y") and head[-2] not in "aeiou"
    if ies:
        third, past = f"{head[:-1]}ies", f"{head[:-1]}ied"
    else:
        third, past = head + ("es" if head.endswith(("s", "x", "z", "ch", "sh")) else "s"), f"{stem}ed"
    gerund = f"{head if head.endswith('ee') else stem}ing"
    return tuple(" ".join([form, *rest]) for form in (head, third, past, past, gerund))
