"""JSON Schemas (draft 2020-12) of everything the project reads and writes, generated from the record types.

They serve other tools and other languages; goldassay itself decodes typed and does not need them.
"""

import inspect
import json
import os
import pkgutil
from pathlib import Path
from typing import Any

import msgspec

from goldassay.formats.files import write_atomically
from goldassay.model.finding import Finding, finding

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUFFIX = ".schema.json"

SCHEMAS: dict[str, str] = {
    "document": "goldassay.model.document:Document",
    "entities": "goldassay.model.entities:EntitiesRow",
    "stances": "goldassay.model.stances:StancesRow",
    "numeric_facts": "goldassay.model.numeric_facts:NumericFactsRow",
    "prediction": "goldassay.formats.prediction_line:PredictionLine",
    "gold": "goldassay.formats.gold:GoldLine",
    "chat_answer": "goldassay.formats.chat_answer:ChatAnswer",
    "score": "goldassay.model.scorefile:ScoreFile",
}
"""The name of each schema and the type it describes, as `module:name` so that a type is imported when it is used."""


def build_schema(name: str) -> dict[str, Any]:
    """The schema of one kind of line or file; objects admit no keys but those they list.

    >>> build_schema("entities")["required"]
    ['doc_id', 'entities', 'mentions']

    Raises:
        KeyError: There is no schema of that name.
    """
    record = pkgutil.resolve_name(SCHEMAS[name])
    (root,), definitions = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        _close(definition)
    body: dict[str, Any] = definitions.pop(root["$ref"].rsplit("/", 1)[1])
    head: dict[str, Any] = {"$schema": DIALECT, "$id": f"urn:goldassay:{name}{SUFFIX}"}
    return head | body | ({"$defs": dict(sorted(definitions.items()))} if definitions else {})


def _close(definition: dict[str, Any]) -> None:
    if "properties" in definition:
        definition["additionalProperties"] = False
    if "description" in definition:
        definition["description"] = inspect.cleandoc(definition["description"])


def format_schema(name: str) -> bytes:
    """The bytes of a schema file: indented by two, UTF-8, ended by LF."""
    return (json.dumps(build_schema(name), ensure_ascii=False, indent=2) + "\n").encode()


def write_schemas(folder: str | os.PathLike[str]) -> None:
    """Write every schema as `<name>.schema.json` into an existing folder."""
    for name in SCHEMAS:
        write_atomically(Path(folder) / f"{name}{SUFFIX}", [format_schema(name)])


def check_schemas(folder: str | os.PathLike[str]) -> list[Finding]:
    """E608 for each schema file that is missing, differs from the types, or stands for no type."""
    findings = []
    for name in sorted(SCHEMAS):
        path = Path(folder) / f"{name}{SUFFIX}"
        if not path.is_file():
            findings.append(finding("E608", found="no file", expected="the schema of the types", file=str(path)))
        elif path.read_bytes() != format_schema(name):
            found = "a schema that differs from the types"
            findings.append(finding("E608", found=found, expected="the schema of the types", file=str(path)))
    for path in sorted(Path(folder).glob(f"*{SUFFIX}")):
        if path.name.removesuffix(SUFFIX) not in SCHEMAS:
            findings.append(finding("E608", found="a schema of no type", expected="no such file", file=str(path)))
    return findings
