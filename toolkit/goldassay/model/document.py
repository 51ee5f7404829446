"""The document: a text with what is known of its origin."""

from goldassay.model.labels import Origin
from goldassay.model.record import Id, Record, Span


class Document(Record, frozen=True, kw_only=True):
    """One article.

    `dct` (document creation time) is an ISO date or null; it is never guessed. `dct_evidence` says in words what the
    text gives. `title` and `sentences` are spans of `text`; the sentences are generated.
    """

    doc_id: Id
    title: Span | None
    text: str
    language: str
    dct: str | None
    dct_evidence: str | None
    source: str
    rights: str
    origin: Origin
    sha256: str
    sentences: list[Span]
    derived_from: str | None = None
    edit: str | None = None
