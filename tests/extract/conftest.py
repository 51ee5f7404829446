"""Documents of invented text, and small programs that answer, crash, hang or talk nonsense."""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from goldassay.model.document import Document

MakeDocument = Callable[..., Document]


def build_document(text: str, doc_id: str = "d1", title: tuple[int, int] | None = None) -> Document:
    """A document of invented text; extractors find its sentences themselves."""
    return Document(
        doc_id=doc_id,
        title=title,
        text=text,
        language="en",
        dct=None,
        dct_evidence=None,
        source="invented",
        rights="CC0-1.0",
        origin="composed",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        sentences=[],
    )


@pytest.fixture
def make_document() -> MakeDocument:
    return build_document


@pytest.fixture
def three_documents() -> list[Document]:
    return [build_document(f"Sylda has {n} lighthouses.", f"d{n}") for n in (1, 2, 3)]


@pytest.fixture
def write_worker(tmp_path: Path) -> Callable[[str], tuple[str, str]]:
    """Write a Python script and return the words of the command that runs it."""

    def write(body: str) -> tuple[str, str]:
        path = tmp_path / "worker.py"
        path.write_text(body, encoding="utf-8")
        return sys.executable, str(path)

    return write
