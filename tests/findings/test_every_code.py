"""Every finding code has a smallest file that triggers it, and that file triggers nothing else."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import goldassay
from goldassay.checking import check_files
from goldassay.checks.adjudication import check_adjudication
from goldassay.checks.texts import Texts
from goldassay.corpus.releases import check_releases
from goldassay.corpus.version import check_version
from goldassay.formats.schema import check_schemas, write_schemas
from goldassay.model.finding import CODES, Finding

HERE = Path(__file__).parent
FILES = {path.name.split(".")[0]: path for path in sorted(HERE.glob("E[0-9][0-9][0-9]*"))}


def check_names_of_mentions(path: Path, scratch: Path) -> list[Finding]:
    return check_files([path], consistency=True)


def check_release(path: Path, scratch: Path) -> list[Finding]:
    return check_version(**json.loads(path.read_text(encoding="utf-8")), file=path.name)


def check_generated(path: Path, scratch: Path) -> list[Finding]:
    """The one stale schema among fresh ones."""
    write_schemas(scratch)
    shutil.copytree(path, scratch, dirs_exist_ok=True)
    return check_schemas(scratch)


def check_decisions(path: Path, scratch: Path) -> list[Finding]:
    """The folder is a corpus of its own."""
    return check_adjudication(path)


def check_claimed_version(path: Path, scratch: Path) -> list[Finding]:
    """The folder is a corpus of its own."""
    return check_releases(path)


def check_without_gold(path: Path, scratch: Path) -> list[Finding]:
    """A prediction file by itself, where no gold was found."""
    return check_files([path], texts=Texts())


def check_scored_lines(path: Path, scratch: Path) -> list[Finding]:
    """What scoring tells."""
    return goldassay.score(path / "predictions.jsonl", path / "gold.jsonl").findings


def check_spans_of_spacy(path: Path, scratch: Path) -> list[Finding]:
    """What scoring by another scorer's rules tells."""
    return goldassay.score(path / "predictions.jsonl", path / "gold.jsonl", profile="spacy").findings


# All other files are checked as `goldassay check FILE` checks them.
SPECIAL: dict[str, Callable[[Path, Path], list[Finding]]] = {
    "E307": check_scored_lines,
    "E308": check_without_gold,
    "E605": check_release,
    "E607": check_names_of_mentions,
    "E608": check_generated,
    "E609": check_decisions,
    "E610": check_decisions,
    "E611": check_claimed_version,
    "E701": check_spans_of_spacy,
    "E702": check_spans_of_spacy,
}

# What each finding must say: parts of found, of expected and of the remedy.
WORDS = {
    "E101": ("byte 0xf8 at position 28", "UTF-8", "save the file as UTF-8"),
    "E102": ("column 16: Expecting ',' delimiter", "JSON", "write one JSON object a line"),
    "E103": ('"colour"', "one of id, entity, spans", "correct the key or leave it out"),
    "E104": ('no key "level"', "one of NAM, NOM, PRO", "add the key"),
    "E105": ('the string "0"', "an integer", "write it without quotation marks"),
    "E106": ('"CITY"', "one of EVENT, FAC, GPE", 'did you mean "GPE"?'),
    "E107": ('"doc_id" more than once', "each key once", "keep one of the two"),
    "E108": ("the number -1", "at least 0", "give a finite number in the range"),
    "E201": ("[4, 0]", "start < end", "ends are exclusive"),
    "E202": ("[0, 40]", "an end of at most 9", "count code points from 0"),
    "E203": ('"Oslo" at [0, 4]', '"Bergen"', "the text stands at [10, 16]"),
    "E204": ("offsets in utf-16: 1 of 1 surfaces", "code points from 0, end exclusive", "convert the offsets"),
    "E205": ("[0, 4] after [5, 9]", "a start beyond the end", "list the fragments in text order"),
    "E206": ("the words of mentions[0] again", "one mention on the same words", "keep one of them"),
    "E301": ('"e1" again, the id of an entity', "an id of its own", "its own id"),
    "E302": ('"e9"', "the id of an entity", "refer to a record of the same document"),
    "E303": ("e1 → e2 → e1", "entity references without a cycle", "break the cycle"),
    "E304": ('"d9"', "one of the 1 documents of the gold", "leave the line out"),
    "E305": ("no entities line for the document", "a line for each document", "it counts as empty"),
    "E306": ("a second line for the document", "one line a document", "put all layers of a document into one line"),
    "E307": ('no key "mentions"', "which other lines have", "[] for nothing found"),
    "E308": ("no gold", "the gold that the file is about", "name the gold with --gold"),
    "E401": ('"1,200"', "a plain decimal such as 1200", 'write "1200"'),
    "E402": ('lo "50", hi "40"', "lo at most hi", "swap the bounds"),
    "E403": ('"tanks"', "a UCUM code", "use a UCUM code"),
    "E404": ('"Monday"', "a date such as 2024-07-08", "write the value in the form of its type"),
    "E405": ("[AUTHOR]", "[]", "list AUTHOR, then the attribution's ancestors"),
    "E406": ("act support, dimension evaluation, grade -1", "a grade of at least 0 with support", "choose an act"),
    "E407": ("no span in a core stance", "the words that carry the stance", "fill the field"),
    "E501": ('"Bergen"', "", "quote the text exactly"),
    "E502": ('"Oslo"', "", "the number of the occurrence"),
    "E503": ('"Bergen"', "a name that stands in the text", "name the entity as the text does"),
    "E505": ("nothing predicted after character", "up to the end of the texts", "let the system read whole documents"),
    "E601": ("a text with sha256", "000000", "correct the text or its hash"),
    "E602": ('in common with "d1"', "less than 0.8", "take the text in once"),
    "E603": ("a hex dump", "the text itself", "take in the plain text as UTF-8"),
    "E604": ('"\\x07" in line 1', "LF as its only control character", "remove the character"),
    "E605": ('"1.1.0" after "1.0.0"', '"2.0.0" or higher', "raise the version by the release rule"),
    "E606": ('"test" with 1 documents', "at least 30 documents", "use validation"),
    "E607": ('"Oslo" as GPE 1 times, ORG 1 times', "one reading of one name", "justify it or mend it"),
    "E608": ("a schema that differs from the types", "the schema of the types", "goldassay build"),
    "E609": ("open: type", "a decision", "decide it, with a reason and a rule"),
    "E610": ("ORG", "GPE", "mend the gold, or decide otherwise"),
    "E611": ('version "1.0.0"', "entities of validation differ from the release", "then release it anew"),
    "E701": ("1 of 2 gold mentions discontinuous: left out", "mentions of one piece", "score such mentions with"),
    "E702": ("entities overlap; the original raises", "records that spacy scores", "use the default measures"),
}


def test_every_code_has_its_file_and_its_words() -> None:
    assert sorted(FILES) == sorted(CODES)
    assert sorted(WORDS) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_file_triggers_exactly_its_finding(code: str, tmp_path: Path) -> None:
    path = FILES[code]
    findings = SPECIAL[code](path, tmp_path) if code in SPECIAL else check_files([path])
    assert [(item.code, item.severity) for item in findings] == [(code, CODES[code].severity)]
    (item,) = findings
    found, expected, fix = WORDS[code]
    assert found in item.found
    assert expected in item.expected
    assert fix in item.fix
    assert item.where.file is not None


@pytest.mark.parametrize(
    "path", [path for path in FILES.values() if path.suffix == ".jsonl"], ids=lambda path: path.stem
)
def test_a_finding_about_a_line_says_which(path: Path) -> None:
    for item in check_files([path]):
        assert item.where.line == (2 if item.code == "E306" else 1)
