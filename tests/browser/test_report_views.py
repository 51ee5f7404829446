"""The HTML report in a real browser: its counts are those of what is drawn, and an error has an address that stays."""

from pathlib import Path
from typing import Any

import pytest
from chromium import choose, click, open_page, press, run, texts

from planted_report import PRAISE, layered_report, plain_report


@pytest.fixture(scope="module")
def layered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return layered_report(tmp_path_factory.mktemp("layered"))


def search(browser: Any, words: str) -> None:
    run(browser, f"(byId('search').value = '{words}', byId('search').dispatchEvent(new Event('input')))")


def column(browser: Any, place: int = 0) -> list[str]:
    """What stands above the text of a system."""
    found: list[str] = run(
        browser,
        f"[...document.querySelectorAll('.column')[{place}].querySelectorAll(':scope > p')].map((n) => n.textContent)",
    )
    return found


def only_layer(browser: Any, name: str) -> None:
    run(browser, "index.layers.forEach((_, layer) => toggleLayer(layer, false))")
    run(browser, f"toggleLayer(index.layers.findIndex(([layer]) => layer === '{name}'), true)")


def test_counts_are_of_what_is_shown_whatever_the_filters(browser: Any, layered: Path) -> None:
    """Of the names of d0 the second system has all three right; of type GPE two of them."""
    open_page(browser, layered)
    only_layer(browser, "entities")
    choose(browser, "#system-0", "1")
    choose(browser, "#system-1", "-1")
    assert column(browser) == ["Shown: 2 errors and 3 right items."]  # "praised" is spurious, He is missed
    choose(browser, "#group", str(run(browser, "index.groups.indexOf('GPE')")))
    search(browser, "praised")
    assert column(browser) == ["Shown: 0 errors and 2 right items."]
    assert texts(browser, "article .mark.is-right") == ["Ruritania", "Mora"]
    assert texts(browser, "#doc-hits") == ["0 of 3 documents, 0 with errors shown"]
    choose(browser, "#group", "-1")
    assert texts(browser, "#doc-hits") == ["1 of 3 documents, 1 with errors shown"]
    assert column(browser) == ["Shown: 1 error and 3 right items."]
    search(browser, "d1")
    assert texts(browser, "#doc-hits") == ["1 of 3 documents, 1 with errors shown"]
    search(browser, "")
    click(browser, "#agreement")
    assert column(browser) == ["Shown: 2 errors."]
    click(browser, "#agreement")
    only_layer(browser, "stances")
    assert column(browser) == ["Not covered by this system: Stances."]


def test_one_right_item_is_one_item(browser: Any, layered: Path) -> None:
    """The first system has Zed and the stance of d0 right and misses three mentions."""
    open_page(browser, layered)
    only_layer(browser, "entities")
    assert column(browser)[-1] == "Shown: 3 errors and 1 right item."


def test_a_system_that_does_not_cover_a_layer_is_not_said_to_have_no_errors(browser: Any, layered: Path) -> None:
    open_page(browser, layered)
    only_layer(browser, "stances")
    assert column(browser, 1) == ["Not covered by this system: Stances."]
    assert texts(browser, "#shown-errors") == ["Errors shown, all documents: A: 2 of 12; B: not covered"]
    assert texts(browser, "#doc-list .count") == ["A 0 · B –", "A 1 (no answer) · B –", "A 1 (no answer) · B –"]


def test_documents_without_an_answer_say_so_beside_numbers_and_texts(browser: Any, layered: Path) -> None:
    """The first system has no line of d1, and no key of stances in the line of d2."""
    open_page(browser, layered)
    assert texts(browser, ".scores .warning") == ["no answer for 1 of 3 documents", "no answer for 2 of 3 documents"]
    only_layer(browser, "entities")
    run(browser, "openDocument(1, 0, null)")
    assert column(browser)[0] == "No answer for this document, which counts as nothing found: Entities."
    run(browser, "openDocument(2, 0, null)")
    assert column(browser) == ["Shown: 3 errors and 1 right item."]
    press(browser, str(1 + run(browser, "index.layers.findIndex(([layer]) => layer === 'stances')")))
    assert column(browser)[0] == "No answer for this document, which counts as nothing found: Stances."


def test_errors_that_the_number_to_quote_does_not_count_can_be_left_out(browser: Any, layered: Path) -> None:
    """First: names 2 missed in d0 and d2, 3 in d1, and He in each. Second: "praised" once, and He in each."""
    open_page(browser, layered)
    only_layer(browser, "entities")
    assert texts(browser, "#shown-errors") == ["Errors shown, all documents: A: 10 of 12; B: 4 of 4"]
    told = texts(browser, "#quoted-errors")[0]
    assert told == ". Of these the number to quote counts A: 7; B: 1 (names, not nouns and pronouns)."
    click(browser, "#quoted")
    assert texts(browser, "#shown-errors") == ["Errors shown, all documents: A: 7 of 12; B: 1 of 4"]
    assert texts(browser, "#quoted-errors") == [""]
    assert "He" not in texts(browser, "article .mark")


def test_a_right_stance_without_a_place_stands_where_its_gold_does(browser: Any, layered: Path) -> None:
    open_page(browser, layered)
    only_layer(browser, "stances")
    assert texts(browser, "article .mark.gold.said.is-right") == ["praised"]
    click(browser, "article .mark.gold")
    assert "no place in the text" in texts(browser, "#panel-body")[0]


def test_an_error_keeps_its_id_when_the_system_says_more(browser: Any, tmp_path: Path) -> None:
    """The spurious "praised" is item 3 of its line, then item 4: its id is made of its content."""
    ids = []
    for number, first in enumerate(([], [(22, 25, "ORG")])):
        folder = tmp_path / str(number)
        open_page(browser, layered_report(folder, first=first))
        only_layer(browser, "entities")
        where = "blockOf(0).entries[1].findIndex((entry) => describeEntry(blockOf(0), entry).includes('praised'))"
        run(browser, f"select(1, {where})")
        ids.append(texts(browser, ".item-id")[0])
        assert f"item: {ids[-1]} (made of the prediction" in run(browser, "byId('erratum').value")
        assert f"item {3 + number}" in texts(browser, "#panel-body")[0]
    assert ids[0].startswith("p-")
    assert ids[0] == ids[1]


def test_the_address_of_an_error_opens_it(browser: Any, layered: Path) -> None:
    open_page(browser, layered)
    only_layer(browser, "entities")
    run(browser, "openDocument(2, 1, null)")
    click(browser, "article .badge[data-place='1']")
    address = run(browser, "location.hash")
    assert address == "#error/d2/entities/m2/missed/names"
    assert run(browser, "document.querySelector('.item-link').getAttribute('href')") == address
    browser.get("about:blank")
    browser.get(f"{layered.as_uri()}{address}")
    assert texts(browser, "#doc-title") == ["d2"]
    assert texts(browser, "#panel-title") == ["− missed"]
    assert "system names" in texts(browser, "#panel-body")[0]
    # What one system misses another may have right: the item is found all the same, in another class.
    run(browser, "(location.hash = '#error/d0/entities/m1/missed/names', followAddress())")
    assert texts(browser, "#doc-title") == ["d0"]
    assert texts(browser, "#panel-title") == ["right"]
    from selenium.webdriver import Keys

    press(browser, "j", Keys.ESCAPE)
    assert run(browser, "location.hash") == "#documents"


@pytest.mark.parametrize(
    "address",
    ["#error/", "#error/%", "#error/d0/entities/m9/missed/names", "#error/d9/x/y/z/w", "#error/d0/entities/%00/a/b"],
)
def test_an_address_of_nothing_breaks_nothing(browser: Any, layered: Path, address: str) -> None:
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(f"{layered.as_uri()}{address}")
    assert run(browser, "document.documentElement.dataset.ready") == "true"
    assert texts(browser, "article p")[0].replace("−", "").startswith(PRAISE[:3])
    assert browser.get_log("browser") == []


def test_rules_are_shown_for_gold_that_was_made_by_them_alone(browser: Any, tmp_path: Path) -> None:
    for made_by, shown in ((None, []), (True, ["E41", "E32", "E33"])):
        folder = tmp_path / str(made_by)
        open_page(browser, plain_report(folder, by_guidelines=made_by))
        press(browser, "j")
        assert "met the gold, with another type" in texts(browser, "#panel-body")[0]
        assert texts(browser, ".rules strong") == shown
        assert ("\nrule: E41" in run(browser, "byId('erratum').value")) is bool(shown)
