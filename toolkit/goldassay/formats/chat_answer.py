"""What a chat model is asked to answer with: one JSON object, every key required, so that strict decoders can hold it.

It is a subset of a prediction line in words alone (no offsets, no ids), and is turned into one by `to_prediction`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec

from goldassay.formats.jsonl import repeats_a_key
from goldassay.formats.schema import build_schema
from goldassay.formats.strict_json import parse_json
from goldassay.model.labels import Act, Approx, Bound, Dimension, EntityType, FactStatus, Level
from goldassay.model.record import Record

ChatGrade = Annotated[int, msgspec.Meta(ge=-2, le=2)]


class ChatMention(Record, frozen=True, kw_only=True):
    """A mention, in the words of the text; repeated words are listed as often as they occur."""

    text: str
    type: EntityType
    level: Level


class ChatStance(Record, frozen=True, kw_only=True):
    """Who takes which side on what; `sources` are those who report it, outermost first, without the writer."""

    holder: str
    target: str
    dimension: Dimension
    grade: ChatGrade
    act: Act
    sources: list[str]
    expression: str | None


class ChatFact(Record, frozen=True, kw_only=True):
    """A number with what it counts; `text` is the stretch of text that states it."""

    text: str
    value: str
    unit: str | None
    counted: str | None
    subject: str | None
    approx: Approx
    bound: Bound
    status: FactStatus
    sources: list[str]


class ChatAnswer(Record, frozen=True, kw_only=True):
    """The whole answer about one document."""

    mentions: list[ChatMention]
    stances: list[ChatStance]
    numeric_facts: list[ChatFact]


LISTS: dict[str, str] = {"entities": "mentions", "stances": "stances", "numeric_facts": "numeric_facts"}
"""The list of an answer that each layer asks for."""


def answer_schema(layers: Sequence[str]) -> dict[str, Any]:
    """The JSON Schema of an answer that covers these layers; every object is closed and every key required.

    >>> answer_schema(["stances"])["required"]
    ['stances']
    """
    schema = build_schema("chat_answer")
    kept = [LISTS[layer] for layer in layers]
    schema["properties"] = {name: schema["properties"][name] for name in kept}
    schema["required"] = kept
    used: set[str] = set()
    _collect(schema["properties"], schema["$defs"], used)
    schema["$defs"] = {name: body for name, body in schema["$defs"].items() if name in used}
    return schema


def _collect(node: Any, definitions: Mapping[str, Any], used: set[str]) -> None:
    """The names of all definitions that a part of a schema refers to."""
    if isinstance(node, dict):
        name = str(node.get("$ref", "")).removeprefix("#/$defs/")
        if name and name not in used:
            used.add(name)
            _collect(definitions[name], definitions, used)
        for value in node.values():
            _collect(value, definitions, used)
    elif isinstance(node, list):
        for value in node:
            _collect(value, definitions, used)


TRIES = 100
"""Opening braces that may lead nowhere before the search is given up."""


class NoAnswerError(ValueError):
    """A model's text holds no JSON object."""


def find_answer(text: str) -> dict[str, Any]:
    r"""The JSON object in what a model wrote: the whole text, a fenced block, or the largest object in the prose.

    Raises:
        NoAnswerError: There is none, or it repeats a key or is cut off; says which.

    >>> find_answer('Here it is:\n```json\n{"stances": []}\n```')
    {'stances': []}
    """
    decoder, best, problem = json.JSONDecoder(), "", "no JSON object"
    place, failures = text.find("{"), 0
    while place != -1 and failures < TRIES:
        try:
            _, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            problem, failures = "an object that is cut off or malformed", failures + 1
            place = text.find("{", place + 1)
            continue
        best = max(best, text[place:end], key=len)
        place = text.find("{", end)
    if not best:
        raise NoAnswerError(problem)
    encoded = best.encode("utf-8", errors="surrogatepass")
    if repeats_a_key(encoded):
        raise NoAnswerError("an object with a repeated key")
    value, found = parse_json(encoded)
    if found is not None or not isinstance(value, dict):
        raise NoAnswerError(found.found if found is not None else "no JSON object")
    return value


def to_prediction(doc_id: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The prediction line of an answer: strings stay strings, and the writer goes before all sources.

    Nothing is judged here: what is wrong in an answer becomes a finding when the line is scored.

    >>> to_prediction("d", {"stances": [{"holder": "Zenda", "target": "the ban", "sources": ["Holt"]}]})["stances"]
    [{'holder': 'Zenda', 'target': 'the ban', 'sources': [{'author': True}, 'Holt']}]
    """
    line: dict[str, Any] = {"doc_id": doc_id}
    for key, items in answer.items():
        line[key] = [_with_author(item) for item in items] if isinstance(items, list) else items
    line["doc_id"] = doc_id
    return line


def _with_author(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    known = {key: value for key, value in item.items() if value is not None}
    if isinstance(known.get("sources"), list):
        known["sources"] = [{"author": True}, *known["sources"]]
    return known
