"""L2, pure: the rules of official scorers, named and versioned, reproduced number for number.

A profile is never the headline. Each one has a page in docs/profiles that says where it departs from the default.
"""

import re
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module

from goldassay.measures.measure import suggest
from goldassay.profiles.base import Kind, NoAnswer, Profile

__all__ = [
    "PROFILES",
    "Kind",
    "NoAnswer",
    "Profile",
    "UnknownProfileError",
    "get_profile",
    "list_profiles",
    "profiles_answering",
]

PROFILES: tuple[tuple[str, str, str, str], ...] = (
    # name, kind, module, variable. A name may stand once for each kind; its first row is the one meant by default.
    ("nervaluate-0.3", "spans", "nervaluate_0_3", "NERVALUATE_0_3"),
    ("nervaluate-1.1", "spans", "nervaluate_1_1", "NERVALUATE_1_1"),
    ("nervaluate-1.2", "spans", "nervaluate_1_2", "NERVALUATE_1_2"),
    ("seqeval", "spans", "seqeval", "SEQEVAL_SPANS"),
    ("seqeval", "tags", "seqeval", "SEQEVAL_TAGS"),
    ("seqeval-strict", "spans", "seqeval", "SEQEVAL_STRICT_SPANS"),
    ("seqeval-strict", "tags", "seqeval", "SEQEVAL_STRICT_TAGS"),
    ("conlleval", "spans", "seqeval", "CONLLEVAL_SPANS"),
    ("conlleval", "tags", "seqeval", "CONLLEVAL_TAGS"),
    ("spacy", "spans", "spacy", "SPACY_SPANS"),
    ("spacy", "links", "spacy", "SPACY_LINKS"),
    ("neleval", "links", "neleval", "NELEVAL_LINKS"),
    ("neleval", "clusters", "neleval", "NELEVAL_CLUSTERS"),
    ("coval", "clusters", "coval", "COVAL"),
    ("corefud", "clusters", "corefud", "COREFUD"),
    ("conll-8.01", "clusters", "conll_perl", "CONLL_8_01"),
    ("conll-9.0-alpha", "clusters", "conll_perl", "CONLL_9_0_ALPHA"),
    ("semeval2016-6-v1", "labels", "semeval2016", "SEMEVAL2016_V1"),
    ("semeval2016-6-v2", "labels", "semeval2016", "SEMEVAL2016_V2"),
    ("newsmtsc", "labels", "newsmtsc", "NEWSMTSC"),
    ("fnc-1", "labels", "fnc1", "FNC_1"),
    ("pair-labels", "labels", "pair_labels", "PAIR_LABELS"),
    ("semeval2022-10", "opinions", "semeval2022", "SEMEVAL2022_10"),
    ("measeval", "sets", "measeval", "MEASEVAL"),
    ("cqe", "values", "cqe", "CQE"),
    ("cqe-value-unit", "values", "cqe", "CQE_VALUE_UNIT"),
    ("cqe-average-ranges", "values", "cqe", "CQE_AVERAGE_RANGES"),
    ("tempeval-3", "times", "tempeval3", "TEMPEVAL_3"),
    ("drop", "answers", "drop", "DROP"),
    ("tatqa", "answers", "tatqa", "TATQA"),
    ("own-stances", "stances", "own_stances", "OWN_STANCES"),
    ("own-numbers", "number_strings", "own_values", "OWN_NUMBERS"),
    ("own-values", "value_pairs", "own_values", "OWN_VALUES"),
)


class UnknownProfileError(LookupError):
    """There is no profile of that name, or it does not read that kind of record."""


@cache
def _load(module: str, variable: str) -> Profile:
    profile = getattr(import_module(f"goldassay.profiles.{module}"), variable)
    if not isinstance(profile, Profile):
        raise TypeError(f"goldassay.profiles.{module}.{variable} is a {type(profile).__name__}, expected a Profile")
    return profile


def get_profile(name: str, kind: Kind | None = None) -> Profile:
    """The profile of this name; with `kind`, the one that reads such records.

    Raises:
        UnknownProfileError: There is none; the message names the nearest.

    >>> get_profile("seqeval").kind, get_profile("seqeval", "tags").kind
    ('spans', 'tags')
    >>> get_profile("nervaluate-1.3")
    Traceback (most recent call last):
        ...
    goldassay.profiles.UnknownProfileError: no profile 'nervaluate-1.3'; did you mean 'nervaluate-1.2'?
    """
    rows = [row for row in PROFILES if row[0] == name]
    if not rows:
        names = list(dict.fromkeys(row[0] for row in PROFILES))
        raise UnknownProfileError(f"no profile {name!r}; {suggest(name, names)}")
    for _, reads, module, variable in rows:
        if kind in (None, reads):
            return _load(module, variable)
    known = ", ".join(row[1] for row in rows)
    raise UnknownProfileError(f"profile {name!r} reads {known}, not {kind}")


def profiles_answering(scorer: str) -> tuple[Profile, ...]:
    """All profiles that answer a scorer key of a vector file.

    >>> [profile.name for profile in profiles_answering("nervaluate@1.2.1")]
    ['nervaluate-1.2']
    """
    loaded = (_load(module, variable) for _, _, module, variable in PROFILES)
    return tuple(item for item in loaded if any(fnmatchcase(scorer, pattern) for pattern in item.scorers))


def list_profiles() -> list[str]:
    """One line a profile and kind: name, the records that it reads, and what it does first of all that others do not.

    >>> list_profiles()[1][:79]
    'nervaluate-1.1     spans           Each schema runs its own greedy pass over th'
    """
    loaded = [_load(module, variable) for _, _, module, variable in PROFILES]
    return [f"{item.name:<19}{item.kind:<16}{re.split('[.;] ', item.quirks)[0]}" for item in loaded]
