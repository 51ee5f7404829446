"""Gold lines for tests that read written files with other libraries, and how mentions are compared there.

Libraries for files of words know no white space. What they find is therefore compared by the places that it has in the
text without any, which are the same whichever words a text is cut into.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from goldassay.exchange.assembly import type_of
from goldassay.exchange.gold_lines import line_of
from goldassay.formats.gold import GoldLine
from goldassay.gold import load_gold
from goldassay.model.entities import Entity, Mention
from goldassay.model.labels import EntityType, Level
from goldassay.model.record import Span, spans_text

HARD = (
    "“Duke_of_Zenda”\t(1) met Łódź|Strelsau & 🚀 “x”.\nNorth and South Borduria fell; 北京 won’t say\u00a0why.\n\n\t"
    '"-DOCSTART-" # text = 1 of 50%: the Bank of Ruritania\u2028had \\s. Did the bank close?\u00a0\u3000'
)
"""Tabs, pipes, brackets, underscores, every kind of white space, and what formats take for their own marks."""

HARD_SENTENCES = (
    "“Duke_of_Zenda”\t(1) met Łódź|Strelsau & 🚀 “x”.",
    "North and South Borduria fell; 北京 won’t say\u00a0why.",
    '"-DOCSTART-" # text = 1 of 50%: the Bank of Ruritania\u2028had \\s.',
    "Did the bank close?",
)

Places = tuple[Span, ...]
Chain = frozenset[Places]


def corpus_lines() -> list[GoldLine]:
    """The gold of the corpus."""
    return [line_of(one) for one in load_gold().documents]


def hard_line(doc_id: str = "news/1 50%") -> GoldLine:
    """A document with nested, crossing and discontinuous mentions, of one entity and of several."""

    def place(words: str) -> Span:
        return HARD.index(words), HARD.index(words) + len(words)

    listed: list[Mention] = []

    def add(entity: str | None, *parts: str, level: Level = "NAM", type_: EntityType | None = None) -> None:
        spans = [place(one) for one in parts]
        words = spans_text(HARD, spans)
        metonym, id_ = entity == "ruritania", f"m{len(listed) + 1}"
        listed.append(Mention(id=id_, entity=entity, spans=spans, text=words, level=level, type=type_, metonym=metonym))

    add("duke", "Duke_of_Zenda")
    add("duke", "Duke", level="NOM")  # a part of a word
    add("łódź", "Łódź|Strelsau")
    add("crossing", "Strelsau & 🚀")
    add(None, "🚀", type_="PRODUCT")
    add("north", "North", "Borduria")
    add("south", "South Borduria")
    add("bank", "the Bank of Ruritania")
    add("ruritania", "Ruritania")
    add("bank", "the bank", level="NOM")
    add("beijing", "北京")
    add(None, "50%", type_="LAW")
    entities = (
        Entity(id="duke", type="PERSON", name="Duke_of_Zenda"),
        Entity(id="łódź", type="LOC", name="Łódź|Strelsau", kb_id="wd:Q-1|(2)=[3],4%"),
        Entity(id="crossing", type="FAC", name="Strelsau & 🚀"),
        Entity(id="north", type="GPE", name="North Borduria"),
        Entity(id="south", type="GPE", name="South Borduria"),
        Entity(id="bank", type="ORG", name="the Bank of Ruritania", kb_id="Q1"),
        Entity(id="ruritania", type="GPE", name="Ruritania", kb_id="Q2"),
        Entity(id="beijing", type="GPE", name="北京"),
    )
    ends = [(HARD.index(one), HARD.index(one) + len(one)) for one in HARD_SENTENCES]
    return GoldLine(doc_id=doc_id, text=HARD, sentences=tuple(ends), entities=entities, mentions=tuple(listed))


def several_lines() -> list[GoldLine]:
    """The corpus, the hard document twice with the same ids of entities, and documents with nothing in them."""
    empty = GoldLine(doc_id="empty", text="", entities=(), mentions=())
    blank = GoldLine(doc_id="blank", text=" \n\t\u00a0", entities=(), mentions=())
    bare = GoldLine(doc_id="bare", text='Nobody_knew "why".', entities=(), mentions=())
    # None of those without a word is the first, for which Udapi's reader of CoNLL-2012 has no place.
    return [*corpus_lines(), empty, hard_line(), blank, bare, hard_line("again")]


def dense(text: str, spans: Iterable[Span]) -> Places:
    """The spans in the text without its white space."""

    def count(until: int) -> int:
        return sum(not one.isspace() for one in text[:until])

    return tuple((count(start), count(end)) for start, end in spans)


def joined(words: Sequence[str]) -> list[int]:
    """Where each word begins when all stand without anything between them, and where the last one ends."""
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts


def without_space(text: str) -> str:
    return "".join(text.split())


def surfaces(line: GoldLine) -> Counter[tuple[Places, str]]:
    """The mentions of a line as places in its text without white space, and types."""
    entities = {one.id: one for one in line.entities or ()}
    return Counter((dense(line.text, one.spans), type_of(one, entities)) for one in line.mentions or ())


def chains(line: GoldLine, *, gaps: bool = True, alone: bool = False) -> Counter[Chain]:
    """The mentions of each entity; `alone` has those of none, each for itself; without `gaps` those of one stretch."""
    found: dict[str, set[Places]] = {}
    for one in line.mentions or ():
        if (gaps or len(one.spans) == 1) and (alone or one.entity is not None):
            found.setdefault(one.entity or f"\0{one.id}", set()).add(dense(line.text, one.spans))
    return Counter(frozenset(one) for one in found.values())
