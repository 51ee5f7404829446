"""Token columns as CoNLL-2003 and its like have them, made by hand."""

from pathlib import Path

from exchange_lines import typed

from goldassay.exchange.convert import read_file, write_file
from goldassay.exchange.reading import Read
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Mention

CONLL2003 = """-DOCSTART- -X- -X- O

Ruritania NNP B-NP B-LOC
rejects VBZ B-VP O
Black NNP B-NP B-PER
Michael NNP I-NP I-PER
. . O O

Strelsau NNP B-NP B-LOC

-DOCSTART- -X- -X- O

Zenda NNP I-NP I-LOC
"""


def read(tmp_path: Path, source: str, name: str = "conll2003") -> Read:
    path = tmp_path / "news.conll"
    path.write_bytes(source.encode())
    return read_file(path, name)


def test_columns_without_their_text(tmp_path: Path) -> None:
    result = read(tmp_path, CONLL2003)
    one, other = (line for line in result.lines if isinstance(line, GoldLine))
    assert (one.doc_id, one.text) == ("news-1", "Ruritania rejects Black Michael .\nStrelsau")
    # "Ruritania rejects " has 18 characters, the first sentence 33.
    assert typed(one) == {(((0, 9),), "LOC"): 1, (((18, 31),), "PER"): 1, (((34, 42),), "LOC"): 1}
    assert one.sentences == ((0, 33), (34, 42))
    assert (other.doc_id, other.text) == ("news-2", "Zenda")
    assert typed(other) == {(((0, 5),), "LOC"): 1}  # IOB1 as in the files of 2003: a lone I begins a chunk
    assert result.lost == {"other columns of tokens": 13}
    assert result.assumed == {
        "documents without their text, tokens joined by one space": 2,
        "mentions without a level, taken for NAM": 4,
    }


def test_windows_line_ends_tabs_and_bilou(tmp_path: Path) -> None:
    result = read(tmp_path, "Black\tB-PER\r\nMichael\tL-PER\r\n\r\nZenda\tU-LOC\r\n", "bilou")
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    assert typed(line) == {(((0, 13),), "PER"): 1, (((14, 19),), "LOC"): 1}


def test_a_hash_is_a_word_where_it_has_a_tag(tmp_path: Path) -> None:
    result = read(tmp_path, "# a comment of somebody\n#\tO\n1\tB-ORG\n", "iob2")
    (line,) = result.lines
    assert line.text == "# 1"
    assert result.lost == {"comments": 1}


def test_bad_lines_are_findings_with_their_number(tmp_path: Path) -> None:
    result = read(
        tmp_path, '# doc_id = a\nZenda B-LOC\nfell\nquickly X-LOC\n\n# doc_id = a\n# text = "Oslo"\nBergen O\n'
    )
    assert [(found.code, found.where.line) for found in result.findings] == [("E105", 3), ("E106", 4), ("E306", 6)]
    result = read(tmp_path, '# doc_id = b\n# text = "Oslo fell"\nOslo O\nrose O\n')
    assert [(found.code, found.where.line) for found in result.findings] == [("E203", 4)]
    result = read(tmp_path, '# text = "half \\ud83d"\nhalf O\n')
    assert [found.code for found in result.findings] == ["E101"]


def test_sentences_with_their_texts(tmp_path: Path) -> None:
    source = "# text = Zenda’s fall.\nZenda B-LOC\n’s O\nfall O\n. O\n\n# text = Why?\nWhy O\n? O\n"
    result = read(tmp_path, source, "iob2")
    (line,) = result.lines
    assert line.text == "Zenda’s fall.\nWhy?"
    assert "documents without their text, tokens joined by one space" not in result.assumed


def test_the_longest_of_nested_mentions_stays(tmp_path: Path) -> None:
    text = "the Bank of Ruritania"
    spans = {"m1": (12, 21), "m2": (4, 21), "m3": (0, 3)}
    mentions = tuple(
        Mention(id=id_, entity=None, spans=[span], text=text[slice(*span)], level="NAM", type=type_)
        for (id_, span), type_ in zip(spans.items(), ("GPE", "ORG", "PERSON"), strict=True)
    )
    line = GoldLine(doc_id="d", text=text, sentences=((0, len(text)),), mentions=mentions)
    lost = write_file([line], tmp_path / "out.iob2", "iob2")
    assert lost == {"nested or crossing mentions": 1}
    assert (tmp_path / "out.iob2").read_text() == (
        '# doc_id = d\n# text = "the Bank of Ruritania"\nthe\tB-PERSON\nBank\tB-ORG\nof\tI-ORG\nRuritania\tI-ORG\n\n'
    )
    lost = write_file([line], tmp_path / "out.bilou", "bilou")
    assert (tmp_path / "out.bilou").read_text().endswith("the\tU-PERSON\nBank\tB-ORG\nof\tI-ORG\nRuritania\tL-ORG\n\n")
