"""Findings as text, JSON and workflow commands: sorted, grouped, and safe to print."""

import json
import random
from collections import Counter

import pytest

from goldassay.model.finding import CODES, Finding, finding
from goldassay.model.printable import printable, quoted
from goldassay.report.findings import render_findings, select_first, summarize

FINDINGS = [
    finding(
        "E202", found="end 512", expected="at most 498", file="b.jsonl", line=10, doc_id="d1", field="mentions[10]"
    ),
    finding("E202", found="end 512", expected="at most 498", file="b.jsonl", line=10, doc_id="d1", field="mentions[9]"),
    finding("E305", found="no line", expected="a line", file="b.jsonl", doc_id="d2"),
    finding("E102", found="nothing", expected="JSON", file="a.jsonl", line=9),
    finding("E505", found="silence", expected="speech"),
]


def test_text_is_grouped_by_file_and_sorted_by_line_and_field() -> None:
    assert render_findings(FINDINGS) == (
        "(no file)\n"
        "    E505 info  predictions stop early: found silence, expected speech; "
        "let the system read whole documents, in windows if it must\n"
        "a.jsonl\n"
        "  9  E102  not JSON: found nothing, expected JSON; write one JSON object a line\n"
        "b.jsonl\n"
        "      E305 warning  d2: document missing: found no line, expected a line; "
        "add a line for the document; it counts as empty\n"
        "  10  E202  d1 mentions[9]: span outside the text: found end 512, expected at most 498; "
        "count code points from 0, end exclusive\n"
        "  10  E202  d1 mentions[10]: span outside the text: found end 512, expected at most 498; "
        "count code points from 0, end exclusive\n"
        "3 errors, 1 warning, 1 info\n"
    )


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_the_order_of_the_findings_does_not_matter(form: str) -> None:
    shuffled = FINDINGS * 2
    random.Random(7).shuffle(shuffled)
    assert render_findings(shuffled, format=form) == render_findings(FINDINGS * 2, format=form)  # type: ignore[arg-type]


def test_json_is_the_findings_themselves() -> None:
    decoded = json.loads(render_findings(FINDINGS, format="json"))
    assert len(decoded) == 5
    assert set(decoded[0]) == set(Finding.__struct_fields__)
    assert decoded[-1]["where"] == {"file": "b.jsonl", "line": 10, "doc_id": "d1", "field": "mentions[10]"}


def test_github_commands_escape_what_would_end_them() -> None:
    odd = finding("E203", found="100% of it", expected="a, b: c", file="my,odd:file%.jsonl", line=3, doc_id="d1")
    assert render_findings([odd], format="github") == (
        "::error file=my%2Codd%3Afile%25.jsonl,line=3,title=E203 text differs from the span::"
        "d1: text differs from the span: found 100%25 of it, expected a, b: c; correct the offsets or the text\n"
    )
    warning, notice = FINDINGS[2], FINDINGS[4]
    assert render_findings([warning], format="github").startswith(
        "::warning file=b.jsonl,title=E305 document missing::"
    )
    assert render_findings([notice], format="github").startswith("::notice title=E505 predictions stop early::")


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_no_control_character_passes(form: str) -> None:
    nasty = "\x1b[2J\x9b31m\r\n::error::\u202e\u2028\ud83d\x07"
    item = finding("E203", found=nasty, expected=nasty, fix=nasty, file=nasty, doc_id=nasty, field=nasty)
    shown = render_findings([item], format=form)  # type: ignore[arg-type]
    assert shown.replace("\n", "").isprintable()
    assert shown.encode()
    if form == "github":
        assert shown.count("\n") == 1


def test_what_is_printable_stays_and_a_second_pass_changes_nothing() -> None:
    for text in ("“Café” 🚀 Çelik", "a\tb\\n", "\x00", "x" * 500, "\ufeff"):
        assert printable(printable(text)) == printable(text)
        assert printable(text).isprintable()
        assert len(printable(text, 10)) <= 100
    assert printable("“Café” 🚀 Çelik") == "“Café” 🚀 Çelik"
    assert quoted("a\nb") == '"a\\nb"'


def test_a_summary_counts_by_severity() -> None:
    assert summarize([]) == "no findings"
    assert summarize(FINDINGS) == "3 errors, 1 warning, 1 info"
    assert render_findings([]) == "no findings\n"
    assert render_findings([], format="github") == ""
    assert render_findings([], format="json") == "[]\n"


def lines_of(code: str, count: int, severity: str | None = None) -> list[Finding]:
    return [
        finding(code, found="it", expected="that", file="p.jsonl", line=n + 1, severity=severity) for n in range(count)
    ]  # type: ignore[arg-type]


def test_text_shows_the_first_of_each_code_and_counts_the_others() -> None:
    many = lines_of("E102", 914) + lines_of("E106", 11)
    shown = render_findings(many, rest="--all shows them").splitlines()
    assert sum("  E102  " in line for line in shown) == 10
    assert sum("  E106  " in line for line in shown) == 10
    assert shown[-2:] == ["905 more like these (904 E102, 1 E106); --all shows them", "925 errors"]
    assert [line.split()[0] for line in shown if "E102" in line][:10] == [str(n) for n in range(1, 11)]


def test_every_finding_is_shown_where_that_is_asked_for_or_programs_read_along() -> None:
    many = lines_of("E102", 914)
    assert render_findings(many, every=True).count("E102") == 914
    assert render_findings(many, format="github").count("::error") == 914
    assert len(json.loads(render_findings(many, format="json"))) == 914
    assert "more like these" not in render_findings(lines_of("E102", 10))


def test_all_in_all_fifty_are_shown_each_code_once_and_errors_before_warnings() -> None:
    codes = sorted(CODES)[:8]
    many = [item for code in codes for item in lines_of(code, 20, "warning" if code == codes[0] else "error")]
    first = select_first(many)
    shown = Counter(item.code for item in first)
    assert first == [item for item in many if item in first]
    assert (len(first), set(shown)) == (50, set(codes))
    assert shown[codes[0]] == 1
    assert max(shown.values()) == 10
