"""Closed classes of words, as data beside this file."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """A list of words.toml; read once in a process, since it never changes.

    Raises:
        KeyError: There is no such list.

    >>> "never" in words("negations")
    True
    """
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
