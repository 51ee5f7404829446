"""L4: gold and predictions under the rules of another scorer, by the same function that its vector files test.

All items enter, whatever their type or level. What the other scorer's records cannot hold is left out on either side
alike, and counted in a finding; what its original refuses to score is null, with a finding that says why.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from goldassay.errors import UsageError
from goldassay.evaluate import Evaluation
from goldassay.layers.base import GoldDocument, Options
from goldassay.model.finding import Finding, finding
from goldassay.model.predictions import Prediction
from goldassay.model.scorefile import Interval, Score
from goldassay.profile_records import ALL, WRITTEN, Conversion, Sizes, find_conversion
from goldassay.profiles import PROFILES, Profile, UnknownProfileError, get_profile
from goldassay.profiles.base import Scores
from goldassay.profiles.leaves import is_null, list_refusals

_NAMES = (
    "correct incorrect partial missed spurious possible actual support p_num p_den r_num r_den tp ptp fp rtp fn "
    "matching_type matching_value matching_timex n_gold n_pred"
)
COUNTS = frozenset(_NAMES.split())
"""Numbers that a scorer prints beside its rates; they become the counts of those."""
REMARK = "note"
"""What a scorer says in words where it has no rate."""
WHOLE = "*"
"""The measure of a profile that refuses as a whole."""


def choose_profile(name: str) -> Profile:
    """The profile that `NAME` or `NAME:KIND` means; a scorer that reads tags reads tags, any other its first kind.

    Raises:
        UsageError: There is none, or our layers cannot be written as the records that it reads.

    >>> choose_profile("seqeval").kind, choose_profile("neleval:clusters").kind
    ('tags', 'clusters')
    """
    head, colon, wanted = name.partition(":")
    kinds = [kind for known, kind, _, _ in PROFILES if known == head]
    if colon and kinds and wanted not in kinds:
        raise UsageError(f"profile {head!r} reads {' or '.join(kinds)}, not {wanted!r}")
    kind: Any = wanted if colon else ("tags" if "tags" in kinds else None)
    try:
        profile = get_profile(head, kind)
    except UnknownProfileError as error:
        raise UsageError(str(error)) from error
    _conversion_for(profile)
    return profile


def _conversion_for(profile: Profile) -> Conversion:
    conversion = find_conversion(profile)
    if conversion is None:
        raise UsageError(
            f"profile {profile.name!r} reads {profile.kind}, and there is no conversion of our layers to those; "
            "`goldassay selftest` runs it on vector files"
        )
    return conversion


def sign_profile(name: str) -> str:
    """How a signature names a profile: with the kind of record that it read.

    >>> sign_profile("seqeval")
    'seqeval.tags'
    """
    profile = choose_profile(name)
    return f"{profile.name}.{profile.kind}"


def evaluate_profile(
    name: str,
    gold: Sequence[GoldDocument],
    predictions: Mapping[str, Prediction],
    options: Options | None = None,
    *,
    file: str | None = None,
) -> tuple[Evaluation, list[Finding]]:
    """Score under a profile: its numbers without tallies, and findings of what was left out or refused on the way.

    A document without a prediction, or whose line carries nothing of the layer, is one that the response lacks; what
    that means is the other scorer's to say. Documents that are not annotated do not enter. Documents go by their id,
    items as they are listed, because some scorers look at the order.

    Args:
        name: A profile, or `NAME:KIND` where it reads several kinds of record.
        gold: The annotated documents.
        predictions: By document id.
        options: Of these `trim` and `labels` apply, to the mentions of both sides.
        file: Where the predictions came from, for findings.

    Raises:
        UsageError: There is no such profile or no conversion, or a side has nothing of what it reads.
    """
    profile, chosen = choose_profile(name), options or Options()
    conversion = _conversion_for(profile)
    annotated = sorted(filter(conversion.annotated, gold), key=lambda item: item.document.doc_id)
    _check_covered(profile, conversion, annotated, predictions)
    sizes: Sizes = Counter()
    documents = [
        document
        for item in annotated
        for document in conversion.write(item, predictions.get(item.document.doc_id), chosen, sizes)
    ]
    values = profile.score(documents, conversion.settings(chosen))
    scores = [
        Score(
            layer=conversion.layer,
            measure=measure,
            group="all",
            value=value,
            counts=counts,
            interval=Interval(),
            n_documents=len(annotated),
            support=sizes["gold", WRITTEN],
            profile=profile.name,
        )
        for measure, value, counts in flatten_scores(values)
    ]
    findings = [*_tell_sizes(profile, conversion, sizes, file), *_tell_refusals(profile, values, file)]
    return Evaluation((), tuple(scores), ()), findings


def _check_covered(
    profile: Profile, conversion: Conversion, gold: Sequence[GoldDocument], predictions: Mapping[str, Prediction]
) -> None:
    if not gold:
        raise UsageError(f"profile {profile.name!r} scores {conversion.layer}, which the gold does not have")
    known = (item.document.doc_id for item in gold)
    if not conversion.carries([predictions[doc_id] for doc_id in known if doc_id in predictions]):
        raise UsageError(f"profile {profile.name!r} reads {profile.kind}; the predictions carry no {conversion.needs}")


def flatten_scores(values: Any, path: str = "") -> Iterator[tuple[str, float | None, dict[str, int | float]]]:
    """Metric path, value and counts of every number; lists of spans that a scorer prints beside them are no numbers.

    A count that stands beside a rate is a count of it, if it is not null; one that stands alone is a number of its own.

    >>> list(flatten_scores({"strict": {"f1": 0.5, "correct": 1}, "token": {"TP": 3}}))
    [('strict.f1', 0.5, {'correct': 1}), ('token.TP', 3, {})]
    """
    if isinstance(values, Mapping):
        counts = {key: value for key, value in values.items() if key in COUNTS and isinstance(value, int | float)}
        rated = any(key not in COUNTS for key in values)
        beside = counts if rated else {}
        for key, value in values.items():
            silent = key == REMARK or (rated and key in COUNTS and value is None)
            if key not in beside and not silent:
                for measure, number, own in flatten_scores(value, f"{path}.{key}" if path else key):
                    yield measure, number, own or beside
    elif not isinstance(values, list | tuple | str):
        yield path or WHOLE, None if is_null(values) else values, {}


def _tell_sizes(profile: Profile, conversion: Conversion, sizes: Sizes, file: str | None) -> Iterator[Finding]:
    for side in ("gold", "predicted"):
        for reason, note in conversion.notes.items():
            number = sizes[side, reason]
            if number:
                verb = "kept" if note.kept else "left out"
                found = f"{number} of {sizes[side, ALL]} {side} {conversion.items} {note.found}: {verb}"
                expected = f"{note.expected} ({profile.name})"
                yield finding("E701", found=found, expected=expected, fix=note.fix, file=file)


def _tell_refusals(profile: Profile, values: Scores, file: str | None) -> Iterator[Finding]:
    for path, reason in list_refusals(values):
        yield finding(
            "E702",
            found=reason,
            expected=f"records that {profile.name} scores",
            file=file,
            field=".".join(path) or None,
        )
