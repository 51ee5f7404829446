"""Baseline `quantulum3`: the quantity extractor of that name, as it is, behind checks of the text.

Its mistakes stay ("$2.7bn" is 2.7 dollar barn newton): a baseline is scored, not mended. Only its names of units are
mapped to UCUM and ISO 4217, and spans are trimmed of white space. Its unit classifier is left off: the model file that
comes with the package was made with another version of scikit-learn.
"""

import re

_LONGEST = 200_000
_LONGEST_WORD = 2_000
_HEX_SHARE = 0.5
_HEX = re.compile(r"(?<![^\s:])(?:[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})(?![^\s:])")
_LEAST_HEX = 50
