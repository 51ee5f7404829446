"""Baseline `rules-numbers`: the toolkit's number grammar, with counted noun, property, role and status by near words.

Dates and years are left to times, identifiers are none. Subjects and sources are not looked for.
"""

import msgspec

from goldassay.extract.base import Extract
from goldassay.extract.nouns import Noun, find_noun
from goldassay.extract.text import Sentence, sentences_of
from goldassay.extract.words import words
from goldassay.formats.numbers import NumberSpan, find_numbers, model_value
from goldassay.model.document import Document
from goldassay.model.labels import FactStatus, NumericKind, Property
from goldassay.model.record import Span, spans_text

_PROPERTIES: dict[NumericKind, Property] = {
    "age": "age",
    "cardinal": "number_of",
    "duration": "duration",
    "measure": "amount",
    "money": "amount",
    "ordinal": "edition",
    "percent": "rate",
    "rank": "rank",
    "ratio": "share_of",
}
_STATUSES: tuple[FactStatus, ...] = (
    "planned",
    "predicted",
    "possible",
    "conditional",
    "demanded",
    "denied",
    "ongoing",
    "actual",
)
_CUES = {cue: status for status in reversed(_STATUSES) for cue in words(f"status_{status}")}
_COUNTING = frozenset(["cardinal", "ordinal", "ratio"])
_PARTITIVE = frozenset(["measure", "percent", "ratio"])
_BEFORE, _AFTER = 12, 6
"""Tokens within which a word is taken to govern a number, to its left and to its right."""


def load() -> Extract:
    """The extract function."""
    return lambda document: {"numeric_facts": find_facts(document)}


def find_facts(document: Document) -> list[dict[str, object]]:
    """The numeric facts of a document as prediction items, in text order."""
    sentences = sentences_of(document)
    facts = []
    for number in find_numbers(document.text):
        if number.time_hint is not None or number.tier == "implicit" or number.kind == "identifier":
            continue
        sentence = next((tokens for tokens in sentences if tokens[-1].end > number.span[0]), [])
        facts.append(_format_fact(document, number, sentence))
    return facts


def _format_fact(document: Document, number: NumberSpan, sentence: Sentence) -> dict[str, object]:
    noun = _counted(number, sentence, document.text)
    before = [token.text.lower() for token in sentence if token.end <= number.span[0]]
    after = [token.text.lower() for token in sentence if token.start >= number.span[1]]
    full = (number.span[0], max(number.span[1], noun.end if noun else 0))
    value = model_value(number.value)
    extents = (("number", number.number), ("span", number.span), ("full", full))
    fact: dict[str, object] = {
        "mentions": [{name: _extent(document.text, span) for name, span in extents}],
        "kind": number.kind,
        "approx": number.value.approx,
        "bound": number.value.bound,
        "property": _property(number, before, noun),
        "status": find_status(before, after),
        "negated": not {"not", "never"}.isdisjoint(before[-4:]),
    } | _role(before)
    if value is not None:
        fact["value"] = msgspec.to_builtins(value)
    if number.value.magnitude is not None:
        fact["magnitude"] = number.value.magnitude
    if number.value.unit is not None:
        fact["unit"] = number.value.unit
    if noun is not None:
        fact["base" if number.kind in ("percent", "ratio") else "counted"] = {
            "lemma": noun.lemma,
            "spans": [list(noun.span)],
        }
    return fact


def _extent(text: str, span: Span) -> dict[str, object]:
    return {"spans": [list(span)], "text": spans_text(text, [span])}


def _counted(number: NumberSpan, sentence: Sentence, text: str) -> Noun | None:
    """The noun after a number; after a measure, a share or a ratio only what "of" joins to it."""
    has_of = text[number.span[1] :].lstrip().startswith("of ")
    if (number.kind in _PARTITIVE and not has_of) or number.kind not in _COUNTING | _PARTITIVE:
        return None
    single = number.kind == "ordinal" or number.value.lo == number.value.hi == "1"
    return find_noun(sentence, number.span[1], one=single and number.kind == "cardinal")


def _property(number: NumberSpan, before: list[str], noun: Noun | None) -> Property:
    if number.kind == "money" and not words("price_words").isdisjoint(before[-_BEFORE:]):
        return "price"
    if number.kind == "percent" and noun is not None:
        return "share_of"
    if _role(before).get("role") == "change":
        return "change_in"
    return _PROPERTIES.get(number.kind, "other")


def _role(before: list[str]) -> dict[str, object]:
    """Role and direction after a verb of change: "rose 3%" and "rose by 3%", "from 5%" the start, "to 8%" the end.

    >>> _role(["prices", "fell", "to"]), _role(["it", "cost"])
    ({'role': 'end', 'direction': 'down'}, {'role': 'level'})
    """
    verb = next((word for word in reversed(before[-_BEFORE:]) if word in words("change_verbs")), None)
    if verb is None:
        return {"role": "level"}
    direction = "down" if verb in words("change_down") else "up"
    roles = {"by": "change", verb: "change", "from": "start", "to": "end"}
    role = roles.get(before[-1], "level")
    return {"role": role} if role == "level" else {"role": role, "direction": direction}


def find_status(before: list[str], after: list[str]) -> FactStatus:
    """The status that the nearest governing word gives: the last before the number, else the first after it.

    >>> find_status("borduria plans to buy".split(), ["boats"])
    'planned'
    >>> find_status("it has already bought".split(), ["boats"])
    'actual'
    """
    found = next((_CUES[word] for word in reversed(before[-_BEFORE:]) if word in _CUES), None)
    if found is None:
        found = next((_CUES[word] for word in after[:_AFTER] if word in _CUES), None)
    return found or "actual"
