"""Rules of running English that tell numbers from words and names that look like them."""

import re
from fractions import Fraction

from goldassay.formats.numbers.numerals import Scan
from goldassay.formats.numbers.quantity import Quantity

# "One" is a pronoun unless a noun follows it that it can count.
_NOT_COUNTED = (
    "of another is was has had can could may might must should will would who that which to in on at and or but for "
    "from with by as if where when than then does did do are were be the this these those not day morning evening "
    "night afternoon time side hand thing"
)
_PRONOUN_BEFORE = re.compile(r"(?<!\w)(?:the|this|that|each|every|no|any|some|which|another|other|loved|my|your)\s+$")
_QUANTIFIED = re.compile(r"(?<!\w)(?:than|least|most|only|just|exactly|within|after|nearly|almost|to|about|around)\s+$")
_NEXT_WORD = re.compile(r"[\s-]\s?(?P<word>[^\W\d_]+)")
_FRACTION_AFTER = re.compile(r"\s*(?:$|[.,;:!?)]|(?:of|more|less|fewer|higher|lower|larger|smaller|as|off|the)(?!\w))")
_ORDINAL_IDIOM = re.compile(
    r"first[\s-](?:of\sall|aid|lady|ladies|name|names|hand|rate|class|things?\sfirst)(?!\w)|"
    r"second[\s-](?:hand|rate|guess\w*|thoughts?|nature)(?!\w)|third[\s-](?:party|parties|rate|world)(?!\w)|"
    r"fourth\sestate(?!\w)"
)
_CARDINAL_IDIOM = re.compile(
    r"one-(?:off|time|sided|on-one|way|liner|stop|upmanship|to-one|another)|zero[\s-](?:tolerance|sum|day|hour)|"
    r"one\s(?:by\sone|after\sanother|way\sor)|nine-to-five|twenty-four\sseven|fifty-fifty|"
    r"at\ssixes"
)
_SECOND_OF_TIME = re.compile(r"(?:per|every|each|split)[\s-]$")
_SECOND_AFTER = re.compile(r"\s(?:ago|later|before|after|and|or|to|in|at|when|that|is|was)(?!\w)|[.,;:!?)]|$")
_LABELS = (
    "resolution article section chapter paragraph clause flight route highway interstate room apollo channel formula "
    "gate terminal pier runway reactor protocol directive regulation proposition amendment page pages figure table "
    "version phase level tier category season episode volume part psalm district precinct ward zone block platform "
    "track rule docket stage size grade group sector quarter building hangar hut camp bus line unit box boeing airbus "
    "model type mark class area act title"
)
_LABEL_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_LABELS.split()))})s?\s(?:no\.\s?)?$")
_NAMED_GROUP = re.compile(r"(?<!\w)(?:Group|Gang|Band|Big|Final|Sweet)\s(?:of\s)?$")
_UNIT_NAME_AFTER = re.compile(
    r"\s(?:Fleet|Army|Air|Armou?red|Infantry|Airborne|Cavalry|Marine|Mountain|Guards?|Division|Brigade|Regiment|"
    r"Battalion|Corps|Squadron|Wing|Avenue|Street|Amendment|Circuit|Arrondissement|District)(?!\w)"
)
_BOTH_AND = re.compile(
    r"\s(?:(?:in|on|by|at|from|to|with|for|against|inside|within|as)\s|\S+\sand\s|"
    r"(?:(?:the\s)?[A-Z]\S*\s)(?:\S+\s){0,3}and\s|(?:an?|the|his|her|its|their)\s(?:\S+\s){1,3}and\s)"
)
_CHANGES = (
    r"rose|ris(?:e|es|ing|en)|f[ae]ll(?:s|ing|en)?|gr[eo]w(?:s|n|ing|th)?|(?:in|de)creas\w+|declin\w+|drop\w*|jump\w*|"
    r"climb\w*|slip\w*|slump\w*|surg\w+|plung\w+|rais\w+|cuts?|cutting|lower(?:s|ed|ing)|reduc\w+|gain\w*|los(?:es?|t)|"
    r"went|goes|mov\w+|shr[aiu]nk\w*|expand\w*|edg\w+|soar\w*|tumbl\w+|advanc\w+|swell\w*|swollen|dip\w*|chang\w+"
)
_CHANGE = re.compile(rf"(?<!\w)(?:{_CHANGES})(?!\w)(?:[^.;:!?]|\.(?=\d))*$")
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_MONTH_BEFORE = re.compile(rf"(?<!\w)(?:{_MONTHS})\.?,?\s(?:the\s)?$")
_MONTH_AFTER = re.compile(rf"\s(?:of\s)?(?:{_MONTHS})(?!\w)")
_CLOCK_AFTER = re.compile(r"\s?(?:[ap]\.?m\b|o'clock|gmt\b|utc\b|local\stime)")
_YEAR_BEFORE = re.compile(r"(?<!\w)(?:in|since|by|until|till|from|of|before|after|during|early|late|mid|between)[\s-]$")


def in_context(scan: Scan, quantity: Quantity) -> Quantity | None:
    """The quantity as running text means it, or None if there it is no number.

    >>> from goldassay.formats.numbers.quantity import read_quantity
    >>> from goldassay.formats.numbers.numerals import scan_text
    >>> def read(text, at):
    ...     scan = scan_text(text)
    ...     return in_context(scan, read_quantity(scan, at, running=True))
    >>> read("no one knows", 3), read("Resolution 1718", 11), read("the 7th Fleet", 4)
    (None, None, None)
    >>> read("a third term", 0).value, read("a third of it", 0).value
    (Fraction(3, 1), Fraction(1, 3))
    """
    low, (start, end) = scan.low, quantity.number
    if quantity.words:
        if _CARDINAL_IDIOM.match(low, start) or (quantity.ordinal and not _counts_off(low, start, end)):
            return None
        if low[start:end] == "one" and quantity.unit is None and not _is_counting_one(low, quantity.start, end):
            return None
        if quantity.fraction and re.match(r"(?:an?|one)\s", low[start:end]):
            return quantity if _FRACTION_AFTER.match(low, quantity.end) else _as_ordinal(low, quantity)
    if quantity.ordinal:
        return None if _UNIT_NAME_AFTER.match(scan.cased, quantity.end) else quantity
    labelled = quantity.whole and quantity.start == start and _is_labelled(scan, start)
    return None if labelled else quantity


def _is_labelled(scan: Scan, start: int) -> bool:
    window = max(0, start - 24)
    label = _LABEL_BEFORE.search(scan.low, window, start)
    if label is not None and (scan.cased[label.start()].isupper() or label.group().startswith(("page", "chapter"))):
        return True
    return _NAMED_GROUP.search(scan.cased, window, start) is not None


def _counts_off(low: str, start: int, end: int) -> bool:
    """Whether an ordinal word numbers something: not "at first", "a second later", "first aid"."""
    if _ORDINAL_IDIOM.match(low, start):
        return False
    word = low[start:end]
    if word == "first":
        return low[max(0, start - 3) : start] != "at "
    if word == "second":
        a_moment = low[max(0, start - 2) : start] == "a " and _SECOND_AFTER.match(low, end) is not None
        return not a_moment and _SECOND_OF_TIME.search(low, max(0, start - 10), start) is None
    return True


def _is_counting_one(low: str, start: int, end: int) -> bool:
    window = max(0, start - 12)
    if re.match(r"[\s-](?:in|out\sof)[\s-](?:\d|[a-z]+)", low[end : end + 16]) and low[end : end + 7] != " in the":
        return True
    if _QUANTIFIED.search(low, window, start):
        return True
    following = _NEXT_WORD.match(low, end)
    if following is None or _PRONOUN_BEFORE.search(low, window, start):
        return False
    return following["word"] not in _NOT_COUNTED.split(" ")


def _as_ordinal(low: str, fraction: Quantity) -> Quantity | None:
    """The ordinal in "a third term", which counts terms; "a quarter" and "a half" count nothing."""
    under = 1 / fraction.value
    word = re.search(r"[a-z]+$", low[fraction.number[0] : fraction.number[1]])
    if word is None or word.group() in {"half", "quarter"}:
        return None
    start = fraction.number[0] + word.start()
    return fraction._replace(
        value=Fraction(under),
        mantissa=Fraction(under),
        sig_figs=None,
        start=start,
        number=(start, fraction.number[1]),
        end=fraction.number[1],
        unit=None,
        ordinal=True,
        fraction=False,
        whole=True,
    )


def is_change(low: str, start: int) -> bool:
    """Whether the words before tell of a change, so that "3% to 7%" is a step and its end, no range.

    >>> is_change("inflation rose ", 15), is_change("ages ", 5)
    (True, False)
    """
    return _CHANGE.search(low, max(0, start - 60), start) is not None


def beside_month(scan: Scan, start: int, end: int) -> bool:
    """Whether a month's name stands directly before or after, as in "July 10" and "10 July"."""
    before = _MONTH_BEFORE.search(scan.cased, max(0, start - 16), start)
    return before is not None or _MONTH_AFTER.match(scan.cased, end) is not None


def beside_clock(scan: Scan, end: int) -> bool:
    """Whether the number is a time of day ("5 p.m.")."""
    return _CLOCK_AFTER.match(scan.low, end) is not None


def looks_like_year(scan: Scan, start: int, number: int) -> bool:
    """Whether four bare digits are likely a year: of our time, or after a preposition of time."""
    if 1900 <= number <= 2100:
        return True
    return 1000 <= number < 2200 and _YEAR_BEFORE.search(scan.low, max(0, start - 8), start) is not None


def is_conjunction(scan: Scan, end: int) -> bool:
    """Whether "both" ending here only strengthens an "and": "both Russia and China", "both in Asia and in Europe".

    >>> from goldassay.formats.numbers.numerals import scan_text
    >>> is_conjunction(scan_text("both Russia and China"), 4), is_conjunction(scan_text("both leaders met and"), 4)
    (True, False)
    """
    return _BOTH_AND.match(scan.cased, end) is not None
