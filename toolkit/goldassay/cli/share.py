"""An option that is a share of 1. click's own range lets `nan` through, which no comparison can ever fail."""

import math
from typing import Any

import click


class Share(click.FloatRange):
    """A number from 0 to 1; `inner` leaves both ends out."""

    def __init__(self, *, inner: bool = False) -> None:
        super().__init__(0, 1, min_open=inner, max_open=inner)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number.

        Raises:
            BadParameter: It is none, lies outside, or is not a number.

        >>> Share().convert("0.25", None, None)
        0.25
        """
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is not in the range {self._describe_range()}.", param, ctx)
        return number
