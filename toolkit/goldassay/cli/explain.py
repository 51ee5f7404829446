"""`goldassay explain`: what a signature says."""

import click


@click.command()
@click.argument("signature")
def explain(signature: str) -> None:
    """Say in words what each part of SIGNATURE means, and how to repeat the number."""
    from goldassay.cli.output import exit_usage
    from goldassay.measures.signature import KEYS, SignatureError, parse_signature, short_signature
    from goldassay.model.printable import printable

    try:
        layers, parts = parse_signature(signature)
    except SignatureError as error:
        exit_usage(f"{error}; copy the whole line after 'Signature:'")
    click.echo(f"short form  {short_signature(signature.strip())}")
    click.echo(f"layers      {printable(', '.join(layers))}")
    for key, value in parts.items():
        meaning = KEYS.get(key, "unknown to this version of goldassay")
        click.echo(f"{printable(key):<16}{printable(value)}\n{'':<16}{meaning}")
    click.echo(f"To repeat it, with the same predictions as PRED: {printable(command_of(parts))}")


def command_of(parts: dict[str, str]) -> str:
    """The command that gives the same signature, from the same predictions and gold.

    >>> command_of({"labels": "conll2003", "trim": "none", "resampling": "seed13.draws2000.document.0.95"})
    'goldassay score PRED --labels conll2003'
    """
    words = ["goldassay score PRED"]
    if parts.get("corpus") == "goldassay-news" and "+dirty" not in parts.get("data", "+dirty"):
        words.append(f"--gold corpus@{parts['data']}")
    for key, option, usual in (
        ("profile", "--profile", ""),
        ("labels", "--labels", "none"),
        ("invalid", "--on-invalid", "error"),
        ("ids", "--ids", "own"),
        ("run", "--run", ""),
    ):
        if parts.get(key, usual) != usual:
            words.append(f"{option} {parts[key].partition('@')[0]}")
    if parts.get("trim", "none") != "none":
        words.append(f"--trim {parts['trim'].replace('+', ',')}")
    words += _resampling(parts.get("resampling", ""))
    return " ".join(words)


def _resampling(token: str) -> list[str]:
    if token in ("", "none"):
        return ["--no-intervals"] if token else []
    seed, draws, unit, _ = token.split(".", 3) if token.count(".") > 2 else ("seed13", "draws2000", "document", "")
    named = ((seed, "seed", "13", "--seed"), (draws, "draws", "2000", "--resamples"))
    words = [f"{option} {value.removeprefix(start)}" for value, start, usual, option in named if value != start + usual]
    return words + ([f"--unit {unit}"] if unit != "document" else [])
