"""The page: what stands where, nothing hostile obeyed, nothing missing that is missed, and pictures inside their frames."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judgements import COMPLEXITY, SOURCE, SPEED, bare, hostile, judgement

from judge.model import Claim, Correctness, Curve, Verdict
from judge.report import formats, render
from judge.report.feedback import Feedback
from judge.report.html import LONGEST, OUTPUT_LINES, SOURCE_LINES, TRACE_LINES
from judge.report.html import render as page_of
from judge.report.plot import LARGEST, SMALLEST, Axis, Frame, draw_growth, draw_speed, duration, spread, ticks
from judge.submission import Submission

REPORT = Path(__file__).parents[2] / "judge" / "report"
VOID = {"meta", "link"}
RAW = {"style", "script"}


@dataclass
class Element:
    """An element of the page."""

    tag: str
    attributes: dict[str, str | None]
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str | None = None, **attributes: str) -> list[Element]:
        """Return the elements below, in order, with this tag and these attributes."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                wanted = {name.rstrip("_"): value for name, value in attributes.items()}
                if tag in {None, child.tag} and all(value in (child.attributes.get(name) or "").split() for name, value in wanted.items()):
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    @property
    def text(self) -> str:
        """Return all text below."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class Reader(HTMLParser):
    """Builds a tree and allows no tag to be left open or closed twice."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(page)
        self.close()
        assert self.open == [self.root], f"never closed: {[element.tag for element in self.open[1:]]}"

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"an attribute twice on {tag}: {attrs}"
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read(page: str) -> Element:
    """Parse a page."""
    return Reader(page).root


def section(root: Element, name: str) -> Element | None:
    """Return the section whose heading this is."""
    return next((found for found in root.all("section") if any(heading.text == name for heading in found.all("h2"))), None)


# -- content --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full() -> Element:
    return read(page_of(judgement()))


def test_html_is_a_format_and_its_helpers_are_not():
    assert formats() == ["html", "json", "terminal"]


def test_the_banner_says_verdict_score_and_reason(full):
    (banner,) = full.all("section", class_="verdict")
    assert banner.all("h1")[0].text == "Wrong answer WA"
    assert "10 of 100 points" in banner.text
    assert "labels differ at index 1" in banner.text


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_page(verdict):
    root = read(page_of(bare(verdict=verdict)))
    assert root.all("h1")[0].text.endswith(verdict.value)


def test_a_failed_property_shows_its_rule_what_was_wrong_and_the_call(full):
    (failure,) = full.all("article")
    assert failure.all("h3")[0].text == "ties go to the lowest index"
    assert "A tie goes to the lowest index." in failure.text
    wrong, call = failure.all("pre")
    assert wrong.text == "labels differ at index 1: 1, not 0\n"
    assert call.text == "kmeans(np.array([[0.0], [1.0]]), np.array([[0.0], [2.0]]), max_iters=0)\n# expected: np.array([0, 0])\n"


def test_the_properties_stand_in_their_groups_with_their_outcome(full):
    (table,) = full.all("table", class_="properties")
    rows = [" ".join(row.text.split()) for row in table.all("tr")[1:]]
    assert rows == [
        "Lloyd's algorithm 60 points",
        "points move to the nearest centroid holds",
        "ties go to the lowest index fails",
        "Invalid input is refused 10 points",
        "labels must fit not run",
    ]


def test_the_next_step_stands_below_the_call_that_it_speaks_of(full):
    correctness = section(full, "Correctness").text
    assert correctness.index("kmeans(np.array") < correctness.index("Paste the call above")


def test_speed_shows_ratio_interval_targets_tier_and_why_it_is_withheld(full):
    speed = section(full, "Speed")
    words = " ".join(speed.text.split())
    for part in ("8.42x the baseline (7.91 to 9.06)", "below the targets", "borderline", "Tier withheld. 61 ms", "19 pairs", "CPU time"):
        assert part in words
    assert [label.text for label in speed.all("text", class_="target")] == ["10x", "100x"]


def test_a_reached_tier_is_named_and_its_target_ticked():
    speed = msgspec.structs.replace(SPEED, speedup=42.0, low=40.0, high=44.0, tier="10x", borderline=False, void=None, clock="wall")
    found = section(read(page_of(judgement(speed=speed))), "Speed")
    assert [label.text for label in found.all("text", class_="target")] == ["10x ✓", "100x"]
    assert "tier 10x" in found.text
    assert "wall time" in found.text
    assert "borderline" not in found.text
    assert "withheld" not in found.text


def test_each_size_has_a_plot_with_a_line_marks_and_a_name_for_each_solution(full):
    plots = section(full, "Growth").all("figure")
    assert len(plots) == 3
    for plot, variable in zip(plots, ("n, points", "k, clusters", "d, dimensions"), strict=True):
        assert variable in [text.text for text in plot.all("text", class_="name")]
        series = plot.all("g", class_="series")
        assert [group.all("text")[0].text for group in series] == ["baseline", "reference", "yours"]
        assert [len(group.all(mark)) for group, mark in zip(series, ("rect", "path", "circle"), strict=True)] == [6, 6, 6]
        assert all(len(group.all("polyline")[0].attributes["points"].split()) == 6 for group in series)


def test_the_table_of_powers_has_yours_and_the_references_and_says_where_nothing_was_measured(full):
    (table,) = full.all("table", class_="powers")
    rows = [[" ".join(cell.text.split()) for cell in row.children if isinstance(cell, Element)] for row in table.all("tbody")[0].all("tr")]
    assert rows[0] == ["n points", "1.97 1.91 to 2.03", "1.00 0.94 to 1.06", "1.02 0.96 to 1.08", "1.00 0.94 to 1.06"]
    assert rows[1][3] == "0.04 −0.02 to 0.10"
    assert rows[2][3] == "–not measured"


def test_claims_flags_and_notes_stand_beside_it(full):
    words = " ".join(section(full, "Growth").text.split())
    assert "You claim time O(n*k*d) and memory O(n*d)." in words
    assert "Time grows with the square of n; the claim says with n." in words
    assert "Line 9. Editorial: Broadcasting." in words


@pytest.mark.parametrize(
    ("time", "space", "words"), [("O(n)", None, "You claim time O(n)."), (None, "O(1)", "You claim memory O(1)."), (None, None, "")]
)
def test_half_a_claim_is_half_a_sentence(time, space, words):
    complexity = msgspec.structs.replace(COMPLEXITY, claim=Claim(time=time, space=space, flags=()))
    text = " ".join(section(read(page_of(judgement(complexity=complexity))), "Growth").text.split())
    assert words in text
    assert ("You claim" in text) is bool(words)


def test_the_source_is_whole_numbered_and_noted_at_its_line(full):
    source = section(full, "Your source").all("pre")[0]
    lines = source.all("span", class_="line")
    assert "".join(line.text for line in lines) == SOURCE.decode()
    assert [line.attributes["id"] for line in lines] == [f"L{number}" for number in range(1, 15)]
    position = source.children.index(lines[8])
    assert "A loop over the points" in source.children[position + 1].text
    assert full.all("a", href="#L9")


def test_lines_are_numbered_as_python_counts_them():
    source = section(read(page_of(judgement(submission=Submission("a.py", b"a\r\nb\rc\x0cd\xff\ne")))), "Your source")
    assert [line.text for line in source.all("span", class_="line")] == ["a\n", "b\n", "c\\x0cd\\xff\n", "e\n"]


def test_the_footer_says_how_it_was_judged(full):
    (footer,) = full.all("footer")
    words = [item.text for item in footer.all("dd")]
    sha256 = Submission("", SOURCE).sha256
    assert words == ["kmeans 1.0.0", "bubblewrap, the system's own", "1234567", "4.3 s", "1.2 s", "2.5 s", sha256]


def test_a_page_without_any_part_that_may_be_missing_has_no_empty_section():
    root = read(page_of(bare()))
    assert [heading.text for heading in (*root.all("h1"), *root.all("h2"))] == ["Does not compile CE", "How it was judged"]
    assert not root.all("svg")


@pytest.mark.parametrize(
    ("changes", "gone"),
    [
        ({"speed": None}, "Speed"),
        ({"complexity": None, "curves": ()}, "Growth"),
        ({"output": ""}, "Your program printed"),
        ({"detail": ""}, "Traceback"),
        ({"correctness": Correctness(passed=0, total=0, properties=()), "counterexample": ""}, "Correctness"),
        ({"submission": Submission("a.py", b" \n")}, "Your source"),
    ],
)
def test_a_part_that_is_missing_leaves_no_heading(changes, gone):
    full, less = (section(read(page_of(judgement(**change))), gone) for change in ({}, changes))
    assert full is not None
    assert less is None


@pytest.mark.parametrize("changes", [{"complexity": None}, {"curves": ()}])
def test_growth_needs_only_the_table_or_only_the_plots(changes):
    growth = section(read(page_of(judgement(**changes))), "Growth")
    assert bool(growth.all("table")) is ("curves" in changes)
    assert bool(growth.all("svg")) is ("complexity" in changes)


def test_what_is_long_is_cut_and_says_so():
    long = judgement(
        output="line\n" * (OUTPUT_LINES + 7) + "x",
        detail="frame\n" * TRACE_LINES + "the error",
        submission=Submission("a.py", b"y\n" * (SOURCE_LINES + 3) + b"z" * (LONGEST * 2)),
    )
    root = read(page_of(long))
    assert "… and 8 more lines" in section(root, "Your program printed").text
    assert "the error" in section(root, "Traceback").text
    assert "… and 4 more lines" in section(root, "Your source").text
    assert len(page_of(judgement(output="x" * 10**6))) < len(page_of(judgement())) + LONGEST + 100


# -- hostile text ---------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></pre></svg><h1>ACCEPTED</h1>",
    "<!-- ",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnp.exe\u2066",
    "a\0b",
    "\x1b[31mred\x9b0m",
    "\ud800",
    "::error::gotcha\n##[command]\n::set-output name=x::1",
    "&lt;script&gt; &#x3c;",
    "javascript:alert(1)",
    "",
    "\n\n",
    "x" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("feedback", list(Feedback))
def test_hostile_text_changes_no_element_of_the_page(text, feedback):
    def shape(element: Element) -> list:
        return [(child.tag, sorted(child.attributes), shape(child)) for child in element.children if isinstance(child, Element)]

    plain = "\n".join("word" for _ in text.split("\n")) if text.strip() else text
    found, tame = (read(render(hostile(words), "html", feedback)) for words in (text, plain))
    assert shape(found) == shape(tame)


@given(text=st.text(st.characters(codec=None), max_size=40))
def test_whatever_a_submission_says_the_page_is_sound_and_only_visible_ascii(text):
    page = page_of(hostile(text))
    root = read(page)
    assert page.isascii()
    assert all(character == "\n" or character.isprintable() for character in page)
    assert all(character == "\n" or character.isprintable() for character in root.text)
    assert not root.all("script")
    assert not root.all("img")
    assert not any(name.startswith("on") for element in root.all() for name in element.attributes)
    assert not any(line.lstrip().startswith(("::", "##[")) for line in page.split("\n"))


@given(source=st.binary(max_size=60))
def test_any_bytes_at_all_can_be_shown_as_a_source(source):
    read(page_of(judgement(submission=Submission("a.py", source))))


def test_hostile_text_is_shown_as_it_is():
    root = read(page_of(hostile("<b>&amp;\u202e\0")))
    shown = "<b>&amp;\\u202e\\x00"
    assert root.all("title")[0].text.endswith(shown)
    assert root.all("p", class_="reason")[0].text == shown
    assert section(root, "Your source").all("span", class_="line")[0].text == f"{shown}\n"


def test_the_template_exempts_nothing_from_escaping():
    template = (REPORT / "html.jinja").read_text("utf-8")
    for exemption in ("| safe", "|safe", "autoescape", "Markup"):
        assert exemption not in template


def test_the_page_asks_for_nothing_from_elsewhere(full):
    (policy,) = [meta.attributes["content"] for meta in full.all("meta") if meta.attributes.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    links = [value for element in full.all() for name, value in element.attributes.items() if name in {"href", "src", "action", "data"}]
    assert links
    assert all(value.startswith(("#", "data:")) for value in links)
    style = full.all("style")[0].text
    assert "url(" not in style
    assert "@import" not in style
    assert "@font-face" not in style


# -- feedback -------------------------------------------------------------------------------------------------

INPUT = ("np.array([[0.0]", "labels differ at index", "max_iters=2", "argmin of an empty", "iteration 1")
RULE = ("A tie goes to the lowest index", "ties go to the lowest index", "labels must fit")


def test_full_feedback_tells_all():
    page = read(render(judgement(), "html", Feedback.full)).text
    assert all(words in page for words in (*INPUT, *RULE))


def test_feedback_by_property_tells_the_rule_and_no_input():
    page = read(render(judgement(), "html", Feedback.property)).text
    assert all(words in page for words in RULE)
    assert not any(words in page for words in INPUT)


def test_feedback_by_verdict_tells_neither():
    page = read(render(judgement(), "html", Feedback.verdict)).text
    assert "Wrong answer" in page
    assert not any(words in page for words in (*INPUT, *RULE, "Paste the call"))


# -- for everyone ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [judgement(), bare(), hostile("<b>")], ids=["full", "bare", "hostile"])
def test_the_page_can_be_read_without_seeing_it(made):
    root = read(page_of(made))
    assert root.all("html")[0].attributes["lang"] == "en"
    assert [len(root.all(landmark)) for landmark in ("header", "main", "footer")] == [1, 1, 1]
    levels = [int(element.tag[1]) for element in root.all() if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in root.all():
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((element.attributes.get(name) or "").split()) <= set(ids)
        if (element.attributes.get("href") or "").startswith("#"):
            assert element.attributes["href"][1:] in ids
    assert root.all("body")[0].all("a")[0].attributes["href"] == "#main"
    assert all("scope" in cell.attributes for cell in root.all("th"))
    for svg in root.all("svg"):
        assert svg.attributes["role"] == "img"
        assert [child.tag for child in svg.children if isinstance(child, Element)][:2] == ["title", "desc"]
        assert all(svg.all(tag)[0].text for tag in ("title", "desc"))
    assert all(region.attributes["aria-label"] for region in root.all(role="region"))
    assert all(region.attributes["tabindex"] == "0" for region in root.all(role="region"))


# -- geometry -------------------------------------------------------------------------------------------------

POSITIVE = st.floats(SMALLEST, LARGEST)
ANY = st.floats() | st.floats(-10, 10)
FRAME = Frame()


@st.composite
def curves(draw, values=ANY):
    count = draw(st.integers(0, 5))
    who = st.sampled_from(["submission", "baseline", "reference"])
    sizes, ms = (st.lists(values, min_size=count, max_size=count).map(tuple) for _ in range(2))
    return Curve(who=draw(who), variable=draw(st.sampled_from("nk")), sizes=draw(sizes), ms=draw(ms))


@given(st.lists(curves(), max_size=6))
def test_every_point_tick_and_name_lies_inside_the_frame(found):
    for plot in draw_growth(found):
        assert plot.series
        for series in plot.series:
            assert series.points
            assert all(FRAME.left <= x <= FRAME.right and FRAME.top <= y <= FRAME.bottom for x, y in series.points)
            assert FRAME.top <= series.label_y <= FRAME.bottom
        assert all(FRAME.left <= tick.at <= FRAME.right for tick in plot.x_ticks)
        assert all(FRAME.top <= tick.at <= FRAME.bottom for tick in plot.y_ticks)
        assert 2 <= len(plot.x_ticks) <= 6
        assert 2 <= len(plot.y_ticks) <= 7


@given(st.lists(curves(), max_size=6))
def test_every_positive_point_is_drawn_once_and_no_other(found):
    drawable = sum(SMALLEST <= size <= LARGEST and SMALLEST <= ms <= LARGEST for c in found for size, ms in zip(c.sizes, c.ms, strict=True))
    assert sum(len(series.points) for plot in draw_growth(found) for series in plot.series) == drawable


@given(curves(POSITIVE))
def test_more_is_never_further_left_nor_slower_ever_lower(curve):
    pairs = sorted(zip(curve.sizes, curve.ms, strict=True))
    for plot in draw_growth([curve]):
        points = plot.series[0].points
        assert all(left[0] <= right[0] for left, right in pairwise(points))
        for (_, faster), (_, slower) in pairwise(sorted(zip((ms for _, ms in pairs), (y for _, y in points), strict=True))):
            assert slower <= faster


@pytest.mark.parametrize(("sizes", "ms"), [((100.0,), (3.0,)), ((100.0, 200.0), (3.0, 3.0)), ((7.0, 7.0), (1.0, 2.0))])
def test_a_single_point_or_equal_values_have_axes_to_read(sizes, ms):
    (plot,) = draw_growth([Curve(who="submission", variable="n", sizes=sizes, ms=ms)])
    assert len(plot.x_ticks) >= 2
    assert len(plot.y_ticks) >= 2


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_what_has_no_logarithm_is_left_out(value):
    assert not draw_growth([Curve(who="submission", variable="n", sizes=(value,), ms=(1.0,))])
    assert not draw_growth([Curve(who="submission", variable="n", sizes=(1.0,), ms=(value,))])


def test_the_words_of_a_plot_say_where_each_line_begins_and_ends():
    (plot,) = draw_growth([Curve(who="submission", variable="n", sizes=(100.0, 3200.0), ms=(0.25, 1500.0))])
    assert plot.words == "yours: 250 μs at n = 100 to 1.5 s at 3.2k"


@given(POSITIVE, POSITIVE, st.integers(2, 12))
def test_ticks_lie_between_the_ends_rise_and_are_few(low, high, most):
    low, high = min(low, high), max(low, high)
    found = ticks(low, high, most)
    assert len(found) <= most
    assert all(low <= tick <= high for tick in found)
    assert all(left < right for left, right in pairwise(found))


@given(POSITIVE, POSITIVE)
def test_an_axis_is_monotone_and_ends_at_its_ends(one, other):
    axis = Axis(SMALLEST / 2, LARGEST * 2, 10, 90)
    low, high = min(one, other), max(one, other)
    assert 10 <= axis.at(low) <= axis.at(high) <= 90
    assert (axis.at(axis.low), axis.at(axis.high)) == (10, 90)


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-1.0, 1.0), (2.0, 2.0), (math.nan, 1.0)])
def test_an_axis_without_a_range_is_refused(low, high):
    with pytest.raises(ValueError, match="no logarithmic range"):
        Axis(low, high, 0, 1)


@given(st.lists(st.floats(-50, 150), max_size=6))
def test_names_keep_their_order_and_stand_apart(wanted):
    places = spread(wanted, 14, 0, 100)
    assert all(0 <= place <= 100 for place in places)
    gap = min(14, 100 / max(1, len(wanted) - 1))
    ordered = [places[index] for index in sorted(range(len(wanted)), key=lambda index: wanted[index])]
    assert all(right - left >= gap - 0.05 for left, right in pairwise(ordered))


@given(ANY.filter(lambda value: not math.isnan(value)), st.sets(POSITIVE, max_size=4), st.floats(0, 1))
def test_the_bar_keeps_everything_in_its_width(speedup, targets, spread_by):
    low, high = sorted((speedup * (1 - spread_by), speedup * (1 + spread_by)))
    low, high = (0.0 if math.isnan(bound) else bound for bound in (low, high))
    bar = draw_speed(msgspec.structs.replace(SPEED, speedup=speedup, low=low, high=high, targets=tuple(sorted(targets))))
    assert all(0 <= place <= 100 for place in (bar.one, bar.low, bar.value, bar.high, *(mark.at for mark in (*bar.ticks, *bar.targets))))
    assert bar.low <= bar.value <= bar.high
    assert all(left.at <= right.at for left, right in pairwise(bar.targets))
    assert (bar.value >= bar.one) == (max(SMALLEST, min(speedup, LARGEST)) >= 1 or bar.value == bar.one)
    for mark in bar.targets:
        assert mark.reached == (speedup >= float(mark.label.rstrip("x"))) or math.isclose(mark.at, bar.value, abs_tol=0.1)


def test_labels_of_near_targets_stand_in_two_rows():
    bar = draw_speed(msgspec.structs.replace(SPEED, targets=(2.0, 2.5, 3.0, 100.0)))
    assert [target.row for target in bar.targets] == [0, 1, 0, 0]
    assert bar.rows == 2


@pytest.mark.parametrize(
    ("ms", "words"), [(0.00002, "20 ns"), (0.02, "20 μs"), (0.9999, "1000 μs"), (1.5, "1.5 ms"), (999.9, "1000 ms"), (3000.0, "3 s")]
)
def test_durations_have_the_unit_that_suits(ms, words):
    assert duration(ms) == words
