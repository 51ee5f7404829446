"""Foreign text made safe to show: no control characters, no terminal escapes, no invisible characters."""


def printable(text: str, limit: int = 80) -> str:
    r"""The text as it may be shown in a terminal or a report, cut after `limit` characters.

    Whatever Unicode does not call printable (control characters, bidirectional overrides, lone surrogates, unusual
    spaces) is written as a backslash escape. Backslashes themselves stay, so that a second pass changes nothing.

    >>> printable("\x1b[31mred\x1b[0m and a no-break\u00a0space")
    '\\x1b[31mred\\x1b[0m and a no-break\\xa0space'
    >>> printable("abcdef", limit=4)
    'abc…'
    """
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def quoted(text: str, limit: int = 80) -> str:
    r"""`printable` between quotation marks, for messages that set off what stands in the data.

    >>> print(quoted("a\tb"))
    "a\tb"
    """
    return f'"{printable(text, limit)}"'
