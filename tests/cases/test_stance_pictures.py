"""Pictures of stance matrices: sound, safe, the same each time, and nothing covers anything at 200 documents."""

import re
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from goldassay.gold import load_gold
from goldassay.layers.base import Options
from goldassay.report.drawing import Box, Sheet, text_width, wrap_text
from goldassay.report.stance_dot import quote_dot, render_stance_dot
from goldassay.report.stance_graph import draw_stance_graph, line_of
from goldassay.report.stance_graph_layout import lay_out
from goldassay.report.stance_heatmap import draw_stance_heatmap
from goldassay.report.stance_page import render_matrix_page
from goldassay.report.stance_selection import EDGES_PER_NODE, TOP, list_edges, select_cells
from goldassay.stance_matrix.cells import Matrix, build_matrices
from goldassay.stance_matrix.difference import Difference, compare_matrices
from planted_stances import HOSTILE, planted

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
SIGNATURE = "goldassay:stances|corpus:news`<b>|matrix:opinion"


def texts(svg: str) -> list[str]:
    return ["".join(found.itertext()) for found in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def titles(svg: str) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(svg).iter(f"{SVG}title")]


@pytest.fixture(scope="module")
def many() -> dict[str, Matrix | Difference]:
    gold, system = build_matrices(*planted(200), options=Options(gold_ids=True))
    return {"gold": gold, "system": system, "difference": compare_matrices(gold, system)}


@pytest.fixture(scope="module")
def seeds() -> Matrix:
    return build_matrices(load_gold(ROOT).documents)[0]


def overlap(one: Box, other: Box) -> bool:
    return all(
        one[axis] < other[axis] + other[axis + 2] - 0.01 and other[axis] < one[axis] + one[axis + 2] - 0.01
        for axis in (0, 1)
    )


def size(sheet: Sheet) -> tuple[float, float]:
    width, height = sheet.figure.get_size_inches()
    return 72 * width, 72 * height


def test_at_200_documents_pictures_are_made_in_a_minute_and_no_text_covers_another(
    many: dict[str, Matrix | Difference],
) -> None:
    start = time.monotonic()
    for shown in many.values():
        for draw in (draw_stance_graph, draw_stance_heatmap):
            sheet = draw(shown)
            ElementTree.fromstring(sheet.svg())
            assert len(sheet.texts) > 80
            assert [pair for pair in combinations(sheet.texts, 2) if overlap(*pair)] == []
            width, height = size(sheet)
            assert [
                box
                for box in sheet.texts
                if box[0] < 0 or box[1] < 0 or box[0] + box[2] > width or box[1] + box[3] > height
            ] == []
    assert time.monotonic() - start < 60


def test_overlapping_texts_would_be_seen() -> None:
    sheet = Sheet(100, 100, "t")
    sheet.text((10, 10), ["Zenda"])
    sheet.text((12, 12), ["Zenda"])
    assert overlap(*sheet.texts)


def test_nodes_and_labels_of_a_large_graph_stay_apart(many: dict[str, Matrix | Difference]) -> None:
    selected = select_cells(many["difference"], edges_per_node=EDGES_PER_NODE)
    layout = lay_out(selected, 60)
    assert not any(overlap(one.box, other.box) for one, other in combinations(layout.nodes, 2))
    labels = [(edge.label[0], edge.label[1] - 6.5, 60.0, 13.0) for edge in layout.edges]
    assert len(labels) == EDGES_PER_NODE * TOP
    assert not any(overlap(one, other) for one, other in combinations(labels, 2))
    assert not any(overlap(label, node.box) for label in labels for node in layout.nodes)


@pytest.mark.parametrize("name", ["gold", "system", "difference"])
def test_every_edge_has_a_label_with_its_sign_and_a_title(many: dict[str, Matrix | Difference], name: str) -> None:
    selected = select_cells(many[name], edges_per_node=EDGES_PER_NODE)
    svg = draw_stance_graph(many[name]).svg()
    shown = texts(svg)
    for edge in selected.edges:
        assert edge.label[0] in "+−0"
        assert shown.count(edge.label) >= sum(other.label == edge.label for other in selected.edges)
    assert sum(" → " in title for title in titles(svg)) == len(selected.edges)


def test_lines_differ_by_more_than_colour(many: dict[str, Matrix | Difference]) -> None:
    for shown in many.values():
        looks = {
            (edge.status or edge.cell.sign): (line.dash, line.double, line.width if edge.status else None)
            for edge in list_edges(shown)
            for line in (line_of(edge),)
        }
        assert len(looks) >= 3
        assert len(set(looks.values())) == len(looks)


def test_a_large_difference_shows_its_share_of_every_status(many: dict[str, Matrix | Difference]) -> None:
    difference = many["difference"]
    assert isinstance(difference, Difference)
    present = {status for status, count in difference.counts().items() if count and status != "optional"}
    assert len(present) >= 4
    assert {edge.status for edge in select_cells(difference, edges_per_node=EDGES_PER_NODE).edges} == present


def test_what_is_not_drawn_is_counted(many: dict[str, Matrix | Difference]) -> None:
    selected = select_cells(many["gold"], edges_per_node=EDGES_PER_NODE)
    every = list(list_edges(many["gold"]))
    # 200 documents of eight stances, all of which count.
    assert sum(edge.n for edge in every) == 1600
    folded = 1600 - sum(edge.n for edge in selected.edges)
    assert selected.caption[-1] == f"not drawn: {folded} stances in {len(every) - 50} cells"


def test_hostile_text_is_escaped_everywhere(many: dict[str, Matrix | Difference]) -> None:
    svg = draw_stance_heatmap(many["difference"]).svg()
    assert "script" in svg
    for rendered in (svg, render_matrix_page([many["difference"]], SIGNATURE)):
        assert "<script" not in rendered
        assert "\x1b" not in rendered
        assert "\u202e" not in rendered
    assert any("&lt;script&gt;" in line for line in svg.splitlines())
    assert any(title.startswith("holder: ? <script>alert") for title in titles(svg))
    dot = render_stance_dot(many["difference"], SIGNATURE)
    # Every line is one statement; strings end where they should.
    statement = re.compile(r'  n\d+( -> n\d+)? \[(\w+="(?:[^"\\]|\\.)*"(, )?)+\];')
    assert all(statement.fullmatch(line) for line in dot.splitlines()[4:-1])
    assert quote_dot('a"\\') == '"a\\"\\\\"'
    assert HOSTILE not in dot


def test_the_same_bytes_in_another_process(seeds: Matrix) -> None:
    code = (
        "import sys; from goldassay.gold import load_gold; from pathlib import Path;"
        "from goldassay.stance_matrix.cells import build_matrices; from goldassay.report import stance_graph;"
        "m = build_matrices(load_gold(Path(sys.argv[1])).documents)[0];"
        "sys.stdout.buffer.write(stance_graph.draw_stance_graph(m).svg().encode())"
    )
    command = [sys.executable, "-c", code, str(ROOT)]
    other = subprocess.run(command, capture_output=True, check=True, timeout=120, env={"PYTHONHASHSEED": "7"})
    assert other.stdout.decode() == draw_stance_graph(seeds).svg()


def test_a_picture_says_what_it_was_computed_from(seeds: Matrix) -> None:
    for draw in (draw_stance_graph, draw_stance_heatmap):
        described = ElementTree.fromstring(draw(seeds, SIGNATURE).svg()).find(f"{SVG}desc")
        assert described is not None
        assert described.text == SIGNATURE


def test_an_empty_matrix_is_said_to_be_empty() -> None:
    empty = Matrix("gold", "opinion", {}, {}, 0)
    for draw in (draw_stance_graph, draw_stance_heatmap):
        assert "no stance to draw" in texts(draw(empty).svg())


def test_ids_of_a_page_are_unique(many: dict[str, Matrix | Difference]) -> None:
    page = render_matrix_page(list(many.values()), SIGNATURE, top=5)
    ids = re.findall(r'<[^>]* id="([^"]*)"', page)
    assert len(ids) == len(set(ids)) > 100
    referred = set(re.findall(r'<[^>]*(?:url\(#|href="#)([^)"]*)', page))
    assert referred <= set(ids)


def test_wrapping_keeps_to_the_width_and_says_what_is_cut() -> None:
    for text in ("Zenda " * 40, "W" * 300, "漢字" * 60):
        lines = wrap_text(text, 100, lines=3)
        assert len(lines) == 3
        assert all(text_width(line, 9) <= 100 for line in lines)
        assert lines[-1].endswith("…")
    assert wrap_text("Zenda  pays", 200) == ["Zenda pays"]
    assert wrap_text("", 100) == [""]
    text = "Ruritania buys forty new cannons from the foundry"
    lines = wrap_text(text, 120, lines=9)
    assert len(lines) > 1
    assert " ".join(lines) == text
