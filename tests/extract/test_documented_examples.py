"""The examples of docs/extractors.md run as they stand there."""

import io
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from goldassay.extract.command import answer_by_command
from goldassay.extract.isolated import isolated
from goldassay.extract.registry import SHIPPED
from goldassay.formats.predictions import read_predictions
from goldassay.model.document import Document

MakeDocument = Callable[..., Document]
PAGE = Path(__file__).parents[2] / "docs" / "extractors.md"
TEXT = "🇮🇸 Iceland and Marta Quill met in Oslo. Later Iceland slept in Oslo."
EXAMPLES = re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", PAGE.read_text("utf-8"), flags=re.DOTALL)
PROGRAMS = {"worker.py": [sys.executable], "worker.js": ["node"], "worker.sh": ["sh"]}
INSTALLED = sorted(name for name, words in PROGRAMS.items() if shutil.which(words[0]))


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, body in EXAMPLES:
        (tmp_path / name).write_text(body, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(argv: list[str] | tuple[str, ...], document: Document) -> object:
    [(_, outcome)] = answer_by_command(argv, [document], timeout=60)
    assert outcome.status == "ok", outcome
    assert outcome.line is not None
    assert outcome.line["doc_id"] == document.doc_id
    return outcome.line["mentions"]


def test_the_page_has_the_examples() -> None:
    assert sorted(name for name, _ in EXAMPLES) == ["my_module.py", "worker.js", "worker.py", "worker.sh"]
    assert "worker.py" in INSTALLED


@pytest.mark.parametrize("name", INSTALLED)
def test_the_programs_answer(examples: Path, make_document: MakeDocument, name: str) -> None:
    mentions = answer([*PROGRAMS[name], str(examples / name)], make_document(TEXT))
    assert isinstance(mentions, list)
    if name == "worker.sh":
        assert mentions == [{"text": "Iceland", "nth": nth, "type": "GPE"} for nth in (1, 2)]
    else:
        said = [mention.get("text") or TEXT[mention["start"] : mention["end"]] for mention in mentions]
        assert said == ["Oslo", "Oslo"]


def test_the_function_answers(examples: Path, make_document: MakeDocument) -> None:
    system = isolated("my_module:find")
    assert (system.version, system.layers, system.seen_seeds) == ("1.0", {"entities"}, False)
    mentions = answer(system.argv, make_document(TEXT))
    assert mentions == [
        {"start": TEXT.index("Oslo"), "end": TEXT.index("Oslo") + 4, "type": "GPE"},
        {"start": TEXT.rindex("Oslo"), "end": TEXT.rindex("Oslo") + 4, "type": "GPE"},
    ]


def test_the_page_lists_every_shipped_baseline() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in SHIPPED if f"| `{name}` |" not in page] == []


def test_the_lines_of_the_page_are_valid(make_document: MakeDocument) -> None:
    [lines] = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), flags=re.DOTALL)
    texts = ("Sylda: Marta Quill.", "Iceland against the new tax.", "around 40 boats")
    documents = {f"d{place}": make_document(text, f"d{place}") for place, text in enumerate(texts, start=1)}
    read = read_predictions(io.BytesIO(lines.encode()), documents)
    assert read.findings == ()
    assert len(read.predictions) == 3
