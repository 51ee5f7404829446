"""seqeval 1.2 in its default mode (conlleval's rules) and its strict mode, on tags or on spans written as IOB2."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from goldassay.formats.tags import (
    SCHEMES,
    Scheme,
    Tag,
    TagError,
    TypedSpan,
    build_scheme,
    decode_lenient,
    decode_strict,
    encode_tags,
    parse_tag,
)
from goldassay.profiles.base import CaseDocument, NoAnswer, Options, Profile, Scores, rates
from goldassay.profiles.spans import TokenSpan, has_overlap, tokenize

_IOE1 = build_scheme("IOE1", "IOE", "OE|I|* I|I|! E|E|=", "I|IE|=", "I|O|* I|IE|! E|IE|=")
"""As seqeval has it, which is not the scheme: a chunk that begins with E is lost unless another E stands before it."""

Entities = list[list[TypedSpan]]
"""Spans of each document, sorted by type and place."""


class Sides(NamedTuple):
    """Tags of each document, as strings."""

    gold: list[list[str]]
    predicted: list[list[str]]


def read_tags(documents: Sequence[CaseDocument]) -> Sides:
    """Tags as they are."""
    return Sides(
        [list(document["gold"] or ()) for document in documents],
        [list(document["predicted"] or ()) for document in documents],
    )


def write_tags(documents: Sequence[CaseDocument]) -> Sides | NoAnswer:
    """Spans written as IOB2; spans that overlap on one side cannot be."""
    sides = Sides([], [])
    for document in documents:
        item = tokenize(document)
        if isinstance(item, NoAnswer):
            return item
        for spans, tags in ((item.gold, sides.gold), (item.predicted, sides.predicted)):
            if has_overlap(spans):
                return NoAnswer(f"spans of document {document['doc_id']!r} overlap: no tag sequence holds them")
            tags.append(_encode(spans, item.length))
    return sides


def _encode(spans: Iterable[TokenSpan], length: int) -> list[str]:
    return encode_tags([(span.type, span.start, span.end) for span in spans], length, "IOB2")


def decode(sequences: Sequence[Sequence[str]], scheme: str | None, options: Options) -> Entities | NoAnswer:
    """Spans that seqeval finds: by default mode (`scheme` null) or by strict mode."""
    suffix = bool(options.get("suffix"))
    try:
        if scheme is None:
            read = [[parse_tag(tag, suffix=suffix) for tag in tags] for tags in sequences]
            return [sorted(decode_lenient(tags, last="E", single="S")) for tags in read]
        rules = _IOE1 if scheme == "IOE1" else SCHEMES[scheme]
        return [sorted(_decode_strictly(tags, rules, options)) for tags in sequences]
    except TagError as error:
        return NoAnswer(f"{error}; the original raises")
    except KeyError:
        return NoAnswer(f"there is no scheme {scheme!r}")


def _decode_strictly(tags: Sequence[str], rules: Scheme, options: Options) -> list[TypedSpan]:
    """Strict mode strips delimiters from both ends of the type, where default mode cuts at the first hyphen."""
    suffix, delimiter = bool(options.get("suffix")), options.get("delimiter", "-")
    read = []
    for tag in tags:
        letter = parse_tag(tag, suffix=suffix).letter
        read.append(Tag(letter, (tag[:-1] if suffix else tag[1:]).strip(delimiter) or "_"))
    return decode_strict(read, rules)


def count_entities(gold: Entities, predicted: Entities) -> dict[str, Any]:
    """Micro, macro and weighted averages and the numbers of every type that occurs on either side.

    >>> found = count_entities([[("A", 0, 1)], []], [[("A", 0, 1)], [("B", 0, 1)]])
    >>> found["macro"]["f1"], found["micro"]["precision"]  # B, only predicted, is a 0 in the macro average
    (0.5, 0.5)
    """
    types: dict[str, tuple[set[tuple[int, int, int]], set[tuple[int, int, int]]]] = defaultdict(lambda: (set(), set()))
    for side, entities in enumerate((gold, predicted)):
        for number, spans in enumerate(entities):
            for name, start, end in spans:
                types[name][side].add((number, start, end))
    counts = {name: (len(right & found), len(found), len(right)) for name, (right, found) in sorted(types.items())}
    by_type = {name: {**rates(*triple), "support": triple[2]} for name, triple in counts.items()}
    total = [sum(triple[i] for triple in counts.values()) for i in range(3)]
    return {
        "micro": {**rates(*total), "support": total[2]},
        "macro": {**_average(by_type, [1] * len(by_type), None), "support": total[2]},
        "weighted": {**_average(by_type, [triple[2] for triple in counts.values()], 0.0), "support": total[2]},
        **{f"type/{name}": values for name, values in by_type.items()},
    }


def _average(by_type: Mapping[str, Mapping[str, float]], weights: Sequence[int], empty: float | None) -> dict[str, Any]:
    """Weighted mean over types; F1 is the mean of the types' F1. `empty` where the weights are all 0."""
    total = sum(weights)

    def mean(key: str) -> float | None:
        rows = zip(by_type.values(), weights, strict=True)
        return sum(values[key] * weight for values, weight in rows) / total if total else empty

    return {key: mean(key) for key in ("precision", "recall", "f1")}


def compare_tokens(sides: Sides) -> dict[str, Any]:
    """Token accuracy and performance_measure, which files a wrong type as a false positive only.

    >>> compare_tokens(Sides([["B-A", "O"]], [["B-B", "O"]]))["token/performance_measure"]
    {'TP': 0, 'FP': 1, 'FN': 0, 'TN': 1}
    """
    pairs = [
        pair
        for gold, predicted in zip(*sides, strict=True)
        for pair in zip(gold, predicted, strict=False)  # the original stops at the shorter side as well
    ]
    tokens = sum(map(len, sides.gold))
    same = sum(gold == predicted for gold, predicted in pairs)
    outside = sum(gold == predicted == "O" for gold, predicted in pairs)
    return {
        "token/accuracy": {"accuracy": same / tokens if tokens else NoAnswer("no token: the original divides by zero")},
        "token/performance_measure": {
            "TP": same - outside,
            "FP": sum(gold != predicted and predicted != "O" for gold, predicted in pairs),
            "FN": sum(gold != "O" and predicted == "O" for gold, predicted in pairs),
            "TN": outside,
        },
    }


def _score_mode(
    sides: Sides, prefix: str, scheme: str | None, options: Options, *, list_entities: bool
) -> dict[str, Any]:
    gold, predicted = (decode(side, scheme, options) for side in sides)
    values: dict[str, Any] = {}
    if list_entities:
        for name, found in (("gold", gold), ("pred", predicted)):
            spans = found if isinstance(found, NoAnswer) else [[list(span) for span in document] for document in found]
            values[f"{prefix}/entities_{name}"] = {"token_spans_end_exclusive": spans}
    for found in (gold, predicted):
        if isinstance(found, NoAnswer):
            return values | {f"{prefix}/{average}": found for average in ("micro", "macro", "weighted")}
    if isinstance(gold, list) and isinstance(predicted, list):
        values |= {f"{prefix}/{path}": value for path, value in count_entities(gold, predicted).items()}
    return values


def score_spans(documents: Sequence[CaseDocument], options: Options, *, strict: bool = False) -> Scores:
    """Numbers of default mode and of tokens, or of strict mode, on spans written as IOB2."""
    sides = write_tags(documents)
    if isinstance(sides, NoAnswer):
        return sides
    if strict:
        return _score_mode(sides, "strict-IOB2", "IOB2", {}, list_entities=False)
    return _score_mode(sides, "default", None, {}, list_entities=False) | compare_tokens(sides)


def score_tags(documents: Sequence[CaseDocument], options: Options, *, strict: bool = False) -> Scores:
    """Numbers and spans of default mode and of tokens, or of strict mode under the `scheme` of the options."""
    sides = read_tags(documents)
    if not strict:
        return _score_mode(sides, "default", None, options, list_entities=True) | compare_tokens(sides)
    if "scheme" not in options:
        return NoAnswer("strict mode needs a scheme; the original guesses one from the gold tags, or runs default mode")
    return _score_mode(sides, "strict", options["scheme"], options, list_entities=True)


_DEFAULT = (
    "Default mode, the rules of conlleval: a chunk starts where a letter or a type changes, so an I without a B opens "
    "one and nothing is dropped. L and U are unknown letters: BILOU is misread. Entities are sets of (document, type, "
    "span), so duplicates collapse. Macro and weighted averages run over the types of both sides; their F1 is the mean "
    "of the types' F1, and a type that is only predicted is a 0 in the macro average. 0/0 is 0, but the macro average "
    "over no type is NaN. Spans are written as IOB2 first; overlapping spans cannot be."
)
_STRICT = (
    "Strict mode: a chunk counts only if it starts, runs and ends by the scheme; else it is dropped, not repaired. A "
    "letter outside the scheme raises. Types lose hyphens at both ends. IOE1 is unfinished in the original: a chunk of "
    "a single E is lost. On spans, which are always valid IOB2, strict and default mode agree."
)


def _profile(name: str, kind: str, quirks: str, *, strict: bool, scorers: tuple[str, ...]) -> Profile:
    score = partial(score_spans if kind == "spans" else score_tags, strict=strict)
    return Profile(name, "spans" if kind == "spans" else "tags", scorers, 1e-8, quirks, score)


_KEY = ("seqeval@1.2.2", "seqeval")
SEQEVAL_SPANS = _profile("seqeval", "spans", _DEFAULT, strict=False, scorers=_KEY)
SEQEVAL_TAGS = _profile("seqeval", "tags", _DEFAULT, strict=False, scorers=_KEY)
SEQEVAL_STRICT_SPANS = _profile("seqeval-strict", "spans", _STRICT, strict=True, scorers=_KEY)
SEQEVAL_STRICT_TAGS = _profile("seqeval-strict", "tags", _STRICT, strict=True, scorers=_KEY)
CONLLEVAL_SPANS = _profile("conlleval", "spans", _DEFAULT, strict=False, scorers=())
CONLLEVAL_TAGS = _profile("conlleval", "tags", _DEFAULT, strict=False, scorers=())
