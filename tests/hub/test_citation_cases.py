"""Our reading of CITATION.cff by the cases of citations.py; `test_citation_library.py` holds them up to cffconvert."""

from pathlib import Path

import pytest
from citations import CASES

from goldassay.hub.citation import read_citation


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_taken_or_refused(name: str, tmp_path: Path) -> None:
    text, allowed = CASES[name]
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    citation, findings = read_citation(tmp_path)
    assert (citation is not None) == (findings == []) == (allowed is True), findings
    assert {item.where.file for item in findings} <= {"CITATION.cff"}
