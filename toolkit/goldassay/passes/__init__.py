"""L4: annotation passes of a corpus and their adjudication: read from disk, and seen as gold or as predictions."""

from goldassay.passes.load import Passes, as_gold, as_version, gold_version, load_pass, read_gold_documents, read_passes
from goldassay.passes.prediction import as_prediction

__all__ = [
    "Passes",
    "as_gold",
    "as_prediction",
    "as_version",
    "gold_version",
    "load_pass",
    "read_gold_documents",
    "read_passes",
]
