"""The table of a pytest session: what its tests scored, from the records that they leave behind."""

from collections.abc import Mapping, Sequence

from goldassay.measures.signature import short_signature


def table_lines(records: Sequence[tuple[str, Mapping[str, object]]]) -> list[str]:
    r"""The table: a score a line, sorted by test, columns aligned; below it once what it says, and each signature.

    >>> signed = {"signature": "goldassay:entities|data:0.1.0", "claim": "2 documents."}
    >>> print("\n".join(table_lines([("t.py::test_a", {"system": "mine", "values": {"F1": "0.500"}, **signed})])))
    system  F1     signature  test
    mine    0.500  13ef919f   t.py::test_a
    2 documents.
    13ef919f  Signature: goldassay:entities|data:0.1.0
    """
    if not records:
        return []
    titles = list(records[0][1]["values"])  # type: ignore[call-overload]
    rows = [["system", *titles, "signature", "test"]]
    claims: dict[str, None] = {}
    signed: dict[str, str] = {}
    for test, record in sorted(records, key=lambda item: (item[0], str(item[1]["system"]))):
        shown: Mapping[str, str] = record["values"]  # type: ignore[assignment]
        signature = str(record["signature"])
        signed[signature] = short_signature(signature)
        claims[str(record["claim"])] = None
        rows.append([str(record["system"]), *(shown[title] for title in titles), signed[signature], test])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [*lines, *claims, *(f"{short}  Signature: {signature}" for signature, short in signed.items())]
