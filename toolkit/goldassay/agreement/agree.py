"""The whole agreement of two annotations, layer by layer."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from goldassay._version import __version__
from goldassay.agreement.figures import Agreement, Figure
from goldassay.agreement.labels import label_figures
from goldassay.agreement.laid import Laid, lay_out_pair
from goldassay.agreement.relations import attribution_figures, fact_figures
from goldassay.agreement.scored import annotated_layers, score_pairs
from goldassay.agreement.sides import Pair, describe, pair_up, read_annotations
from goldassay.agreement.units import gamma_figures
from goldassay.errors import UsageError
from goldassay.formats.authoring import AuthoredDocument
from goldassay.layers import order_layers
from goldassay.measures.signature import count_and_digest, format_signature
from goldassay.model.labels import LAYERS
from goldassay.passes.load import GOLD
from goldassay.signing import MATCHERS

SCHEMA = 1


def agree_passes(
    root: Path, a: str, b: str, *, layers: Sequence[str] = LAYERS, with_gold: bool = False, seed: int = 0
) -> list[Agreement]:
    """Agreement of two passes of a corpus, or of a pass and the gold (named `gold`).

    Args:
        root: The root of the corpus.
        a: The first annotation, taken as gold where a measure needs one.
        b: The second.
        layers: The layers to compare.
        with_gold: Also compare each of the two with the gold.
        seed: Of the random texts from which gamma takes chance.

    Returns:
        One agreement, or three `with_gold`.

    Raises:
        UsageError: There is no such pass or layer, the two are the same, or they share no document.
        InvalidDataError: A pass, a document or the gold cannot be read.
    """
    if a == b:
        raise UsageError(f"both annotations are {a!r}; name two")
    unknown = [layer for layer in layers if layer not in LAYERS]
    if unknown:
        raise UsageError(f"no layer {unknown[0]!r}; known: {', '.join(LAYERS)}")
    wanted = [(a, b)]
    if with_gold:
        wanted += [(name, GOLD) for name in (a, b) if name != GOLD and GOLD not in (a, b)]
    documents, annotations = read_annotations(root, list(dict.fromkeys(name for pair in wanted for name in pair)))
    return [
        Agreement(
            schema=SCHEMA,
            a=describe(one, annotations[one]),
            b=describe(other, annotations[other]),
            signature=_sign(pairs, one, other, layers, seed),
            documents=[pair.document.doc_id for pair in pairs],
            layers=annotated_layers(pairs, layers),
            figures=measure_agreement(pairs, layers, seed=seed),
        )
        for one, other in wanted
        for pairs in (pair_up(documents, annotations[one], annotations[other], layers),)
    ]


def _sign(pairs: Sequence[Pair], a: str, b: str, layers: Sequence[str], seed: int) -> str:
    """The signature of an agreement: both annotations as they are, what matched them, and the seed of chance."""
    texts = [f"{pair.document.doc_id} {pair.document.sha256}" for pair in pairs]
    sides = ((a, [pair.a for pair in pairs]), (b, [pair.b for pair in pairs]))
    named = [f"{name}@{digest_records(records)}" for name, records in sides]
    parts = {"texts": count_and_digest(texts), "a": named[0], "b": named[1], "match": MATCHERS, "seed": str(seed)}
    return format_signature("+".join(order_layers(annotated_layers(pairs, layers))), parts | {"tool": __version__})


def digest_records(records: Sequence[AuthoredDocument]) -> str:
    """Eight hexadecimal digits that stand for annotations, whoever made them."""
    bare = [msgspec.structs.replace(one, provenance=None) for one in records]
    return sha256(msgspec.json.encode(bare)).hexdigest()[:8]


def measure_agreement(pairs: Sequence[Pair], layers: Sequence[str], *, seed: int = 0) -> list[Figure]:
    """All figures of the layers that some document has in both annotations, layer by layer."""
    there = annotated_layers(pairs, layers)
    scored = score_pairs(pairs, there)
    laid = [lay_out_pair(pair) for pair in pairs]
    figures: list[Figure] = []
    for layer in there:
        names = {"entities": ("entities", "coreference")}.get(layer, (layer,))
        figures += [figure for figure in scored if figure.layer in names]
        figures += _by_place(laid, layer, seed)
    return figures


def _by_place(laid: Sequence[Laid], layer: str, seed: int) -> list[Figure]:
    own: list[Figure] = []
    if layer == "stances":
        own += attribution_figures(laid)
    if layer == "numeric_facts":
        own += fact_figures(laid)
    return own + label_figures(laid, layer) + gamma_figures(laid, layer, seed)
