"""The HTML report in a real browser: nothing is loaded, nothing hostile runs, and it can be read and walked."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from chromium import choose, click, open_page, press, requests, run, texts
from contrast import contrast, luminance

from planted_report import BREAKOUTS, LONG, TEXT, TRAP, crossing_report, hostile_report, plain_report

PLAIN = (
    "[...document.querySelectorAll('article.text')].map((n) => { const c = n.cloneNode(true); "
    "c.querySelectorAll('button').forEach((b) => b.remove()); return c.textContent; })"
)
"""The text of each article without its badges."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plain_report(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_report(tmp_path_factory.mktemp("hostile"))


def shown(browser: Any) -> str:
    return texts(browser, "#shown-errors")[0].removeprefix("Errors shown, all documents: ")


def chosen(browser: Any) -> tuple[str, str]:
    """Document in hand and class of the chosen error."""
    return texts(browser, "#doc-title")[0], texts(browser, "#panel-title")[0]


def test_the_page_opens_from_disk_without_a_request_or_a_complaint(browser: Any, plain: Path) -> None:
    open_page(browser, plain)
    assert requests(browser) == [plain.as_uri()]
    assert browser.get_log("browser") == []
    assert texts(browser, "#scores tbody th") == ["first", "second"]


def test_numbers_of_the_score_table(browser: Any, plain: Path) -> None:
    """9 gold mentions. First: 3 + 1 + 2 right of 3 + 2 + 4 said: 2 * 6 / (9 + 9). Second: 8 of 8: 2 * 8 / (9 + 8)."""
    open_page(browser, plain)
    assert texts(browser, "#scores tbody td:first-of-type .value") == ["0.667", "0.941"]


def test_errors_are_counted_right_under_each_filter(browser: Any, plain: Path) -> None:
    """First: Dol an ORG, Mora missed in d1, "met" spurious and "Mor" too short in d2. Second: Mora missed in d0."""
    open_page(browser, plain)
    assert shown(browser) == "A: 4 of 4; B: 1 of 1"
    assert texts(browser, "#doc-list .count") == ["A 0 · B 1", "A 2 · B 0", "A 2 · B 0"]
    choose(browser, "#group", str(run(browser, "index.groups.indexOf('GPE')")))
    assert shown(browser) == "A: 2 of 4; B: 1 of 1"  # Mora missed and Mora cut short; Mora missed
    choose(browser, "#group", "-1")
    click(browser, "#no-classes")
    assert shown(browser) == "A: 0 of 4; B: 0 of 1"
    missed = run(browser, "index.classes.findIndex((one) => one.name === 'missed')")
    click(browser, f"#classes input[data-class='{missed}']")
    assert shown(browser) == "A: 1 of 4; B: 1 of 1"
    click(browser, "#all-classes")
    run(browser, "(byId('search').value = 'met', byId('search').dispatchEvent(new Event('input')))")
    assert shown(browser) == "A: 1 of 4; B: 0 of 1"
    assert texts(browser, "#doc-list li:not([hidden]) button bdi") == ["d2"]
    run(browser, "(byId('search').value = 'd1', byId('search').dispatchEvent(new Event('input')))")
    assert shown(browser) == "A: 2 of 4; B: 0 of 1"


def test_a_layer_that_is_switched_off_shows_no_marks(browser: Any, plain: Path) -> None:
    open_page(browser, plain)
    assert run(browser, "document.querySelectorAll('article .mark').length") > 0
    press(browser, "1")
    assert run(browser, "document.querySelectorAll('article .mark').length") == 0
    assert shown(browser) == "A: 0 of 4; B: 0 of 1"
    press(browser, "1")
    assert shown(browser) == "A: 4 of 4; B: 1 of 1"


def test_the_keyboard_walks_over_all_errors_and_back(browser: Any, plain: Path) -> None:
    """The first system has no error in d0, two in d1 and two in d2, in the order of the text."""
    open_page(browser, plain)
    walk = [("d1", "T type"), ("d1", "− missed"), ("d2", "+ spurious"), ("d2", "B boundary")]
    seen = []
    for _ in walk:
        press(browser, "j")
        seen.append(chosen(browser))
    assert seen == walk
    press(browser, "j")
    assert chosen(browser) == walk[-1]
    back = []
    for _ in walk[1:]:
        press(browser, "k")
        back.append(chosen(browser))
    assert back == walk[2::-1]
    assert run(browser, "document.activeElement.classList.contains('badge')")


def test_help_search_and_escape(browser: Any, plain: Path) -> None:
    from selenium.webdriver import Keys

    open_page(browser, plain)
    press(browser, "?")
    assert run(browser, "document.getElementById('help').open")
    press(browser, Keys.ESCAPE)
    assert not run(browser, "document.getElementById('help').open")
    press(browser, "/")
    assert run(browser, "document.activeElement.id") == "search"
    press(browser, "j", "1")
    assert run(browser, "document.activeElement.value") == "j1"
    press(browser, Keys.ESCAPE)
    assert run(browser, "document.activeElement === document.body")
    press(browser, "j")
    assert texts(browser, "#panel-title") == []  # nothing is found under "j1"


def test_the_first_tab_stop_skips_to_the_documents(browser: Any, plain: Path) -> None:
    from selenium.webdriver import Keys

    open_page(browser, plain)
    press(browser, Keys.TAB)
    assert run(browser, "document.activeElement.getAttribute('href')") == "#documents"
    assert run(browser, "getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_two_systems_side_by_side_and_one_alone(browser: Any, plain: Path) -> None:
    open_page(browser, plain)
    assert run(browser, PLAIN) == [TEXT, TEXT]
    left, right = run(browser, "[...document.querySelectorAll('.column')].map((n) => n.getBoundingClientRect().left)")
    assert left < right
    press(browser, "n")
    click(browser, "article .badge[data-place='0']")
    assert "second on the same gold item: right" in texts(browser, "#panel-body")[0]
    choose(browser, "#system-1", "-1")
    assert run(browser, PLAIN) == [TEXT]
    choose(browser, "#system-0", "1")
    assert shown(browser) == "A: 1 of 1"


def test_an_error_has_its_gold_its_prediction_its_rule_and_an_erratum(browser: Any, tmp_path: Path) -> None:
    open_page(browser, plain_report(tmp_path, by_guidelines=True))
    press(browser, "j")
    panel = texts(browser, "#panel-body")[0]
    assert "met the gold, with another type" in panel
    assert texts(browser, "#panel-body .surface") == ["Dol", "Dol"]
    assert texts(browser, ".rules strong") == ["E41", "E32", "E33"]
    said = run(browser, "document.getElementById('erratum').value").splitlines()
    fingerprint = run(browser, "index.about.fingerprint")
    assert len(fingerprint) == 64
    assert said[1:] == [
        "corpus: gold unversioned, all",
        f"fingerprint: {fingerprint}",
        "document: d1",
        "layer: entities",
        "item: m1",
        "error: type",
        "rule: E41, E32, E33",
        'gold: "Dol" PERSON, characters 10-13, id m1',
        'prediction of first: "Dol" ORG, characters 10-13',
        "why I think the gold is wrong: ",
    ]


def test_classes_are_told_apart_without_colour(browser: Any, plain: Path) -> None:
    """Another line style, pattern or letter for each kind: what is left when all colours are one."""
    open_page(browser, plain)
    looks = {
        kind: run(
            browser,
            f"(() => {{ const s = getComputedStyle(document.querySelector('.legend .mark.is-{kind}')); const shape = "
            "(value) => value.replace(/(rgba?|oklch|color)\\([^)]*\\)/g, ''); return [s.textDecorationLine, "
            "s.borderTopStyle, shape(s.backgroundImage)].join(); })()",
        )
        for kind in ("missed", "spurious", "wrong", "left")
    }
    assert len(set(looks.values())) == 4, looks
    assert "repeating-linear-gradient" in looks["missed"]
    assert "radial-gradient" in looks["spurious"]
    badges = run(browser, "Object.fromEntries(index.classes.map((one) => [one.name, one.badge]))")
    assert len(set(badges.values())) == len(badges) == 4


def test_nested_crossing_and_broken_marks_leave_the_text_as_it_is(browser: Any, tmp_path: Path) -> None:
    """Marks nest, cross and have gaps; a flag of two code points and an emoji stand before them."""
    page, text = crossing_report(tmp_path)
    open_page(browser, page)
    assert run(browser, PLAIN) == [text]
    golds = run(browser, "blockOf(0).items.map((item) => itemText(blockOf(0), item))")
    assert {"New Zenda Bank", "Zenda", "North Dol", "Bank of North"} <= set(golds)
    marked = texts(browser, "article .mark.gold")
    assert "".join(marked).replace(" ", "") == "NewZendaBankNorthDol"


def test_hostile_texts_are_shown_and_do_not_run(browser: Any, hostile: Path) -> None:
    open_page(browser, hostile)
    documents = run(browser, "index.docs.length")
    assert documents == len(BREAKOUTS) + 1
    for number in range(documents):
        run(browser, f"openDocument({number})")
        press(browser, "j")
    for element in ("img", "article svg", "aside svg", "iframe"):
        assert run(browser, f"document.querySelectorAll({json.dumps(element)}).length") == 0
    assert run(browser, "document.scripts.length") == documents + 2  # the index, a block a document, the program
    assert run(browser, f"window.{TRAP}") is None
    assert browser.get_log("browser") == []
    assert requests(browser) == [hostile.as_uri()]
    for number, attack in enumerate(BREAKOUTS):
        run(browser, f"openDocument({number})")
        assert run(browser, PLAIN)[0].startswith(attack)
        assert attack in texts(browser, "#doc-title")[0]
    assert BREAKOUTS[0] in texts(browser, "#scores tbody th")[0]
    assert BREAKOUTS[0] in "".join(texts(browser, ".bars th"))


def test_what_turns_the_direction_of_text_is_named_instead_of_obeyed(browser: Any, hostile: Path) -> None:
    open_page(browser, hostile)
    run(browser, "openDocument(0)")
    assert "U+202E" in texts(browser, "article .control")
    page = run(browser, "document.body.innerText")
    assert not set(page) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


def test_a_word_of_a_hundred_thousand_characters_is_cut_until_it_is_asked_for(browser: Any, hostile: Path) -> None:
    open_page(browser, hostile)
    run(browser, f"openDocument({len(BREAKOUTS)})")
    assert len(run(browser, PLAIN)[0]) < 2000
    wide = run(browser, "document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    click(browser, "article .more")
    assert LONG[:90_000] in run(browser, PLAIN)[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_light_and_dark(browser: Any, plain: Path, scheme: str) -> None:
    """Contrast of 4.5 or more (WCAG 2.2, 1.4.3) for the text colours on both backgrounds."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    try:
        open_page(browser, plain)
        colors = {
            name: run(browser, f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()")
            for name in ("paper", "panel", "ink", "quiet", "link", "missed", "spurious", "wrong")
        }
        assert (luminance(colors["paper"]) < 0.2) is (scheme == "dark")
        for name in ("ink", "quiet", "link", "missed", "spurious", "wrong"):
            for ground in ("paper", "panel"):
                assert contrast(colors[name], colors[ground]) >= 4.5, (name, ground)
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_print_shows_tables_and_the_open_text_without_controls(browser: Any, plain: Path) -> None:
    open_page(browser, plain)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        seen = {
            selector: run(browser, f"document.querySelector('{selector}').checkVisibility()")
            for selector in (".controls .line", ".list", "article.text", ".legend", "#scores table")
        }
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    hidden = {".controls .line", ".list"}
    assert {selector for selector, visible in seen.items() if not visible} == hidden
    paper = base64.b64decode(browser.print_page())
    assert paper.startswith(b"%PDF")


def test_a_narrow_window_needs_no_scrolling_sideways(browser: Any, plain: Path) -> None:
    browser.set_window_size(420, 900)
    try:
        open_page(browser, plain)
        assert run(browser, "document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    finally:
        browser.set_window_size(1400, 1000)
