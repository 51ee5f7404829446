"""The stances layer: who takes which side on what, on one alignment by identity (matcher `identity.v3`).

Views: `opinion` (evaluation, position, intent) is the one to quote, `belief` stands on its own line: who accuses does
not favor. Two stances can meet only if holder and target are the same; how they meet is in `match/stance.py`.
"""

from collections.abc import Sequence

from goldassay.layers.base import GoldDocument, Layer, Options, Pair
from goldassay.layers.dyads import DYAD_ROWS, count_dyads
from goldassay.layers.stance_alignment import align_view, stance_rows
from goldassay.layers.stance_chains import CHAIN_ROWS, count_chains
from goldassay.layers.stance_errors import ERROR_ROWS, count_errors
from goldassay.layers.stance_records import VIEWS, identify, of_view, read_stances
from goldassay.layers.stance_slices import SLICE_ROWS, count_slices
from goldassay.layers.stance_views import VIEW_ROWS, count_resolution, count_views
from goldassay.match.alignment import Alignment
from goldassay.model.labels import DIMENSIONS
from goldassay.model.predictions import Prediction
from goldassay.tally.tally import Tally


def align_stances(pairs: Sequence[Pair], options: Options) -> tuple[Alignment, ...]:
    """Align the stances of a batch, once for each view."""
    stances = read_stances(pairs, identify(pairs, options))
    return tuple(align_view(view, of_view(stances, view)) for view in VIEWS)


def derive_views(alignments: Sequence[Alignment], pairs: Sequence[Pair], options: Options) -> tuple[Tally, ...]:
    """The tallies of all further views, from the alignments of `opinion` and `belief` and their documents."""
    known = identify(pairs, options)
    stances = read_stances(pairs, known)
    return (
        count_dyads(stances, pairs, known),
        count_resolution(stances),
        *count_slices(alignments, stances, pairs),
        *count_views(stances, pairs, options),
        *count_chains(alignments, stances),
        *count_errors(alignments, stances),
    )


def _annotated(gold: GoldDocument) -> bool:
    return gold.stances is not None


def _answered(prediction: Prediction) -> bool:
    return prediction.stances is not None


LAYER = Layer(
    name="stances",
    items="stances",
    groups=DIMENSIONS,
    align=align_stances,
    derive=derive_views,
    matches=(
        *stance_rows("opinion", headline=True),
        *stance_rows("belief"),
        *DYAD_ROWS,
        *VIEW_ROWS,
        *SLICE_ROWS,
        *CHAIN_ROWS,
        *ERROR_ROWS,
    ),
    annotated=_annotated,
    answered=_answered,
)
