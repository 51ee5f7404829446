"""JSON Lines: typed rows, every problem of a line with its place, canonical writing that is all or nothing."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from goldassay.formats.jsonl import Row, encode_row, iterate_rows, read_rows, write_rows
from goldassay.model.entities import EntitiesRow, Entity, Mention
from goldassay.model.finding import format_finding
from goldassay.model.numeric_facts import NumericFactsRow, Value
from goldassay.model.stances import Stance, Target

EMPTY = b'{"doc_id":"d1","entities":[],"mentions":[]}'
ROW = EntitiesRow(
    doc_id="d1",
    entities=[Entity(id="e1", type="GPE", name="Oslo")],
    mentions=[Mention(id="m1", entity="e1", spans=[(0, 4)], text="Oslo", level="NAM")],
)


def read(data: bytes, *, duplicates: bool = True) -> list[Row[EntitiesRow]]:
    return list(iterate_rows(io.BytesIO(data), EntitiesRow, file="e.jsonl", duplicates=duplicates))


def told(data: bytes) -> list[tuple[str, str | None]]:
    """Code and field of each finding of a single line."""
    (row,) = read(data)
    assert row.value is None
    assert all(item.where.file == "e.jsonl" and item.where.line == 1 for item in row.findings)
    return [(item.code, item.where.field) for item in row.findings]


def mention(**fields: object) -> bytes:
    """A line with one mention, some of whose fields are replaced."""
    whole = {"id": "m1", "entity": None, "spans": [[0, 4]], "text": "Oslo", "level": "NAM", "type": "GPE"} | fields
    return json.dumps({"doc_id": "d1", "entities": [], "mentions": [whole]}).encode()


def test_blank_lines_count_but_give_no_row_and_any_line_end_will_do() -> None:
    rows = read(b"\n  \t\n" + EMPTY + b"\r\n\r\n" + EMPTY)
    assert [row.line for row in rows] == [3, 5]
    assert all(row.findings == () and row.value is not None for row in rows)


def test_a_line_separator_inside_a_string_ends_no_line() -> None:
    (row,) = read(mention(text="a\u2028b\u0085c").replace(b"\\u2028", "\u2028".encode()))
    assert row.value is not None
    assert row.value.mentions[0].text == "a\u2028b\u0085c"


def test_not_utf8_names_byte_and_position() -> None:
    (row,) = read(b'{"doc_id":"\xe9"}')
    assert format_finding(row.findings[0]).startswith(
        "e.jsonl:1: E101 not plain UTF-8: found byte 0xe9 at position 11 of"
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\xef\xbb\xbf" + EMPTY, "a UTF-8 byte order mark"),
        (EMPTY.decode().encode("utf-16"), "a UTF-16 byte order mark"),
    ],
)
def test_byte_order_marks_are_named(data: bytes, found: str) -> None:
    (row,) = read(data)
    assert (row.findings[0].code, row.findings[0].found) == ("E101", found)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'{"doc_id":"d1" "entities":[]}', "column 16: Expecting ',' delimiter"),
        (b'{"doc_id":"d\t1"}', "column 13: Invalid control character at"),
        (EMPTY + b"," + EMPTY, f"column {len(EMPTY) + 1}: Extra data"),
        (EMPTY[:30], "a line that breaks off (column 30: Unterminated string starting at)"),
        (b'{"doc_id":"d1","entities":nul', "a line that breaks off (column 27: Expecting value)"),
        (b'{"doc_id":"d1","entities":[', "a line that breaks off (column 28: Expecting value)"),
        (b"[" * 100_000, "lists or objects nested absurdly deep"),
        (b'{"mentions":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "lists or objects nested absurdly deep"),
    ],
)
def test_not_json_says_where(data: bytes, found: str) -> None:
    (row,) = read(data)
    assert [(item.code, item.found) for item in row.findings] == [("E102", found)]


def test_a_git_lfs_pointer_is_recognised_once() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    (row,) = read(pointer)
    assert [(item.code, item.fix) for item in row.findings] == [("E102", "run `git lfs pull`")]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"lvl": 1}, "E103", "mentions[0].lvl"),
        ({"id": 3}, "E105", "mentions[0].id"),
        ({"id": ""}, "E407", "mentions[0].id"),
        ({"id": "x" * 129}, "E105", "mentions[0].id"),
        ({"metonym": "true"}, "E105", "mentions[0].metonym"),
        ({"spans": None}, "E105", "mentions[0].spans"),
        ({"spans": [0, 4]}, "E105", "mentions[0].spans[0]"),
        ({"spans": [[0, 4, 5]]}, "E105", "mentions[0].spans[0]"),
        ({"spans": [[0, "4"]]}, "E105", "mentions[0].spans[0][1]"),
        ({"spans": [[0, 4.0]]}, "E105", "mentions[0].spans[0][1]"),
        ({"spans": [[0, True]]}, "E105", "mentions[0].spans[0][1]"),
        ({"spans": [[-1, 4]]}, "E108", "mentions[0].spans[0][0]"),
        ({"spans": [[0, 2**31]]}, "E108", "mentions[0].spans[0][1]"),
        ({"spans": [[0, 10**300]]}, "E108", "mentions[0].spans[0][1]"),
        ({"spans": [[0, float("nan")]]}, "E108", "mentions[0].spans[0][1]"),
        ({"spans": [[0, float("-inf")]]}, "E108", "mentions[0].spans[0][1]"),
        ({"level": "nam"}, "E106", "mentions[0].level"),
        ({"level": 1}, "E105", "mentions[0].level"),
        ({"type": "PER"}, "E106", "mentions[0].type"),
        ({"text": "\ud83d"}, "E101", "mentions[0].text"),
    ],
)
def test_each_wrong_value_is_told_at_its_field(fields: dict[str, object], code: str, field: str) -> None:
    expected = (
        [(code, field)]
        if "spans" not in fields or fields["spans"] != [0, 4]
        else [(code, field), (code, field[:-2] + "1]")]
    )
    assert told(mention(**fields)) == expected


def test_integers_of_any_length_are_out_of_range() -> None:
    for digits in (b"9" * 400, b"-" + b"9" * 5000, b"1e999"):
        assert told(mention(spans=[[0, 7654321]]).replace(b"7654321", digits)) == [("E108", "mentions[0].spans[0][1]")]


def test_all_problems_of_a_line_are_told_at_once() -> None:
    line = (
        b'{"doc_id":"d1","entities":[{"id":"e1","type":"City","nmae":"Oslo"}],"mentions":[{"spans":[[0,"4"]]}],"x":1}'
    )
    assert told(line) == [
        ("E106", "entities[0].type"),
        ("E103", "entities[0].nmae"),
        ("E105", "mentions[0].spans[0][1]"),
        ("E104", "mentions[0].id"),
        ("E104", "mentions[0].entity"),
        ("E104", "mentions[0].text"),
        ("E104", "mentions[0].level"),
        ("E103", "x"),
    ]


def test_a_misspelt_key_is_one_finding_with_the_key_that_was_meant() -> None:
    (row,) = read(b'{"doc_id":"d1","entities":[],"mentoins":[]}')
    assert [(item.code, item.fix, item.where.doc_id) for item in row.findings] == [
        ("E103", 'did you mean "mentions"?', "d1")
    ]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b'{"doc_id":"d1","entities":[],"mentions":[],"doc_id":"d2"}', "doc_id"),
        (b'{"doc_id":"d1","entities":[],"mentions":[],"doc\\u005fid":"d2"}', "doc_id"),
        (mention().replace(b'"level"', b'"text": "Bergen", "level"'), "mentions[0].text"),
    ],
)
def test_repeated_keys_are_told_at_any_depth_unless_switched_off(line: bytes, field: str) -> None:
    assert told(line) == [("E107", field)]
    (row,) = read(line, duplicates=False)
    assert row.value is not None


def test_a_pattern_that_fails_is_a_value_that_does_not_parse() -> None:
    (row,) = iterate_rows([b'{"lo":"12,000","hi":null}'], Value, file="v")
    assert [(item.code, item.fix) for item in row.findings] == [("E401", 'write "12000"')]


def test_what_stands_in_a_finding_can_be_printed() -> None:
    (row,) = read(mention(level="\x1b[2J\u202e").replace(b'"level"', b'"\\u001b]0;x\\u0007": 1, "level"'))
    shown = " ".join(format_finding(item) for item in row.findings)
    assert shown.isprintable()
    assert "\\x1b]0;x\\x07" in shown


def test_a_row_is_written_whole_in_the_order_of_its_fields() -> None:
    stance = Stance(
        id="s1", holder="e1", target=Target(kind="entity", id="e2"), dimension="evaluation", grade=1, act="support"
    )
    line = encode_row(stance)
    assert list(json.loads(line)) == list(Stance.__struct_fields__)
    assert b'"grade_alt":[]' in line
    assert b" " not in line
    assert encode_row(Entity(id="e1", type="GPE", name="Côte d’Ivoire\n")).decode().count("Côte d’Ivoire\\n") == 1


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    other = NumericFactsRow(doc_id="d2", numeric_facts=[], times=[])
    write_rows(path, [ROW, other])
    assert path.read_bytes() == encode_row(ROW) + b"\n" + encode_row(other) + b"\n"
    rows = list(read_rows(path, EntitiesRow))
    assert rows[0] == Row(line=1, value=ROW)
    assert {item.code for item in rows[1].findings} == {"E103", "E104"}
    assert rows[1].findings[0].where.file == str(path)


def test_writing_is_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    write_rows(path, [ROW])
    before = path.read_bytes()

    def failing() -> Iterator[msgspec.Struct]:
        yield ROW
        raise RuntimeError("no more rows")

    with pytest.raises(RuntimeError):
        write_rows(path, failing())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_writing_keeps_permissions_and_follows_links(tmp_path: Path) -> None:
    path, link = tmp_path / "rows.jsonl", tmp_path / "link.jsonl"
    path.write_bytes(b"")
    path.chmod(0o640)
    link.symlink_to(path)
    write_rows(link, [ROW])
    assert link.is_symlink()
    assert path.read_bytes() == encode_row(ROW) + b"\n"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_list_of_objects_on_one_line_is_called_that(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('[{"doc_id": "d1", "mentions": []}, {"doc_id": "d2", "mentions": []}]', encoding="utf-8")
    (item,) = [item for row in read_rows(path, EntitiesRow) for item in row.findings]
    assert (item.code, item.found, item.expected) == ("E105", "a JSON list of 2 objects", "one object a line")
    assert "jq -c" in item.fix
