"""The headline numbers of several systems side by side: a number is shown with its interval, and says what it is of."""

from collections.abc import Sequence

from goldassay.measures.signature import drawn_unit, parse_signature
from goldassay.model.scorefile import Interval, Score, ScoreFile
from goldassay.report.table import claim, format_headline, format_interval, headline_scores

SHARED = ("corpus", "data", "split", "fp", "profile", "labels", "trim")
"""Parts of a signature that name the gold and the rules of a table, as far as one line has room for them."""


def format_spread(score: Score | None) -> str:
    """A headline number with its interval, or with its range without one document.

    >>> format_spread(None)
    'not covered'
    """
    interval = "–" if score is None else format_interval(score.interval)
    return f"{format_headline(score)} {interval}".removesuffix(" –")


def headline_intervals(files: Sequence[ScoreFile]) -> list[Interval]:
    """The intervals that stand in the table."""
    return [score.interval for file in files for _, score in headline_scores(file.scores) if score is not None]


def headline_claim(files: Sequence[ScoreFile]) -> str:
    """What the documents let one say of the headline numbers of these results, all of one gold, drawn in one way."""
    n_documents = max(file.provenance.n_documents for file in files)
    return claim(n_documents, headline_intervals(files), unit=drawn_unit(files[0].signature))


def shared_line(signature: str) -> str:
    """The gold and the rules that all results of a table share, from the signature of one of them.

    >>> shared_line("goldassay:entities|corpus:news|data:1.0.0|ids:own")
    'All on `corpus:news|data:1.0.0`; each report has its full signature.'
    """
    _, parts = parse_signature(signature)
    shared = "|".join(f"{key}:{parts[key]}" for key in SHARED if key in parts)
    return f"All on `{shared}`; each report has its full signature."
