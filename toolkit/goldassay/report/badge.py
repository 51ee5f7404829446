"""A gate's verdict as a badge: the JSON that a shields.io endpoint badge reads."""

import json

from goldassay.report.gate import GateReport

COLORS = {"pass": "brightgreen", "fail": "red", "inconclusive": "lightgrey", "unanswered": "orange"}


def render_badge(report: GateReport, label: str = "goldassay") -> str:
    """Label, verdict and colour; a run that became the baseline is said to be that, since it passed nothing.

    The form is that of shields.io's endpoint badge, version 1.
    """
    verdict = report.result.verdict
    first = report.written is not None and verdict == "pass"
    badge = {
        "schemaVersion": 1,
        "label": label,
        "message": "new baseline" if first else verdict,
        "color": "blue" if first else COLORS[verdict],
    }
    return json.dumps(badge) + "\n"
