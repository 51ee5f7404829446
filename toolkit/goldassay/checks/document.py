"""All checks of one document's rows."""

from goldassay.checks.cycles import check_cycles
from goldassay.checks.duplicates import check_duplicates
from goldassay.checks.references import check_references
from goldassay.checks.required import check_required
from goldassay.checks.spans import check_document_spans, check_spans
from goldassay.checks.stances import check_stances
from goldassay.checks.values import check_values
from goldassay.checks.walk import Rows
from goldassay.model.finding import Finding


def check_rows(rows: Rows) -> list[Finding]:
    """Findings about everything that is at hand of a document; what is not at hand is not missed."""
    findings: list[Finding] = []
    if rows.document is not None:
        findings += check_document_spans(rows.document)
    text = None if rows.document is None else rows.document.text
    for row in rows.layers:
        findings += check_spans(row, text)
    findings += check_duplicates(rows)
    findings += check_references(rows)
    findings += check_cycles(rows)
    findings += check_values(rows)
    findings += check_required(rows)
    if rows.stances is not None:
        findings += check_stances(rows.stances)
    return findings
