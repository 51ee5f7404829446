"""The numeric facts layer: place, value, unit and every other scored field, on one alignment (matcher `facts.v2`)."""

from goldassay.layers.base import GoldDocument, Layer
from goldassay.layers.numeric_alignment import align_facts
from goldassay.layers.numeric_matches import get_matches
from goldassay.model.labels import NUMERIC_KINDS
from goldassay.model.predictions import Prediction


def _annotated(gold: GoldDocument) -> bool:
    return gold.numeric_facts is not None


def _answered(prediction: Prediction) -> bool:
    return prediction.numeric_facts is not None


LAYER = Layer(
    name="numeric_facts",
    items="numeric facts",
    groups=NUMERIC_KINDS,
    align=align_facts,
    matches=get_matches(),
    annotated=_annotated,
    answered=_answered,
)
