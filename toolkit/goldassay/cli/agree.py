"""`goldassay agree`: how far two annotations of the same documents agree."""

from pathlib import Path

import click


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--layer", "layers", multiple=True, help="Only this layer (repeatable).")
@click.option("--gold", "with_gold", is_flag=True, help="Also compare each of the two passes with the gold.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="For the chance part of gamma.")
@click.option("--root", type=click.Path(path_type=Path), help="The root of a corpus; else the one around here.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def agree(a: str, b: str, layers: tuple[str, ...], with_gold: bool, seed: int, root: Path | None, form: str) -> None:
    """Measure the agreement of the annotation passes A and B; the name `gold` stands for the gold."""
    from goldassay.agreement.agree import agree_passes
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.corpus.locate import find_root
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.model.labels import LAYERS
    from goldassay.report.agreement import encode_agreements, render_agreements, render_agreements_markdown

    render = {"json": encode_agreements, "markdown": render_agreements_markdown, "text": render_agreements}[form]
    try:
        found = agree_passes(
            find_root(root, option="--root"), a, b, layers=layers or LAYERS, with_gold=with_gold, seed=seed
        )
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    click.echo(render(found), nl=False)
