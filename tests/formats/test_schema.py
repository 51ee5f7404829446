"""JSON Schemas: valid themselves, closed, fresh, and of one mind with the typed decoder."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from goldassay.formats.schema import SCHEMAS, build_schema, check_schemas, format_schema, write_schemas

VALID = Path(__file__).parents[1] / "laws" / "valid"
LINES = {
    "document": "documents",
    "entities": "entities",
    "stances": "stances",
    "numeric_facts": "numeric_facts",
    "prediction": "predictions",
}


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every object schema with properties, at any depth."""
    found = [schema] if isinstance(schema, dict) and "properties" in schema else []
    children = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return found + [below for child in children for below in objects(child)]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_valid_closed_and_described(name: str) -> None:
    schema = build_schema(name)
    Draft202012Validator.check_schema(schema)
    assert len(objects(schema)) > 0
    for one in objects(schema):
        assert one["additionalProperties"] is False
        assert one["description"]
    assert schema["$id"].endswith(f"{name}.schema.json")


def test_the_schemas_asked_for_are_there() -> None:
    assert {*LINES, "score", "gold", "chat_answer"} == set(SCHEMAS)


@pytest.mark.parametrize("name", sorted(LINES))
def test_schema_and_decoder_accept_the_same_line(name: str) -> None:
    line = json.loads((VALID / f"{LINES[name]}.jsonl").read_bytes())
    assert list(Draft202012Validator(build_schema(name)).iter_errors(line)) == []


def spoil(line: dict[str, Any], step: str) -> dict[str, Any]:
    spoilt: dict[str, Any] = json.loads(json.dumps(line))
    if step == "extra key":
        spoilt["mentions"][0]["colour"] = 1
    elif step == "key gone":
        del spoilt["mentions"][0]["level"]
    elif step == "label":
        spoilt["mentions"][0]["level"] = "nam"
    elif step == "three ends":
        spoilt["mentions"][0]["spans"] = [[0, 1, 2]]
    elif step == "negative":
        spoilt["mentions"][0]["spans"] = [[-1, 2]]
    elif step == "null list":
        spoilt["entities"] = None
    return spoilt


@pytest.mark.parametrize("step", ["extra key", "key gone", "label", "three ends", "negative", "null list"])
def test_schema_and_decoder_refuse_the_same_line(step: str) -> None:
    from goldassay.model.entities import EntitiesRow

    line = spoil(json.loads((VALID / "entities.jsonl").read_bytes()), step)
    assert not Draft202012Validator(build_schema("entities")).is_valid(line)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(line, EntitiesRow)


def test_what_is_written_is_fresh_and_the_rest_is_stale(tmp_path: Path) -> None:
    assert {item.found for item in check_schemas(tmp_path)} == {"no file"}
    write_schemas(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}.schema.json" for name in SCHEMAS)
    assert check_schemas(tmp_path) == []
    (tmp_path / "stances.schema.json").write_bytes(format_schema("entities"))
    (tmp_path / "moods.schema.json").write_bytes(b"{}")
    (tmp_path / "document.schema.json").unlink()
    findings = check_schemas(tmp_path)
    assert [(Path(item.where.file or "").name, item.found) for item in findings] == [
        ("document.schema.json", "no file"),
        ("stances.schema.json", "a schema that differs from the types"),
        ("moods.schema.json", "a schema of no type"),
    ]
    assert {item.code for item in findings} == {"E608"}
