"""L4: the signature of a result, from everything that can move one of its numbers."""

from collections.abc import Iterable, Mapping

from goldassay._version import __version__
from goldassay.gold import Gold
from goldassay.layers import order_layers
from goldassay.layers.base import Options
from goldassay.measures.signature import format_signature
from goldassay.profile_scores import sign_profile
from goldassay.resampling import Resampling

MATCHERS = "tiered.v1+identity.v3+attributions.v1+facts.v2+times.v1"
"""Versions of the matchers: mentions, stances, attributions, numeric facts, times. They change when numbers do."""


def sign_options(
    gold: Gold,
    layers: Iterable[str],
    options: Options,
    resampling: Resampling | None,
    *,
    on_invalid: str = "error",
    run: str | None = None,
    profile: str | None = None,
    more: Mapping[str, str] | None = None,
) -> str:
    """The signature of a result: everything that can move one of its numbers or intervals; `more` is its own part.

    Layers stand in the order of reports, in whatever order they were asked for: one scoring, one signature.
    """
    match = {"match": MATCHERS, "proposition-f1": f"{options.proposition_f1:g}"}
    parts = {
        "corpus": gold.name,
        "data": gold.version,
        "split": gold.split,
        "fp": gold.fingerprint[:8],
        **(match if profile is None else {"profile": sign_profile(profile)}),
        "labels": options.labels.name if options.labels is not None else "none",
        "trim": "+".join(options.trim) or "none",
        "invalid": on_invalid,
        "ids": "gold" if options.gold_ids else "own",
        **({"run": run} if run is not None else {}),
        **(more or {}),
        "resampling": "none" if resampling is None else resampling.token(),
        "tool": __version__,
    }
    return format_signature("+".join(order_layers(layers)) or "none", parts)
