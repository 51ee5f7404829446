"""L4: gold and predictions under the rules of another scorer, by the same function that its vector files test.

All mentions enter, of every type and level. What the other scorer's records cannot hold is left out on either side
alike, and counted in a finding; what its original refuses to score is null, with a finding that says why.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from goldassay.errors import UsageError
from goldassay.evaluate import Evaluation
from goldassay.layers.base import GoldDocument, Options, Pair
from goldassay.layers.linked_mentions import gold_mentions, predicted_mentions
from goldassay.layers.mention_maps import map_mentions
from goldassay.layers.mentions import entity_groups
from goldassay.model.finding import Finding, finding
from goldassay.model.predictions import Prediction
from goldassay.model.scorefile import Interval, Score
from goldassay.profile_records import BUILD, UNTYPED, Sizes
from goldassay.profiles import PROFILES, Profile, UnknownProfileError, get_profile
from goldassay.profiles.base import CaseDocument, Kind, Scores
from goldassay.profiles.leaves import is_null, list_refusals

LAYER_OF: dict[Kind, str] = {"spans": "entities", "tags": "entities", "clusters": "coreference", "links": "linking"}
NEEDS: dict[Kind, str] = {"spans": "mentions", "tags": "mentions", "clusters": "clusters", "links": "kb_id"}
"""What predictions must carry for the kind to say anything of them."""
_NAMES = "correct incorrect partial missed spurious possible actual support p_num p_den r_num r_den ptp fp rtp fn"
COUNTS = frozenset(_NAMES.split())
"""Numbers that a scorer prints beside its rates; they become the counts of those."""
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
    if profile.kind not in BUILD:
        raise UsageError(
            f"profile {head!r} reads {profile.kind}, and there is no conversion of our layers to those yet; "
            "`goldassay selftest` runs it on vector files"
        )
    return profile


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

    A document without a prediction, or whose line carries no mentions, is one that the response lacks; what that means
    is the other scorer's to say. Documents without annotated entities do not enter. Documents go by their id, mentions
    as they are listed, because some scorers look at the order.

    Args:
        name: A profile, or `NAME:KIND` where it reads several kinds of record.
        gold: The annotated documents.
        predictions: By document id.
        options: Of these `trim` and `labels` apply, to both sides.
        file: Where the predictions came from, for findings.

    Raises:
        UsageError: There is no such profile or no conversion, or a side has nothing of what it reads.
    """
    profile, chosen = choose_profile(name), options or Options()
    annotated = sorted((item for item in gold if item.entities is not None), key=lambda item: item.document.doc_id)
    _check_covered(profile, annotated, predictions)
    sizes: Sizes = Counter()
    documents = [
        _convert(item, predictions.get(item.document.doc_id), profile.kind, chosen, sizes) for item in annotated
    ]
    values = profile.score(documents, {"types": list(entity_groups(chosen)), "scheme": "IOB2"})
    scores = [
        Score(
            layer=LAYER_OF[profile.kind],
            measure=measure,
            group="all",
            value=value,
            counts=counts,
            interval=Interval(),
            n_documents=len(documents),
            support=sizes["gold", "items"],
            profile=profile.name,
        )
        for measure, value, counts in flatten_scores(values)
    ]
    findings = [*_tell_sizes(profile, sizes, file), *_tell_refusals(profile, values, file)]
    return Evaluation((), tuple(scores), ()), findings


def _check_covered(profile: Profile, gold: Sequence[GoldDocument], predictions: Mapping[str, Prediction]) -> None:
    if not gold:
        raise UsageError(f"profile {profile.name!r} reads entities, which the gold does not have")
    known = {item.document.doc_id for item in gold}
    said = [item for doc_id, item in predictions.items() if doc_id in known and item.mentions is not None]
    mentions = [mention for item in said for mention in item.mentions or ()]
    has = {
        "mentions": True,
        "clusters": any(mention.group is not None for mention in mentions) or not mentions,
        "kb_id": any(mention.kb_id for mention in mentions) or not mentions,
    }
    if not said or not has[NEEDS[profile.kind]]:
        raise UsageError(
            f"profile {profile.name!r} reads {profile.kind}; the predictions carry no {NEEDS[profile.kind]}"
        )


def _convert(gold: GoldDocument, said: Prediction | None, kind: Kind, options: Options, sizes: Sizes) -> CaseDocument:
    lacks = said is None or said.mentions is None
    pair = map_mentions(Pair(gold, said or Prediction(doc_id=gold.document.doc_id)), options)
    predicted = None if lacks else predicted_mentions(pair.predicted)
    return BUILD[kind](gold.document, gold_mentions(pair.gold), predicted, sizes)


def flatten_scores(values: Any, path: str = "") -> Iterator[tuple[str, float | None, dict[str, int | float]]]:
    """Metric path, value and counts of every number; lists of spans that a scorer prints beside them are no numbers.

    A count that stands beside a rate is a count of it; one that stands alone is a number of its own.

    >>> list(flatten_scores({"strict": {"f1": 0.5, "correct": 1}, "token": {"TP": 3}}))
    [('strict.f1', 0.5, {'correct': 1}), ('token.TP', 3, {})]
    """
    if isinstance(values, Mapping):
        counts = {key: value for key, value in values.items() if key in COUNTS and isinstance(value, int | float)}
        beside = {} if len(counts) == len(values) else counts
        for key, value in values.items():
            if key not in beside:
                for measure, number, own in flatten_scores(value, f"{path}.{key}" if path else key):
                    yield measure, number, own or beside
    elif not isinstance(values, list | tuple | str):
        yield path or WHOLE, None if is_null(values) else values, {}


_FIX = "score such mentions with the default measures, which hold them"
_TOLD = {
    "discontinuous": ("discontinuous", "mentions of one piece", _FIX),
    "overlapping": ("that overlap a longer one, or repeat it", "mentions that do not overlap, as tags hold them", _FIX),
    "blank": ("without a word", "mentions of at least one token", _FIX),
    "no place": ("without a place in the text", "mentions with offsets", "give the place of every mention"),
}
_WRITTEN = {
    "untyped": (f"without a type, written with the type {UNTYPED!r}", "a type", "give every mention a type"),
    "open": ("of whose link nothing is said, read as NIL", "an id or NIL", "say NIL where you mean it"),
}


def _tell_sizes(profile: Profile, sizes: Sizes, file: str | None) -> Iterator[Finding]:
    for side in ("gold", "predicted"):
        for reason, (what, expected, fix) in (_TOLD | _WRITTEN).items():
            number = sizes[side, reason]
            if number:
                verb = "left out" if reason in _TOLD else "kept"
                found = f"{number} of {sizes[side, 'mentions']} {side} mentions {what}: {verb}"
                yield finding("E701", found=found, expected=f"{expected} ({profile.name})", fix=fix, file=file)


def _tell_refusals(profile: Profile, values: Scores, file: str | None) -> Iterator[Finding]:
    for path, reason in list_refusals(values):
        yield finding(
            "E702",
            found=reason,
            expected=f"records that {profile.name} scores",
            file=file,
            field=".".join(path) or None,
        )
