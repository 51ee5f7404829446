"""Entities as brackets: CoNLL-2012 and CorefUD, by law and by hand."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from exchange_lines import clusters, gold_lines, there_and_back, typed
from hypothesis import given, settings

from goldassay.exchange.convert import read_file, write_file
from goldassay.exchange.reading import Read
from goldassay.exchange.tokens import TokenPlaces, join_tokens, tokenize
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Entity, Mention
from goldassay.model.record import Span


def in_joined_text(line: GoldLine) -> dict[tuple[Span, ...], tuple[Span, ...]]:
    """Where mentions of one stretch stand once the words of the text are joined by one space."""
    tokens = tokenize(line, Counter())
    _, joined = join_tokens([[line.text[start:end] for start, end in sentence] for sentence in tokens])
    places = TokenPlaces(tokens)
    found = {}
    for one in line.mentions or ():
        place = places.find(one.spans[0])
        if len(one.spans) == 1 and place is not None:
            sentence, first, last = place
            found[tuple(one.spans)] = ((joined[sentence][first][0], joined[sentence][last - 1][1]),)
    return found


@given(line=gold_lines())
@settings(max_examples=80, deadline=None)
def test_conll2012_brings_back_or_counts_every_mention(line: GoldLine) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], "conll2012", Path(folder))
    assert (read.findings, read.lost) == ((), {})
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    moved = in_joined_text(line)
    expected = Counter[tuple[tuple[Span, ...], str]]()
    for (spans, type_), number in typed(line).items():
        if spans in moved:
            expected[moved[spans], type_] += number
    missing = [what for what in lost if what.endswith(("sentences, or with white space at an end",))]
    missing += ["discontinuous mentions", "crossing mentions of one entity", "mentions without an entity"]
    assert len(line.mentions or ()) - len(back.mentions or ()) == sum(lost[what] for what in missing)
    # Of those that are back, some may have another type.
    kept = Counter(spans for spans, _ in typed(back).elements())
    assert kept <= Counter(spans for spans, _ in expected.elements())
    assert (typed(back) - expected).total() <= lost["types of mentions"]
    groups = [{moved[spans] for spans in group if spans in moved} for group in clusters(line)]
    assert all(any(group <= one for one in groups) for group in clusters(back))


@given(line=gold_lines())
@settings(max_examples=80, deadline=None)
def test_corefud_brings_back_or_counts_every_mention(line: GoldLine) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], "corefud", Path(folder))
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    assert (read.findings, read.lost, read.assumed, back.text) == ((), {}, {}, line.text)
    said = Counter((tuple(one.spans), one.level) for one in line.mentions or ())
    assert Counter((tuple(one.spans), one.level) for one in back.mentions or ()) <= said
    alone = Counter(frozenset({tuple(one.spans)}) for one in line.mentions or () if one.entity is None)
    wanted = [*clusters(line), *alone]
    assert all(any(group <= one for one in wanted) for group in clusters(back))
    if not any(lost[what] for what in lost if what.startswith(("mentions across", "crossing"))):
        assert typed(back) == typed(line)
        assert clusters(back) == clusters(line) + alone


CONLL2012 = """#begin document (bn/rur/00/rur_0001); part 000
bn/rur/00/rur_0001 0 0 Ruritania NNP (TOP(S(NP* - - - anna (GPE*) (0)
bn/rur/00/rur_0001 0 1 's POS *) - - - anna * -
bn/rur/00/rur_0001 0 2 king NN * - - - anna * (1|(2)
bn/rur/00/rur_0001 0 3 Rudolf NNP * - - - anna (PERSON*) 1)
bn/rur/00/rur_0001 0 4 left VBD *)) leave 01 1 anna * -

bn/rur/00/rur_0001 0 0 He PRP * - - - anna * (1)

#end document
#begin document (bn/rur/00/rur_0001); part 001
bn/rur/00/rur_0001 1 0 It PRP * - - - - * (0)

#end document
"""


def read(tmp_path: Path, source: str, name: str) -> Read:
    path = tmp_path / "news.conll"
    path.write_bytes(source.encode())
    return read_file(path, name)


def test_conll2012_by_hand(tmp_path: Path) -> None:
    result = read(tmp_path, CONLL2012, "conll2012")
    assert result.findings == ()
    one, other = (line for line in result.lines if isinstance(line, GoldLine))
    assert (one.doc_id, one.text) == ("bn/rur/00/rur_0001", "Ruritania 's king Rudolf left\nHe")
    assert other.doc_id == "bn/rur/00/rur_0001_part_001"
    # "Ruritania 's " has 13 characters, "Ruritania 's king " 18, the first sentence 29.
    assert clusters(one) == {
        frozenset({((0, 9),)}): 1,
        frozenset({((13, 24),), ((30, 32),)}): 1,
        frozenset({((13, 17),)}): 1,
    }
    assert typed(one)[((0, 9),), "GPE"] == 1
    assert typed(one)[((18, 24),), "PERSON"] == 1  # a name in no entity
    assert typed(one)[((13, 24),), "_"] == 1
    assert result.lost["other columns of words"] > 0


@pytest.mark.parametrize(
    ("cell", "line"),
    [("0)", 2), ("(0", 2), ("((0", 2), ("zero", 2)],
)
def test_conll2012_brackets_that_do_not_fit(cell: str, line: int, tmp_path: Path) -> None:
    result = read(tmp_path, f"#begin document (d); part 000\nd 0 0 Zenda {cell}\n#end document\n", "conll2012")
    assert [(found.code, found.where.line) for found in result.findings] == [("E105", line)]


# The words as Universal Dependencies have them, with a contraction and a word that is not there.
COREFUD = """# newdoc id = d1
# global.Entity = eid-etype-head-minspan-infstat-link-identity
# sent_id = 1
# text = North and South Borduria didn't fall.
1	North	North	PROPN	_	_	5	nsubj	_	Entity=(e1[1/2]-place-1--new--)
2	and	and	CCONJ	_	_	4	cc	_	_
3	South	South	PROPN	_	_	4	compound	_	Entity=(e2-place-2-2-new-coref-Borduria
4	Borduria	Borduria	PROPN	_	_	1	conj	_	Entity=(e1[2/2]-place-1--new--)e2)
5-6	didn't	_	_	_	_	_	_	_	_
5	did	do	AUX	_	_	7	aux	_	_
6	n't	not	PART	_	_	7	advmod	_	_
7	fall	fall	VERB	_	_	0	root	_	SpaceAfter=No
7.1	_	it	PRON	_	_	_	_	7:obj	Entity=(e2-place-1--giv--)
8	.	.	PUNCT	_	_	7	punct	_	_

# sent_id = 2
# text = They stood.
1	They	they	PRON	_	_	2	nsubj	_	Entity=(e1-place-1--giv--)|SplitAnte=e1<e3
2	stood	stand	VERB	_	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	_	_	2	punct	_	_

"""


def test_corefud_by_hand(tmp_path: Path) -> None:
    result = read(tmp_path, COREFUD, "corefud")
    assert result.findings == ()
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    assert line.text == "North and South Borduria didn't fall. They stood."
    assert line.sentences == ((0, 37), (38, 49))
    assert clusters(line) == {
        frozenset({((0, 5), (16, 24)), ((38, 42),)}): 1,
        frozenset({((10, 24),)}): 1,
    }
    assert {type_ for _, type_ in typed(line)} == {"place"}
    for what in ("empty words", "brackets of entities at empty words", "SplitAnte of words", "link of mentions"):
        assert result.lost[what] == 1
    assert result.lost["infstat of mentions"] == 3


@pytest.mark.parametrize("cell", ["(e1-place", "e1)", "e1", "(e1[1/2]-place-1-)"])
def test_corefud_brackets_that_do_not_fit(cell: str, tmp_path: Path) -> None:
    result = read(tmp_path, f"# newdoc id = d\n1\tZenda\t_\t_\t_\t_\t0\troot\t_\tEntity={cell}\n2 fell\n", "corefud")
    assert [found.code for found in result.findings] == ["E105", "E105"]
    assert 3 in {found.where.line for found in result.findings}


def test_corefud_as_written(tmp_path: Path) -> None:
    text = "North and South  Borduria\nfell."
    mentions = (
        Mention(id="m1", entity="e1", spans=[(0, 5), (17, 25)], text="North Borduria", level="NAM"),
        Mention(id="m2", entity="e2", spans=[(10, 25)], text="South  Borduria", level="NAM", metonym=True),
    )
    entities = tuple(Entity(id=id_, type="GPE", name=id_, kb_id=kb) for id_, kb in (("e1", "Q-1"), ("e2", None)))
    line = GoldLine(doc_id="d 1", text=text, entities=entities, mentions=mentions)
    lost = write_file([line], tmp_path / "out.conllu", "corefud")
    assert lost == {"names of entities": 2, "sentences made for documents that have none": 2}
    rest = "_\t_\t_\t_\t"
    expected = [
        "# newdoc id = d%201",
        "# global.Entity = eid-etype-head-other",
        "# sent_id = d%201-s1",
        "# text = North and South Borduria",
        f"1\tNorth\t{rest}0\troot\t_\tEntity=(e1[1/2]-GPE-1-level:NAM,kb:Q%2D1)",
        f"2\tand\t{rest}1\tdep\t_\t_",
        f"3\tSouth\t{rest}1\tdep\t_\tEntity=(e2-GPE-1-level:NAM,metonym:yes|SpacesAfter=\\s\\s",
        f"4\tBorduria\t{rest}1\tdep\t_\tEntity=e2)(e1[2/2]-GPE-1-level:NAM,kb:Q%2D1)|SpacesAfter=\\n",
        "",
        "# sent_id = d%201-s2",
        "# text = fell.",
        f"1\tfell\t{rest}0\troot\t_\tSpaceAfter=No",
        f"2\t.\t{rest}1\tdep\t_\tSpaceAfter=No",
        "",
        "",
    ]
    assert (tmp_path / "out.conllu").read_text().split("\n") == expected


def test_a_mention_with_parts_in_two_sentences_is_left_out(tmp_path: Path) -> None:
    """CorefUD has none, and Udapi refuses a file with one."""
    text = "North fell. Borduria rose."
    parted = Mention(id="m1", entity="e1", spans=[(0, 5), (12, 20)], text="North Borduria", level="NAM")
    line = GoldLine(doc_id="d", text=text, entities=(Entity(id="e1", type="GPE", name="North"),), mentions=(parted,))
    lost = write_file([line], tmp_path / "out.conllu", "corefud")
    assert lost == {
        "mentions across sentences, or with white space at an end": 1,
        "names of entities": 1,
        "sentences made for documents that have none": 2,
    }
    assert "Entity" not in (tmp_path / "out.conllu").read_text().replace("global.Entity", "")


def test_ids_of_sentences_have_no_slash_and_lines_no_white_space_at_their_end(tmp_path: Path) -> None:
    line = GoldLine(doc_id="news/1", text="Zenda\u00a0fell.\u2028", mentions=())
    write_file([line], tmp_path / "out.conllu", "corefud")
    written = (tmp_path / "out.conllu").read_text(encoding="utf-8")
    assert "# newdoc id = news/1\n" in written
    assert "# sent_id = news%2F1-s1\n" in written
    assert "SpacesAfter=\\u00A0\n" in written
    assert "SpacesAfter=\\u2028\n" in written
    (back,) = read_file(tmp_path / "out.conllu").lines
    assert (back.doc_id, back.text) == (line.doc_id, line.text)


@pytest.mark.parametrize("mark", ["\\uD83D", "\\u0041", "\\x"])
def test_a_mark_that_is_no_white_space_stays_as_it_is(mark: str, tmp_path: Path) -> None:
    rest = "\t_" * 4 + "\t0\troot\t_\t"
    result = read(tmp_path, f"1\tZenda{rest}SpacesAfter={mark}\n\n", "corefud")
    (line,) = result.lines
    assert (result.findings, line.text) == ((), f"Zenda{mark}")


def test_conll2012_leaves_out_the_name_of_a_mention_that_has_no_brackets(tmp_path: Path) -> None:
    text = "North Zenda Strelsau"
    mentions = tuple(
        Mention(id=id_, entity="e1", spans=[span], text=text[slice(*span)], level="NAM")
        for id_, span in (("m1", (0, 11)), ("m2", (6, 20)))
    )
    line = GoldLine(doc_id="d", text=text, entities=(Entity(id="e1", type="GPE", name="Zenda"),), mentions=mentions)
    lost = write_file([line], tmp_path / "out.conll", "conll2012")
    assert lost["crossing mentions of one entity"] == 1
    (back,) = read_file(tmp_path / "out.conll", "conll2012").lines
    assert isinstance(back, GoldLine)
    assert [(one.spans, one.entity) for one in back.mentions or ()] == [([(0, 11)], "e1")]
