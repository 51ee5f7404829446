"""Whatever stands in a file, reading it ends in lines and findings, never in an exception."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldassay.errors import UsageError
from goldassay.exchange.convert import read_file
from goldassay.exchange.reading import WriteOptions
from goldassay.exchange.table import FORMATS
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Entity, Mention
from goldassay.model.stances import Stance, Target

NAMES = [name for name in FORMATS if name not in ("docbin", "cas-xmi", "cas-json")]
TEXT = "Zenda and\nBlack Michael left Zenda 🚀."
LINE = GoldLine(
    doc_id="d",
    text=TEXT,
    entities=(Entity(id="e1", type="GPE", name="Zenda", kb_id="Q1"), Entity(id="e2", type="PERSON", name="Michael")),
    mentions=(
        Mention(id="m1", entity="e1", spans=[(0, 5)], text="Zenda", level="NAM"),
        Mention(id="m2", entity="e1", spans=[(29, 34)], text="Zenda", level="NAM"),
        Mention(id="m3", entity="e2", spans=[(0, 5), (16, 23)], text="Zenda Michael", level="NOM", metonym=True),
        Mention(id="m4", entity="e2", spans=[(10, 23)], text="Black Michael", level="NAM"),
    ),
    propositions=(),
    attributions=(),
    stances=(
        Stance(
            id="s1",
            holder="e2",
            holder_spans=[(10, 23)],
            target=Target(kind="entity", id="e1"),
            target_spans=[(29, 34)],
            dimension="evaluation",
            grade=-2,
            act="reject",
            expression_spans=[(24, 28)],
        ),
    ),
)
PIECES = [b"", b"\n", b"\t", b" ", b"0", b"-1", b"99999999999999999999", b"\xff", b"\x00", b"(", b")", b"[", b"]", b"{"]
PIECES += [
    b'"',
    b"|",
    b"-",
    b"=",
    b"%",
    b"%FF",
    b"\\",
    b"\\ud800",
    b"null",
    b"T1",
    b"E1",
    b"#",
    b"*",
    b"O",
    b"B-",
    b"\r",
]
PIECES += [b"\r", "🚀".encode(), "\u2028".encode(), b"1e999", b"true", b"[9/0]", b"1-0", b"\xef\xbb\xbf"]
cuts = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), st.sampled_from(PIECES)), min_size=1, max_size=4)


def damaged(raw: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, piece in edits:
        place = int(where * len(raw))
        raw = raw[:place] + piece + raw[place + length :]
    return raw


@pytest.mark.parametrize("name", NAMES)
@given(edits=cuts)
@settings(max_examples=150, deadline=None)
def test_damage_is_found_not_raised(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    files = FORMATS[name].write([LINE], WriteOptions()).files
    with tempfile.TemporaryDirectory() as folder:
        for file, content in files.items():
            (Path(folder) / (file or "file")).write_bytes(damaged(content, edits))
        read = read_file(Path(folder) if FORMATS[name].folder else Path(folder) / "file", name)
    for line in read.lines:
        assert isinstance(line.doc_id, str)
        for one in line.mentions or () if isinstance(line, GoldLine) else ():
            assert one.spans or any(found.severity == "error" for found in read.findings)
    for found in read.findings:
        str(found).encode()


@pytest.mark.parametrize("name", NAMES)
@given(raw=st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes(name: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.ann"
        path.write_bytes(raw)
        (Path(folder) / "file.txt").write_bytes(raw)
        with suppress(UsageError):
            read_file(path)
        read_file(path, name)
