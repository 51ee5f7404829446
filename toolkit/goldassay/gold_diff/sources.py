"""Two golds named on the command line: a release, the corpus, a checkout, or a file of gold lines."""

from pathlib import Path

from goldassay.corpus.locate import is_root, split_source
from goldassay.errors import UsageError
from goldassay.gold import Gold, load_gold
from goldassay.gold_diff.diff import diff_golds
from goldassay.gold_diff.records import By, GoldDifference


def diff_sources(
    older: str, newer: str, *, root: Path | None = None, split: str | None = None, by: By = "content"
) -> GoldDifference:
    """What differs between two golds, each named as with `--gold`.

    Args:
        older: `1.0.0`, `corpus`, `corpus@1.0.0`, a checkout, or a JSONL file of gold lines.
        newer: The same.
        root: The corpus meant by `corpus` and by a bare version; by default the nearest.
        split: The split of a corpus; by default `validation`.
        by: As in `diff_golds`.

    Raises:
        UsageError: There is no gold of that name.
        InvalidDataError: The gold has errors, or a release was changed since.
    """
    golds = [_load(name, root, split) for name in (older, newer)]
    return diff_golds(golds[0].documents, golds[1].documents, names=(older, newer), by=by)


def _load(name: str, root: Path | None, split: str | None) -> Gold:
    place, version = split_source(name)
    if place is not None and place.is_dir() and not is_root(place):
        fix = f"convert it into gold lines first: goldassay convert {place} gold.jsonl"
        raise UsageError(f"{place} is a folder without a corpus; {fix}")
    if place is not None and version is None and not place.exists():
        raise UsageError(f"no gold at {place}; name a release, corpus, corpus@1.0.0, a checkout or a JSONL file")
    of_file = place is not None and place.is_file()
    return load_gold(root if place is None else place, version=version, split=None if of_file else split)
