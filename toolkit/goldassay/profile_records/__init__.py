"""L4: our layers written as the records that other scorers read: one row a kind.

What those records cannot hold is left out on either side alike, and counted by reason.
"""

from goldassay.profile_records.base import ALL, WRITTEN, Conversion, Note, Sizes
from goldassay.profile_records.labels import LABELS
from goldassay.profile_records.mentions import CLUSTERS, LINKS, SPANS, TAGS
from goldassay.profile_records.opinions import OPINIONS
from goldassay.profile_records.sets import SETS
from goldassay.profile_records.times import TIMES
from goldassay.profile_records.values import VALUES
from goldassay.profiles.base import Kind, Profile

__all__ = ["ALL", "CONVERSIONS", "WRITTEN", "Conversion", "Note", "Sizes", "find_conversion"]

CONVERSIONS: dict[Kind, Conversion] = {
    "spans": SPANS,
    "tags": TAGS,
    "clusters": CLUSTERS,
    "links": LINKS,
    "opinions": OPINIONS,
    "sets": SETS,
    "values": VALUES,
    "times": TIMES,
}
"""Kinds that are not here have no conversion, but for labels: each scheme of labels has its own."""


def find_conversion(profile: Profile) -> Conversion | None:
    """How our layers become what this profile reads; null if there is no way.

    >>> from goldassay.profiles import get_profile
    >>> find_conversion(get_profile("fnc-1")) is None, find_conversion(get_profile("newsmtsc")) is None
    (True, False)
    """
    return LABELS.get(profile.name) if profile.kind == "labels" else CONVERSIONS.get(profile.kind)
