"""The times layer: place, type and value of time expressions, on one alignment (`time_alignment`)."""

from goldassay.layers.base import GoldDocument, Layer
from goldassay.layers.time_alignment import align_times
from goldassay.layers.time_matches import get_matches
from goldassay.model.labels import TIME_TYPES
from goldassay.model.predictions import Prediction


def _annotated(gold: GoldDocument) -> bool:
    return gold.numeric_facts is not None


def _answered(prediction: Prediction) -> bool:
    return prediction.times is not None


LAYER = Layer(
    name="times",
    items="times",
    groups=TIME_TYPES,
    align=align_times,
    matches=get_matches(),
    annotated=_annotated,
    answered=_answered,
)
