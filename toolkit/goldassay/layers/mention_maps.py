"""Extent and label maps: what is cut off mentions and what their types are called, on both sides alike."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, cast

import msgspec

from goldassay.layers.base import LabelMap, Options, Pair
from goldassay.layers.mentions import mention_type
from goldassay.model.entities import EntitiesRow
from goldassay.model.labels import EntityType
from goldassay.model.predictions import Prediction

Span = tuple[int, int]


class LabelMapError(ValueError):
    """A label map cannot be read."""


class MapTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label map as TOML has it; an empty target takes the label out of both counts."""

    targets: tuple[str, ...]
    labels: dict[str, str]


def load_label_maps() -> dict[str, LabelMap]:
    """The label maps that come with the toolkit, by name."""
    tables = msgspec.convert(tomllib.loads(_data("label_maps.toml")), dict[str, MapTable])
    return {name: _label_map(name, table) for name, table in tables.items()}


def parse_label_map(text: str) -> LabelMap:
    r"""A label map from TOML text: `targets`, a list, and a table `labels` from label to target.

    It is named after a hash of its content, so that the signature tells two maps apart.

    Raises:
        LabelMapError: The text is no such TOML, or the map contradicts itself.

    >>> parse_label_map('targets = ["PER"]\n[labels]\nPERSON = "PER"\nORG = ""').table
    {'PERSON': 'PER', 'ORG': None, 'PER': 'PER'}
    """
    try:
        table = msgspec.convert(tomllib.loads(text), MapTable)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LabelMapError(f"no label map: {error}; expected `targets = […]` and a table [labels]") from error
    return _label_map(f"file.{sha256(msgspec.json.encode(table, order='sorted')).hexdigest()[:8]}", table)


def _label_map(name: str, map_: MapTable) -> LabelMap:
    if not map_.targets or len(set(map_.targets)) < len(map_.targets) or "" in map_.targets:
        raise LabelMapError("targets must be labels, at least one, each once")
    table = {label: target or None for label, target in map_.labels.items()}
    for label, target in table.items():
        if target is not None and target not in map_.targets:
            raise LabelMapError(f"label {label!r} maps to {target!r}, which is none of the targets")
        if label in map_.targets and target != label:
            raise LabelMapError(f"target {label!r} must map to itself, not to {target!r}")
    return LabelMap(name, map_.targets, table | {target: target for target in map_.targets})


def trim_names() -> tuple[str, ...]:
    """What can be cut off, in the order in which it is."""
    return tuple(_extents())


def trim_spans(text: str, spans: Sequence[Span], names: Iterable[str]) -> tuple[Span, ...]:
    """A mention without the leading words and trailing endings of the named rules.

    Leading words go from the first fragment, endings from the last; a fragment is never emptied.

    >>> text = "the Prime Minister's"
    >>> [text[a:b] for a, b in trim_spans(text, [(0, 20)], ["determiners", "possessives"])]
    ['Prime Minister']
    """
    if not spans:
        return ()
    kept, rules = [(start, end) for start, end in spans], _extents()
    chosen = [rules[name] for name in rules if name in set(names)]
    while True:
        before = list(kept)
        for leading, trailing in chosen:
            start, end = kept[0]
            if leading is not None and (found := leading.match(text, start, end)) and found.end() < end:
                kept[0] = (found.end(), end)
            start, end = kept[-1]
            if trailing is not None and (found := trailing.search(text[start:end])) and found.start() > 0:
                kept[-1] = (start, start + found.start())
        if kept == before:
            return tuple(kept)


Rule = tuple[re.Pattern[str] | None, re.Pattern[str] | None]
"""What goes from the beginning, and what from the end."""


@cache
def _extents() -> dict[str, Rule]:
    return {name: _rule(row) for name, row in tomllib.loads(_data("extents.toml")).items()}


def _rule(row: Mapping[str, Any]) -> Rule:
    flags = re.IGNORECASE if row["ignore_case"] else re.NOFLAG

    def either(words: Sequence[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    leading, trailing = row.get("leading", ()), row.get("trailing", ())
    return (
        re.compile(rf"(?:{either(leading)})\s+", flags) if leading else None,
        re.compile(rf"(?:{either(trailing)})\Z", flags) if trailing else None,
    )


def _data(name: str) -> str:
    return files("goldassay.layers").joinpath(name).read_text(encoding="utf-8")


def map_mentions(pair: Pair, options: Options) -> Pair:
    """Both sides of a document with trimmed extents and mapped labels.

    A mention whose label is mapped to nothing is left out. A label that the map does not have becomes no label; the
    public functions report it before.
    """
    if not options.trim and options.labels is None:
        return pair
    row, text = pair.gold.entities, pair.gold.document.text
    gold = replace(pair.gold, entities=None if row is None else _map_gold(row, text, options))
    return Pair(gold, _map_predicted(pair.predicted, text, options))


def _map_gold(row: EntitiesRow, text: str, options: Options) -> EntitiesRow:
    types = {entity.id: str(entity.type) for entity in row.entities}
    mentions = []
    for mention in row.mentions:
        type_ = mention_type(mention, types)
        if _counts(type_, options):
            spans = list(trim_spans(text, mention.spans, options.trim))
            mentions.append(msgspec.structs.replace(mention, spans=spans, type=_target(type_, options)))
    return msgspec.structs.replace(row, mentions=mentions)


def _map_predicted(predicted: Prediction, text: str, options: Options) -> Prediction:
    if predicted.mentions is None:
        return predicted
    mentions = tuple(
        msgspec.structs.replace(
            mention, spans=trim_spans(text, mention.spans, options.trim), type=_target(mention.type, options)
        )
        for mention in predicted.mentions
        if _counts(mention.type, options)
    )
    return msgspec.structs.replace(predicted, mentions=mentions)


def _counts(type_: str | None, options: Options) -> bool:
    """Whether a mention of this label stays in the counts."""
    return options.labels is None or type_ is None or options.labels.table.get(type_, "") is not None


def _target(type_: str | None, options: Options) -> EntityType | None:
    """The mapped label. Records name the labels of the scheme; those of a map stand in their place while counting."""
    target = type_ if options.labels is None or type_ is None else options.labels.table.get(type_)
    return cast("EntityType | None", target)
