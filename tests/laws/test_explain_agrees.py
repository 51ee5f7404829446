"""The walk that explains a refused line and the decoder that refused it agree about what is valid."""

import msgspec
from damage import LINES, RECORDS, damaged_values, kinds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldassay.formats.explain import explain
from goldassay.formats.strict_json import parse_json


def decodes(line: bytes, record: type[msgspec.Struct]) -> bool:
    try:
        msgspec.json.decode(line, type=record)
    except (ValueError, RecursionError):
        return False
    return True


@given(st.data())
@settings(max_examples=1500, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_nothing_is_explained_if_and_only_if_the_line_decodes(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    line = data.draw(damaged_values(LINES[kind]))
    value, syntax = parse_json(line)
    problems = [syntax] if syntax else explain(value, RECORDS[kind])
    assert (problems == []) == decodes(line, RECORDS[kind])


@given(st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_every_one_of_several_faults_is_found(data: st.DataObject) -> None:
    row = msgspec.json.decode(LINES["stances"])
    fields = ["holder", "target", "dimension", "grade", "act", "sources", "status", "tier", "mixed"]
    spoilt = set()
    for index, stance in enumerate(row["stances"]):
        for field in data.draw(st.sets(st.sampled_from(fields))):
            stance[field] = 3.5
            spoilt.add(f"stances[{index}].{field}")
    assert {problem.path for problem in explain(row, RECORDS["stances"])} == spoilt
