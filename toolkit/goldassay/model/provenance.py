"""Who made an annotation pass, by which guidelines, having seen what."""

from goldassay.model.labels import AnnotatorKind
from goldassay.model.record import Record


class Annotator(Record, frozen=True, kw_only=True):
    """An annotator; `kind` says plainly whether a model or a human."""

    name: str
    kind: AnnotatorKind
    family: str | None = None
    version: str | None = None


class PassProvenance(Record, frozen=True, kw_only=True):
    """The head of an annotation pass."""

    annotator: Annotator
    guidelines: str
    date: str
    seen: list[str]
