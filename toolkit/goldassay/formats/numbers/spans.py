"""All numbers of a running text, with what they mean and what else they might be."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from goldassay.formats.numbers.context import beside_clock, beside_month, is_conjunction, looks_like_year
from goldassay.formats.numbers.expression import Expression, read_expression
from goldassay.formats.numbers.numerals import Scan, scan_text
from goldassay.formats.numbers.records import NumberSpan, ParsedValue, TimeHint
from goldassay.formats.numbers.words import SCALES, number_vocabulary
from goldassay.lexicons import load_lexicon
from goldassay.model.currencies import CURRENCIES, SIGNS

_SIGNS = "|".join(re.escape(sign.lower()) for sign in sorted(SIGNS, key=lambda sign: (-len(sign), sign)))
_CODES = "|".join(sorted(code.lower() for code in CURRENCIES))
_VAGUE = sorted({row.surface.split(" ")[0] for row in load_lexicon("approximators") if row.approx == "vague"})
_FEW = rf"(?:a\s)?(?:few|several|many|couple(?:\sof)?)(?=[\s-](?:{'|'.join(SCALES)}))"
_IDENTIFIERS = (
    r"https?://\S+|www\.\S+",
    r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+",
    rf"(?<!\w)(?!(?:{_CODES}|rs|rm|kr)\d)[^\W\d_]+(?:'[^\W\d_]+)*-?\d[\w./-]*",  # F-16, G7, Covid-19, mid-1990s
    r"#\s?\d[\w-]*",
    r"(?<!\w)(?=\w*\d)(?=\w*_)\w+",
    r"(?<![\w.])\d+(?P<separator>[-/.:–])\d+(?:(?P=separator)\d+)+\w*",  # 2024-07-08, 1.2.3
    r"(?<![\w.])\d+:\d+\w*",
    r"(?<![\w.])\d+'\d[\d']*\"?",  # 5'11
    r"(?<![\w.])\d{3}0s(?!\w)",  # 1990s
)
_START = re.compile(
    rf"(?P<identifier>{'|'.join(_IDENTIFIERS)})"
    r"|(?<![\w.,)'%-])(?P<sign>[-+](?=\.?\d|[$£€¥])|(?:minus|negative)(?=\s[\d$£€¥])"
    rf"|minus(?=\s(?!one\sof\s)(?:{'|'.join(number_vocabulary())})(?!\w)))"
    rf"|(?<!\w)(?P<money>(?:{_SIGNS}|{_CODES})(?=\s?-?\.?\d))"
    r"|(?<![\w.])(?P<digits>\.?\d|[¼-¾⅐-⅞↉])"
    rf"|(?<![\w'])(?P<word>(?:{_FEW}|{'|'.join((*number_vocabulary(), *_VAGUE))})(?!\w|'\w))"
)
_CHUNK = re.compile(r"[\d.,]*[\w/]*")
_PAIR = re.compile(r"(?<![\w'])(?P<both>both)(?!\w)|(?<!\w)(?:an?|the)\s(?P<two>pair|couple)(?!\w)")
_SHORT_YEAR = re.compile(r"(?:19|20)\d\d[-–]$")
_RANK = re.compile(r"(?<!\w)Nos?\.\s?$")
_CHAIN = re.compile(r"\s?(?:,|and|or|to|-|–|through|until|, and)\s?$")


def find_numbers(text: str) -> list[NumberSpan]:
    """The number expressions of a text, in text order, never overlapping.

    Left alone: identifiers (F-16, G7, 9/11, Covid-19, Resolution 1718, 7th Fleet, dates in digits, times with a
    colon, decades, addresses of the web), the pronoun "one", "once", fixed phrases ("at first"), malformed numerals.
    Days and years are reported with a `time_hint`.

    >>> text = "Around 12,000 troops and F-16 jets for more than $2.5 million on July 10 and 11."
    >>> [(text[slice(*number.span)], number.kind, number.time_hint) for number in find_numbers(text)][:2]
    [('Around 12,000', 'cardinal', None), ('more than $2.5 million', 'money', None)]
    >>> [(text[slice(*number.span)], number.kind, number.time_hint) for number in find_numbers(text)][2:]
    [('10', 'cardinal', 'month'), ('11', 'cardinal', 'month')]
    """
    scan = scan_text(text)
    found = [_number_span(scan, expression) for expression in _expressions(scan)]
    found += _pairs(scan, found)
    found.sort(key=lambda number: number.span)
    return _with_chained_hints(scan, found)


def number_starts(scan: Scan, place: int) -> Iterator[tuple[int, int, bool]]:
    """Where numbers may begin from `place` on: start, end of the first token, whether it is an identifier instead."""
    for found in _START.finditer(scan.low, place):
        yield found.start(), found.end(), found["identifier"] is not None


def _expressions(scan: Scan) -> Iterator[Expression]:
    place = 0
    while (found := _START.search(scan.low, place)) is not None:
        if found["identifier"] is not None:
            place = found.end()
            continue
        expression = read_expression(scan, found.start(), running=True)
        if expression is None:
            chunk = _CHUNK.match(scan.low, found.start()) if found["digits"] else None
            place = max(found.end(), chunk.end() if chunk is not None else 0)
            continue
        if expression.span[0] < place:  # its modifier already belongs to the number before
            expression = read_expression(_hidden(scan, place), found.start(), running=True) or expression
        number = expression.number
        if not (expression.bare and _SHORT_YEAR.search(scan.low, max(0, number[0] - 5), number[0])):
            yield expression
        place = expression.span[1]


def _hidden(scan: Scan, place: int) -> Scan:
    """The scan with everything before `place` blanked out."""
    blank = "." * place
    return Scan(blank + scan.cased[place:], blank + scan.low[place:])


def _number_span(scan: Scan, expression: Expression) -> NumberSpan:
    value, (start, end) = expression.value, expression.number
    rank = _RANK.search(scan.cased, max(0, start - 5), start) if expression.bare else None
    if rank is not None:
        value = replace(value, kind="rank")
        expression = expression._replace(span=(rank.start(), expression.span[1]))
    hint = None if rank is not None else _time_hint(scan, expression)
    return NumberSpan(number=(start, end), span=expression.span, value=value, kind=value.kind, time_hint=hint)


def _time_hint(scan: Scan, expression: Expression) -> TimeHint | None:
    (start, end), value = expression.number, expression.value
    if not (expression.bare or value.kind == "ordinal"):
        return None
    ends = [int(number) for number in {value.lo, value.hi} if number is not None]
    if expression.bare and ends and all(looks_like_year(scan, start, number) for number in ends):
        return "year"
    if beside_month(scan, start, end):
        return "month"
    return "clock" if expression.bare and beside_clock(scan, end) else None


def _with_chained_hints(scan: Scan, found: Sequence[NumberSpan]) -> list[NumberSpan]:
    """Hand the hint of a month on along lists: "July 10 and 11", "10 and 11 July"."""
    hinted = list(found)
    for order in (range(1, len(hinted)), range(len(hinted) - 2, -1, -1)):
        for place in order:
            neighbour = place - 1 if order.step > 0 else place + 1
            first, second = sorted((place, neighbour))
            gap = scan.low[hinted[first].span[1] : hinted[second].span[0]]
            eligible = hinted[place].time_hint is None and hinted[place].value.unit is None
            small = hinted[place].value.lo is not None and 1 <= float(hinted[place].value.lo or 0) <= 31
            if eligible and small and hinted[neighbour].time_hint == "month" and _CHAIN.match(gap):
                hinted[place] = replace(hinted[place], time_hint="month")
    return hinted


def _pairs(scan: Scan, found: Sequence[NumberSpan]) -> list[NumberSpan]:
    """Two of something without a number: "both", "a pair", "the couple"; "both A and B" only joins."""
    taken = [number.span for number in found]
    pairs = []
    two = ParsedValue(lo="2", hi="2", sig_figs=1)
    for match in _PAIR.finditer(scan.low):
        span = match.span("both") if match["both"] else match.span("two")
        if any(start < span[1] and span[0] < end for start, end in taken):
            continue
        if not (match["both"] and is_conjunction(scan, span[1])):
            pairs.append(NumberSpan(number=span, span=span, value=two, kind="cardinal", tier="implicit"))
    return pairs
