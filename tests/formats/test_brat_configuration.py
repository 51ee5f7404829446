"""The configuration beside brat's files declares every type, role, attribute and value that the files have."""

import re

import pytest
from field_lines import CASE_IDS, CASES, build
from library_lines import corpus_lines, several_lines

from goldassay.exchange.brat_configuration import configure_brat
from goldassay.exchange.reading import WriteOptions
from goldassay.exchange.table import FORMATS
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Mention
from goldassay.model.labels import ENTITY_TYPES

Arguments = dict[str, set[str]]


class Configuration:
    """A reading of annotation.conf of its own: sections, names, and what each argument may be."""

    def __init__(self, text: str) -> None:
        self.sections: dict[str, dict[str, Arguments]] = {}
        macros: dict[str, str] = {}
        for line in text.splitlines():
            if head := re.fullmatch(r"\[(\w+)\]", line):
                self.sections[head[1]] = section = {}
                macros = {}
            elif macro := re.fullmatch(r"(<\w+>)=(.*)", line):
                macros[macro[1]] = macro[2]
            elif line:
                name, _, said = line.partition("\t")
                assert name not in section, f"{name} twice: brat would keep one"
                for one, other in macros.items():
                    said = said.replace(one, other)
                section[name] = {}
                for part in filter(None, said.split(", ")):
                    role, _, ends = part.partition(":")
                    section[name][role] = set(ends.split("|"))

    def takes(self, ends: set[str], type_: str) -> bool:
        return type_ in ends or ("<ENTITY>" in ends and type_ in self.sections["entities"])


def undeclared(files: dict[str, bytes]) -> set[str]:
    """Whatever stands in some `.ann` file and not in the configuration."""
    known = Configuration(files["annotation.conf"].decode())
    entities, events, relations, attributes = (
        known.sections[name] for name in ("entities", "events", "relations", "attributes")
    )
    wrong: set[str] = set()
    for name, content in files.items():
        rows = [line.split("\t") for line in content.decode().splitlines()] if name.endswith(".ann") else []
        types = {row[0]: re.split("[ :]", row[1])[0] for row in rows if row[0][0] in "TE"}
        for id_, type_ in types.items():
            wrong |= {type_} if type_ not in (events if id_[0] == "E" else {**entities, **events}) else set()
        for row in rows:
            head, *parts = row[1].split(" ")
            if row[0][0] == "R":
                for role, end in (part.split(":") for part in parts):
                    wrong |= set() if known.takes(relations[head][role], types[end]) else {f"{head} {role}"}
            elif row[0][0] == "E":
                for role, end in (part.split(":") for part in parts if part):
                    roles = events[head.split(":")[0]]
                    single, many = f"{role}?", f"{re.sub('[0-9]+$', '', role)}*"
                    ends = roles.get(single, roles.get(many, set()))
                    wrong |= set() if known.takes(ends, types[end]) else {f"{head} {role}"}
            elif row[0][0] == "A":
                said = attributes[head]
                wrong |= set() if known.takes(said["Arg"], types[parts[0]]) else {f"{head} of {types[parts[0]]}"}
                wrong |= set() if said.get("Value", set()) >= set(parts[1:]) else {f"{head} {parts[1]}"}
    return wrong


def written(lines: list[GoldLine]) -> dict[str, bytes]:
    return dict(FORMATS["brat"].write(lines, WriteOptions()).files)


def test_all_of_the_corpus_is_declared() -> None:
    assert undeclared(written([*corpus_lines(), *several_lines()])) == set()


@pytest.mark.parametrize("value", [value for _, _, value in CASES], ids=CASE_IDS)
def test_every_value_of_a_field_is_declared(value: dict[str, object]) -> None:
    assert undeclared(written([build(value)])) == set()


def test_labels_of_other_schemes_are_declared_and_ours_stay() -> None:
    mention = Mention(id="m1", entity=None, spans=[(0, 5)], text="Zenda", level="NAM", type="Geo-place")  # type: ignore[arg-type]
    files = written([GoldLine(doc_id="d1", text="Zenda", mentions=(mention,))])
    assert undeclared(files) == set()
    entities = Configuration(files["annotation.conf"].decode()).sections["entities"]
    assert list(entities)[: len(ENTITY_TYPES) + 1] == [*ENTITY_TYPES, "Geo-place"]


def test_what_is_not_declared_would_be_seen() -> None:
    files = written(corpus_lines())
    conf = files["annotation.conf"].decode()
    for old, new in (("GPE\n", ""), ("Coref\tArg1:<MENTION>", "Coref\tArg1:LAW"), ("Value:NAM|", "Value:")):
        assert undeclared({**files, "annotation.conf": conf.replace(old, new, 1).encode()})


def test_the_pictures_are_of_types_that_are_declared() -> None:
    files = configure_brat(())
    sections = Configuration(files["annotation.conf"]).sections
    drawn = {line.split("\t")[0] for line in files["visual.conf"].split("[drawing]\n")[1].splitlines() if line}
    assert drawn - {"SPAN_DEFAULT", "ARC_DEFAULT"} <= {name for section in sections.values() for name in section}
