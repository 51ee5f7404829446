"""Documents whose line lacks the key of a layer that the predictions carry elsewhere: no answer is not `[]`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from goldassay.layers import get_layers
from goldassay.layers.answers import says_nothing, unanswered_documents
from goldassay.layers.base import GoldDocument
from goldassay.model.finding import Finding, finding
from goldassay.model.predictions import Prediction


def check_layer_answers(
    predictions: Mapping[str, Prediction], gold: Sequence[GoldDocument], layers: Iterable[str], file: str
) -> Iterator[Finding]:
    """A finding for each document and key of a scored layer that its line does not have.

    Documents without a line have a finding of their own (E305), and those that are not annotated in the layer none.

    Args:
        predictions: One run, by document id.
        gold: What it is scored on.
        layers: The layers that are scored.
        file: The name that findings carry.
    """
    missing: dict[tuple[str, str], None] = {}
    for name in layers:
        layer = get_layers()[name]
        key = layer.key or layer.name
        missing |= dict.fromkeys((key, doc_id) for doc_id in unanswered_documents(layer, gold, predictions))
    if not missing:  # where nothing is scored, no layer misses them
        missing = dict.fromkeys(("", doc_id) for doc_id, line in predictions.items() if says_nothing(line))
    for key, doc_id in missing:
        if doc_id in predictions:
            line = predictions[doc_id]
            found = "a line without any layer" if says_nothing(line) else f'no key "{key}"'
            expected = f'"{key}", which other lines have' if key else "a key for each layer that is answered"
            at = key or None
            yield finding("E307", found=found, expected=expected, file=file, line=line.line, doc_id=doc_id, field=at)
