"""What a foreign extractor is given: plain text of sensible length, so that it does not run for minutes on a dump."""

import re

from goldassay.extract.base import UnansweredError

_LONGEST_TEXT = 200_000
_LONGEST_WORD = 2_000
_HEX_WORD = re.compile(r"(?:[0-9A-Fa-f]{2}){1,8}:?")
_HEX_WORDS, _HEX_SHARE = 50, 0.5


def refuse_unreadable(text: str) -> None:
    """Refuse what is no article: numbers without end keep the extractor busy for minutes.

    Raises:
        UnansweredError: The text is a hex dump, far too long, or holds a word of absurd length.

    >>> refuse_unreadable("48 65 6c 6c 6f 20 " * 20)
    Traceback (most recent call last):
    goldassay.extract.base.UnansweredError: the text is a hex dump (120 of 120 words); take in the plain text
    """
    words = text.split()
    dumped = sum(_HEX_WORD.fullmatch(word) is not None for word in words)
    longest = max((len(word) for word in words), default=0)
    if dumped >= _HEX_WORDS and dumped >= _HEX_SHARE * len(words):
        raise UnansweredError(
            "error", f"the text is a hex dump ({dumped} of {len(words)} words); take in the plain text"
        )
    if len(text) > _LONGEST_TEXT:
        raise UnansweredError("error", f"the text has {len(text)} characters; at most {_LONGEST_TEXT} are read")
    if longest > _LONGEST_WORD:
        raise UnansweredError("error", f"the text has a word of {longest} characters; at most {_LONGEST_WORD} are read")
