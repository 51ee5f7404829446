"""Whatever can move a number moves the signature; whatever only shows numbers otherwise does not."""

import itertools
import json
import re
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli
from goldassay.measures.signature import KEYS, SignatureError, format_signature, parse_signature, short_signature

TEXT = "Sir Karl Dol left Zenda. Marta Quill of the Mora League stayed in Zenda with 40 boats."

MAPS = {"trim": ["--trim", "titles"], "labels": ["--labels", "conll2003"], "ids": ["--ids", "gold"]}
DRAWS = {"resamples": ["--resamples", "100"], "seed": ["--seed", "14"], "unit": ["--unit", "source"]}
GOLD = {"gold_path": ["--gold", "{other}"]}
LAYER = {"layers": ["--layer", "entities"]}
TWO = ["--layer", "stances", "--layer", "entities"]
WHAT = {"measures": ["--measure", "exact"]}

MOVES: dict[str, dict[str, list[str]]] = {
    "score": {
        **GOLD,
        **LAYER,
        **MAPS,
        **DRAWS,
        "run_name": ["--run", "2"],
        "on_invalid": ["--on-invalid", "drop"],
        "profile": ["--profile", "nervaluate-1.2"],
        "no_intervals": ["--no-intervals"],
    },
    # What is asked for is part of these: Holm's correction runs over it.
    "compare": {**GOLD, **LAYER, **MAPS, **DRAWS, **WHAT, "groups": ["--groups"]},
    "gate": {
        **GOLD,
        **LAYER,
        **MAPS,
        **DRAWS,
        **WHAT,
        "gate_groups": ["--gate-groups"],
        "on_invalid": ["--on-invalid", "drop"],
        "max_drop": ["--max-drop", "0.01"],
        "alpha": ["--alpha", "0.05"],
        "items": ["--items"],
        "fail_under": ["--fail-under", "entities=0.1"],
    },
    # The head of a signature names the layers of the numbers.
    "power": {
        **GOLD,
        **LAYER,
        **MAPS,
        **WHAT,
        "on_invalid": ["--on-invalid", "drop"],
        "difference": ["--difference", "0.1"],
        "alpha": ["--alpha", "0.1"],
        "chance": ["--power", "0.9"],
        "unit": ["--unit", "source"],
    },
    "matrix": {
        **GOLD,
        "kind": ["--kind", "belief"],
        "rollup": ["--rollup"],
        "run_name": ["--run", "2"],
        "on_invalid": ["--on-invalid", "drop"],
        "ids": ["--ids", "gold"],
    },
}
"""Options that can move a number, an interval or a verdict, each with a value that is not its default."""

SHOWS: dict[str, dict[str, list[str]]] = {
    "score": {
        "measures": ["--measure", "strict"],
        "full": ["--full"],
        "out": ["--out", "{folder}"],
        "form": ["--format", "markdown"],
        "top_errors": ["--top-errors", "2"],
    },
    "compare": {"form": ["--format", "markdown"], "items": ["--items", "1"]},
    "gate": {
        "require_baseline": ["--require-baseline"],
        "form": ["--format", "markdown"],
        "junit": ["--junit", "{folder}.xml"],
        "summary": ["--summary", "{folder}.md"],
        "badge": ["--badge", "{folder}.badge"],
        "json_file": ["--json", "{folder}.json"],
        "github": ["--github", "{folder}.log"],
    },
    "power": {"groups": ["--groups"], "form": ["--format", "text"]},
    "matrix": {
        "of": ["--of", "system"],
        "form": ["--format", "dot"],
        "picture": ["--format", "svg", "--picture", "matrix"],
        "top": ["--format", "html", "--top", "3"],
        "out": ["--format", "csv", "--out", "{folder}.csv"],
    },
}
"""Options that change what is shown."""

ELSEWHERE = {"predictions", "systems", "run", "baseline", "first", "second", "split"}
"""Predictions are in the provenance by their hash; a file of gold lines has no splits (tests/corpus scores splits)."""

COMMANDS: dict[str, list[str]] = {
    "score": ["score", "{pred}"],
    "compare": ["compare", "{pred}", "{worse}"],
    "gate": ["gate", "{pred}", "--baseline", "{worse}"],
    "power": ["power", "{pred}", "{worse}"],
    "matrix": ["matrix", "{pred}"],
}


AGREE = ["agree", "a", "b", "--layer", "numeric_facts", "--root", str(Path(__file__).parents[2])]


def line(doc_id: str, run: int | None = None, mentions: int = 3) -> str:
    found = [
        {"start": 0, "end": 12, "type": "PERSON"},
        {"start": 18, "end": 23, "type": "GPE"},
        {"start": 25, "end": 36, "type": "PERSON"},
    ]
    said = {"holder": "Karl Dol", "target": "Zenda", "polarity": "against"}
    answer = {"doc_id": doc_id, "mentions": found[:mentions], "stances": [said]}
    return json.dumps(answer | ({} if run is None else {"run": run}))


def gold_line(doc_id: str, kind: str = "ORG") -> str:
    entities = [
        {"id": "e1", "type": "PERSON", "name": "Karl Dol"},
        {"id": "e2", "type": "GPE", "name": "Zenda"},
        {"id": "e3", "type": kind, "name": "Mora League"},
    ]
    mentions = [
        {"id": "m1", "entity": "e1", "spans": [[4, 12]], "text": "Karl Dol", "level": "NAM"},
        {"id": "m2", "entity": "e2", "spans": [[18, 23]], "text": "Zenda", "level": "NAM"},
        {"id": "m3", "entity": "e3", "spans": [[44, 55]], "text": "Mora League", "level": "NAM"},
    ]
    stance = {
        "id": "s1",
        "holder": "e1",
        "holder_spans": [[4, 12]],
        "target": {"kind": "entity", "id": "e2"},
        "target_spans": [[18, 23]],
        "dimension": "evaluation",
        "grade": -1,
        "act": "criticize",
        "expression_spans": [[13, 17]],
        "sources": ["AUTHOR"],
    }
    document = {"doc_id": doc_id, "text": TEXT, "language": "en", "source": f"paper {doc_id[-1]}", "rights": "free"}
    layers = {"entities": entities, "mentions": mentions, "propositions": [], "attributions": [], "stances": [stance]}
    return json.dumps(document | {"origin": "composed"} | layers)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    ids = [f"d{n}" for n in range(4)]
    contents = {
        "gold": [gold_line(doc_id) for doc_id in ids],
        "other": [gold_line(doc_id, "LAW") for doc_id in ids],
        "pred": [line(doc_id) for doc_id in ids],
        "worse": [line(doc_id, mentions=n % 2) for n, doc_id in enumerate(ids)],
        "runs": [line(doc_id, run) for doc_id in ids for run in (1, 2)],
    }
    paths = {name: tmp_path / f"{name}.jsonl" for name in contents}
    for name, lines in contents.items():
        paths[name].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths | {"folder": tmp_path / "out"}


def call(files: dict[str, Path], command: str, extra: Sequence[str], predictions: str = "pred") -> Result:
    words = [word.format(**files) for word in extra]
    gold = [] if "--gold" in words else ["--gold", str(files["gold"])]
    start = [word.format(**files | {"pred": files[predictions]}) for word in COMMANDS[command]]
    result = CliRunner().invoke(cli, [*start, *gold, *words])
    assert result.exit_code in ((0, 1) if command == "gate" else (0,)), result.output
    return result


def signature_of(files: dict[str, Path], command: str, extra: Sequence[str], predictions: str = "pred") -> str:
    told = json.loads(call(files, command, [*extra, "--format", "json"], predictions).output)
    return str((told["comparisons"][0] if command == "compare" else told)["signature"])


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_walk_knows_every_option(command: str) -> None:
    group = cli.get_command(click.Context(cli), command)
    assert group is not None
    names = {str(option.name) for option in group.params}
    assert names - ELSEWHERE == {*MOVES[command], *SHOWS[command]}


@pytest.mark.parametrize(("command", "name"), [(one, name) for one in sorted(MOVES) for name in sorted(MOVES[one])])
def test_an_option_that_can_move_a_number_moves_the_signature(files: dict[str, Path], command: str, name: str) -> None:
    if name == "run_name":
        one, other = (signature_of(files, command, ["--run", run], "runs") for run in "12")
        assert one != other
        return
    assert signature_of(files, command, MOVES[command][name]) != signature_of(files, command, [])


@pytest.mark.parametrize(("command", "name"), [(one, name) for one in sorted(SHOWS) for name in sorted(SHOWS[one])])
def test_an_option_that_only_shows_leaves_the_signature(files: dict[str, Path], command: str, name: str) -> None:
    plain = signature_of(files, command, [])
    shown = call(files, command, SHOWS[command][name]).output
    written = "".join(path.read_text(encoding="utf-8") for path in files["folder"].parent.glob("out.*"))
    assert plain in shown + written


FORMS = {
    "score": ("text", "json", "csv", "markdown", "latex"),
    "compare": ("text", "json", "csv", "markdown", "latex"),
    "gate": ("text", "json", "markdown"),
    "power": ("text", "json"),
    "matrix": ("text", "json", "csv", "dot", "svg", "html"),
}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_form_of_every_output_is_signed(files: dict[str, Path], command: str) -> None:
    group = cli.get_command(click.Context(cli), command)
    assert group is not None
    (form,) = (option for option in group.params if option.name == "form")
    assert isinstance(form.type, click.Choice)
    assert set(form.type.choices) == set(FORMS[command])
    signature = signature_of(files, command, [])
    for name in FORMS[command]:
        shown = call(files, command, ["--format", name]).output
        assert signature in shown, name


def test_files_of_a_gate_are_signed(files: dict[str, Path]) -> None:
    told = {option: f"{files['folder']}.{option[2:]}" for option in ("--junit", "--summary", "--json", "--github")}
    signature = signature_of(files, "gate", [])
    call(files, "gate", [word for pair in told.items() for word in pair])
    for option, path in told.items():
        written = Path(path).read_text(encoding="utf-8")
        # A command for GitHub is one short line; a badge has room for a word only.
        assert (short_signature(signature) if option == "--github" else signature) in written, option


def test_the_order_of_layers_is_no_part_of_a_signature(files: dict[str, Path]) -> None:
    """Asked for in any order, twice, or by a command that counts them up itself: layers stand as in reports."""
    names = ["coreference", "stances", "entities"]
    heads = set()
    for given in (*itertools.permutations(names), [*names, "stances"]):
        heads.add(signature_of(files, "score", [word for name in given for word in ("--layer", name)]))
    assert len(heads) == 1
    assert heads.pop().startswith("goldassay:entities+coreference+stances|")
    for command in ("compare", "gate", "power"):
        both = {signature_of(files, command, words) for words in (TWO, TWO[2:] + TWO[:2])}
        assert len(both) == 1
        assert both.pop().startswith("goldassay:entities+stances|"), command


def test_an_agreement_in_two_layers_has_one_signature() -> None:
    """The layers of `agree`, too, may be asked for in any order."""
    words = ["agree", "a", "b", "--root", str(Path(__file__).parents[2]), "--format", "json"]
    layers = ("--layer", "entities"), ("--layer", "numeric_facts")
    told = [CliRunner().invoke(cli, [*words, *one, *other]).output for one, other in (layers, layers[::-1])]
    assert len({json.loads(output)[0]["signature"] for output in told}) == 1


def test_other_words_of_a_label_map_are_another_signature(files: dict[str, Path], tmp_path: Path) -> None:
    signatures = set()
    for target in ("PER", "GROUP"):
        path = tmp_path / target / "map.toml"
        path.parent.mkdir()
        path.write_text(f'targets = ["{target}"]\n[labels]\nPERSON = "{target}"\nGPE = "{target}"\nORG = "{target}"\n')
        signatures.add(signature_of(files, "score", ["--labels", str(path)]))
    assert len(signatures) == 2


@pytest.mark.parametrize(
    ("command", "extra"),
    [
        ("score", ["--trim", "titles,determiners", "--seed", "5", "--on-invalid", "drop"]),
        ("score", ["--layer", "coreference", "--labels", "conll2003", "--no-intervals"]),
        ("score", ["--profile", "nervaluate-1.2"]),
        ("compare", ["--resamples", "50", "--ids", "gold", "--trim", "titles"]),
        ("gate", ["--max-drop", "0.01", "--alpha", "0.05", "--items", "--unit", "source", "--on-invalid", "repair"]),
        ("power", ["--difference", "0.02", "--alpha", "0.1", "--power", "0.9", "--unit", "source"]),
        ("power", ["--labels", "conll2003", "--trim", "titles", "--ids", "gold", "--on-invalid", "drop"]),
        ("matrix", ["--kind", "belief", "--rollup", "--ids", "gold"]),
    ],
)
def test_every_part_of_a_signature_is_explained(
    files: dict[str, Path], command: str, extra: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files["gold"].parent)  # the command names the gold's file, not its folder
    signature = signature_of(files, command, extra)
    _, parts = parse_signature(signature)
    assert set(parts) <= set(KEYS)
    told = CliRunner().invoke(cli, ["explain", signature])
    assert told.exit_code == 0
    assert all(key in told.output for key in parts)
    (again,) = re.findall(rf"goldassay {command} (.*)", told.output)
    words = re.sub("PRED|BASELINE|RUN|--baseline|(?<= )[AB](?= )", "", f" {again}").split()
    assert words[words.index("--gold") + 1] == "gold.jsonl"
    assert signature_of(files, command, words) == signature


def test_an_agreement_is_signed_and_explained() -> None:
    outs = {form: CliRunner().invoke(cli, [*AGREE, "--format", form]).output for form in ("text", "json", "markdown")}
    signature = json.loads(outs["json"])[0]["signature"]
    assert all(signature in shown for shown in outs.values())
    _, parts = parse_signature(signature)
    assert set(parts) <= set(KEYS)
    told = CliRunner().invoke(cli, ["explain", signature]).output
    assert "goldassay agree a b --layer numeric_facts" in told
    for words in (["b", "a"], ["a", "first"], ["a", "b", "--seed", "1"], ["a", "b", "--layer", "entities"]):
        other = CliRunner().invoke(cli, ["agree", *words, *AGREE[3:], "--format", "json"]).output
        assert json.loads(other)[0]["signature"] != signature, words


@pytest.mark.parametrize(
    "text", ["", "goldassay:", "other:entities|data:1", "goldassay:entities|data", "goldassay:e|a:1|a:2"]
)
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(SignatureError):
        parse_signature(text)
    assert CliRunner().invoke(cli, ["explain", text]).exit_code == 2


def test_a_short_form_and_half_a_signature_are_told(files: dict[str, Path]) -> None:
    signature = signature_of(files, "score", [])
    for short in (short_signature(signature), f"[{short_signature(signature)}]"):
        result = CliRunner().invoke(cli, ["explain", short])
        assert (result.exit_code, "short form" in result.output) == (2, True)
    whole, half = (
        CliRunner().invoke(cli, ["explain", text]) for text in (signature, signature[: signature.index("|tool")])
    )
    assert "cut off" not in whole.stderr
    assert "cut off" in half.stderr


def test_a_signature_copied_from_a_paper_is_explained() -> None:
    """A line of the LaTeX source with its mark of a comment, and one that somebody escaped."""
    signature = "goldassay:numeric_facts|corpus:my_gold|data:unversioned|split:all|tool:0.1.0"
    told = [
        CliRunner().invoke(cli, ["explain", text])
        for text in (signature, f"% {signature}", signature.replace("_", r"\_"), f"Signature: `{signature}`")
    ]
    assert {one.exit_code for one in told} == {0}
    assert len({one.output for one in told}) == 1
    assert "goldassay score PRED --gold my_gold.jsonl --layer numeric_facts" in told[0].output


@pytest.mark.parametrize(
    ("corpus", "data", "split", "words"),
    [
        ("goldassay-news", "1.0.0", "validation", "--gold corpus@1.0.0"),
        ("goldassay-news", "1.0.0", "test", "--gold corpus@1.0.0 --split test"),
        ("goldassay-news", "1.0.0+dirty.00ff00ff", "validation", "--gold CHECKOUT"),
        ("ruritania", "2.0.0", "validation", "--gold CHECKOUT@2.0.0"),
        ("ruritania; ls", "unversioned", "all", "--gold 'ruritania; ls.jsonl'"),
        ("a%7Cb", "unversioned", "all", "--gold 'a|b.jsonl'"),
    ],
)
def test_the_command_names_the_gold(corpus: str, data: str, split: str, words: str) -> None:
    signature = format_signature("times", {"corpus": corpus, "data": data, "split": split, "fp": "00ff00ff"})
    told = CliRunner().invoke(cli, ["explain", signature]).stdout
    assert f"goldassay score PRED {words} --layer times\n" in told
    assert ("This gold is of no release" in told) == ("dirty" in data or data == "unversioned")


def test_a_signature_parses_back() -> None:
    parts = {"corpus": "news", "fp": "00ff00ff", "tool": "1.2.3"}
    assert parse_signature(format_signature("entities+stances", parts)) == (["entities", "stances"], parts)
