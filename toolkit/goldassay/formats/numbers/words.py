"""Numbers in English words: cardinals, ordinals, fractions, halves.

The libraries that spell numbers out (num2words, inflect) do not read them, so this is a small parser of its own. A
number is a sum of groups of falling size; each group is a number below a thousand times its scale words. "And" joins
only what is smaller than the group before, so that "one hundred and two hundred" stays two numbers.
"""

import re
from fractions import Fraction
from typing import NamedTuple

_UNITS = {"zero": 0, "nought": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_UNITS |= {"eight": 8, "nine": 9}
_TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16}
_TEENS |= {"seventeen": 17, "eighteen": 18, "nineteen": 19}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15}
SCALES |= {"dozen": 12, "hundred": 10**2, "lakh": 10**5, "crore": 10**7}
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
_IRREGULAR |= {"twelve": "twelfth"}


def _ordinal_word(word: str) -> str:
    return _IRREGULAR.get(word) or (f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th")


_SMALL = _UNITS | _TEENS | _TENS
_ORDINALS = {_ordinal_word(word): word for word in (*_SMALL, *SCALES) if word not in {"nought", "nil", "dozen"}}
_DENOMINATORS = {"half": 2, "quarter": 4} | {
    _ordinal_word(word): value for word, value in (_SMALL | SCALES).items() if value > 2 and word != "dozen"
}
_PLURAL_DENOMINATORS = {"halves": 2} | {f"{word}s": value for word, value in _DENOMINATORS.items() if value > 2}
_GAP = r"(?:\s?-\s?|[^\S\n]+\n?[^\S\n]*|\n[^\S\n]*)"
_WORD = re.compile(r"([a-z]+)(?!\w|'\w)")
_NEXT_WORD = re.compile(_GAP + _WORD.pattern)
_NEXT_AFTER_COMMA = re.compile(r",\s" + _WORD.pattern)
_HALF_A = re.compile(rf"half{_GAP}(?:an?{_GAP})?(?={'|'.join(SCALES)})")
_AND_PART = re.compile(
    rf"{_GAP}and{_GAP}(?:(?:an?|one){_GAP}(half|quarter|third)|(two|three){_GAP}(thirds|quarters))(?!\w)"
)
_OF_A_SCALE = re.compile(rf"{_GAP}of{_GAP}an?{_GAP}({'|'.join(SCALES)})(?!\w)")
_SCALE = re.compile(rf"{_GAP}({'|'.join(SCALES)})s?(?![\w'])")
_POINT = re.compile(rf"{_GAP}point((?:{_GAP}(?:{'|'.join(_UNITS)})(?![\w']))+)")
_AT_ONE_POINT = re.compile(r"(?<!\w)(?:at|from|to|any|than)\s$")


_ARTICLE = rf"an?(?={_GAP}(?:{'|'.join((*SCALES, *_DENOMINATORS))})(?!\w))"


def number_vocabulary() -> list[str]:
    """Patterns of the words that a number can begin with, an article only before a scale word or a fraction.

    >>> "seventy" in number_vocabulary(), "third" in number_vocabulary(), "and" in number_vocabulary()
    (True, True, False)
    """
    return [*sorted((*_SMALL, *_ORDINALS, *SCALES, "half"), key=lambda word: (-len(word), word)), _ARTICLE]


class NumberWords(NamedTuple):
    """A number in words, from its first letter to `end`; `fraction` is a fraction and nothing else ("a third")."""

    value: Fraction
    end: int
    ordinal: bool = False
    fraction: bool = False


class _Word(NamedTuple):
    word: str
    end: int
    comma: bool = False


def read_number_words(low: str, start: int) -> NumberWords | None:
    """The number in words that begins at `start`, as long as possible.

    "A" counts as one only before a scale word or a fraction. A bare "half", "quarter" or scale word is no number
    here; what "a third" and "one" mean in running text is for the caller to say.

    >>> read_number_words("two hundred and five men", 0)
    NumberWords(value=Fraction(205, 1), end=20, ordinal=False, fraction=False)
    >>> [read_number_words(w, 0).value for w in ("seventy-fifth", "two-thirds", "half a million", "a dozen")]
    [Fraction(75, 1), Fraction(2, 3), Fraction(500000, 1), Fraction(12, 1)]
    """
    half = _HALF_A.match(low, start)
    if half is not None:
        scale, end = read_scales(low, half.end() - 1, glued=True)
        return NumberWords(Fraction(scale, 2), end)
    words = _words(low, start)
    if not words:
        return None
    fraction = _fraction(words)
    if fraction is not None:
        return _scaled_fraction(low, fraction)
    number = _cardinal(words)
    if number is None or number.ordinal:
        return number
    return _with_decimals(low, start, number) or with_part(low, number)


def read_scales(low: str, start: int, *, glued: bool = False) -> tuple[int, int]:
    """The product of the scale words that follow, and where they end; 1 and `start` if there are none.

    >>> read_scales("12 hundred thousand", 2)
    (100000, 19)
    """
    product, end = 1, start
    if glued:
        first = _WORD.match(low, start + 1)
        if first is not None and first[1].removesuffix("s") in SCALES:
            product, end = SCALES[first[1].removesuffix("s")], first.end()
    while (found := _SCALE.match(low, end)) is not None:
        product, end = product * SCALES[found[1]], found.end()
    return product, end


def _words(low: str, start: int) -> list[_Word]:
    """Up to 48 words from `start` on that can belong to one number; a comma may follow a large scale word."""
    words: list[_Word] = []
    found = _WORD.match(low, start)
    while found is not None and len(words) < 48:
        word = found[1]
        opens = word in {"a", "an"} and not words
        if not (opens or word == "and" or word in _SMALL or word in SCALES or word in _ORDINALS or _denominator(word)):
            plural_scale = words and word.removesuffix("s") in SCALES
            if not plural_scale:
                break
            word = word.removesuffix("s")
        comma = bool(words) and low[words[-1].end] == ","
        words.append(_Word(word, found.end(), comma))
        large = SCALES.get(word, 0) >= 1000
        following = _NEXT_AFTER_COMMA if large and low.startswith(", ", found.end()) else _NEXT_WORD
        found = following.match(low, found.end())
    return words


def _denominator(word: str) -> bool:
    return word in _DENOMINATORS or word in _PLURAL_DENOMINATORS


def _fraction(words: list[_Word]) -> NumberWords | None:
    """A fraction such as "a third", "two-thirds", "three quarters"; a numerator is a small cardinal."""
    if len(words) < 2:
        return None
    first, second = words[0].word, words[1]
    if first in {"a", "an", "one"}:
        under = _DENOMINATORS.get(second.word)
        return NumberWords(Fraction(1, under), second.end, fraction=True) if under else None
    over = (_UNITS | _TEENS).get(first)
    below = _PLURAL_DENOMINATORS.get(second.word)
    return NumberWords(Fraction(over, below), second.end, fraction=True) if over and below else None


def _scaled_fraction(low: str, fraction: NumberWords) -> NumberWords:
    scale = _OF_A_SCALE.match(low, fraction.end)
    if scale is None:
        return fraction
    return NumberWords(fraction.value * SCALES[scale[1]], scale.end())


def with_part(low: str, number: NumberWords) -> NumberWords:
    """The number with the part of a whole that may follow it: "two and a half [million]", "a million and a half"."""
    part = _AND_PART.match(low, number.end)
    if part is None:
        return number
    over = {"two": 2, "three": 3}.get(part[2] or "", 1)
    extra = Fraction(over, _PLURAL_DENOMINATORS[part[3]] if part[3] else _DENOMINATORS[part[1]])
    unit = next((scale for scale in sorted(SCALES.values(), reverse=True) if number.value % scale == 0), 1)
    if number.value >= 1000 and unit >= 1000:
        return NumberWords(number.value + extra * unit, part.end())
    scale, end = read_scales(low, part.end())
    return NumberWords((number.value + extra) * scale, end)


def _with_decimals(low: str, start: int, number: NumberWords) -> NumberWords | None:
    """The number with the digits after "point", and the scale words after those: "two point five million"."""
    found = _POINT.match(low, number.end)
    if found is None or (number.value == 1 and _AT_ONE_POINT.search(low, max(0, start - 5), start)):
        return None  # "at one point two men came"
    digits = "".join(str(_UNITS[word]) for word in re.findall(r"[a-z]+", found[1]))
    scale, end = read_scales(low, found.end())
    return NumberWords((number.value + Fraction(int(digits), 10 ** len(digits))) * scale, end)


def _cardinal(words: list[_Word]) -> NumberWords | None:
    """The longest sum of groups at the head of the words; an ordinal word closes it."""
    total, place, limit, ordinal = 0, 0, 0, False
    while place < len(words) and not ordinal:
        skip = 1 if place and words[place].word == "and" else 0
        group = _group(words, place + skip, first=not place)
        if group is None or (place and group.value >= limit):
            break
        if words[place].comma and group.value < 100:  # "one million, two of them …"
            break
        total, place, limit, ordinal = total + group.value, group.place, group.scale, group.ordinal
        if limit == 1:
            break
    return NumberWords(Fraction(total), words[place - 1].end, ordinal) if place else None


class _Group(NamedTuple):
    value: int
    scale: int
    place: int
    ordinal: bool


def _group(words: list[_Word], place: int, *, first: bool) -> _Group | None:
    """A number below a thousand with its scale words: "two hundred and five thousand"."""
    small = _below_hundred(words, place, first=first)
    if small is None:
        return None
    value, scale, place, ordinal = small
    while place < len(words) and not ordinal:
        word = words[place].word
        plain = _ORDINALS.get(word, word)
        if plain in SCALES:
            value, scale, place, ordinal = value * SCALES[plain], scale * SCALES[plain], place + 1, word in _ORDINALS
        elif scale == 100 and (rest := _rest_of_hundred(words, place)) is not None:
            value, scale, place, ordinal = value + rest.value, 1, rest.place, rest.ordinal
        else:
            break
    return _Group(value, scale, place, ordinal)


def _rest_of_hundred(words: list[_Word], place: int) -> _Group | None:
    """What follows a hundred, with or without "and", unless a scale word makes it a group of its own."""
    rest = _below_hundred(words, place + (words[place].word == "and"), first=False)
    if rest is None or rest.place >= len(words):
        return rest
    word = words[rest.place].word
    return None if word == "hundred" or (_denominator(word) and word not in _ORDINALS) else rest


def _below_hundred(words: list[_Word], place: int, *, first: bool) -> _Group | None:
    if place >= len(words):
        return None
    word = words[place].word
    if word in {"a", "an"} and first:
        scaled = place + 1 < len(words) and _ORDINALS.get(words[place + 1].word, words[place + 1].word) in SCALES
        return _Group(1, 1, place + 1, False) if scaled else None
    plain = _ORDINALS.get(word, word)
    if plain not in _SMALL:
        return None
    value, ordinal = _SMALL[plain], word in _ORDINALS
    if plain in _TENS and not ordinal and place + 1 < len(words):
        unit = words[place + 1].word
        plain_unit = _ORDINALS.get(unit, unit)
        if _UNITS.get(plain_unit, 0) > 0:
            return _Group(value + _UNITS[plain_unit], 1, place + 2, unit in _ORDINALS)
    return _Group(value, 1, place + 1, ordinal)
