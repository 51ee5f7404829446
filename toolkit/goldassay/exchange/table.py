"""The table of formats: how each is told by its looks, read and written, and what it has a place for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from goldassay.errors import UsageError
from goldassay.exchange import (
    brat,
    brat_reading,
    cas,
    columns,
    conll2012,
    corefud,
    corefud_reading,
    docbin,
    gold_lines,
    jsonl_spans,
    label_studio,
    label_studio_reading,
    semeval2022,
)
from goldassay.exchange.losses import EVERYTHING, Carried
from goldassay.exchange.reading import Line, Read, Reading, WriteOptions, Written
from goldassay.measures.measure import suggest

Reader = Callable[[Reading], Read]
Writer = Callable[[Sequence[Line], WriteOptions], Written]
UseOfOffsets = Literal["read", "written"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    name      how `--from` and `--to` call it
    title     what it is, in words
    suffixes  the ends of its files' names, the first of them for writing into a folder
    carries   what of a line it has a place for
    folder    whether it is written as a folder of files
    offsets   when the unit of its offsets can be declared, because the format fixes none
    comments  whether it is written with comments that can be left out
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Reader
    write: Writer
    carries: tuple[Carried, ...]
    folder: bool = False
    offsets: tuple[UseOfOffsets, ...] = ()
    comments: bool = False


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "gold", "gold lines of goldassay", (".jsonl",),
            gold_lines.read_gold_lines, gold_lines.write_gold_lines, EVERYTHING,
        ),
        Format(
            "predictions", "prediction lines of goldassay", (".jsonl",),
            gold_lines.read_prediction_lines, gold_lines.write_prediction_lines, gold_lines.PREDICTIONS_CARRY,
        ),
        Format(
            "spans", "plain JSONL spans (Prodigy, doccano, spaCy training data)", (".jsonl", ".json"),
            jsonl_spans.read_jsonl_spans, jsonl_spans.write_jsonl_spans, jsonl_spans.CARRIES,
            offsets=("read", "written"),
        ),
        Format(
            "conll2003", "CoNLL-2003 columns in IOB2", (".conll", ".txt"),
            columns.read_columns, columns.write_conll2003, columns.CARRIES, comments=True,
        ),
        Format(
            "iob2", "words and IOB2 tags", (".iob2", ".iob", ".bio", ".tsv"),
            columns.read_columns, columns.write_iob2, columns.CARRIES, comments=True,
        ),
        Format(
            "bilou", "words and BILOU tags", (".bilou",),
            columns.read_columns, columns.write_bilou, columns.CARRIES, comments=True,
        ),
        Format(
            "conll2012", "CoNLL-2012 columns with coreference", (".v4_gold_conll", ".v4_auto_conll", "_conll"),
            conll2012.read_conll2012, conll2012.write_conll2012, conll2012.CARRIES,
        ),
        Format(
            "corefud", "CoNLL-U with the entities of CorefUD", (".conllu",),
            corefud_reading.read_corefud, corefud.write_corefud, corefud.CARRIES,
        ),
        Format(
            "semeval2022", "opinions as in SemEval-2022 Task 10", (".json",),
            semeval2022.read_semeval2022, semeval2022.write_semeval2022, semeval2022.CARRIES,
        ),
        Format(
            "label-studio", "Label Studio projects, one a layer", (".json",),
            label_studio_reading.read_label_studio, label_studio.write_label_studio, label_studio.CARRIES, folder=True,
            offsets=("read",),
        ),
        Format(
            "brat", "brat standoff, a text and its annotations a document", (".ann",),
            brat_reading.read_brat, brat.write_brat, brat.CARRIES, folder=True,
        ),
        Format(
            "docbin", "spaCy DocBin (needs the extra `formats`)", (".spacy",),
            docbin.read_docbin, docbin.write_docbin, docbin.CARRIES,
        ),
        Format(
            "cas-xmi", "UIMA CAS in XMI, types of DKPro Core (needs the extra `formats`)", (".xmi",),
            cas.read_xmi, cas.write_xmi, cas.CARRIES, folder=True,
        ),
        Format(
            "cas-json", "UIMA CAS in JSON, types of DKPro Core (needs the extra `formats`)", (".json",),
            cas.read_cas_json, cas.write_cas_json, cas.CARRIES, folder=True,
        ),
    )
}  # fmt: skip
"""All formats by name."""


def find_format(name: str) -> Format:
    """The format of a name.

    Raises:
        UsageError: There is none.
    """
    if name not in FORMATS:
        raise UsageError(f"no format {name!r}; {suggest(name, list(FORMATS))}")
    return FORMATS[name]


def guess_from_name(path: Path) -> list[str]:
    """The formats whose files may have this name."""
    return [one.name for one in FORMATS.values() if path.name.lower().endswith(one.suffixes)]
