"""Functions, objects and factories become systems; whatever they do wrong is said, not raised."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from goldassay.extract.answer import answer_here, plain_answer
from goldassay.extract.base import ALL_LAYERS, UnansweredError, UnknownSystemError
from goldassay.extract.command import answer_by_command
from goldassay.extract.functions import as_system
from goldassay.extract.isolated import isolated
from goldassay.extract.registry import SHIPPED, list_systems, load_extractor, shipped_labels, system_names
from goldassay.model.document import Document

MODULE = """
import os, sys, time

def find(document):
    print("noise on stdout")
    if document.doc_id == "d2":
        raise ValueError("bad weather")
    return [{"start": 0, "end": 5, "label": "GPE", "score": 0.5}]

find.layers = {"entities"}
find.version = "3.1"
find.seen_seeds = True

def hang(document):
    time.sleep(60)

def die(document):
    print("the last words on stdout", flush=True)
    os._exit(9)
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "weather_systems.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "weather_systems"


def test_a_function_runs_in_a_worker_that_says_what_it_covers(module: str, three_documents: list[Document]) -> None:
    system = isolated(f"{module}:find")
    assert (system.name, system.version, system.layers) == ("weather_systems:find", "3.1", {"entities"})
    assert system.seen_seeds is True
    assert system.code is not None
    outcomes = [outcome for _, outcome in answer_by_command(system.argv, three_documents, timeout=60)]
    assert outcomes[0].line == {
        "doc_id": "d1",
        "mentions": [{"start": 0, "end": 5, "type": "GPE", "score": 0.5}],
    }
    assert [outcome.status for outcome in outcomes] == ["ok", "error", "ok"]
    assert outcomes[1].message == "ValueError: bad weather (at weather_systems.py:7)"


def test_a_function_that_hangs_or_dies_costs_one_document(module: str, three_documents: list[Document]) -> None:
    for function, status in (("hang", "timeout"), ("die", "crash")):
        argv = isolated(f"{module}:{function}").argv
        [(_, outcome)] = answer_by_command(argv, three_documents[:1], timeout=6)
        assert outcome.status == status
    assert outcome.stderr == "the last words on stdout"


def test_an_exception_in_this_process_is_an_outcome(three_documents: list[Document]) -> None:
    def fail(document: Document) -> list[object]:
        raise RuntimeError(f"cannot read {document.doc_id}")

    [(_, outcome)] = answer_here(as_system(fail, "fail"), three_documents[:1])
    assert outcome.status == "error"
    assert outcome.message is not None
    assert outcome.message.startswith("RuntimeError: cannot read d1 (at test_python_adapters.py:")


def test_objects_and_factories_are_accepted(three_documents: list[Document]) -> None:
    class Mine:
        name, version, layers, seen_seeds, family = "mine", "0.2", frozenset({"stances"}), False, "lark"

        def extract(self, document: Document) -> dict[str, object]:
            return {"stances": [], "run": document.doc_id}

    def make() -> Mine:
        return Mine()

    for loaded in (Mine(), Mine, make):
        system = as_system(loaded, "mine")
        assert (system.name, system.version, system.family) == ("mine", "0.2", "lark")
        assert system.extract(three_documents[0]) == {"stances": [], "run": "d1"}
    assert as_system(lambda document: [], "plain").layers == ALL_LAYERS
    assert as_system(lambda document: [], "plain").seen_seeds is None


def test_numpy_numbers_and_tuples_become_json() -> None:
    answer = {"mentions": [{"spans": [(np.int64(0), np.int64(4))], "score": np.float32(0.5)}]}
    assert plain_answer("d1", answer) == {"doc_id": "d1", "mentions": [{"spans": [[0, 4]], "score": 0.5}]}


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "returned NoneType, expected a mapping or a list of mentions"),
        ("text", "returned str, expected a mapping or a list of mentions"),
        ({"mentions": [{"score": float("nan")}]}, "returned no JSON: Out of range float values are not JSON compliant"),
        ({"mentions": [object()]}, "returned no JSON: Encoding objects of type object is unsupported"),
        ({"doc_id": "d2"}, 'answered for document "d2", expected "d1"'),
    ],
)
def test_what_is_no_answer_is_said(answer: object, message: str) -> None:
    with pytest.raises(UnansweredError) as raised:
        plain_answer("d1", answer)
    assert raised.value.message.startswith(message)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("rules-mentoins", "no system 'rules-mentoins'; did you mean 'rules-mentions'?"),
        ("zzz", "no system 'zzz'; known: dateparser, empty, "),
        ("weather_systems:fin", "'weather_systems' has no 'fin'; did you mean 'find'?"),
        ("no_such_module_here:f", "cannot import 'no_such_module_here' (ModuleNotFoundError: "),
        ("weather_systems:find.layers", "'weather_systems:find.layers' is of type set; expected a function"),
    ],
)
def test_unknown_systems_get_a_suggestion(module: str, spec: str, message: str) -> None:
    with pytest.raises(UnknownSystemError) as raised:
        isolated(spec)
    assert str(raised.value).startswith(message)


def test_layers_that_do_not_exist_are_refused() -> None:
    def find(document: Document) -> list[object]:
        return []

    find.layers = {"events"}  # type: ignore[attr-defined]
    with pytest.raises(UnknownSystemError, match=r"covers \['events'\]; the layers are entities"):
        as_system(find, "find")


def test_every_shipped_system_loads_and_every_layer_has_one() -> None:
    covered = {layer for name, row in SHIPPED.items() if name != "empty" for layer in row.layers}
    assert covered == ALL_LAYERS
    assert set(SHIPPED) <= set(system_names())
    assert len(list_systems()) == len(system_names())
    for name in SHIPPED:
        assert name.replace("-", "").isalnum()
        assert shipped_labels(name)["version"] != "unknown"
    assert dataclasses.replace(load_extractor("empty"), spec=None).name == "empty"
