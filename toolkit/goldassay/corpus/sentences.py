r"""Sentences by rule: small, deterministic, and the same on every machine. A change of a rule is a new `SPLITTER`.

A sentence ends
- at every newline;
- at `.`, `!`, `?` or `…` with the closing quotes and brackets after it, if white space follows and the next word opens
  like a sentence (a capital, a digit, an opening quote or bracket) and the stop is not that of an abbreviation;
- at a full stop without white space after it, if a lower-case word of two letters or more stands before it and a
  capitalised word of two letters or more after it: articles glued together ("Ruritania.STRELSAU", "ended.The"). A file
  name or host in mixed case ("config.Local") is split wrongly; lower-case ones ("example.com") and initials are not.

Abbreviations are of three kinds: those that never end a sentence (titles before names), those before numbers ("No. 5"),
and those that end one only where a word follows that hardly ever stands inside a sentence with a capital ("the U.S. The
court …").
"""

import re
from collections.abc import Iterator

from goldassay.model.record import Span

SPLITTER = "goldassay-rules-1"
"""Name and version of these rules, for the manifest."""

_NEVER = """
adm brig capt cmdr col dr gen gov hon lt maj messrs mr mrs ms mt pres prof rep revd rev sen sgt st vs e.g i.e cf
"""
_BEFORE_NUMBERS = "fig no nos p pp vol"
_SELDOM = "a.m approx apr aug ave co corp dec dept est etc feb inc jan jr jul jun ltd mar nov oct p.m sep sept sr"
_OPENERS = """
a after although an and as at before both but during each even for he her his however if in it its many meanwhile most
no on our she since so some such that the their then there these they this those though to two under until we what when
where while who with yet you
"""
_CLOSERS = "\"'”’»)]"
_STOP = re.compile(rf"[.!?…]+[{re.escape(_CLOSERS)}]*")
_OPENING = re.compile(r"[\"'“‘«(\[—–-]*\s?[A-ZÀ-ÖØ-Þ0-9]|[\"“‘«(\[]")
_GLUED_BEFORE = re.compile(r"[a-zß-öø-ÿ]{2}[”\"’']?\.$")
_GLUED_AFTER = re.compile(r"[“\"‘']?[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ]")


def split_sentences(text: str) -> list[Span]:
    r"""Spans of the sentences, in text order, without the white space around them; blank lines give none.

    >>> text = "Mr. Rassendyll left the U.S. in May. “It is over,” he said.\nZenda.STRELSAU"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Mr. Rassendyll left the U.S. in May.', '“It is over,” he said.', 'Zenda.', 'STRELSAU']
    """
    sentences = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in (*_ends(text, line.start(), line.end()), line.end()):
            sentence = _trim(text, start, end)
            if sentence[0] < sentence[1]:
                sentences.append(sentence)
            start = end
    return sentences


def _ends(text: str, start: int, stop: int) -> Iterator[int]:
    for match in _STOP.finditer(text, start, stop):
        end = match.end()
        if end < stop and (_ends_before_space(text, match, start, stop) or _is_glued(text, match, stop)):
            yield end


def _ends_before_space(text: str, match: re.Match[str], start: int, stop: int) -> bool:
    rest = text[match.end() : stop]
    following = rest.lstrip()
    if rest == following or not _OPENING.match(following):
        return False
    if match.group() != ".":
        return True
    word = re.split(r"[\s“\"‘'(\[—–]", text[start : match.start()])[-1].casefold()
    if word in _BEFORE_NUMBERS.split():
        return not following[0].isdigit()
    if word in _NEVER.split() or re.fullmatch(r"[^\W\d_]", word):
        # A single letter is an initial, except "I", which ends a sentence only before an opener.
        return word == "i" and _opens(following)
    if word in _SELDOM.split() or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return _opens(following)
    return True


def _opens(following: str) -> bool:
    first = re.match(r"[^\w]*(\w+)", following)
    return first is not None and first.group(1).casefold() in _OPENERS.split()


def _is_glued(text: str, match: re.Match[str], stop: int) -> bool:
    before = text[max(match.start() - 3, 0) : match.start() + 1]
    return (
        match.group().startswith(".")
        and _GLUED_BEFORE.search(before) is not None
        and _GLUED_AFTER.match(text, match.end(), stop) is not None
    )


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
