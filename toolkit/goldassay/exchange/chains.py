"""Sets of mentions that stand for the same thing, joined as links come in."""

from collections.abc import Iterable


class Chains:
    """A partition of names that begins with each name alone.

    >>> chains = Chains(["a", "b", "c"])
    >>> chains.join("c", "a")
    >>> chains.groups()
    [['a', 'c'], ['b']]
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._above = {name: name for name in names}

    def join(self, one: str, other: str) -> None:
        """Make two sets one."""
        self._above[self.find(one)] = self.find(other)

    def find(self, name: str) -> str:
        """The name that stands for the set of a name."""
        while self._above[name] != name:
            # Halving the way keeps long chains short.
            self._above[name] = self._above[self._above[name]]
            name = self._above[name]
        return name

    def groups(self) -> list[list[str]]:
        """The sets, in the order of their first names, names in their order."""
        found: dict[str, list[str]] = {}
        for name in self._above:
            found.setdefault(self.find(name), []).append(name)
        return list(found.values())
