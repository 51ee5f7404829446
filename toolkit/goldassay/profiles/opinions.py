"""Opinions as the official scorers saw them: sets of token indices, found by splitting the text on spaces."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from goldassay.profiles.spans import token_bounds


class Opinion(NamedTuple):
    """Tokens of holder, target and expression, each of them perhaps none, and the polarity as given."""

    holder: frozenset[int]
    target: frozenset[int]
    expression: frozenset[int]
    polarity: str


class TokenFinder:
    """Finds the tokens of character spans; built once for a text.

    A span that begins inside a token has none; one that ends inside a token runs to the end of the text.

    >>> finder = TokenFinder("“We object,” said Anna .")
    >>> [sorted(finder.find([span])) for span in ((18, 22), (1, 10), (4, 10))]
    [[3], [], [1, 2, 3, 4]]
    """

    def __init__(self, text: str) -> None:
        # A space at either end of the text gives no token; two spaces in a row give an empty one.
        bounds = [item for item in token_bounds(text) if item not in ((0, 0), (len(text), len(text)))]
        self.length = len(bounds)
        self._starts = {start: index for index, (start, _) in enumerate(bounds)}
        self._ends = {end: index for index, (_, end) in enumerate(bounds)}

    def find(self, spans: Iterable[Sequence[int]]) -> frozenset[int]:
        """The tokens of all these spans."""
        return frozenset(index for start, end in spans for index in self._find_one(start, end))

    def _find_one(self, start: int, end: int) -> range:
        first = self._starts.get(start)
        if first is None:
            return range(0)
        last = self._ends.get(end, -1)
        return range(first, last + 1 if last >= first else self.length)

    def read(self, records: Iterable[Mapping[str, Any]] | None) -> list[Opinion]:
        """The opinions of one side, as listed."""
        return [
            Opinion(
                self.find(item["holder"]), self.find(item["target"]), self.find(item["expression"]), item["polarity"]
            )
            for item in records or ()
        ]
