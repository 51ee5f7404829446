"""Score extractors of entities, stances and numeric facts against gold annotation.

The public functions have the names of the commands:

- `score(predictions, gold=None, …)`: score a prediction file, a folder of `goldassay run`, or an open stream.
- `run(system, out, …)`: run an extractor over the corpus.
- `check(*files)`: every finding about the corpus, or about files.
- `load_corpus(root=None, split=None, version=None)`: the documents with their annotations; `"1.0.0"` for a release.
- `load_gold(source=None, split=None, version=None)`: gold to score against, of the corpus or of your own.
"""

from typing import TYPE_CHECKING, Any

from goldassay._version import __version__

if TYPE_CHECKING:
    from goldassay.api import check, load_corpus, load_gold, run, score

__all__ = ["__version__", "check", "load_corpus", "load_gold", "run", "score"]


def __getattr__(name: str) -> Any:
    """Import the public functions when they are first asked for: `import goldassay` alone stays light."""
    if name in __all__:
        from goldassay import api

        return getattr(api, name)
    raise AttributeError(f"module 'goldassay' has no attribute {name!r}")
