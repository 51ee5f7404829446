"""`goldassay find`: keyword in context over annotations."""

from pathlib import Path

import click

from goldassay.model.labels import LAYERS


@click.command()
@click.argument("query")
@click.option("--layer", "layers", type=click.Choice(LAYERS), multiple=True, help="Only this layer; may be repeated.")
@click.option("--width", type=click.IntRange(min=0), default=40, show_default=True, help="Characters of context.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--gold",
    "gold_path",
    type=click.Path(path_type=Path),
    help="A checkout, corpus@VERSION, or gold lines; else the corpus.",
)
@click.option("--root", type=click.Path(path_type=Path), help="The root of a corpus, as with --gold.")
@click.option("--split", help="The split; by default validation.")
def find(
    query: str,
    layers: tuple[str, ...],
    width: int,
    form: str,
    gold_path: Path | None,
    root: Path | None,
    split: str | None,
) -> None:
    """Find the annotations that meet QUERY, and print each in its context.

    QUERY is a list of conditions, all of which must hold: field=value, field!=value, field~"part of it" (upper and
    lower case alike), field!~"part". Fields are those of the records, dotted where they are nested (value.lo,
    target.kind); `kind`, `doc` and `text` go with all records, and what a mention's entity says counts as the
    mention's. An empty field is `null`; of a list, one item has to fit.

    Examples: 'type=GPE metonym=true kind=mention'; 'act=deny'; 'status=planned text~"troops"'.
    """
    from goldassay.cli.output import exit_invalid, exit_usage
    from goldassay.concordance import find_records
    from goldassay.corpus.corpus import load_corpus
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.gold import load_rows
    from goldassay.record_query import parse_query
    from goldassay.report.concordance import encode_hits, render_hits

    if gold_path is not None and root is not None:
        exit_usage("--gold and --root name the same thing; give one of them")
    if root is not None and root.is_file():
        exit_usage(f"--root {root} is a file; name a file of gold lines with --gold")
    render = encode_hits if form == "json" else render_hits
    try:
        conditions = parse_query(query)
        corpus = load_rows(gold_path, split=split) if root is None else load_corpus(root, split=split)
        hits = find_records(corpus, conditions, layers=layers or LAYERS)
    except UsageError as error:
        exit_usage(str(error))
    except InvalidDataError as error:
        exit_invalid(error.findings)
    click.echo(render(hits, width=width), nl=False)
    click.echo(f"{len(hits)} hit{'' if len(hits) == 1 else 's'}", err=True)
