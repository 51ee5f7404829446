"""What the tests ask of a browser."""

import json
from pathlib import Path
from typing import Any


def open_page(browser: Any, page: Path) -> None:
    """Load a page afresh, with empty logs."""
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(page.as_uri())
    assert browser.execute_script("return document.documentElement.dataset.ready") == "true"


def requests(browser: Any) -> list[str]:
    """Every address that was asked for since the page was opened."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]


def run(browser: Any, script: str) -> Any:
    """What a script returns in the page."""
    return browser.execute_script(f"return {script}")


def press(browser: Any, *keys: str) -> None:
    """Press keys, whatever has the focus."""
    from selenium.webdriver import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def choose(browser: Any, selector: str, value: str) -> None:
    """Choose a value of a list."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select

    Select(browser.find_element(By.CSS_SELECTOR, selector)).select_by_value(value)


def click(browser: Any, selector: str) -> None:
    """Click the first element that fits."""
    from selenium.webdriver.common.by import By

    browser.find_element(By.CSS_SELECTOR, selector).click()


def texts(browser: Any, selector: str) -> list[str]:
    """The text content of all elements that fit."""
    found: list[str] = run(browser, f"[...document.querySelectorAll({json.dumps(selector)})].map((n) => n.textContent)")
    return found
