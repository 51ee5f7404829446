"""Single annotations in words: what a record says, with names for ids; the fields that no wording covers by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Mention
from goldassay.model.numeric_facts import Counted, NumericFact, NumericFactsRow, Time, Value
from goldassay.model.record import Span, spans_text
from goldassay.model.stances import Attribution, Stance, StancesRow

_VERBS = {"evaluation": "rates", "position": "wants", "belief": "believes", "intent": "intends"}


@dataclass(frozen=True, slots=True)
class Line:
    """One annotation in words; `spans` decide under which sentence it stands."""

    kind: str
    words: str
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Names:
    """The text, and what ids stand for."""

    text: str
    entities: dict[str, str]
    types: dict[str, str]
    glosses: dict[str, str]

    def of(self, id_: str) -> str:
        """The name of an entity, else the id itself."""
        return self.entities.get(id_, id_)

    def target(self, id_: str) -> str:
        """The id of a proposition with its gloss, or an entity's name."""
        return f"{id_} ‘{self.glosses[id_]}’" if id_ in self.glosses else self.of(id_)

    def quote(self, spans: Sequence[Span]) -> str:
        """The surface of a span between guillemets."""
        return f"«{spans_text(self.text, spans)}»"


def collect_names(document: Document, entities: EntitiesRow | None, stances: StancesRow | None) -> Names:
    """The names of a document's entities and propositions."""
    known = entities.entities if entities else []
    return Names(
        text=document.text,
        entities={entity.id: entity.name for entity in known},
        types={entity.id: entity.type for entity in known},
        glosses={one.id: one.gloss for one in (stances.propositions if stances else ())},
    )


def mention_words(mention: Mention, names: Names) -> str:
    """`m1 NAM e2 «Seoul» metonym`."""
    entity = mention.entity or mention.type or "?"
    rest = _rest(mention, names, {"id", "entity", "spans", "text", "level", "metonym", "type"})
    flag = " metonym" if mention.metonym else ""
    return f"{mention.id} {mention.level} {entity} {names.quote(mention.spans)}{flag}{rest}"


def stance_lines(row: StancesRow | None, names: Names) -> Iterator[Line]:
    """Attributions, then stances."""
    for attribution in row.attributions if row else ():
        yield Line("attribution", _attribution_words(attribution, names), _anchor(attribution))
    for stance in row.stances if row else ():
        yield Line("stance", _stance_words(stance, names), _anchor(stance))


def _attribution_words(one: Attribution, names: Names) -> str:
    shown = {"id", "parent", "source", "quote", "cue_spans", "content_spans", "source_spans"}
    inside = f" in {one.parent}" if one.parent else ""
    words = f"{one.id}{inside}  {names.of(one.source)} {names.quote(one.cue_spans)} {one.quote}"
    return f"{words}: {names.quote(one.content_spans)}{_rest(one, names, shown)}"


def _stance_words(one: Stance, names: Names) -> str:
    chain = " > ".join([*(names.of(source) for source in one.sources), names.of(one.holder)])
    grade = f"{_VERBS[one.dimension]}({_signed(one.grade)}, {one.act})"
    words = f"{one.id}  {chain}  {grade}  {names.target(one.target.id)}  {names.quote(one.expression_spans)}"
    if one.toward is not None:
        sign = "" if one.toward_sign is None else f" {_signed(one.toward_sign)}"
        words += f"  toward {names.of(one.toward)}{sign}"
    shown = {
        "id",
        "holder",
        "target",
        "toward",
        "toward_sign",
        "dimension",
        "grade",
        "act",
        "expression_spans",
        "sources",
    }
    return words + _rest(one, names, shown)


def _signed(number: int) -> str:
    return f"{number:+d}" if number else "0"


def fact_lines(row: NumericFactsRow | None, names: Names) -> Iterator[Line]:
    """Numeric facts, each in full at its first mention and in short at the others, then times."""
    for fact in row.numeric_facts if row else ():
        for place, mention in enumerate(fact.mentions):
            again = f"{fact.id}  again {names.quote(mention.full.spans)}"
            yield Line("number", again if place else _fact_words(fact, names), mention.full.spans)
        if not fact.mentions:
            yield Line("number", _fact_words(fact, names), [])
    for time in row.times if row else ():
        yield Line("time", _time_words(time, names), time.spans)


def _fact_words(fact: NumericFact, names: Names) -> str:
    extents = [*fact.mentions[0].full.spans] if fact.mentions else []
    value = "?" if fact.value is None else _value_words(fact.value)
    words = [fact.kind, value, *([fact.approx] if fact.approx != "none" else []), *([fact.unit] if fact.unit else [])]
    words += [_counted_words(fact.counted, names)] if fact.counted else []
    words += [f"of {names.of(fact.subject)}"] if fact.subject else []
    said = [f"{names.of(one)} {how}" for one, how in zip(fact.sources, fact.commitment, strict=False)]
    chain = f"  {' > '.join(said)}" if said else ""
    shown = {"id", "mentions", "kind", "value", "approx", "unit", "counted", "subject", "property", "status"}
    shown |= {"sources", "commitment"} if len(fact.sources) == len(fact.commitment) else set()
    rest = _rest(fact, names, shown)
    return f"{fact.id}  {' '.join(words)}  {fact.property}, {fact.status}{chain}  {names.quote(extents)}{rest}"


def _value_words(value: Value) -> str:
    if value.lo == value.hi and value.lo_inc and value.hi_inc:
        return value.lo or "?"
    left, right = "[" if value.lo_inc else "(", "]" if value.hi_inc else ")"
    return f"{left}{value.lo or '−∞'}, {value.hi or '∞'}{right}"


def _counted_words(counted: Counted, names: Names) -> str:
    return f"× {counted.lemma}" + (f" ({names.of(counted.entity)})" if counted.entity else "")


def _time_words(time: Time, names: Names) -> str:
    grain = f" {time.grain}" if time.grain else ""
    rest = _rest(time, names, {"id", "type", "grain", "spans", "text", "value_text_only"})
    return f"{time.id}  {time.type}{grain} {time.value_text_only}  {names.quote(time.spans)}{rest}"


def _anchor(record: Attribution | Stance) -> Sequence[Span]:
    """The first spans that say where a record stands: of its expression or cue, else of anything."""
    first = ("expression_spans", "cue_spans")
    ordered = (*first, *(name for name in record.__struct_fields__ if name.endswith("_spans")))
    return next((spans for name in ordered if (spans := getattr(record, name, None))), ())


def _rest(record: msgspec.Struct, names: Names, shown: set[str]) -> str:
    """The fields that are neither shown yet nor at their default, as `name: value`."""
    parts = []
    for one in msgspec.structs.fields(record):
        value = getattr(record, one.name)
        default = one.default if one.default_factory is msgspec.NODEFAULT else one.default_factory()
        if one.name not in shown and value != default:
            parts.append(f"{one.name.removesuffix('_spans')}: {_plain(value, one.name, names)}")
    return f"  ({'; '.join(parts)})" if parts else ""


def _plain(value: Any, name: str, names: Names) -> str:
    if name == "spans" or name.endswith("_spans"):
        return names.quote(value)
    if isinstance(value, list):
        return ", ".join(_plain(item, "", names) for item in value)
    if isinstance(value, msgspec.Struct):
        fields = ((key, getattr(value, key)) for key in value.__struct_fields__)
        said = ((key, item) for key, item in fields if item not in (None, False, []))
        return " ".join(key if item is True else _plain(item, key, names) for key, item in said)
    if isinstance(value, str):
        return names.of(value)
    return str(value).lower()
