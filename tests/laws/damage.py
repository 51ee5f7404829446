"""Valid lines of every kind, and ways to damage them: bytes flipped, put in, taken out; values and keys exchanged."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from goldassay.formats.prediction_line import PredictionLine
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow
from goldassay.model.numeric_facts import NumericFactsRow
from goldassay.model.stances import StancesRow

VALID = Path(__file__).parent / "valid"
RECORDS: dict[str, Any] = {
    "documents": Document,
    "entities": EntitiesRow,
    "stances": StancesRow,
    "numeric_facts": NumericFactsRow,
    "predictions": PredictionLine,
}
LINES = {kind: (VALID / f"{kind}.jsonl").read_bytes() for kind in RECORDS}

kinds = st.sampled_from(sorted(RECORDS))

_NASTY_BYTES = st.sampled_from(
    [b"\x00", b"\xff", b"\xed\xa0\xbd", b"\xef\xbb\xbf", b"\n", b"\r", b"{", b"}", b"[", b']"', b"\\", b"\\ud83d"]
) | st.binary(min_size=1, max_size=4)

_NASTY_VALUES = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        10**30,
        1.5,
        1e308,
        "",
        "\u2028",
        "\x1b[31m",
        "\U0001f680",
        "x" * 200,
        [],
        {},
        [[]],
        [None],
        [[5, 2]],
        [[0, 9999]],
        "AUTHOR",
        "e1",
        "12\n",
        "XXXX-02-30",
    ]
)


@st.composite
def damaged_bytes(draw: st.DrawFn, line: bytes) -> bytes:
    """The line with one to three bytes or stretches changed."""
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, max(len(line) - 1, 0)))
        size = draw(st.integers(1, 12))
        match draw(st.sampled_from(["flip", "delete", "insert", "truncate", "repeat"])):
            case "flip" if line:
                line = line[:place] + bytes([line[place] ^ (1 << draw(st.integers(0, 7)))]) + line[place + 1 :]
            case "delete":
                line = line[:place] + line[place + size :]
            case "insert":
                line = line[:place] + draw(_NASTY_BYTES) + line[place:]
            case "truncate":
                line = line[:place]
            case "repeat":
                line = line[:place] + line[place : place + size] + line[place:]
            case _:
                pass
    return line


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) below a JSON value."""
    found: list[tuple[Any, Any]] = []
    stack = [value]
    while stack:
        top = stack.pop()
        keys: Any = list(top) if isinstance(top, dict) else range(len(top)) if isinstance(top, list) else ()
        for key in keys:
            found.append((top, key))
            stack.append(top[key])
    return found


@st.composite
def damaged_values(draw: st.DrawFn, line: bytes) -> bytes:
    """The line as JSON with one to three values exchanged, taken out, moved or buried under brackets."""
    value = json.loads(line)
    for _ in range(draw(st.integers(1, 3))):
        places = nodes(value)
        if not places:
            break
        container, key = places[draw(st.integers(0, len(places) - 1))]
        match draw(st.sampled_from(["replace", "remove", "rename", "exchange", "bury"])):
            case "replace":
                container[key] = json.loads(json.dumps(draw(_NASTY_VALUES)))
            case "remove":
                del container[key]
            case "rename" if isinstance(container, dict):
                container[draw(st.sampled_from(["spnas", "Type", "id", "label", "\x1b", "doc_id"]))] = container.pop(
                    key
                )
            case "exchange":
                other, name = places[draw(st.integers(0, len(places) - 1))]
                copied = json.loads(json.dumps(other[name]))
                container[key] = copied
            case "bury":
                container[key] = _BURIED
            case _:
                pass
    buried = b"[" * draw(st.sampled_from([2, 80, 3000])) + b"1" + b"]" * 3000
    return json.dumps(value, ensure_ascii=draw(st.booleans())).encode().replace(json.dumps(_BURIED).encode(), buried)


_BURIED = "buried under brackets"


@st.composite
def repeated_keys(draw: st.DrawFn, line: bytes) -> bytes:
    """The line with one key given twice, at any depth."""
    value = json.loads(line)
    objects = [value] + [found[key] for found, key in nodes(value) if isinstance(found[key], dict) and found[key]]
    target = objects[draw(st.integers(0, len(objects) - 1))]
    key = draw(st.sampled_from(sorted(target)))
    target["\u0000again"] = target[key]
    text = json.dumps(value, ensure_ascii=False)
    return text.replace(json.dumps("\u0000again"), json.dumps(key, ensure_ascii=False)).encode()
