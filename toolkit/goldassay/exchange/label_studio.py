"""Label Studio: a project for each layer, as `entities.json` with its configuration in `entities.xml`, and so on.

Tasks look as in annotation kits (`goldassay.kit`); regions have the ids of their mentions.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from goldassay.exchange.assembly import majority_types, type_of
from goldassay.exchange.gold_lines import rows_of
from goldassay.exchange.losses import Carried, count_rest
from goldassay.exchange.reading import Counts, Line, WriteOptions, Written
from goldassay.formats.gold import GoldLine
from goldassay.formats.label_studio import Task, format_label_studio
from goldassay.kit.label_studio_entities import task_of_entities
from goldassay.kit.layout import CONFIGURATION
from goldassay.kit.markup import Links, Markup, mark_entities
from goldassay.kit.tools import configure, show_in_label_studio
from goldassay.model.entities import EntitiesRow
from goldassay.model.labels import LAYERS

CARRIES: tuple[Carried, ...] = (
    "mentions",
    "clusters",
    "levels",
    "metonyms",
    "names",
    "kb_ids",
    "rollups",
    "stances",
    "numeric_facts",
)
ALONE = "_"
"""What the word for an entity begins with at a mention that has none."""


def write_label_studio(lines: Sequence[Line], options: WriteOptions) -> Written:
    """The tasks and the configuration of each layer that some document has."""
    lost: Counts = Counter()
    tasks: dict[str, list[Task]] = {layer: [] for layer in LAYERS}
    for line in lines:
        if not isinstance(line, GoldLine):
            continue
        lost += count_rest(line, CARRIES)
        document, entities, *rows = rows_of(line)
        lost["documents without a layer annotated"] += entities is None and rows == [None, None]
        if entities is not None:
            tasks["entities"].append(_task(line, entities, lost))
        for layer, row in zip(LAYERS[1:], rows, strict=True):
            if row is not None:
                task, more = show_in_label_studio(layer, row, document)
                lost += more
                tasks[layer].append(task)
    files: dict[str, bytes] = {}
    for layer, listed in tasks.items():
        if listed:
            files[f"{layer}.json"] = format_label_studio(listed).encode()
            files[f"{layer}.xml"] = configure(layer, "label-studio")[CONFIGURATION].encode()
    return Written(files, lost, len({task.data["doc_id"] for listed in tasks.values() for task in listed}))


def _task(line: GoldLine, row: EntitiesRow, lost: Counts) -> Task:
    markup, more = mark_entities(row)
    # These come back as they are, and the others are counted once already.
    for what in [what for what in more if what.startswith(("mentions without", "types and links", "entities without"))]:
        del more[what]
    lost += more
    entities = {one.id: one for one in row.entities}
    majority = majority_types(row.mentions, entities)
    lost["types of entities that most of their mentions do not have"] += sum(
        majority.get(one.id, one.type) != one.type for one in row.entities
    )
    lost["links of single mentions (their entity's are written)"] += sum(
        one.kb_id is not None and one.entity in entities and one.kb_id != entities[one.entity].kb_id
        for one in row.mentions
    )
    ids = [one.id for one in row.mentions]
    usable = len(set(ids)) == len(ids) and not any("." in id_ for id_ in ids)
    lost["ids of mentions"] += 0 if usable else len(ids)
    names = {mark.id: id_ if usable else mark.id for mark, id_ in zip(markup.marks, ids, strict=True)}
    marks = tuple(
        replace(mark, id=names[mark.id], type=type_of(one, entities))
        for mark, one in zip(markup.marks, row.mentions, strict=True)
    )
    links = (_renamed(one, names) for one in (markup.same, markup.rollups, markup.members))
    return task_of_entities(line.doc_id, line.text, Markup(marks, *links))


def _renamed(links: Links, names: Mapping[str, str]) -> Links:
    return tuple((names[one], names[other]) for one, other in links)
