"""How two blind passes become the gold: one decision, with its reason and its rule, for each disagreement."""

from typing import Annotated, Any, Literal

import msgspec

from goldassay.model.record import Id, Record

Side = Literal["a", "b", "neither"]
"""Which pass is right; `neither` keeps a record out of the gold, or a field at its default."""


class Reading(Record, frozen=True, kw_only=True):
    """What the gold says where both passes are wrong; spans are quotes, `quote@start-end` or pairs of offsets."""

    value: Any


Choice = Side | Reading
Decision = Side | dict[str, Choice]
"""One side for the whole record, or a choice for each field in dispute."""

Readings = dict[str, object]
"""Field to what a pass says there: the fields in dispute, or the whole record if the other pass has none."""


class Adjudicated(Record, frozen=True, kw_only=True):
    """One disagreement and its decision, a line of `annotations/adjudication/<doc_id>.jsonl`.

    `a` and `b` are what the passes say, null where a pass has no such record; they are there to be read and are not
    read back. A record of kind `override` departs from what both passes say; its `a` and `b` may be left out.
    """

    id: Id
    kind: Literal["disagreement", "override"] = "disagreement"
    a: Readings | None = None
    b: Readings | None = None
    decision: Decision | None = None
    reason: str = ""
    rule: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`annotations/adjudication/manifest.json`: the two passes that were compared, and by which guidelines."""

    a: Annotated[str, msgspec.Meta(min_length=1)]
    b: Annotated[str, msgspec.Meta(min_length=1)]
    guidelines: str
