"""The signature: one line from which a stranger can repeat the number."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from goldassay.model.printable import printable

HEAD = "goldassay"

KEYS: dict[str, str] = {
    "corpus": "the gold: the corpus, or the name of a file of gold lines",
    "data": "its version; +dirty and a fingerprint for gold that differs from the release of that number",
    "split": "the part of the corpus that was scored",
    "fp": "first digits of the fingerprint of texts and annotations, whatever their order",
    "match": "the matchers and their versions: mentions, identity of names, facts",
    "proposition-f1": "token F1 from which a predicted string is taken for a proposition of the gold",
    "profile": "the other scorer whose rules were used, with the version of our implementation",
    "labels": "the map of entity types on both sides, with a digest if it is a file of yours",
    "trim": "what was cut off the ends of mentions on both sides",
    "invalid": "what became of invalid predictions: error refused them, drop counted them as wrong, repair mended some",
    "ids": "whose ids the predictions used: their own, or the gold's",
    "run": "which of several runs in one file was scored",
    "matrix": "the stance matrix: its kind, and rollup where people and nationalities were lifted to their state",
    "power": "level of the test, chance of finding a difference, what is drawn, the difference that is wanted",
    "tests": "how many tests Holm's correction covers, with a digest of their measures and groups",
    "gate": "the drop that is allowed, the level, and items where lost items fail a run",
    "fail-under": "how many smallest values were asked for, with a digest of measures and values",
    "texts": "how many documents both annotations speak of, with a digest of their texts",
    "a": "the first annotation, with a digest of it",
    "b": "the second annotation, with a digest of it",
    "seed": "where the random numbers of the chance part of gamma start",
    "resampling": "how intervals and tests were drawn: seed, number of draws, unit, level; none for no intervals",
    "tool": "the version of goldassay",
}
"""What each part of a signature means, in the order in which it is written."""


class SignatureError(ValueError):
    """A line is no signature; the message says where it departs from one."""


def format_signature(layers: str, parts: Mapping[str, str]) -> str:
    """`goldassay:layers|key:value|…`, keys in the given order.

    A value may be the name of somebody's file: what is not printable, would end the part or the code span of a Markdown
    page is written as an escape.

    >>> format_signature("entities", {"data": "0.1.0", "split": "validation"})
    'goldassay:entities|data:0.1.0|split:validation'
    >>> format_signature("entities", {"corpus": "a|b`c"})
    'goldassay:entities|corpus:a%7Cb%60c'
    """
    return "|".join((f"{HEAD}:{layers}", *(f"{key}:{_plain(value)}" for key, value in parts.items())))


def _plain(value: str) -> str:
    return printable(value.replace("|", "%7C").replace("`", "%60"), limit=max(len(value) * 3, 1))


def drawn_unit(signature: str) -> str:
    """What intervals and tests were drawn from: `document` or `source`.

    >>> drawn_unit("goldassay:entities|resampling:seed13.draws2000.source.0.95"), drawn_unit("goldassay:entities")
    ('source', 'document')
    """
    return "source" if re.search(r"\|resampling:seed\d+\.draws\d+\.source\.", signature) else "document"


def parse_signature(signature: str) -> tuple[list[str], dict[str, str]]:
    """The layers and the parts of a signature.

    Raises:
        SignatureError: It does not begin with `goldassay:`, or a part is no `key:value` or stands twice.

    >>> parse_signature("goldassay:entities+stances|data:0.1.0")
    (['entities', 'stances'], {'data': '0.1.0'})
    """
    head, *rest = signature.strip().split("|")
    name, _, layers = head.partition(":")
    if name != HEAD or not layers:
        raise SignatureError(f"a signature begins with '{HEAD}:' and the layers; this begins with {head[:40]!r}")
    parts: dict[str, str] = {}
    for part in rest:
        key, colon, value = part.partition(":")
        if not colon or not key or key in parts:
            raise SignatureError(f"{part[:40]!r} is no 'key:value' that stands once")
        parts[key] = value
    return layers.split("+"), parts


def count_and_digest(names: Iterable[str]) -> str:
    """How a signature names a list: its length, and eight hexadecimal digits that stand for its sorted entries.

    >>> count_and_digest(["b", "a"]), count_and_digest([])
    ('2@7e18f737', '0@e3b0c442')
    """
    entries = sorted(names)
    return f"{len(entries)}@{sha256(chr(10).join(entries).encode()).hexdigest()[:8]}"


def short_signature(signature: str) -> str:
    """Eight hexadecimal digits that stand for a signature in tables.

    >>> short_signature("goldassay:entities|data:0.1.0")
    '13ef919f'
    """
    return sha256(signature.encode()).hexdigest()[:8]
