"""What an extractor is: a name, what it covers, and a function from a document to a prediction line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from goldassay.errors import UsageError
from goldassay.model.document import Document
from goldassay.model.labels import LAYERS

Status = Literal["ok", "timeout", "crash", "garbage", "error"]
"""How a document ended: answered, over time, program gone, an answer that is none, or a failure that was reported."""

COVERED = (*LAYERS, "times")
"""What an extractor may cover: the layers of the corpus, and the times of the layer of numeric facts by themselves."""

ALL_LAYERS = frozenset(COVERED)

Extract = Callable[[Document], Mapping[str, object]]
"""From a document to a prediction line without its doc_id."""


class Extractor(Protocol):
    """Anything that reads a document and says what it found.

    name, version   who; both are part of the run record
    layers          what it covers, of "entities", "stances", "numeric_facts" and "times"; the rest is not scored
    seen_seeds      whether it, or whoever made it, has seen the corpus' seed articles; null where nobody has said
    family          the family of the model behind it; a system of an annotator's family is flagged in reports
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def layers(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def seen_seeds(self) -> bool | None: ...  # noqa: D102
    @property
    def family(self) -> str | None: ...  # noqa: D102

    def extract(self, document: Document) -> Mapping[str, object]:
        """A prediction line without its doc_id: the keys of the layers it covers, an empty list where it found none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """An extractor in this process.

    `packages` are the distributions whose versions matter to its output. `code` is a digest of its source, so that an
    edited system is run anew. `spec` is the name by which a worker process can load it, null where there is none.
    """

    name: str
    version: str
    layers: frozenset[str]
    extract: Extract
    seen_seeds: bool | None = None
    family: str | None = None
    note: str | None = None
    packages: tuple[str, ...] = ()
    code: str | None = None
    spec: str | None = None


class UnansweredError(Exception):
    """A document stays without an answer; `stderr` is the end of what the program wrote there."""

    def __init__(self, status: Status, message: str, stderr: str | None = None) -> None:
        super().__init__(message)
        self.status: Status = status
        self.message = message
        self.stderr = stderr


class UnknownSystemError(UsageError):
    """There is no such system, or it cannot be loaded; the message says what to do."""


def empty_answer(layers: frozenset[str]) -> dict[str, object]:
    """The answer of a system that covers these layers and found nothing.

    >>> empty_answer(frozenset({"entities", "stances"}))
    {'entities': [], 'mentions': [], 'stances': []}
    """
    keys = {"entities": ("entities", "mentions")}
    return {key: [] for layer in COVERED if layer in layers for key in keys.get(layer, (layer,))}
