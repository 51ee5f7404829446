"""What the README of a kit tells the annotator, in plain words."""

from goldassay.kit.layout import KitFormat, KitHead
from goldassay.kit.readme_items import explain_items
from goldassay.kit.tools import KINDS

_BRAT = """## Work with brat

1. Copy the folder `brat` into the data folder of your brat server and open one of its documents.
2. Mark each mention, choose its type and its `Level` (NAM, NOM or PRO); tick `Metonym` where the guideline says so.
3. Draw `Coref` from each mention to the one before it that stands for the same entity.
4. Write the entity's name as the note of one of its mentions; without a note its first name in the text is taken.
5. Draw `Rollup` from a mention of a person, organ or nationality to a mention of what it speaks for, and `Member` from
   a mention of a group to a mention of each member.
6. A mention with a gap is marked in its first part; then add a fragment to it.

Annotate every document. A document whose `.ann` file stays empty counts as not done. Do not change the `.txt` files.
"""

_LABEL_STUDIO = """## Work with Label Studio

1. Make a project, paste `label-studio/configuration.xml` as its labelling interface (Code), import
   `label-studio/tasks.json`.
2. Mark each mention with its type. At each region choose the `level` (NAM, NOM or PRO), tick `metonym` where the
   guideline says so, and write under `entity` a word that all mentions of the same entity share, such as `e1`.
3. Write the entity's `name` at one of its mentions; without it its first name in the text is taken.
4. Draw a relation `Rollup` from a mention of a person, organ or nationality to a mention of what it speaks for, and
   `Member` from a mention of a group to a mention of each member.
5. A mention with a gap is one region a part, with a relation `Fragment` from each part to the next; the first part
   says all the rest, the others only the type.
6. Submit every task; one that is not submitted counts as not done.
7. Export the project as JSON (not JSON-MIN) and save it in the kit as `label-studio/export.json`.
"""

_TOOLS: dict[KitFormat, str] = {"brat": _BRAT, "label-studio": _LABEL_STUDIO}


def format_readme(head: KitHead) -> str:
    """The README of a kit."""
    work = _TOOLS[head.format]
    if head.layer in KINDS:
        work = explain_items(head.layer, head.format, KINDS[head.layer], head.entities)
    listed = "\n".join(f"- `{doc_id}`" for doc_id in sorted(head.documents))
    shown = (
        f"\nThe kit shows the annotation `{head.prefilled}` to begin with. Change whatever you see differently; your "
        "pass will say that you saw it.\n"
        if head.prefilled is not None
        else "\nWork alone: do not look at any other annotation of these texts before you have sent yours.\n"
    )
    return f"""# Annotation kit: {head.layer}

Read `guideline.md` (version {head.guidelines}) first: it says what to annotate and how. The texts are in `texts`.
{shown}
Documents:

{listed}

{work}
## Send it back

Return this whole folder, `kit.json` included. It becomes an annotation pass with

    goldassay kit --read FOLDER --name NAME --annotator-kind human --layer {head.layer} --format {head.format}

which lists everything that it cannot read, and writes nothing until there is no error.
"""
