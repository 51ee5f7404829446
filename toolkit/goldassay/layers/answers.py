"""Which documents a system answers in a layer: an empty list is an answer, a line without the key is none."""

from collections.abc import Mapping, Sequence

from goldassay.layers import get_layers
from goldassay.layers.base import GoldDocument, Layer
from goldassay.model.predictions import Prediction


def unanswered_documents(
    layer: Layer, gold: Sequence[GoldDocument], predictions: Mapping[str, Prediction]
) -> list[str]:
    """Documents annotated in a layer for which there is no line, or one without the layer's key; sorted."""
    annotated = [item.document.doc_id for item in gold if layer.annotated(item)]
    return sorted(name for name in annotated if name not in predictions or not layer.looked(predictions[name]))


def says_nothing(prediction: Prediction) -> bool:
    """Whether a line carries no layer at all.

    >>> says_nothing(Prediction(doc_id="d")), says_nothing(Prediction(doc_id="d", stances=()))
    (True, False)
    """
    return not any(layer.looked(prediction) for layer in get_layers().values())
