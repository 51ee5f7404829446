"""Baseline `text2num`: the number words that the package of that name finds, as it is.

It knows whole numbers, decimals and ordinals in words ("twenty-five", "three point five", "sixth"), no digits, no units
and no scale words after a decimal ("three point five million" is two numbers). Its threshold is left at 3: "one" and
"two" that stand alone are left as they are, because they are often no numbers.
"""

import re
from decimal import Decimal

from goldassay.extract.base import Extract
from goldassay.extract.placed import Found, answer_placed, plain_decimal
from goldassay.extract.readable import refuse_unreadable
from goldassay.model.document import Document

_TOKEN = re.compile(r"[^\W_]+|\s+|[^\w\s]|_")


class _Token:
    """A token as the package asks for it."""

    def __init__(self, found: re.Match[str]) -> None:
        self.start, self.end = found.span()
        self._text = found.group()

    def text(self) -> str:
        return self._text

    def nt_separated(self, _: "_Token") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def load() -> Extract:
    """The extract function, with the package imported."""
    from text_to_num import find_numbers

    def extract(document: Document) -> dict[str, object]:
        refuse_unreadable(document.text)
        tokens = [_Token(found) for found in _TOKEN.finditer(document.text)]
        numbers = [
            Found(
                (tokens[number.start].start, tokens[number.end - 1].end),
                0,
                _fact(number.value, is_ordinal=number.is_ordinal),
            )
            for number in find_numbers(tokens, "en")
        ]
        return answer_placed(document.text, numbers, 0, ["numeric_facts"])

    return extract


def _fact(value: float, *, is_ordinal: bool) -> dict[str, object]:
    digits = plain_decimal(Decimal(repr(value)))
    return {"kind": "ordinal" if is_ordinal else "cardinal", "value": {"lo": digits, "hi": digits}}
