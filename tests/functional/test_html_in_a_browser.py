"""The HTML report in Chromium: it fits a phone, can be read in both schemes, and neither runs nor loads anything."""

from __future__ import annotations

import pytest
from browser import Browser
from judgements import SOURCE, bare, hostile, judgement

from judge.report.html import render
from judge.submission import Submission

pytestmark = pytest.mark.browser

UNBROKEN = "x" * 400
PAGES = {
    "full": judgement(),
    "bare": bare(),
    "hostile": hostile("<script>document.title = 'obeyed'</script><img src=http://192.0.2.1/x>\u202e"),
    "long": judgement(
        reason=UNBROKEN,
        hint=UNBROKEN,
        detail=UNBROKEN,
        output=UNBROKEN,
        counterexample=UNBROKEN,
        submission=Submission(f"{UNBROKEN}.py", UNBROKEN.encode() + b"\n" + SOURCE),
    ),
}
NORMAL, LARGE = 4.5, 3.0
"""WCAG's contrast of text, and of lines and marks."""

# The contrast of every piece of text that is shown, with what stands behind it: [ratio, text].
CONTRASTS = """(() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = parse(colour).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if ((parse(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.getClientRects().length || element.matches("title, desc")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(element.closest("svg") ? style.fill : style.color), light(behind(element))].sort((a, b) => a - b);
    found.push([(other + 0.05) / (one + 0.05), walker.currentNode.data.trim()]);
  }
  for (const mark of document.querySelectorAll("polyline, .whisker, line.target")) {
    const [one, other] = [light(getComputedStyle(mark).stroke), light(behind(mark))].sort((a, b) => a - b);
    found.push([(other + 0.05) / (one + 0.05), "a line"]);
  }
  return found;
})()"""


@pytest.fixture(scope="module")
def browser(chromium, tmp_path_factory):
    """Start one browser for all tests."""
    browser = Browser(chromium, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def urls(tmp_path_factory):
    """Write the pages and return where they are."""
    folder = tmp_path_factory.mktemp("pages")
    for name, made in PAGES.items():
        (folder / f"{name}.html").write_text(render(made))
    return {name: (folder / f"{name}.html").as_uri() for name in PAGES}


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_scrolls_sideways(browser, urls, page, width):
    browser.open(urls[page], width)
    assert browser.evaluate("innerWidth") == width
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    parts = "[...document.querySelectorAll('main, section, .table, .properties, svg, footer')]"
    beyond = f"{parts}.filter(e => e.getBoundingClientRect().right > {width})"
    assert browser.evaluate(f"{beyond}.map(e => e.outerHTML.slice(0, 80))") == []


def test_what_is_wide_scrolls_in_its_own_box(browser, urls):
    browser.open(urls["long"], 320)
    code = "document.querySelector('.source')"
    assert browser.evaluate(f"{code}.scrollWidth > {code}.clientWidth && getComputedStyle({code}).overflowX == 'auto'")


def test_the_words_in_a_plot_stay_inside_it_and_can_be_read_on_a_phone(browser, urls):
    browser.open(urls["full"], 320)
    texts = "[...document.querySelectorAll('.plot text')].map(e => [e.getBoundingClientRect(), e.closest('svg').getBoundingClientRect()])"
    boxes = browser.evaluate(f"{texts}.map(([text, svg]) => [text.left - svg.left, svg.right - text.right, text.height])")
    assert len(boxes) > 30
    for left, right, height in boxes:
        assert left >= -1
        assert right >= -1
        assert height >= 11


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_loaded_run_or_complained_about(browser, urls, page):
    browser.open(urls[page])
    browser.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert [made["request"]["url"] for method, made in browser.events if method == "Network.requestWillBeSent"] == [urls[page]]
    complaints = {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"}
    assert [event for event in browser.events if event[0] in complaints] == []
    assert browser.evaluate("document.title").endswith(".py") or page == "hostile"
    assert browser.evaluate("document.title") != "obeyed"


def test_even_a_script_that_got_in_would_not_run(browser, tmp_path):
    page = render(judgement()).replace("</main>", "<script>document.title = 'obeyed'</script><img src='https://192.0.2.1/x.png'></main>")
    (tmp_path / "page.html").write_text(page)
    browser.open((tmp_path / "page.html").as_uri())
    assert browser.evaluate("document.title") != "obeyed"
    refused = [made["entry"]["text"] for method, made in browser.events if method == "Log.entryAdded"]
    assert sum("Content Security Policy" in text for text in refused) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_text_and_lines_stand_out_in_both_schemes(browser, urls, page, scheme):
    browser.open(urls[page], scheme=scheme)
    dark = browser.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(251, 251, 249)"
    assert dark is (scheme == "dark")
    found = browser.evaluate(CONTRASTS)
    assert len(found) > 8
    assert [(text, ratio) for ratio, text in found if ratio < (LARGE if text == "a line" else NORMAL)] == []


def test_the_keyboard_gets_first_to_a_visible_link_that_skips_to_the_verdict(browser, urls):
    browser.open(urls["full"])
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.className") == "skip"
    assert browser.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    assert browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert browser.evaluate("(document.activeElement.click(), document.activeElement.id)") == "main"


def test_everything_that_scrolls_can_be_reached_and_seen_by_keyboard(browser, urls):
    browser.open(urls["long"], 320)
    scrolling = (
        "[...document.querySelectorAll('*')].filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX == 'auto')"
    )
    assert browser.evaluate(f"{scrolling}.length") >= 4
    assert browser.evaluate(f"{scrolling}.every(e => e.tabIndex == 0 && e.getAttribute('aria-label'))")


def test_assistive_technology_finds_landmarks_named_pictures_and_tables(browser, urls):
    browser.open(urls["full"])
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
    roles = [role for role, _ in named]
    for landmark in ("banner", "main", "contentinfo"):
        assert roles.count(landmark) == 1
    pictures = [name for role, name in named if role in {"img", "image"}]
    assert len(pictures) == 4
    assert pictures[1] == "CPU time of one call against n (points), both axes logarithmic"
    assert roles.count("table") == 2


def test_print_is_light_and_shows_all_of_the_code(browser, urls):
    browser.open(urls["long"], scheme="dark", media="print")
    assert browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert browser.evaluate("[...document.querySelectorAll('.code')].every(e => e.scrollWidth <= e.clientWidth)")
