"""croissant.json: the data set for machines, in Croissant 1.1 with the Responsible AI vocabulary 1.0.

Written from the record types and the files on disk, without a library; `mlcroissant` validates it in the tests.
"""

import json
import tomllib
import types
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from goldassay.corpus.features import CONFIGS, list_records
from goldassay.corpus.manifest import Manifest
from goldassay.hub.card import config_files
from goldassay.hub.citation_format import Citation
from goldassay.hub.contents import count_contents
from goldassay.model.finding import Finding, finding
from goldassay.model.record import Record, Span
from goldassay.model.views import CANARY

CROISSANT = Path("croissant.json")
LEFT_OUT = "Not among the fields, but in the file"
"""What stands in the description of a record set before the parts of a row that no field gives."""
CONFORMS_TO = ("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0")
# All terms of the vocabulary, used or not: validators compare the context with the standard one.
_TERMS = (
    *("arrayShape", "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty"),
    *("fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path"),
    *("recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField"),
    "transform",
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    **{term: f"cr:{term}" for term in _TERMS},
}
_TYPES = {str: "sc:Text", int: "sc:Integer", bool: "sc:Boolean"}


def render_croissant(root: Path, manifest: Manifest, citation: Citation | None, date: str | None) -> bytes:
    """The bytes of croissant.json. Paths in it are relative, so that it works in any clone.

    Args:
        root: The checkout.
        manifest: Its manifest.
        citation: Its CITATION.cff, which gives authors and address; null if there is none.
        date: The day of publication, null for gold that is no release.
    """
    words = _words(root)
    names = citation.names if citation else [f"The maintainers of {manifest.name}"]
    known = {"datePublished": date, "url": citation.address if citation else None}
    paths = [(config, path) for config in CONFIGS for path in config_files(root, config)]
    data = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": manifest.name,
        "description": words["description"],
        "conformsTo": list(CONFORMS_TO),
        "version": manifest.version,
        "license": [{"@type": "sc:CreativeWork", **licence} for licence in words["licences"]],
        "usageInfo": words["rights"],
        "creator": [{"@type": "sc:Organization", "name": name} for name in names],
        **{name: value for name, value in known.items() if value},
        "citeAs": f"{', '.join(names)}{f' ({date[:4]})' if date else ''}. {manifest.name}, version {manifest.version}.",
        "keywords": words["keywords"],
        "inLanguage": words["languages"],
        "isLiveDataset": False,
        "identifier": CANARY,
        **{f"rai:{name}": value for name, value in words["rai"].items()},
        "prov:wasDerivedFrom": {"prov:label": words["prov"]["derived"]},
        "prov:wasGeneratedBy": {"@type": "prov:Activity", "prov:label": words["prov"]["generated"]},
        "distribution": [_file(root, config, path) for config, path in paths],
        "recordSet": [_record_set(config, path.stem, words["records"][config]) for config, path in paths],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def check_croissant(root: Path, manifest: Manifest, citation: Citation | None, date: str | None) -> list[Finding]:
    """E608 if the file is not what the files on disk call for."""
    path = root / CROISSANT
    if path.is_file() and path.read_bytes() == render_croissant(root, manifest, citation, date):
        return []
    found = "metadata of other content" if path.is_file() else "no file"
    return [finding("E608", found=found, expected="metadata of the files on disk", file=CROISSANT.as_posix())]


def _words(root: Path) -> dict[str, Any]:
    """What the file says in words, with the numbers and languages of the documents that are there."""
    contents = count_contents(root)
    said = {"articles": contents.articles, "languages": ", ".join(contents.languages)}

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: fill(one) for name, one in value.items()}
        if isinstance(value, list):
            return [fill(one) for one in value]
        return value.format(**said) if isinstance(value, str) else value

    words = tomllib.loads((files("goldassay.hub") / "croissant.toml").read_text(encoding="utf-8"))
    return {**fill(words), "languages": list(contents.languages)}


def _file(root: Path, config: str, path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    name = f"{config}-{path.stem}"
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": path.relative_to(root).as_posix(),
        "contentSize": f"{len(content)} B",
        "encodingFormat": "application/jsonlines",
        "sha256": sha256(content).hexdigest(),
    }


def _record_set(config: str, split: str, description: str) -> dict[str, Any]:
    name, file = f"{config}_{split}", f"{config}-{split}"
    said = [description, f"Split {split}."]
    if left := left_out(CONFIGS[config]):
        said.append(f"{LEFT_OUT}: {', '.join(left)}.")
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": " ".join(said),
        "field": list(_fields(CONFIGS[config], file, name)),
    }


def left_out(record: type[Record]) -> list[str]:
    """The parts of a row that no field gives: lists of records inside the records of a list.

    Croissant could nest them, but a loader takes only the first match of a path; a field that gave the first mention of
    a number for all of them would be worse than none.

    >>> from goldassay.model.stances import StancesRow
    >>> left_out(StancesRow)
    []
    """
    lists = list_records(record)
    return [f"{name}[].{path}" for name, inner in lists.items() for path, kind, _ in _paths(inner) if not _plain(kind)]


def _fields(record: type[Record], file: str, parent: str) -> Iterator[dict[str, Any]]:
    """One field a column; a list of records has a subfield for each of its values, however deep: `target.kind`."""
    for column in msgspec.structs.fields(record):
        source = {"fileObject": {"@id": file}, "extract": {"column": column.encode_name}}
        kind, shape = _kind(column.type)
        own = _field(parent, column.encode_name)
        if _plain(kind):
            yield own | _typed(kind, shape) | {"source": source}
        else:
            subs = [
                _field(own["@id"], path)
                | _typed(inner, depth)
                | {"source": source | {"transform": {"jsonPath": f"[*].{path}"}}}
                for path, inner, depth in _paths(kind)
                if _plain(inner)
            ]
            yield own | {"isArray": True, "arrayShape": "-1", "subField": subs}


def _paths(record: type[Record], before: str = "") -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Every value of a record by its path, with its kind and shape; records that it holds are walked, lists are not."""
    for part in msgspec.structs.fields(record):
        kind, shape = _kind(part.type)
        path = f"{before}{part.encode_name}"
        if _plain(kind) or shape:
            yield path, kind, shape
        else:
            yield from _paths(kind, f"{path}.")


def _plain(kind: Any) -> bool:
    return kind in _TYPES


def _field(parent: str, name: str) -> dict[str, Any]:
    return {"@type": "cr:Field", "@id": f"{parent}/{name}", "name": name}


def _typed(kind: Any, shape: tuple[str, ...]) -> dict[str, Any]:
    array = {"isArray": True, "arrayShape": ",".join(shape)} if shape else {}
    return {"dataType": _TYPES[kind], **array}


def _kind(type_: Any) -> tuple[Any, tuple[str, ...]]:
    """The plain type or record inside, and the lengths of the lists around it (-1 for any)."""
    origin, args = get_origin(type_), get_args(type_)
    if type_ == Span:
        return int, ("2",)
    if origin is Annotated:
        return _kind(args[0])
    if origin in (Union, types.UnionType):
        return _kind(next(part for part in args if part is not types.NoneType))
    if origin is list:
        inner, shape = _kind(args[0])
        return inner, ("-1", *shape)
    return (type_ if isinstance(type_, type) else type(args[0])), ()
