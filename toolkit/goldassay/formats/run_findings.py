"""Which findings of a prediction file concern one of its runs."""

from collections.abc import Collection, Iterable

from goldassay.model.finding import Finding


def select_findings(findings: Iterable[Finding], answered: Collection[str]) -> list[Finding]:
    """All findings; but of missing documents (E305) only those that the run did not answer, each once.

    >>> from goldassay.model.finding import finding
    >>> missing = [finding("E305", found="no line", expected="a line", doc_id=doc_id) for doc_id in ("a", "b", "b")]
    >>> [item.where.doc_id for item in select_findings(missing, {"a"})]
    ['b']
    """
    selected, told = [], set(answered)
    for item in findings:
        doc_id = item.where.doc_id or ""
        if item.code == "E305" and doc_id in told:
            continue
        if item.code == "E305":
            told.add(doc_id)
        selected.append(item)
    return selected
