"""Mention measures worked by hand: averages, attributions, slices, characters, words, extent and label maps."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from goldassay.api import score_predictions
from goldassay.cli.main import main
from goldassay.errors import InvalidDataError, UsageError
from goldassay.evaluate import evaluate
from goldassay.formats.foreign_labels import replace_labels
from goldassay.formats.tags import SCHEMES, decode_lenient, parse_tag
from goldassay.gold import load_gold
from goldassay.layers.base import GoldDocument, Options
from goldassay.layers.mention_maps import LabelMapError, load_label_maps, parse_label_map, trim_names, trim_spans
from goldassay.layers.tokens import flat_chunks, flat_labels, split_words, to_bio
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.model.labels import ENTITY_TYPES
from goldassay.model.predictions import PredictedMention, Prediction
from goldassay.model.scorefile import Score
from goldassay.tally.tally import unit_order

TEXT = "The Bank of Ruritania met Mr. Zed's aides in Ruritania on Monday."
Spans = Sequence[tuple[int, int]]


def at(words: str, nth: int = 1) -> tuple[int, int]:
    """Where a string stands in the text, the nth time."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return (start, start + len(words))


def document(doc_id: str = "d") -> Document:
    return Document(
        doc_id=doc_id,
        title=None,
        text=TEXT,
        language="en",
        dct=None,
        dct_evidence=None,
        source="composed",
        rights="free",
        origin="composed",
        sha256="",
        sentences=[(0, len(TEXT))],
    )


def gold(mentions: Iterable[tuple[Spans, str, str]], doc_id: str = "d") -> GoldDocument:
    rows = [
        Mention(id=f"m{n}", entity=None, spans=list(spans), text="", level=level, type=type_)  # type: ignore[arg-type]
        for n, (spans, type_, level) in enumerate(mentions)
    ]
    return GoldDocument(document(doc_id), EntitiesRow(doc_id=doc_id, entities=[], mentions=rows))


def predicted(mentions: Iterable[tuple[Spans, str | None]], doc_id: str = "d") -> dict[str, Prediction]:
    rows = tuple(PredictedMention(spans=tuple(spans), type=type_) for spans, type_ in mentions)  # type: ignore[arg-type]
    return {doc_id: Prediction(doc_id=doc_id, mentions=rows)}


def table(documents: Sequence[GoldDocument], said: dict[str, Prediction], **options: object) -> dict[str, Score]:
    scores = evaluate(documents, said, layers=["entities"], options=Options(**options)).scores  # type: ignore[arg-type]
    return {
        score.measure.removeprefix("entities.") + ("" if score.group == "all" else f" {score.group}"): score
        for score in scores
    }


def token(statistic: str, match: str, view: str, average: str = "micro") -> str:
    return f"{statistic}(match={match},view={view},avg={average})"


BANK, INNER, ZED, PLACE = at("Bank of Ruritania"), at("Ruritania"), at("Zed"), at("Ruritania", 2)


def test_averages_leave_out_what_is_undefined() -> None:
    first = gold([([BANK], "ORG", "NAM"), ([ZED], "PERSON", "NAM"), ([PLACE], "GPE", "NAM")], "a")
    second = gold([([ZED], "PERSON", "NAM")], "b")
    said = predicted([([BANK], "ORG"), ([ZED], "PERSON")], "a") | predicted([], "b")
    found = table([first, second], said)
    # Recall: ORG 1/1, PERSON 1/2, GPE 0/1. Precision: ORG 1/1, PERSON 1/1, GPE 0/0. Documents: a 2/3 and 2/2, b 0/1, -.
    assert found[token("recall", "strict", "names")].value == 2 / 4
    assert found[token("recall", "strict", "names", "macro")].value == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert found[token("recall", "strict", "names", "weighted")].value == (1 * 1 + 2 * 1 / 2 + 1 * 0) / 4
    assert found[token("precision", "strict", "names", "weighted")].value == (1 * 1 + 2 * 1) / 3
    mean = found[token("recall", "strict", "names", "document")]
    assert (mean.value, mean.counts["documents"]) == (pytest.approx((2 / 3 + 0) / 2), 2)
    mean = found[token("precision", "strict", "names", "document")]
    assert (mean.value, mean.counts["documents"]) == (1.0, 1)


def test_means_of_nothing_are_undefined_and_averages_stand_in_one_order() -> None:
    found = table([gold([])], {})
    for average in ("micro", "macro", "weighted", "document"):
        assert found[token("f1", "strict", "names", average)].value is None
    assert found[token("f1", "strict", "names", "document")].counts["documents"] == 0
    order = [name.split("avg=")[1].rstrip(")") for name in found if name.startswith("f1(match=strict,view=names,")]
    assert order == ["micro", "macro", "weighted", "document"]


def test_a_type_error_counts_in_two_types_or_in_the_golds() -> None:
    found = table([gold([([BANK], "ORG", "NAM")])], predicted([([BANK], "GPE"), ([ZED], "GPE")]))
    # Own type: ORG 0 predicted, GPE 2, of which one has the span. Gold's type: ORG 1 predicted, GPE only the spurious.
    assert found[token("precision", "exact", "names") + " ORG"].value is None
    assert found[token("precision", "exact", "names") + " GPE"].value == 1 / 2
    assert found[token("precision", "exact", "names-by-gold-type") + " ORG"].value == 1.0
    assert found[token("precision", "exact", "names-by-gold-type") + " GPE"].value == 0.0
    for match in ("strict", "exact", "partial", "type"):
        for statistic in ("precision", "recall", "f1"):
            for view in ("names", "all"):
                one, other = (token(statistic, match, name) for name in (view, f"{view}-by-gold-type"))
                assert (found[one].value, found[one].counts) == (found[other].value, found[other].counts)


def test_levels_are_aligned_each_by_itself() -> None:
    aides = at("Mr. Zed's aides")
    documents = [gold([([ZED], "PERSON", "NAM"), ([aides], "PERSON", "NOM")])]
    found = table(documents, predicted([([ZED], "PERSON"), ([at("aides")], "PERSON")]))
    # Without a level the prediction of the name leaves the nominals, the other one stays in both.
    assert found[token("precision", "strict", "names")].value == 1 / 2
    nominal = found[token("f1", "partial", "nominals")]
    assert (nominal.value, nominal.counts["gold"], nominal.counts["predicted"]) == (0.5, 1, 1)
    assert (nominal.counts["gold_left"], nominal.counts["predicted_left"]) == (1, 1)
    assert found[token("f1", "strict", "pronouns")].counts["gold"] == 0


def test_nesting_slices_share_out_the_gold() -> None:
    documents = [
        gold([([BANK], "ORG", "NAM"), ([INNER], "GPE", "NAM"), ([PLACE], "GPE", "NAM"), ([ZED], "ORG", "NAM")])
    ]
    found = table(documents, predicted([([BANK], "ORG"), ([PLACE], "GPE"), ([at("Monday")], "EVENT")]))
    sizes = {view: found[token("recall", "strict", view)] for view in ("nested", "outermost", "flat")}
    assert {view: score.value for view, score in sizes.items()} == {"nested": 0.0, "outermost": 1.0, "flat": 1 / 2}
    assert {view: score.counts["gold"] for view, score in sizes.items()} == {"nested": 1, "outermost": 1, "flat": 2}
    assert {view: score.counts["gold_left"] for view, score in sizes.items()} == {
        "nested": 3,
        "outermost": 3,
        "flat": 2,
    }
    assert [score.counts["predicted_left"] for score in sizes.values()] == [3, 2, 2]
    assert token("precision", "strict", "nested") not in found


def test_crossing_and_equal_spans_do_not_nest() -> None:
    documents = [gold([([(0, 8)], "ORG", "NAM"), ([(4, 12)], "ORG", "NAM"), ([(4, 12)], "GPE", "NAM")])]
    found = table(documents, {})
    assert found[token("recall", "strict", "flat")].counts["gold"] == 3


def test_characters_count_once_a_type_and_document() -> None:
    # Gold ORG: "Bank of Ruritania" 17, its nested ORG "Bank" adds nothing; GPE: the nested "Ruritania" 9.
    documents = [gold([([BANK], "ORG", "NAM"), ([at("Bank")], "ORG", "NAM"), ([INNER], "GPE", "NAM")])]
    # Predicted ORG: "The Bank" 8 and "Bank of" (7, of which 4 are new: 3); GPE: "Ruritania on" 12.
    said = [([at("The Bank")], "ORG"), ([at("Bank of")], "ORG"), ([at("Ruritania on")], "GPE"), ([ZED], None)]
    found = table(documents, predicted(said))
    view = "names-characters"
    org, gpe = (found[f"{token('f1', 'characters', view)} {type_}"] for type_ in ("ORG", "GPE"))
    assert (org.counts["gold"], org.counts["predicted"], org.counts["credit_gold"]) == (17, 11, 7)  # "Bank of"
    assert (gpe.counts["gold"], gpe.counts["predicted"], gpe.counts["credit_gold"]) == (9, 12, 0)
    every = found[token("f1", "characters", view)]
    assert every.counts["predicted"] == 11 + 12 + 3  # the prediction without a type
    assert every.value == pytest.approx(2 * 7 / (17 + 9 + 11 + 12 + 3))


def test_characters_of_discontinuous_mentions_and_of_many_documents() -> None:
    one, two = (gold([([(4, 8), (12, 21)], "ORG", "NAM")], doc_id) for doc_id in "ab")
    said = predicted([([(4, 21)], "ORG")], "a") | predicted([([(12, 21)], "ORG")], "b")
    found = table([one, two], said)
    # a: 13 of 13 gold, 13 of 17 predicted; b: 9 of 13 and 9 of 9.
    assert found[token("recall", "characters", "names-characters")].value == 22 / 26
    assert found[token("precision", "characters", "names-characters")].value == 22 / 26
    assert found[token("precision", "characters", "names-characters", "document")].value == (13 / 17 + 1) / 2


def naive_characters(items: Iterable[tuple[Spans, str | None]]) -> set[tuple[str | None, int]]:
    return {(type_, i) for spans, type_ in items for start, end in spans for i in range(start, end)}


def test_characters_agree_with_sets() -> None:
    spans = [(a, a + b) for a in range(0, 40, 3) for b in (2, 5, 11)]
    right = [([span], ENTITY_TYPES[n % 3], "NAM") for n, span in enumerate(spans[::2])]
    said = [([span], ENTITY_TYPES[n % 4]) for n, span in enumerate(spans[1::2])]
    found = table([gold(right)], predicted(said))[token("f1", "characters", "all-characters")].counts
    sets = naive_characters((span, type_) for span, type_, _ in right), naive_characters(said)
    assert (found["gold"], found["predicted"]) == (len(sets[0]), len(sets[1]))
    assert found["credit_gold"] == found["credit_predicted"] == len(sets[0] & sets[1]) > 0


def test_words_have_one_label_the_longest_mentions() -> None:
    documents = [gold([([BANK], "ORG", "NAM"), ([INNER], "GPE", "NAM"), ([PLACE], "GPE", "NAM")])]
    # The shorter of two crossing predictions gives way: "The Bank" to "Bank of Ruritania".
    found = table(documents, predicted([([BANK], "ORG"), ([at("The Bank")], "ORG"), ([PLACE], "ORG")]))
    score = found[token("f1", "tokens", "names-tokens")]
    assert (score.counts["gold"], score.counts["predicted"], score.counts["credit_gold"]) == (4, 4, 3)
    assert found[f"{token('recall', 'tokens', 'names-tokens')} GPE"].value == 0.0


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_tags_are_valid_and_give_the_flat_mentions_back(scheme: str) -> None:
    items = [
        ([BANK], "ORG", "a"),
        ([INNER], "GPE", "b"),
        ([at("Mr. Zed")], "PERSON", "c"),
        ([at("aides")], "PERSON", "d"),
    ]
    tagged = to_bio(document(), items, scheme)
    words = split_words(TEXT)
    assert [word for word, _ in tagged] == [TEXT[start:end] for start, end in words]
    tags = [parse_tag(tag) for _, tag in tagged]
    assert {tag.letter for tag in tags} <= SCHEMES[scheme].letters
    assert decode_lenient(tags) == flat_chunks(words, items)


def test_fragments_are_chunks_and_half_words_are_taken_whole() -> None:
    words = split_words("ab cd ef")
    assert flat_chunks(words, [([(0, 1), (7, 8)], "ORG", "")]) == [("ORG", 0, 1), ("ORG", 2, 3)]
    assert flat_chunks(words, [([(0, 1), (1, 4)], "ORG", "")]) == [("ORG", 0, 2)]
    assert flat_labels("ab cd", [([(2, 3)], "ORG", "")]) == [None, None]


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("the President", ["determiners"], "President"),
        ("The Prime Minister Zed", ["determiners", "titles"], "Zed"),
        ("Zed's", ["possessives"], "Zed"),
        ("parents’", ["possessives"], "parents"),
        ("the", ["determiners"], "the"),
        ("'s", ["possessives"], "'s"),
        ("Thebes", ["determiners"], "Thebes"),
        ("general strike", ["titles"], "general strike"),
        ("the Zed's", [], "the Zed's"),
    ],
)
def test_extents_are_cut_but_never_emptied(text: str, names: list[str], kept: str) -> None:
    ((start, end),) = trim_spans(text, [(0, len(text))], names)
    assert text[start:end] == kept


def test_only_the_ends_of_a_discontinuous_mention_are_cut() -> None:
    assert trim_spans("the a the b's", [(0, 5), (6, 13)], trim_names()) == ((4, 5), (6, 11))
    assert trim_spans("x", [], trim_names()) == ()


def test_both_sides_are_trimmed() -> None:
    documents = [gold([([at("The Bank of Ruritania")], "ORG", "NAM"), ([ZED], "PERSON", "NAM")])]
    said = predicted([([BANK], "ORG"), ([at("Mr. Zed's")], "PERSON")])
    values = [
        table(documents, said, trim=trim)[token("f1", "strict", "names")].value
        for trim in ((), ("determiners",), ("determiners", "possessives"), trim_names())
    ]
    assert values == [0.0, 0.5, 0.5, 1.0]


def test_label_maps_join_types_and_leave_some_out() -> None:
    documents = [gold([([BANK], "ORG", "NAM"), ([PLACE], "GPE", "NAM"), ([ZED], "PERSON", "NAM")])]
    said = predicted([([BANK], "ORG"), ([PLACE], "LOC"), ([at("Monday")], "EVENT")])
    found = table(documents, said, labels=load_label_maps()["conll2003"])
    assert found[token("f1", "strict", "names")].value == 2 * 2 / (3 + 3)  # GPE and LOC are both LOC
    assert found[f"{token('f1', 'strict', 'names')} LOC"].value == 1.0
    assert f"{token('f1', 'strict', 'names')} GPE" not in found
    mapped = table(documents, said, labels=load_label_maps()["ace"])[token("f1", "strict", "names")]
    assert (mapped.counts["gold"], mapped.counts["predicted"]) == (3, 2)  # an event leaves the predictions


def test_every_shipped_map_knows_every_type() -> None:
    for labels in load_label_maps().values():
        assert set(ENTITY_TYPES) <= set(labels.table)
        assert set(filter(None, labels.table.values())) == set(labels.targets)


@pytest.mark.parametrize(
    "text",
    [
        "targets = []\n[labels]",
        'targets = ["A"]\n[labels]\nORG = "B"',
        'targets = ["A"]\n[labels]\nA = ""',
        "x = [",
        "[y]",
    ],
)
def test_maps_that_contradict_themselves_are_refused(text: str) -> None:
    with pytest.raises(LabelMapError):
        parse_label_map(text)


GOLD_LINE = {
    "doc_id": "d",
    "text": TEXT,
    "entities": [{"id": "e1", "type": "ORG", "name": "Bank"}, {"id": "e2", "type": "PERSON", "name": "Zed"}],
    "mentions": [
        {"id": "m1", "entity": "e1", "spans": [at("The Bank of Ruritania")], "text": "", "level": "NAM"},
        {"id": "m2", "entity": "e2", "spans": [ZED], "text": "", "level": "NAM"},
    ],
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    for mention in GOLD_LINE["mentions"]:  # type: ignore[attr-defined]
        (start, end) = mention["spans"][0]
        mention["text"] = TEXT[start:end]
    said = {
        "doc_id": "d",
        "entities": [{"id": "x", "type": "PER"}],
        "mentions": [
            {"start": BANK[0], "end": BANK[1], "type": "ORG"},
            {"start": ZED[0], "end": ZED[1], "entity": "x"},
            {"start": at("Monday")[0], "end": at("Monday")[1], "type": "DATE"},
        ],
    }
    paths = tmp_path / "gold.jsonl", tmp_path / "said.jsonl"
    for path, line in zip(paths, (GOLD_LINE, said), strict=True):
        path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return paths


MAP = 'targets = ["PER", "ORG"]\n[labels]\nPERSON = "PER"\nDATE = ""\n'


def test_predictions_may_use_any_label_of_the_map(files: tuple[Path, Path], tmp_path: Path) -> None:
    own = tmp_path / "map.toml"
    own.write_text(MAP, encoding="utf-8")
    loaded = load_gold(files[0])
    with pytest.raises(InvalidDataError) as refused:
        score_predictions(files[1], loaded)
    assert [item.found for item in refused.value.findings if item.code == "E106"] == ['"PER"', '"DATE"']
    scored = score_predictions(files[1], loaded, labels=own, trim=["determiners"])
    strict = next(s for s in scored.file.scores if s.measure == "entities." + token("f1", "strict", "names"))
    assert (strict.value, strict.counts["predicted"]) == (1.0, 2)  # PER is PERSON, and a date is not asked for


def test_labels_that_the_map_lacks_are_findings(files: tuple[Path, Path], tmp_path: Path) -> None:
    own = tmp_path / "map.toml"
    own.write_text(MAP.replace("PERSON", "PEOPLE"), encoding="utf-8")
    with pytest.raises(InvalidDataError) as refused:
        score_predictions(files[1], load_gold(files[0]), labels=own)
    (found,) = refused.value.findings
    assert (found.code, found.where.field, found.found) == ("E106", "mentions[1].type", '"PERSON"')
    own.write_text(MAP, encoding="utf-8")
    said = {"doc_id": "d", "mentions": [{"start": ZED[0], "end": ZED[1], "type": "GPE"}]}
    files[1].write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(InvalidDataError) as refused:
        score_predictions(files[1], load_gold(files[0]), labels=own)
    assert [(item.code, item.where.line) for item in refused.value.findings] == [("E106", 1)]
    scored = score_predictions(files[1], load_gold(files[0]), labels=own, on_invalid="drop")
    assert [item.severity for item in scored.file.findings if item.code == "E106"] == ["warning"]
    strict = next(s for s in scored.file.scores if s.measure == "entities." + token("precision", "strict", "names"))
    assert (strict.value, strict.counts["predicted"]) == (0.0, 1)


def test_lines_without_foreign_labels_keep_their_bytes() -> None:
    lines = [b'{"doc_id": "d",  "mentions": [{"type": "ORG"}]}\n', b"{bad\n", b"\n", b'{"mentions": 3}\n']
    twice = b'{"mentions": [{"type": "PER", "type": "PER"}]}\n'
    assert replace_labels([*lines, twice], {"PER", "ORG"}) == (b"".join([*lines, twice]), {})


def test_every_option_that_moves_a_number_moves_the_signature(files: tuple[Path, Path], tmp_path: Path) -> None:
    own, other = tmp_path / "a.toml", tmp_path / "b.toml"
    own.write_text(MAP, encoding="utf-8")
    other.write_text(MAP.replace('DATE = ""', 'DATE = "ORG"'), encoding="utf-8")
    seen: dict[tuple[tuple[str, float | None], ...], str] = {}
    signatures: set[str] = set()
    choices: list[dict[str, object]] = [
        {"labels": labels, "trim": trim}
        for labels in (own, other, "ontonotes", "conll2003")
        for trim in ((), ("determiners",), ("possessives",), ("titles", "determiners"))
    ]
    for choice in choices:
        if choice["labels"] in ("ontonotes", "conll2003"):
            said = {"doc_id": "d", "mentions": [{"start": BANK[0], "end": BANK[1], "type": "ORG"}]}
            (tmp_path / "plain.jsonl").write_text(json.dumps(said), encoding="utf-8")
            file = score_predictions(tmp_path / "plain.jsonl", load_gold(files[0]), **choice).file  # type: ignore[arg-type]
        else:
            file = score_predictions(files[1], load_gold(files[0]), **choice).file  # type: ignore[arg-type]
        signatures.add(file.signature)
        numbers = tuple((f"{score.measure} {score.group}", score.value) for score in file.scores)
        seen.setdefault(numbers, file.signature)
    assert len(signatures) == len(choices)
    assert len(seen) > 4  # the choices did move numbers
    turned = score_predictions(files[1], load_gold(files[0]), labels=own, trim=("determiners", "titles")).file
    assert turned.signature in signatures  # the order in which parts are named is none


def test_unknown_maps_and_parts_are_named(files: tuple[Path, Path]) -> None:
    loaded = load_gold(files[0])
    with pytest.raises(UsageError, match="did you mean 'titles'"):
        score_predictions(files[1], loaded, trim=["title"])
    with pytest.raises(UsageError, match="conll2003, ontonotes, ace"):
        score_predictions(files[1], loaded, labels="conll2004")


def run(*args: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(arg) for arg in args])
    return int(stop.value.code or 0)


def test_text_is_short_unless_more_is_asked_for(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "map.toml"
    own.write_text(MAP, encoding="utf-8")
    usual = ("score", files[1], "--gold", files[0], "--labels", own, "--trim", "determiners,titles")
    assert run(*usual) == 0
    out = capsys.readouterr().out
    assert "characters" not in out
    assert "weighted" not in out
    assert "trim:determiners+titles" in out
    assert run(*usual, "--measure", "characters", "--measure", "entities.f1(match=strict,view=nested") == 2
    assert "no measure" in capsys.readouterr().err  # nested has recall alone
    assert run(*usual, "--measure", "characters", "--measure", "entities.recall(match=strict,view=nested") == 0
    out = capsys.readouterr().out
    assert "all, weighted" in out
    assert "entities, nested" in out
    assert "entities, names;" not in out
    assert run(*usual, "--measure", "characters", "--format", "json") == 0
    measures = {score["measure"] for score in json.loads(capsys.readouterr().out)["scores"]}
    assert {name.split("match=")[1].split(",")[0] for name in measures} == {"characters"}


def test_documents_in_canonical_order_give_the_same_mean() -> None:
    documents = [gold([([BANK], "ORG", "NAM")] * (n % 3 + 1), f"d{n}") for n in range(7)]
    said = {k: v for n in range(7) for k, v in predicted([([BANK], "ORG")] * (n % 4), f"d{n}").items()}
    ids = [item.document.doc_id for item in documents]
    turned = [documents[i] for i in reversed(unit_order(ids))]
    one, other = (table(items, said)[token("f1", "strict", "names", "document")] for items in (documents, turned))
    assert one == other
