"""How to work with items in a tool, in plain words; what each kind has is listed from the kinds themselves."""

from goldassay.kit.items import ID, WORDLESS, Kind, Kinds
from goldassay.kit.layout import KitFormat

_STANCES = """\
- Mark a `Proposition` once, where the text first says it, and type its `gloss`. Every stance on it points to it.
- Mark each cue as an `Attribution` and each expression as a `Stance`. Two stances of one expression are two {items}.
- `holder`, `source`, `addressee`, `toward`, `about` and `sources` name entities by id, or `AUTHOR`, `IMPLICIT`.
- The target of a stance is a link `Proposition`; an entity as target is typed, `target: e3`.
"""

_NUMBERS = """\
- Mark each numeral as a `Fact` and each expression of time as a `Time`. A fact that the text states again gets a
  `Restatement` at the other place, with a link `Fact` to it.
- `Span` and `Full` are needed only where they are more than the numeral; without `Full`, it is the `Span`.
- `value: 40` is the point 40, `value: {{lo: 40, hi: null}}` an open interval. `counted: ship` is short for its lemma.
- The words of `counted`, `event` and `base` are stretches of their own: `Counted`, `Event`, `Base`.
- What a fact says of another one is a link by its type; `PartOfInferred` and the like where the text does not say it.
"""

_LAYERS = {"stances": _STANCES, "numeric_facts": _NUMBERS}

_BRAT = """## Work with brat

1. Copy the folder `brat` into the data folder of your brat server and open one of its documents.
2. Mark the words of each item and choose its event type. What you choose for it are attributes of the event; what you
   type goes into its note, in one line, as keys and values like those of the authoring form:
   `holder: e5, sources: [AUTHOR], note: "text with a comma, in quotation marks"`.
3. Mark the words that belong to it (`{mark}` …) and draw an arc to them from the event. An item and the words that
   belong to it may overlap, and one stretch may serve several events. Words with a gap: add a fragment to them.
4. Draw arcs between events for links.

Annotate every document. A document whose `.ann` file stays empty counts as not done. Do not change the `.txt` files.
"""

_LABEL_STUDIO = """## Work with Label Studio

1. Make a project, paste `label-studio/configuration.xml` as its labelling interface (Code), import
   `label-studio/tasks.json`.
2. Mark the words of each item with its label. Select the region: what there is to choose and to type appears.
   Lists and records are typed as in the authoring form: `[AUTHOR, e8]`, `{{kind: entity, id: e3}}`.
3. Mark the words that belong to it (`{mark}` …) and draw a relation of the same name from the item to them.
4. Draw relations between items for links. Words with a gap are one region a part, with a relation `Fragment` from each
   part to the next; the first part says all the rest, the others only the label.
5. Submit every task; one that is not submitted counts as not done.
6. Export the project as JSON (not JSON-MIN) and save it in the kit as `label-studio/export.json`.
"""

_GIVEN = """\
The folder `references` lists the entities of `{name}` by id, and what else there is to refer to: use these ids.
"""

_OWN = """\
No entities came with this kit: call each by a word of your own, such as `e1`, and keep to it. Agreement with others can
only be measured if entities of the same ids are in your pass.
"""


def explain_items(layer: str, form: KitFormat, kinds: Kinds, entities: str | None) -> str:
    """The part of a kit's README on the work."""
    tool = _BRAT if form == "brat" else _LABEL_STUDIO
    wordless = WORDLESS.capitalize() if form == "brat" else WORDLESS
    mark = kinds[0].carried("words")[0].shown
    named = _OWN if entities is None else _GIVEN.format(name=entities)
    rules = _LAYERS[layer].format(items="events" if form == "brat" else "regions")
    listed = "\n".join(_explain_kind(kind, form) for kind in kinds)
    return f"""{tool.format(mark=mark)}
## What there is to mark

{rules}
{listed}
Whatever is left out has the default of the guideline. An `{ID}` is needed only where something typed names the record;
the others are numbered in text order. A record without words of its own is marked at any others; choose
`{wordless}` for it.

{named}"""


def _explain_kind(kind: Kind, form: KitFormat) -> str:
    chosen = kind.carried("label", "flag")
    listed = {
        "words": [one.shown for one in kind.carried("words")],
        "links": [f"{one.shown} ({', '.join(one.ends)})" for one in kind.carried("link")],
        "chosen": [one.shown if form == "brat" else one.name for one in chosen],
        "typed": [one.name for one in kind.fields if one.is_typed],
    }
    lines = [f"  - {what}: {', '.join(f'`{name}`' for name in names)}\n" for what, names in listed.items() if names]
    return f"- `{kind.name}`\n{''.join(lines)}"
