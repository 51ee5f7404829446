"""The HTML report on paper, in a narrow window and in the dark: nothing is cut off, shut away or unreadable."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from chromium import open_page, run, texts
from contrast import contrast, luminance

from goldassay.model.labels import ENTITY_TYPES
from planted_report import layered_report, plain_report, wide_report

PAPER = 718
"""Width in pixels of what Chromium prints on a sheet of A4 (190 mm at 96 pixels an inch)."""
OPEN = "document.querySelectorAll('details[open]').length"
CUT = (
    "[...document.querySelectorAll('main *')].filter((n) => !n.closest('.hidden') && n.checkVisibility() && "
    "n.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((n) => n.outerHTML.slice(0, 80))"
)
"""What reaches over the right edge of the page."""


@pytest.fixture(scope="module")
def layered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return layered_report(tmp_path_factory.mktemp("layered"))


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wide_report(tmp_path_factory.mktemp("wide"))


@contextmanager
def emulated(browser: Any, *, width: int = 1400, media: str = "", scheme: str = "light") -> Iterator[None]:
    """A window of this width, as if printed or in a dark system."""
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_printing_opens_everything_but_the_form_and_shuts_it_again(browser: Any, layered: Path) -> None:
    open_page(browser, layered)
    every = run(browser, "document.querySelectorAll('details:not(.dispute)').length")
    assert every >= 2
    assert run(browser, OPEN) == 0
    run(browser, f"window.addEventListener('beforeprint', () => {{ window.printed = {OPEN}; }})")
    assert browser.print_page()
    assert run(browser, "window.printed") == every
    assert run(browser, OPEN) == 0


def test_what_is_shut_is_printed_even_where_no_script_opens_it(browser: Any, layered: Path) -> None:
    open_page(browser, layered)
    assert not run(browser, "document.querySelector('.numbers').checkVisibility({ contentVisibilityAuto: true })")
    with emulated(browser, width=PAPER, media="print"):
        seen = "getComputedStyle(document.querySelector('.origin details'), '::details-content').contentVisibility"
        assert run(browser, seen) == "visible"
        assert run(browser, "document.querySelector('.numbers').getBoundingClientRect().height") > 0


def test_signatures_and_lines_to_quote_need_no_opening(browser: Any, layered: Path) -> None:
    open_page(browser, layered)
    for media in ("", "print"):
        with emulated(browser, width=PAPER, media=media):
            shown = run(browser, "document.body.innerText")
            assert len(re.findall(r"^Quote as: entities: strict F1 of names", shown, re.MULTILINE)) == 2
            assert len(re.findall(r"^Signature: goldassay:", shown, re.MULTILINE)) == 2


def test_the_widest_tables_and_pictures_fit_on_paper(browser: Any, wide: Path, layered: Path) -> None:
    for page in (wide, layered):
        open_page(browser, page)
        with emulated(browser, width=PAPER, media="print"):
            run(browser, "window.dispatchEvent(new Event('beforeprint'))")
            assert run(browser, CUT) == []
            run(browser, "window.dispatchEvent(new Event('afterprint'))")
    open_page(browser, wide)
    assert run(browser, "document.querySelectorAll('.heat thead th').length") == len(ENTITY_TYPES) + 2


@pytest.mark.parametrize("width", [420, 800])
def test_wide_tables_and_pictures_scroll_in_their_own_box(browser: Any, wide: Path, layered: Path, width: int) -> None:
    with emulated(browser, width=width):
        for page in (wide, layered):
            open_page(browser, page)
            assert run(browser, "document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            outside = run(browser, CUT.replace("!n.closest('.hidden')", "!n.closest('.wide *, .hidden')"))
            assert outside == []
        open_page(browser, wide)
        assert run(
            browser,
            "(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(byBox('.heat'))".replace(
                "byBox('.heat')", "document.querySelector('.heat').closest('.wide')"
            ),
        )


def test_a_narrow_window_leaves_names_and_drawings_readable(browser: Any, layered: Path) -> None:
    pytest.importorskip("matplotlib")
    with emulated(browser, width=420):
        open_page(browser, layered)
        lines = run(
            browser,
            "[...document.querySelectorAll('.bars th bdi, .bars .who bdi, .heat th bdi')].map((n) => "
            "n.getBoundingClientRect().height / parseFloat(getComputedStyle(n).fontSize))",
        )
        assert lines
        assert max(lines) < 2  # one line each: no name is broken
        sizes = run(
            browser,
            "[...document.querySelectorAll('.sheet text')].map((n) => parseFloat(getComputedStyle(n).fontSize) * "
            "n.getScreenCTM().a)",
        )
        assert min(sizes) > 10
        assert run(
            browser, "(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('.sheet'))"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_follow_the_scheme_and_can_be_read(browser: Any, layered: Path, scheme: str) -> None:
    """Text 4.5 on each ground (WCAG 2.2, 1.4.3); in the dark, where the colours are ours, lines 3 (1.4.11)."""
    pytest.importorskip("matplotlib")
    with emulated(browser, scheme=scheme):
        open_page(browser, layered)
        names = ("sheet", "ink", "grey", "entity", "proposition", "green", "red", "blue", "orange")
        colors = {
            name: run(browser, f"getComputedStyle(document.documentElement).getPropertyValue('--graph-{name}').trim()")
            for name in names
        }
        assert (luminance(colors["sheet"]) < 0.2) is (scheme == "dark")
        assert all(contrast(colors["ink"], colors[ground]) >= 4.5 for ground in ("sheet", "entity", "proposition"))
        assert contrast(colors["grey"], colors["sheet"]) >= 4.5
        if scheme == "dark":
            assert all(contrast(colors[line], colors["sheet"]) >= 3 for line in ("green", "red", "blue", "orange"))
        drawn = run(
            browser,
            "[...new Set([...document.querySelectorAll('.sheet path, .sheet text')].flatMap((n) => "
            "[getComputedStyle(n).fill, getComputedStyle(n).stroke]))]",
        )
        white, black = "rgb(255, 255, 255)", "rgb(0, 0, 0)"
        assert (white in drawn) is (scheme == "light")
        assert (black in drawn) is (scheme == "light")


def test_a_drawing_is_called_by_its_caption_alone(browser: Any, layered: Path) -> None:
    pytest.importorskip("matplotlib")
    open_page(browser, layered)
    assert texts(browser, "figcaption")[0] == "The gold: who takes which side on whom and on what"
    assert not [text for text in texts(browser, ".sheet text") if text.strip().startswith("Stance graph")]


def test_the_button_of_the_keys_does_not_stand_alone(browser: Any, tmp_path: Path) -> None:
    with emulated(browser, width=1400):
        open_page(browser, plain_report(tmp_path))
        tops = run(
            browser,
            "['#help-button', '#layers label'].map((one) => document.querySelector(one)"
            ".getBoundingClientRect()).map(({ top, height }) => Math.round(top + height / 2))",
        )
        assert abs(tops[0] - tops[1]) <= 2
        boxes = run(
            browser,
            "[...document.querySelectorAll('.line:first-child > *')].map((n) => n.getBoundingClientRect())"
            ".map(({ top, bottom }) => [top, bottom])",
        )
        assert max(top for top, _ in boxes) < min(bottom for _, bottom in boxes)
