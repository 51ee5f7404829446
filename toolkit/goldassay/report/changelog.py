"""The section of a release in CHANGELOG.md, written from its manifest and diff."""

import re

from goldassay.corpus.release_manifest import Release
from goldassay.report.markdown import escape
from goldassay.report.release_diff import GoldDiff, count_table, summary_line

_SECTION = re.compile(r"^## ", re.MULTILINE)


def render_section(release: Release, diff: GoldDiff) -> str:
    """Heading, notes, how much gold there is, and what changed since the release before; text is escaped."""
    date = f" ({release.date})" if release.date else ""
    lines = [f"## Corpus {release.version}{date}"]
    lines += [f"- {escape(release.notes)}"] if release.notes else []
    for entry in release.layers:
        counts = ", ".join(f"{number} {escape(name)}" for name, number in entry.counts.items() if name != entry.layer)
        own = entry.counts.get(entry.layer)
        sizes = ", ".join(part for part in (None if own is None else f"{own} {escape(entry.layer)}", counts) if part)
        documents = f"{entry.rows} document{'' if entry.rows == 1 else 's'}"
        lines.append(f"- {escape(entry.layer)} of {escape(entry.split)}: {documents}{', ' if sizes else ''}{sizes}.")
    if release.previous is not None:
        lines += [f"- Since {release.previous.version}: {escape(summary_line(diff))}"]
        lines += ["", *count_table(diff)] if diff.changes else []
    return "\n".join(lines) + "\n"


def add_section(changelog: str, section: str) -> str:
    r"""A changelog with a new section before all others; below a heading of that name if one is there already.

    >>> add_section("# Changelog\n\n## Corpus 1.0.0\n- Cut.\n", "## Corpus 1.1.0\n- More.\n")
    '# Changelog\n\n## Corpus 1.1.0\n- More.\n\n## Corpus 1.0.0\n- Cut.\n'
    """
    changelog = changelog or "# Changelog\n"
    heading, _, body = section.partition("\n")
    if f"\n{heading}\n" in changelog:
        return changelog.replace(f"\n{heading}\n", f"\n{heading}\n{body}", 1)
    first = _SECTION.search(changelog)
    if first is None:
        return f"{changelog.rstrip()}\n\n{section}"
    return f"{changelog[: first.start()]}{section}\n{changelog[first.start() :]}"
