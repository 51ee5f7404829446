"""The score file: what `goldassay score --format json` writes. Its shape is stable; `schema` counts its versions."""

from typing import Literal

import msgspec

from goldassay.model.finding import Finding


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """How far the value could move. `kind` is none where no interval was estimated."""

    kind: Literal["bootstrap", "leave_one_out", "none"] = "none"
    low: float | None = None
    high: float | None = None
    level: float | None = None
    resamples: int | None = None
    undefined_share: float | None = None


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One number.

    `measure` is the token of the measure, `group` a label of the scheme or `all`. `value` is null where the measure is
    undefined (0/0). `counts` are the totals that the value was computed from, `support` the number of gold items.
    """

    layer: str
    measure: str
    group: str
    value: float | None
    counts: dict[str, int | float]
    interval: Interval
    n_documents: int
    support: int
    profile: str | None = None


class SystemProvenance(msgspec.Struct, frozen=True, kw_only=True):
    """The system whose predictions were scored, as far as its run.json says.

    Without one `name` is that of the folder or file, and null for a stream.
    """

    name: str | None = None
    version: str | None = None
    seen_seeds: bool | None = None
    family: str | None = None
    note: str | None = None


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """Which gold, which predictions, which tool."""

    corpus: str
    version: str
    split: str
    fingerprint: str
    n_documents: int
    predictions_sha256: str
    tool: str
    system: SystemProvenance
    annotators: str


class Grounding(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the strings that a prediction file gives without offsets.

    `ambiguous` ones occur more often in the text than they were predicted and took the first places; `ungrounded` ones
    are not in the text and count as wrong.
    """

    strings: int
    ambiguous: int
    ungrounded: int


class UnresolvedName(msgspec.Struct, frozen=True, kw_only=True):
    """Something said in predictions that matches nothing of the gold: where first, how often, and why."""

    said: str
    times: int
    doc_id: str
    field: str
    reason: str


class Unresolved(msgspec.Struct, frozen=True, kw_only=True):
    """How many names of one role (holder, target, source, subject, counted, unit) match nothing of the gold.

    `said` are all that the predictions give for annotated documents, `unresolved` those of them that match nothing,
    `examples` the most frequent of these.
    """

    layer: str
    role: str
    said: int
    unresolved: int
    examples: list[UnresolvedName]


class ScoreFile(msgspec.Struct, frozen=True, kw_only=True):
    """All scores of one set of predictions on one gold."""

    schema: int
    signature: str
    quote_as: list[str]
    provenance: Provenance
    scores: list[Score]
    findings: list[Finding]
    grounding: Grounding | None = None
    unresolved: list[Unresolved] = []
