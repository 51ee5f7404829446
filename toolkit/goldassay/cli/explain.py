"""`goldassay explain`: what a signature says."""

import re
import shlex
from collections.abc import Mapping, Sequence

import click

SCORE, COMPARE, GATE = "score PRED", "compare A B", "gate RUN"
POWER, MATRIX, AGREE = "power A B", "matrix PRED", "agree"

OPTIONS: dict[str, tuple[str, str, frozenset[str]]] = {
    "profile": ("--profile", "", frozenset({SCORE})),
    "labels": ("--labels", "none", frozenset({SCORE, COMPARE, GATE, POWER})),
    "trim": ("--trim", "none", frozenset({SCORE, COMPARE, GATE, POWER})),
    "invalid": ("--on-invalid", "error", frozenset({SCORE, GATE, POWER, MATRIX})),
    "ids": ("--ids", "own", frozenset({SCORE, COMPARE, GATE, POWER, MATRIX})),
    "run": ("--run", "", frozenset({SCORE, MATRIX})),
    "seed": ("--seed", "0", frozenset({AGREE})),
}
"""Part of a signature to its option, the value that needs none, and the commands that have it."""

OWN_NAME, OWN_CORPUS, USUAL_SPLIT, UNVERSIONED = "goldassay-news", "corpus", "validation", "unversioned"
"""The corpus that the tool finds by itself, and how it is called; the split that needs no option; a file of gold."""

WHOLE = 4000
"""Characters of a line that are shown, however long names of files and lists of maps are."""


@click.command()
@click.argument("signature")
def explain(signature: str) -> None:
    """Say in words what each part of SIGNATURE means, and how to repeat the number."""
    from goldassay.cli.output import exit_usage
    from goldassay.measures.signature import KEYS, SignatureError, parse_signature, short_signature
    from goldassay.model.printable import printable

    signature = _pasted(signature)
    if re.fullmatch(r"\[?[0-9a-f]{8}]?", signature):
        exit_usage(
            "that is a short form, which stands for a signature and does not hold it; find the line 'Signature:'"
        )
    try:
        layers, parts = parse_signature(signature)
    except SignatureError as error:
        exit_usage(f"{error}; copy the whole line after 'Signature:'")
    if "tool" not in parts:
        click.echo("This is cut off or incomplete: a signature ends with the part `tool`.", err=True)
    click.echo(f"short form  {short_signature(signature)}")
    click.echo(f"layers      {printable(', '.join(layers), WHOLE)}")
    for key, value in parts.items():
        meaning = KEYS.get(key, "unknown to this version of goldassay")
        click.echo(f"{printable(key):<16}{printable(value, WHOLE)}\n{'':<16}{meaning}")
    click.echo(f"To repeat it, with the same predictions: {printable(command_of(layers, parts), WHOLE)}")
    if "--gold" in _gold(parts) and not _is_release(parts):
        click.echo("This gold is of no release; it is the same if `fp` of the new signature is the same.")
    if "tests" in parts:
        click.echo("Name the same measures, groups and limits; the digests of `tests` and `fail-under` tell.")


def command_of(layers: Sequence[str], parts: Mapping[str, str]) -> str:
    """The command that gives the same signature, from the same predictions and gold.

    >>> command_of(["entities"], {"labels": "conll2003", "trim": "none", "resampling": "none"})
    'goldassay score PRED --layer entities --labels conll2003 --no-intervals'
    >>> command_of(["stances"], {"matrix": "belief.rollup", "ids": "gold"})
    'goldassay matrix PRED --kind belief --rollup --ids gold'
    >>> command_of(["times"], {"corpus": "my gold", "data": "unversioned", "split": "all", "resampling": "none"})
    "goldassay score PRED --gold 'my gold.jsonl' --layer times --no-intervals"
    """
    command = _command(parts)
    words = ["goldassay", command]
    if command == AGREE:
        words += [parts[side].rpartition("@")[0] for side in ("a", "b")]
    else:
        words += _gold(parts)
    if command != MATRIX and "profile" not in parts and list(layers) != ["none"]:
        words += [f"--layer {layer}" for layer in layers]
    words += _own(command, parts)
    for key, (option, usual, commands) in OPTIONS.items():
        value = _value(key, parts.get(key, usual))
        if command in commands and value != usual:
            words.append(f"{option} {shlex.quote(value)}")
    return " ".join([*words, *_resampling(parts.get("resampling", ""), command)])


def _pasted(text: str) -> str:
    r"""A signature as it was written, however it was copied: with the mark of a comment, with escapes of LaTeX.

    >>> _pasted(r"% goldassay:numeric\_facts|data:1.0.0 ")
    'goldassay:numeric_facts|data:1.0.0'
    """
    return re.sub(r"\\([_%&#$])", r"\1", text.strip().lstrip("% ").removeprefix("Signature:").strip(" `"))


def _is_release(parts: Mapping[str, str]) -> bool:
    return "+dirty" not in parts.get("data", "+dirty") and parts["data"] != UNVERSIONED


def _gold(parts: Mapping[str, str]) -> list[str]:
    """The words that name the gold: a release, a file by the name that the signature has, or a checkout to be found."""
    name = parts.get("corpus")
    if name is None:
        return []
    if parts.get("data") == UNVERSIONED:
        return ["--gold", shlex.quote(f"{name.replace('%7C', '|').replace('%60', '`')}.jsonl")]
    place = OWN_CORPUS if name == OWN_NAME and _is_release(parts) else "CHECKOUT"
    split = parts.get("split", USUAL_SPLIT)
    return [
        "--gold",
        f"{place}@{shlex.quote(parts['data'])}" if _is_release(parts) else place,
        *(["--split", shlex.quote(split)] if split != USUAL_SPLIT else []),
    ]


def _value(key: str, value: str) -> str:
    """A part as the value of its option: without a digest, or the kind of record that a profile read."""
    if key == "profile":
        return value.rpartition(".")[0]
    if key == "labels" and re.fullmatch(r"file\.[0-9a-f]+", value):
        return "MAP.toml"
    plain = value.partition("@")[0]
    return plain.replace("+", ",") if key == "trim" else plain


def _command(parts: Mapping[str, str]) -> str:
    """The command that signs so; every command but `score` has a part of its own."""
    if "a" in parts and "b" in parts:
        return AGREE
    signs = (("matrix", MATRIX), ("gate", GATE), ("power", POWER), ("tests", COMPARE))
    return next((command for key, command in signs if key in parts), SCORE)


def _own(command: str, parts: Mapping[str, str]) -> list[str]:
    """Words for the part that only this command has."""
    if command == MATRIX:
        kind, _, rollup = parts["matrix"].partition(".")
        return ([f"--kind {kind}"] if kind != "opinion" else []) + (["--rollup"] if rollup else [])
    if command == GATE:
        return [
            "--baseline BASELINE",
            *_values(parts["gate"], {"drop": "--max-drop", "alpha": "--alpha"}),
            *(["--items"] if parts["gate"].endswith(".items") else []),
        ]
    if command == POWER:
        named = {"alpha": "--alpha", "power": "--power", "difference": "--difference"}
        return _values(parts["power"], named) + (["--unit source"] if ".source" in parts["power"] else [])
    return []


def _values(token: str, names: Mapping[str, str]) -> list[str]:
    """The numbers of a token such as `alpha0.05.power0.8`, as options.

    >>> _values("drop0.005.alpha1e-05.items", {"drop": "--max-drop", "alpha": "--alpha"})
    ['--max-drop 0.005', '--alpha 1e-05']
    """
    found = re.findall(r"([a-z]+)(\d+(?:\.\d+)?(?:e[-+]?\d+)?)", token)
    return [f"{names[name]} {value}" for name, value in found if name in names]


def _resampling(token: str, command: str) -> list[str]:
    if command not in (SCORE, COMPARE, GATE) or token in ("", "none"):
        return ["--no-intervals"] if token and command == SCORE else []
    seed, draws, unit, _ = token.split(".", 3) if token.count(".") > 2 else ("seed13", "draws2000", "document", "")
    named = ((seed, "seed", "13", "--seed"), (draws, "draws", "2000", "--resamples"))
    words = [f"{option} {value.removeprefix(start)}" for value, start, usual, option in named if value != start + usual]
    return words + ([f"--unit {unit}"] if unit != "document" else [])
