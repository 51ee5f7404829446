"""What lies where in a kit, and what the kit says of itself."""

import re
from pathlib import Path
from typing import Literal

from goldassay.errors import UsageError
from goldassay.model.labels import LAYERS
from goldassay.model.record import Record

KitFormat = Literal["brat", "label-studio"]
KIT_FORMATS: tuple[KitFormat, ...] = ("brat", "label-studio")

HEAD = "kit.json"
GUIDELINE = "guideline.md"
README = "README.md"
TEXTS = "texts"
REFERENCES = "references"
TASKS, EXPORT = "label-studio/tasks.json", "label-studio/export.json"
CONFIGURATION = "label-studio/configuration.xml"

_VERSION = re.compile(r"^Version (\S+)\s*$", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")


class KitHead(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a kit was made for: `documents` gives the sha256 of each text, `prefilled` the pass that it shows.

    `entities` is the pass whose entities its records name, null where the annotator names them.
    """

    layer: str
    format: KitFormat
    guidelines: str
    prefilled: str | None
    documents: dict[str, str]
    entities: str | None = None


def require_layer(layer: str) -> None:
    """Refuse a layer that there is not.

    Raises:
        UsageError: The layer is unknown.
    """
    if layer not in LAYERS:
        raise UsageError(f"no layer {layer!r}; layers are {', '.join(LAYERS)}")


def require_pass_name(name: str) -> None:
    """Refuse a name that cannot be a pass's folder.

    Raises:
        UsageError: The name is `gold`, or has other characters than letters, digits, `.`, `_` and `-`.
    """
    if not _NAME.fullmatch(name) or name == "gold":
        raise UsageError(f"no name for a pass: {name!r}; use letters, digits, . _ and -, and not `gold`")


def read_guideline(root: Path, layer: str) -> tuple[str, str]:
    """The guideline of a layer and its version.

    Raises:
        UsageError: There is none, or it does not say its version.
    """
    path = root / "annotations" / "guidelines" / f"{layer}.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    version = _VERSION.search(text)
    if version is None:
        raise UsageError(f"no guideline with a line `Version …` at {path}")
    return text, version[1]
