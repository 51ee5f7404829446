"""The records of a CITATION.cff in the Citation File Format 1.2.0 (Druskat et al., 2021), and the rules beyond types.

All keys of the format are known but two, `references` and `preferred-citation`: they speak of other works.
"""

import datetime
import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Annotated, Literal, NamedTuple

import msgspec
import yaml

from goldassay.formats.yaml_nodes import is_null, line_of
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.record import Record

Text = Annotated[str, msgspec.Meta(min_length=1)]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Doi = Annotated[str, msgspec.Meta(pattern=r"^10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+$")]
Address = Annotated[str, msgspec.Meta(pattern=r"^(https?|s?ftp)://\S+$")]
Orcid = Annotated[str, msgspec.Meta(pattern=r"^https://orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")]
Email = Annotated[str, msgspec.Meta(pattern=r"^\S+@\S+\.\S{2,}$")]

_OF_ENTITIES = ("name", "location", "date_start", "date_end")
_OF_PERSONS = ("family_names", "given_names", "name_particle", "name_suffix", "affiliation")
_VALUES = {
    "doi": Doi,
    "url": Address,
    "swh": Annotated[str, msgspec.Meta(pattern=r"^swh:1:(snp|rel|rev|dir|cnt):[0-9a-fA-F]{40}$")],
}
# What YAML 1.2 takes for a number or a truth value where no quotation marks stand; a date is text to the format.
_NO_TEXT = re.compile(
    r"[-+]?(\d+|0o[0-7]+|0x[0-9a-fA-F]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|\.inf)|\.nan|true|false", re.I
)
_NUMBERS = ("version", "post-code")


class Author(Record, frozen=True, kw_only=True, rename="kebab"):
    """A person (family and given names) or an entity (`name`)."""

    name: Text | None = None
    family_names: Text | None = None
    given_names: Text | None = None
    name_particle: Text | None = None
    name_suffix: Text | None = None
    alias: Text | None = None
    affiliation: Text | None = None
    address: Text | None = None
    city: Text | None = None
    country: Text | None = None
    region: Text | None = None
    post_code: Text | None = None
    location: Text | None = None
    date_start: Day | None = None
    date_end: Day | None = None
    email: Email | None = None
    tel: Text | None = None
    fax: Text | None = None
    orcid: Orcid | None = None
    website: Address | None = None

    @property
    def shown(self) -> str:
        """The name as one reads it; empty if there is none."""
        parts = (self.given_names, self.name_particle, self.family_names, self.name_suffix)
        return self.name or " ".join(part for part in parts if part) or self.alias or ""


class Identifier(Record, frozen=True, kw_only=True):
    """Another name of the work: a DOI, an address, an identifier of Software Heritage, or any other."""

    type: Literal["doi", "url", "swh", "other"]
    value: Text
    description: Text | None = None


class Citation(Record, frozen=True, kw_only=True, rename="kebab"):
    """The file; what the format requires has no default. One licence stands for a list of one."""

    cff_version: Literal["1.2.0"]
    message: Text
    title: Text
    authors: list[Author]
    type: Literal["software", "dataset"] = "software"
    abstract: Text | None = None
    version: Text | None = None
    license: list[Text] | None = None
    license_url: Address | None = None
    keywords: list[Text] | None = None
    contact: list[Author] | None = None
    identifiers: list[Identifier] | None = None
    commit: Text | None = None
    date_released: Day | None = None
    doi: Doi | None = None
    url: Address | None = None
    repository: Address | None = None
    repository_code: Address | None = None
    repository_artifact: Address | None = None

    @property
    def names(self) -> list[str]:
        """The authors as one reads them."""
        return [author.shown for author in self.authors]

    @property
    def address(self) -> str | None:
        """Where the work is found: `url`, else the repository of its code."""
        return self.url or self.repository_code


class _Fault(NamedTuple):
    code: str
    field: str
    found: str
    expected: str


def list_licences(node: yaml.Node) -> None:
    """Make a licence that stands by itself a list of one; the format allows both."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == "license" and isinstance(value, yaml.ScalarNode) and not is_null(value):
            place = node.value.index((key, value))
            listed = yaml.SequenceNode("tag:yaml.org,2002:seq", [value], value.start_mark, value.end_mark)
            node.value[place] = (key, listed)


def check_scalars(node: yaml.Node, file: str, path: str = "") -> Iterator[Finding]:
    """E105 for what YAML takes for nothing, a number or a truth value where the format asks for text."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = str(key.value)
            if not (name in _NUMBERS and isinstance(value, yaml.ScalarNode) and not is_null(value)):
                yield from check_scalars(value, file, f"{path}.{name}".lstrip("."))
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from check_scalars(value, file, f"{path}[{place}]")
    elif is_null(node) or (isinstance(node, yaml.ScalarNode) and node.style is None and _NO_TEXT.fullmatch(node.value)):
        found = "nothing" if is_null(node) else f"{node.value}, which is no text"
        fix = "leave the key out" if is_null(node) else "put it in quotation marks"
        yield finding("E105", found=found, expected="text", fix=fix, field=path, line=line_of(node), file=file)


def check_rules(citation: Citation, file: str) -> list[Finding]:
    """What the types do not say: lists that are empty or repeat themselves, closed lists, dates that do not exist."""
    faults = [*_check_lists(citation), *_check_licences(citation), *_check_day("date-released", citation.date_released)]
    people = [("authors", citation.authors), ("contact", citation.contact or [])]
    for name, group in people:
        faults += [fault for place, one in enumerate(group) for fault in _check_author(one, f"{name}[{place}]")]
    for place, one in enumerate(citation.identifiers or []):
        faults += _check_identifier(one, f"identifiers[{place}].value")
    return [finding(code, found=found, expected=what, field=field, file=file) for code, field, found, what in faults]


def _check_lists(citation: Citation) -> Iterator[_Fault]:
    for name in ("authors", "contact", "identifiers", "keywords", "license"):
        values: Sequence[object] | None = getattr(citation, name)
        if values is not None and not values:
            yield _Fault("E407", name, "an empty list", "at least one, or no such key")
        for place, value in enumerate(values or ()):
            if value in list(values or ())[:place]:
                yield _Fault("E107", f"{name}[{place}]", "the same again", "each once")


def _check_licences(citation: Citation) -> Iterator[_Fault]:
    known = _closed("licences")
    for place, one in enumerate(citation.license or ()):
        if one not in known:
            expected = "an SPDX identifier that CFF 1.2.0 knows"
            yield _Fault("E106", f"license[{place}]", quoted(one), expected)


def _check_author(one: Author, field: str) -> Iterator[_Fault]:
    if not one.shown:
        # The format allows it; a citation without a name is none.
        yield _Fault("E407", field, "no name", "`name`, or `family-names` and `given-names`")
    foreign = _OF_PERSONS if one.name else _OF_ENTITIES
    for name in foreign:
        if getattr(one, name) is not None:
            kind = "an entity, which has a `name`," if one.name else "a person"
            key = name.replace("_", "-")
            yield _Fault("E103", f"{field}.{key}", f"{quoted(key)} of {kind}", "the keys of a person or of an entity")
    if one.country is not None and one.country not in _closed("countries"):
        yield _Fault("E106", f"{field}.country", quoted(one.country), "a two-letter code of ISO 3166-1")
    yield from _check_day(f"{field}.date-start", one.date_start)
    yield from _check_day(f"{field}.date-end", one.date_end)


def _check_identifier(one: Identifier, field: str) -> Iterator[_Fault]:
    try:
        msgspec.convert(one.value, _VALUES.get(one.type, Text))
    except msgspec.ValidationError:
        yield _Fault("E401", field, quoted(one.value), f"a value of the type {one.type}")


def _check_day(field: str, day: str | None) -> Iterator[_Fault]:
    try:
        datetime.date.fromisoformat(day or "2000-01-01")
    except ValueError:
        yield _Fault("E401", field, quoted(day or ""), "a day that exists")


def _closed(name: str) -> frozenset[str]:
    return frozenset(
        tomllib.loads((files("goldassay.hub") / "citation.toml").read_text(encoding="utf-8"))[name].split()
    )
