r"""CoNLL-U with entities as in CorefUD 1: brackets in the last column, which also says what white space follows a word.

    # newdoc id = news-1
    # global.Entity = eid-etype-head-other
    # sent_id = news-1-s1
    # text = Zenda fell.
    1   Zenda   _   _   _   _   0   root    _   Entity=(e1-GPE-1-level:NAM)
    2   fell    _   _   _   _   1   dep     _   SpaceAfter=No

White space other than one space is written as UDPipe does (`SpacesAfter=\n`), so that texts come back as they were.
What UDPipe has no mark for is written by its number (`\u00A0`): bare, it would be lost at the end of a line, where
CoNLL-U forbids it and readers strip it. The id of a sentence has no slash, behind which CoNLL-U has a language.
What the columns of syntax say is empty: every word depends on the first of its sentence, which readers ask for.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from goldassay.exchange.assembly import type_of
from goldassay.exchange.brackets import Bracketed, bracket_mentions, opened_and_closed
from goldassay.exchange.documents import escape_id
from goldassay.exchange.losses import Carried, count_outvoted, count_rest, with_entities
from goldassay.exchange.reading import UNTYPED, Counts, Line, WriteOptions, Written
from goldassay.exchange.tokens import Tokens, tokenize
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Entity

CARRIES: tuple[Carried, ...] = ("mentions", "clusters", "levels", "metonyms", "kb_ids", "sentences")
FIELDS = "eid-etype-head-other"
LEVEL, METONYM, LINK = "level", "metonym", "kb"

SPACES = {" ": r"\s", "\t": r"\t", "\r": r"\r", "\n": r"\n", "|": r"\p", "\\": r"\\"}
"""How UDPipe writes white space."""


def write_corefud(lines: Sequence[Line], options: WriteOptions) -> Written:
    """One file for all documents; entities are numbered through, because readers take them for one collection."""
    lost: Counts = Counter()
    parts: list[str] = []
    numbers: dict[tuple[str, str], str] = {}
    documents = 0
    for line in with_entities(lines, lost):
        lost += count_rest(line, CARRIES)
        tokens = tokenize(line, lost)
        if not any(tokens):
            lost["documents without a word"] += 1
            continue
        documents += 1
        parts += _document(line, tokens, numbers, lost)
    return Written({"": "".join(parts).encode()}, lost, documents)


def _document(line: GoldLine, tokens: Tokens, numbers: dict[tuple[str, str], str], lost: Counts) -> Iterator[str]:
    name = escape_id(line.doc_id)
    brackets = bracket_mentions(line, tokens, lost, gaps=True, homeless=True)
    lost["mentions without an entity (they come back as entities of their own)"] += sum(
        one.mention.entity is None for one in brackets
    )
    entities = {one.id: one for one in line.entities or ()}
    lost += count_outvoted(line, {one.mention.id: type_of(one.mention, entities) for one in brackets}, links=True)
    for one in brackets:
        numbers.setdefault((line.doc_id, one.key), f"e{len(numbers) + 1}")
    shown = {
        word: "".join(
            _bracket(opens, closes, one, part, numbers[line.doc_id, one.key], entities)
            for opens, closes, one, part in cells
        )
        for word, cells in opened_and_closed(brackets).items()
    }
    spaces = _spaces(line.text, tokens)
    for place, sentence in enumerate(tokens):
        head = f"# newdoc id = {name}\n# global.Entity = {FIELDS}\n" if place == 0 else ""
        said = " ".join(line.text[sentence[0][0] : sentence[-1][1]].split())
        yield f"{head}# sent_id = {name.replace('/', '%2F')}-s{place + 1}\n# text = {said}\n"
        for number, (start, end) in enumerate(sentence):
            marks = [f"Entity={shown[place, number]}"] if (place, number) in shown else []
            misc = "|".join([*marks, *spaces[start]]) or "_"
            relation = "0\troot" if number == 0 else "1\tdep"
            yield f"{number + 1}\t{line.text[start:end]}\t_\t_\t_\t_\t{relation}\t_\t{misc}\n"
        yield "\n"


def _spaces(text: str, tokens: Tokens) -> dict[int, list[str]]:
    """What the last column says of white space, by the start of the word."""
    words = [word for sentence in tokens for word in sentence]
    said: dict[int, list[str]] = {}
    for place, (start, end) in enumerate(words):
        last = place + 1 == len(words)
        after = text[end : len(text) if last else words[place + 1][0]]
        before = text[:start] if place == 0 else ""
        said[start] = (
            [] if after == " " and not last else [f"SpacesAfter={_escape_space(after)}"] if after else ["SpaceAfter=No"]
        )
        said[start] += [f"SpacesBefore={_escape_space(before)}"] if before else []
    return said


def _escape_space(space: str) -> str:
    return "".join(SPACES.get(one, f"\\u{ord(one):04X}") for one in space)


def _bracket(opens: bool, closes: bool, one: Bracketed, part: int, eid: str, entities: dict[str, Entity]) -> str:
    count = len(one.places)
    name = f"{eid}[{part + 1}/{count}]" if count > 1 else eid
    if not opens:
        return f"{name})"
    entity = entities.get(one.mention.entity or "")
    kb_id = one.mention.kb_id or (entity.kb_id if entity is not None else None)
    other = [f"{LEVEL}:{one.mention.level}"] + ([f"{METONYM}:yes"] if one.mention.metonym else [])
    other += [f"{LINK}:{_word(kb_id)}"] if kb_id is not None else []
    type_ = type_of(one.mention, entities)
    said = f"({name}-{'' if type_ == UNTYPED else _word(type_)}-1-{','.join(other)}"
    return f"{said})" if closes else said


def _word(word: str) -> str:
    """A word without the marks of the format's own, which `id_of` gives back."""
    return re.sub(r"[-()|,:=\[\]]", lambda match: f"%{ord(match[0]):02X}", escape_id(word))
