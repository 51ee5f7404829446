"""Score extractors of entities, stances and numeric facts against gold annotation.

The public functions have the names of the commands:

- `score(predictions, gold=None, …)`: score a prediction file, a folder of a run, a stream, or a list of dicts.
- `compare(first, second, …)`: compare systems on the same documents.
- `gate(run, baseline, …)`: judge a run by an earlier one.
- `power(first, second, …)`: the smallest difference that two systems could show.
- `run(system, out, …)`: run an extractor over the corpus.
- `check(*files, gold=None)`: every finding about the gold, or about files, streams and lists of dicts.
- `load_corpus(root=None, split=None, version=None)`: the documents with their annotations; `"1.0.0"` for a release.
- `load_gold(source=None, split=None, version=None)`: gold to score against, of the corpus or of your own.
- `to_pandas(results, measures=())`: scores, or comparisons, as a data frame with the columns of the CSV.
"""

from typing import TYPE_CHECKING, Any

from goldassay._version import __version__

if TYPE_CHECKING:
    from goldassay.api import check, load_corpus, load_gold, run, score, to_pandas
    from goldassay.two_systems import compare, gate, power

__all__ = [
    "__version__",
    "check",
    "compare",
    "gate",
    "load_corpus",
    "load_gold",
    "power",
    "run",
    "score",
    "to_pandas",
]

TWO = ("compare", "gate", "power")
"""The functions of two systems, which stand in a module of their own."""


def __getattr__(name: str) -> Any:
    """Import the public functions when they are first asked for: `import goldassay` alone stays light."""
    if name in TWO:
        from goldassay import two_systems

        return getattr(two_systems, name)
    if name in __all__:
        from goldassay import api

        return getattr(api, name)
    raise AttributeError(f"module 'goldassay' has no attribute {name!r}")
