"""Opinions as in SemEval-2022 Task 10: a list of texts, each with holder, target, expression and polarity.

    [{"sent_id": "news-1", "text": "Zenda praised the plan.",
      "opinions": [{"Source": [["Zenda"], ["0:5"]], "Target": [["the plan"], ["14:22"]],
                    "Polar_expression": [["praised"], ["6:13"]], "Polarity": "Positive", "Intensity": "Standard"}]}]

Offsets are code points. A text is a whole document here, so that no stance is cut at a sentence's end. What is read
makes prediction lines: an opinion says neither dimension nor act, without which there is no gold stance.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from goldassay.exchange.documents import Ids
from goldassay.exchange.losses import Carried, count_rest
from goldassay.exchange.reading import Counts, Line, Read, Reading, WriteOptions, Written
from goldassay.formats.gold import GoldLine
from goldassay.formats.offsets import diagnose_offsets
from goldassay.formats.prediction_line import PredictionLine, ReferenceItem, StanceItem
from goldassay.formats.strict_json import parse_json
from goldassay.model.labels import AUTHOR, Polarity
from goldassay.model.printable import quoted
from goldassay.model.record import Span, spans_text
from goldassay.model.stances import Stance, sign

CARRIES: tuple[Carried, ...] = ("stances",)

POLARITIES: dict[str, Polarity] = {"positive": "favor", "neutral": "neutral", "negative": "against"}
_WRITTEN = {polarity: name.capitalize() for name, polarity in POLARITIES.items()}
_SIDES: tuple[Polarity, ...] = ("against", "neutral", "favor")
_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
_KEYS = ("Source", "Target", "Polar_expression", "Polarity")


def read_semeval2022(reading: Reading) -> Read:
    """A file of opinions; intensities and other keys are counted."""
    value, problem = parse_json(reading.path.read_bytes())
    if problem is not None:
        reading.report(problem.code, problem.found, problem.expected, fix=problem.fix)
        return reading.done([])
    if not isinstance(value, list):
        reading.report("E105", type(value).__name__, "a list of texts with their opinions")
        return reading.done([])
    ids = Ids(reading)
    lines = [_Text(reading, ids, f"[{place}]").read(item) for place, item in enumerate(value)]
    return reading.done([one for one in lines if one is not None])


class _Text:
    """Reading one text."""

    def __init__(self, reading: Reading, ids: Ids, place: str) -> None:
        self.reading, self.ids, self.place = reading, ids, place
        self.text = ""
        self.doc_id: str | None = None

    def report(self, code: str, found: str, expected: str, field: str = "") -> None:
        self.reading.report(code, found, expected, doc_id=self.doc_id, field=f"{self.place}{field}")

    def read(self, item: object) -> PredictionLine | None:
        opinions = item.get("opinions") if isinstance(item, Mapping) else None
        if not isinstance(item, Mapping) or not isinstance(item.get("text"), str) or not isinstance(opinions, list):
            self.report("E105", "no text with opinions", "sent_id, text and a list of opinions")
            return None
        self.doc_id, self.text = self.ids.accept(item.get("sent_id")), item["text"]
        if self.doc_id is None or not self.ids.accept_text(self.text, self.doc_id):
            return None
        for name in sorted(item.keys() - {"sent_id", "text", "opinions"}):
            self.reading.lost[f"keys {quoted(str(name))}"] += 1
        stances = [self._opinion(one, f".opinions[{place}]") for place, one in enumerate(opinions)]
        kept = tuple(one for one in stances if one is not None)
        return PredictionLine(doc_id=self.doc_id, text=self.text, stances=kept)

    def _opinion(self, item: object, field: str) -> StanceItem | None:
        if not isinstance(item, Mapping):
            self.report("E105", type(item).__name__, f"an object with {', '.join(_KEYS)}", field)
            return None
        polarity = POLARITIES.get(str(item.get("Polarity")).casefold())
        if polarity is None:
            self.report("E106", quoted(str(item.get("Polarity"))), "Positive, Neutral or Negative", field)
            return None
        parts = [self._part(item.get(name), f"{field}.{name}") for name in _KEYS[:3]]
        if any(one is None for one in parts):
            return None
        holder, target, expression = (one or () for one in parts)
        strong = item.get("Intensity") == "Strong" and polarity != "neutral"
        known = strong or item.get("Intensity") in (None, "Standard")
        self.reading.lost["intensities other than Standard and Strong"] += not known
        for name in sorted(item.keys() - {*_KEYS, "Intensity"}):
            self.reading.lost[f"keys {quoted(str(name))} of opinions"] += 1
        self.reading.assumed["opinions without a holder, taken for the author's"] += not holder
        self.reading.assumed["opinions without a target, which is taken for an empty text"] += not target
        return StanceItem(
            holder=self._reference(holder) if holder else ReferenceItem(author=True),
            target=self._reference(target) if target else "",
            polarity=None if strong else polarity,
            grade=(2 if polarity == "favor" else -2) if strong else None,
            expression_spans=expression,
        )

    def _reference(self, spans: tuple[Span, ...]) -> ReferenceItem:
        return ReferenceItem(text=spans_text(self.text, spans), spans=spans)

    def _part(self, value: object, field: str) -> tuple[Span, ...] | None:
        """The spans of a holder, target or expression, which is two lists: words and their places."""
        if value is None or value == [[], []] or value == []:
            return ()
        lists = value if isinstance(value, list) and len(value) == 2 else [None]
        pair = [one for one in lists if isinstance(one, list) and all(isinstance(word, str) for word in one)]
        if len(pair) != 2:
            self.report("E105", "no two lists", "a list of words and one of places such as 0:5", field)
            return None
        matches = [_PLACE.fullmatch(one) for one in pair[1]]
        if None in matches or len(pair[0]) != len(pair[1]):
            self.report("E105", quoted(str(pair[1])), "a place such as 0:5 for each word", field)
            return None
        spans = [(int(one[1]), int(one[2])) for one in matches if one is not None]
        wrong = [
            (span, words)
            for span, words in zip(spans, pair[0], strict=True)
            if not 0 <= span[0] < span[1] <= len(self.text) or self.text[span[0] : span[1]] != words
        ]
        if not wrong:
            return tuple(sorted(spans))
        unit = diagnose_offsets(self.text, [([span], words) for span, words in wrong])
        (start, end), words = wrong[0]
        self.report("E204" if unit else "E203", f"{unit or 'other words'} at {start}:{end}", quoted(words), field)
        return None


def write_semeval2022(lines: Sequence[Line], options: WriteOptions) -> Written:
    """A text for each document with an opinion for each stance that takes sides; belief takes none."""
    lost: Counts = Counter()
    texts = []
    for line in lines:
        opinions = _gold_opinions(line, lost) if isinstance(line, GoldLine) else _predicted_opinions(line, lost)
        if opinions is not None:
            kept = [one for one in opinions if one is not None]
            texts.append({"sent_id": line.doc_id, "text": line.text, "opinions": kept})
    return Written({"": (json.dumps(texts, ensure_ascii=False, indent=1) + "\n").encode()}, lost, len(texts))


_Opinions = list[dict[str, Any] | None]
"""The opinion of each stance, null for those that take no side."""


def _gold_opinions(line: GoldLine, lost: Counts) -> _Opinions | None:
    """Null where stances are not annotated: a text without opinions would say that there are none."""
    if line.stances is None and line.attributions is None and line.propositions is None:
        lost["documents whose stances are not annotated, left out"] += 1
        return None
    lost += count_rest(line, CARRIES)
    lost["hashes of texts (sha256)"] += line.sha256 is not None
    lost["propositions"] += len(line.propositions or ())
    lost["attributions"] += len(line.attributions or ())
    return [_gold_opinion(one, line.text, lost) for one in line.stances or ()]


def _predicted_opinions(line: PredictionLine, lost: Counts) -> _Opinions | None:
    lost += _count_others(line)
    if line.text is None or line.stances is None:
        what = "a text" if line.text is None else "stances"
        lost[f"documents without {what}, left out"] += 1
        return None
    return [_predicted_opinion(one, line.text, lost) for one in line.stances]


def _count_others(line: PredictionLine) -> Counts:
    names = ("entities", "mentions", "propositions", "attributions", "stance_pairs", "numeric_facts", "times")
    return Counter({name.replace("_", " "): len(getattr(line, name) or ()) for name in names})


def _gold_opinion(stance: Stance, text: str, lost: Counts) -> dict[str, Any] | None:
    if stance.dimension == "belief":
        lost["stances of belief"] += 1
        return None
    lost["targets without a place"] += not stance.target_spans
    lost["holders without a place"] += not stance.holder_spans and stance.holder != AUTHOR
    lost["expressions without a place"] += not stance.expression_spans
    lost["acts, dimensions, sources and all else of stances"] += 1
    strong = abs(stance.grade) > 1
    side = _SIDES[sign(stance.grade) + 1]
    return _opinion(stance.holder_spans, stance.target_spans, stance.expression_spans, side, strong, text)


def _predicted_opinion(stance: StanceItem, text: str, lost: Counts) -> dict[str, Any] | None:
    grade = stance.grade
    side = stance.polarity or (_SIDES[sign(grade) + 1] if grade is not None else None)
    if stance.veracity is not None or stance.dimension == "belief" or side is None:
        lost["stances of belief, or without a side"] += 1
        return None
    holder, target = (_places(one) for one in (stance.holder, stance.target))
    holder, target = holder or stance.holder_spans, target or stance.target_spans
    lost["targets without a place"] += not target and stance.target != ""
    author = isinstance(stance.holder, ReferenceItem) and (stance.holder.author or stance.holder.entity == AUTHOR)
    lost["holders without a place"] += not holder and not author
    lost["acts, dimensions, sources and all else of stances"] += any(
        getattr(stance, name) not in (None, (), False) for name in _UNWRITTEN
    )
    strong = grade is not None and abs(grade) > 1
    return _opinion(holder, target, stance.expression_spans, side, strong, text)


_UNWRITTEN = tuple(
    name
    for name in StanceItem.__struct_fields__
    if name not in ("id", "holder", "holder_spans", "target", "target_spans", "grade", "polarity", "expression_spans")
)
"""What of a predicted stance no opinion has a place for."""


def _places(named: str | ReferenceItem | None) -> tuple[Span, ...]:
    if not isinstance(named, ReferenceItem):
        return ()
    if named.spans is None and named.start is not None and named.end is not None:
        return ((named.start, named.end),)
    return named.spans or ()


def _opinion(
    holder: Iterable[Span], target: Iterable[Span], expression: Iterable[Span], side: Polarity, strong: bool, text: str
) -> dict[str, Any]:
    parts = {
        name: [[text[start:end] for start, end in spans], [f"{start}:{end}" for start, end in spans]]
        for name, spans in zip(_KEYS, ([*holder], [*target], [*expression]), strict=False)
    }
    return {**parts, "Polarity": _WRITTEN[side], "Intensity": "Strong" if strong else "Standard"}
