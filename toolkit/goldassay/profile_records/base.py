"""What `score --profile` must know of a kind of record: which layer it is, and how a document is written in it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldassay.layers.base import GoldDocument, Options
from goldassay.model.predictions import Prediction
from goldassay.profiles.base import CaseDocument

ALL = "all"
"""The key of `Sizes` under which every item of a side is counted."""
WRITTEN = "written"
"""The key of `Sizes` for the items that became records; on the gold side it is the support of the scores."""

Sizes = Counter[tuple[str, str]]
"""How many items, by side (`gold`, `predicted`) and by what became of them: `ALL`, `WRITTEN` or a reason."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Note:
    """How a finding E701 tells a reason; `kept` where the items were written all the same."""

    found: str
    expected: str
    fix: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Conversion:
    """How our layers become one kind of record.

    layer       layer of the scores
    items       what is counted, in the plural
    needs       what predictions must carry for the kind to say anything of them, and
    carries     whether any of them does; it gets those that are there of documents that enter
    annotated   whether a gold document enters
    write       a document as one or more documents of a case; null for a document that has no prediction. What is left
                out or filled in on the way is counted
    settings    what the profile is told beside the documents
    notes       the reasons that may be counted, in the order in which they are told
    """

    layer: str
    items: str
    needs: str
    carries: Callable[[Sequence[Prediction]], bool]
    annotated: Callable[[GoldDocument], bool]
    write: Callable[[GoldDocument, Prediction | None, Options, Sizes], Sequence[CaseDocument]]
    settings: Callable[[Options], Mapping[str, Any]] = lambda options: {}
    notes: Mapping[str, Note] = field(default_factory=dict)
