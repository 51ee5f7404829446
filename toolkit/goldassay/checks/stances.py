"""The stances' own rules: sources against attributions (E405), acts against dimension, grade and toward (E406)."""

from collections.abc import Iterator

from goldassay.checks.references import attribution_sources
from goldassay.model.finding import Finding, finding
from goldassay.model.labels import AUTHOR
from goldassay.model.printable import printable
from goldassay.model.stances import Stance, StancesRow, sign

DIMENSIONS_OF_ACT: dict[str, tuple[str, ...]] = {
    "accuse": ("belief", "evaluation"),
    "deny": ("belief",),
    "concede": ("belief", "position", "evaluation"),
    "criticize": ("evaluation", "position"),
    "support": ("evaluation", "position"),
    "request": ("position",),
    "warn": ("position", "evaluation"),
    "threaten": ("intent",),
    "reject": ("position", "intent"),
    "commit": ("intent",),
    "plan": ("intent",),
    "private": ("evaluation", "position", "belief", "intent"),
    "state": ("evaluation", "position", "belief", "intent"),
}
"""Which dimensions an act goes with; a word whose act does not go with the dimension counts as neutral."""

TOWARD_SIGNS: dict[str, tuple[int, ...]] = {
    "accuse": (-1,),
    "deny": (-1,),
    "concede": (1,),
    "criticize": (-1,),
    "support": (1,),
    "request": (0,),
    "warn": (-1,),
    "threaten": (-1,),
    "reject": (-1,),
    "commit": (-1, 0, 1),
    "plan": (0,),
    "private": (),
    "state": (0,),
}
"""Which signs `toward` may have under an act; none where an act has no `toward`."""

FORBIDDEN_SIGNS: dict[tuple[str, str], int] = {
    ("accuse", "belief"): -1,
    ("accuse", "evaluation"): 1,
    ("deny", "belief"): 1,
    ("criticize", "evaluation"): 1,
    ("warn", "evaluation"): 1,
    ("support", "evaluation"): -1,
}
"""The sign of the grade that an act rules out in a dimension.

Position and intent are not in it: their target may be named as p or as not-p (`urged them to stop p`), which turns the
grade but not the act.
"""


def check_stances(row: StancesRow) -> Iterator[Finding]:
    """E405 and E406 for the stances of a document."""
    for index, stance in enumerate(row.stances):
        path = f"stances[{index}]"
        yield from _check_sources(row, stance, path)
        yield from _check_act(row.doc_id, stance, path)
        yield from _check_toward(row.doc_id, stance, path)


def expected_sources(row: StancesRow, stance: Stance) -> list[str] | None:
    """What a stance's `sources` must be; null where its attribution leads nowhere.

    AUTHOR, then the sources of the attribution and its ancestors from outside in, the same neighbour once, and the
    holder left out at the inner end. The author's own stance has no sources.
    """
    reported = [] if stance.attribution is None else attribution_sources(row, stance.attribution)
    if reported is None:
        return None
    chain = reported if reported[:1] == [AUTHOR] else [AUTHOR, *reported]
    return chain[:-1] if chain[-1] == stance.holder else chain


def _check_sources(row: StancesRow, stance: Stance, path: str) -> Iterator[Finding]:
    expected = expected_sources(row, stance)
    if expected is not None and stance.sources != expected:
        yield finding(
            "E405",
            found=_list(stance.sources),
            expected=_list(expected),
            doc_id=row.doc_id,
            field=f"{path}.sources",
        )


def _list(names: list[str]) -> str:
    return f"[{', '.join(printable(name, 40) for name in names)}]"


def _check_act(doc_id: str, stance: Stance, path: str) -> Iterator[Finding]:
    found = f"act {stance.act}, dimension {stance.dimension}, grade {stance.grade}"
    dimensions = DIMENSIONS_OF_ACT[stance.act]
    forbidden = FORBIDDEN_SIGNS.get((stance.act, stance.dimension))
    expected = None
    if stance.dimension not in dimensions:
        expected = f"{stance.act} with {' or '.join(dimensions)}"
    elif (stance.mixed or stance.negated_report) and stance.grade != 0:
        found += ", mixed" if stance.mixed else ", negated_report"
        expected = "grade 0 where praise and blame are mixed or the report is negated"
    elif forbidden is not None and sign(stance.grade) == forbidden:
        expected = f"a grade of {'at least' if forbidden < 0 else 'at most'} 0 with {stance.act}"
    if expected:
        yield finding("E406", found=found, expected=expected, doc_id=doc_id, field=f"{path}.act")


def _check_toward(doc_id: str, stance: Stance, path: str) -> Iterator[Finding]:
    allowed = TOWARD_SIGNS[stance.act]
    if stance.toward is None or stance.toward_sign is None or stance.toward_sign in allowed:
        return
    yield finding(
        "E406",
        found=f"act {stance.act}, toward_sign {stance.toward_sign}",
        expected=f"toward_sign {' or '.join(map(str, allowed))}" if allowed else "no toward",
        fix="give toward the sign of its act" if allowed else "leave toward out, or choose an act that is uttered",
        doc_id=doc_id,
        field=f"{path}.toward_sign",
    )
