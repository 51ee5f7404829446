"""How TAT-QA's scorer reads numbers and writes answers before it compares them."""

import re
from collections.abc import Iterable
from typing import Any

SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "percent": 0.01}
"""Factors of scale words, looked for in this order anywhere in a word: `percentage` is a per cent as well."""

_MARKS = str.maketrans("", "", "'\"\\$€£¥%(),[]")
_FIGURE = re.compile(r"[+-]?(?:(?P<whole>\d+(?:\.\d+)?)|\.\d+)")
_SCALED = re.compile(r"[\d.]+\s?[a-zA-Z]+")
_BRACKETED = re.compile(r"\([\d.\s]+\)")
_PER_CENT = re.compile(r"[\d.\s]+%")


def read_scale(text: str) -> float:
    """The factor that a scale word stands for; 1 for any other word.

    >>> read_scale("Millions"), read_scale("percent"), read_scale("ships")
    (1000000, 0.01, 1)
    """
    return next((factor for word, factor in SCALES.items() if word in text.lower()), 1)


def is_number(text: str) -> bool:
    """Whether a text is a number, perhaps with a scale word behind it; currency signs, commas, brackets go unseen.

    >>> [is_number(text) for text in ("$12,000", "5.2 million", "(134)", "4 ships", "nan", "inf")]
    [True, True, True, False, False, True]
    """
    words = text.translate(_MARKS).split()
    try:
        number = float(words[0]) if words else float("nan")
    except ValueError:
        return False
    return number == number and (len(words) == 1 or read_scale(words[1]) != 1)


def read_number(text: str) -> float | None:
    """The first number of a text times its scale word, sign of brackets and per cent, to four decimals.

    Null if there is none, and for a number that begins with its point.

    >>> read_number("5.2 million"), read_number("(134)"), read_number("12.5%"), read_number(".5")
    (5200000.0, -134, 0.125, None)
    """
    found = _FIGURE.search(text.translate(_MARKS))
    if found is None or found["whole"] is None:
        return None
    number: float = float(found[0]) if "." in found[0] else int(found[0])
    scaled = _SCALED.search(text)
    factor = read_scale(scaled[0]) if scaled else 1
    sign = -1 if _BRACKETED.search(text) else 1
    share = 0.01 if _PER_CENT.search(text.strip()) else 1
    return round(number * factor * sign * share, 4)


def write_word(word: str) -> str | None:
    """A word of a finished answer as it is compared; null for a word that is no number.

    >>> write_word("12.5000"), write_word("5"), write_word("inf"), write_word("ships")
    ('12.5', '5', 'None', None)
    """
    return str(read_number(word)) if is_number(word) else None


def write_answer(parts: Iterable[Any], scale: str) -> str:
    """All parts of an answer in one string, sorted; numbers are rounded to two decimals and then scaled.

    A scale word inside a number and the scale beside it multiply; a per cent sign leaves the scale beside it out.

    Raises:
        TypeError: The parts cannot be sorted.
        OverflowError, ValueError: A number is too large.

    >>> write_answer(["12.5%"], "thousand"), write_answer([5.204], "million"), write_answer(["b 1", "a"], "percent")
    ('0.1250', '5200000.0000', 'a percent b 1 percent')
    """
    written = []
    for part in sorted(parts):
        text = str(part)
        number = read_number(text) if is_number(text) else None
        if number is None:
            written.append(f"{text} {scale}" if scale else text)
        else:
            written.append(f"{number if '%' in text else round(number, 2) * read_scale(scale):.4f}")
    return " ".join(written)


def write_unrounded(part: Any, scale: str) -> str | None:
    """The second form of a predicted number without a scale: not rounded to two decimals, so that a share can meet it.

    >>> write_unrounded(0.125, ""), write_unrounded(0.125, "percent"), write_unrounded("12.5%", "")
    ('0.1250', None, None)
    """
    text = str(part)
    number = None if scale or "%" in text or not is_number(text) else read_number(text)
    return None if number is None else f"{number:.4f}"
