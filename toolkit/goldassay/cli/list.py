"""`goldassay list`: what there is."""

import click


@click.command("list")
@click.argument("what", type=click.Choice(["layers", "measures", "systems", "profiles", "formats", "findings"]))
def list_(what: str) -> None:
    """List layers, measures, systems, profiles, formats or finding codes, one a line."""
    for line in _LISTS[what]():
        click.echo(line)


def _layers() -> list[str]:
    from goldassay.layers import get_layers

    return [f"{layer.name:<16}{layer.items}; groups: {' '.join(layer.groups)}" for layer in get_layers().values()]


def _measures() -> list[str]:
    from goldassay.layers import get_layers
    from goldassay.measures.measure import Measure

    lines = []
    for layer in get_layers().values():
        rows = [
            (str(Measure(layer.name, statistic, match.name, match.view)), match.title)
            for match in layer.matches
            for statistic in match.statistics
        ]
        width = max(len(token) for token, _ in rows)
        lines += [f"{token:<{width}}  {title}" for token, title in rows]
    return lines


def _systems() -> list[str]:
    from goldassay.extract.registry import list_systems

    return list_systems()


def _profiles() -> list[str]:
    from goldassay.profiles import list_profiles

    return list_profiles()


def _formats() -> list[str]:
    from goldassay.exchange.table import FORMATS

    return [f"{one.name:<16}{one.title}; carries {' '.join(one.carries)}" for one in FORMATS.values()]


def _findings() -> list[str]:
    from goldassay.model.finding import CODES, describe_severity

    lines = []
    for code, entry in CODES.items():
        varies = f" ({describe_severity(entry)})" if entry.elsewhere else ""
        lines.append(f"{code}  {entry.severity:<8}{entry.title}; {entry.fix}{varies}")
    return lines


_LISTS = {
    "layers": _layers,
    "measures": _measures,
    "systems": _systems,
    "profiles": _profiles,
    "formats": _formats,
    "findings": _findings,
}
