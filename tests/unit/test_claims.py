"""What a learner may claim in a comment, how it is read, and when a measurement contradicts it."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.complexity.claim import claimed_exponents, contradictions, read_claims, unknown_names
from judge.complexity.expression import Call, Name, Number, Power, Product, Quotient, Sum
from judge.complexity.grammar import MAX_LENGTH, Unreadable, read_expression
from judge.model import Exponent

N, M, K = Name("n"), Name("m"), Name("k")
LOG_N = Call("log", (N,))


def read(text):
    return read_expression(text)[0]


# -- the grammar ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("O(n)", N),
        ("Θ(n)", N),
        ("n", N),
        ("O(1)", Number(1.0)),
        ("O(n*m)", Product((N, M))),
        ("n·m", Product((N, M))),
        ("n × m", Product((N, M))),
        ("n m", Product((N, M))),
        ("2n", Product((Number(2.0), N))),
        ("n(m + k)", Product((N, Sum((M, K))))),
        ("n^2", Power(N, Number(2.0))),
        ("n**2", Power(N, Number(2.0))),
        ("n²", Power(N, Number(2.0))),
        ("n¹⁰", Power(N, Number(10.0))),
        ("n^(1/2)", Power(N, Quotient(Number(1.0), Number(2.0)))),
        ("2^n", Power(Number(2.0), N)),
        ("n log n", Product((N, LOG_N))),
        ("n*log(n)", Product((N, LOG_N))),
        ("n log2 n", Product((N, LOG_N))),
        ("log² n", Power(LOG_N, Number(2.0))),
        ("log(n)^2", Power(LOG_N, Number(2.0))),
        ("log n m", Product((LOG_N, M))),
        ("sqrt(n)", Call("sqrt", (N,))),
        ("√n", Call("sqrt", (N,))),
        ("min(n, m)", Call("min", (N, M))),
        ("n*m/k", Quotient(Product((N, M)), K)),
        ("O(n) + O(m)", Sum((N, M))),
    ],
)
def test_a_bound_is_read_as_it_is_written_in_books(text, expression):
    assert read(text) == expression


@pytest.mark.parametrize("prose", ["", " since every row meets every row", ", the product", " - one sort", "; less space", ". (see above)"])
def test_prose_after_a_closed_bound_is_not_part_of_it(prose):
    assert read_expression(f"O(n log n){prose}") == (Product((N, LOG_N)), "O(n log n)")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("O(n^)", "ends where a number should stand"),
        ("n *", "ends where a name, a number or `(` should stand"),
        ("(n", "ends where `)` should stand"),
        ("n)", "has a `)` without its `(`"),
        ("n! + 1", "has `!` at place 2 where a sign or the end should stand"),
        ("n + * m", "has `*` at place 5 where a name, a number or `(` should stand"),
        ("n(n - 1)", "has a minus; name only what adds to the cost"),
        ("0", "has the number 0"),
        ("n^11", "has the exponent 11; at most 10 is read"),
        ("n^(9*9)", "has the exponent 81; at most 10 is read"),
        ("1" * 10, "has a number of 10 digits"),
        ("x" * 33, "has a name of 33 letters"),
        ("(" * 60 + "n" + ")" * 60, "is nested more than 20 deep"),
        ("log " * 40 + "n", "is nested more than 20 deep"),
        ("n^" * 40 + "n", "is nested more than 20 deep"),
        ("n+" * 500 + "n", "is longer than 200 characters"),
    ],
)
def test_what_is_no_bound_is_refused_with_the_reason(text, message):
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert str(caught.value).startswith(message)


numbers = st.integers(1, 10**9 - 1).map(float) | st.integers(1, 10**6).map(lambda thousandths: thousandths / 1000)
leaves = st.sampled_from(["n", "m", "k", "d", "max_iters"]).map(Name) | numbers.map(Number)


def compounds(inner):
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return (
        several.map(Sum)
        | several.map(Product)
        | st.builds(Quotient, inner, inner)
        | st.builds(Power, inner, st.integers(1, 10).map(lambda value: Number(float(value))) | leaves.filter(lambda leaf: bool(leaf.names)))
        | st.builds(Call, st.sampled_from(["log", "sqrt"]), inner.map(lambda one: (one,)))
        | st.builds(Call, st.sampled_from(["min", "max"]), several)
    )


expressions = st.recursive(leaves, compounds, max_leaves=8)
sizes = st.fixed_dictionaries({name: st.floats(1e-3, 1e12) for name in ["n", "m", "k", "d", "max_iters"]})


@given(expression=expressions)
def test_an_expression_that_is_written_down_is_read_back_the_same(expression):
    text = f"O({expression})"
    if len(text) <= MAX_LENGTH:
        assert read_expression(text) == (expression, text)


@given(expression=expressions, at=sizes)
def test_every_value_is_a_finite_number_and_not_negative(expression, at):
    assert math.isfinite(expression.log_at(at))
    assert 0.0 <= expression.at(at) < math.inf


@pytest.mark.parametrize("text", ["2^n", "n^n^n", "((n^n)^n)^n", "2^(2^(2^n))", "1/(2^n)", "2^n + n^n"])
def test_towers_of_powers_do_not_overflow(text):
    assert 0.0 <= read(text).at({"n": 1e300}) < math.inf


@given(text=st.text(max_size=250) | st.text("nmO()^*+/²√., log0123456789", max_size=250))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    try:
        expression, written = read_expression(text)
    except Unreadable:
        return
    assert written in text
    assert math.isfinite(expression.log_at(dict.fromkeys(expression.names, 7.0)))


@pytest.mark.parametrize(
    ("text", "value"),
    [("n*m", 6.0), ("n + m^2", 11.0), ("max(n, m)/4", 0.75), ("sqrt(m + 1)*n", 4.0), ("log(n) + log(1)", 2.0)],
)
def test_a_value_is_what_arithmetic_says(text, value):
    assert read(text).at({"n": 2.0, "m": 3.0}) == pytest.approx(value)


# -- comments ------------------------------------------------------------------------------------------------------


def test_claims_stand_in_comments_of_a_python_file():
    claims = read_claims("import numpy as np\n\n# time: O(n*m*d)\n# space: O(n*m)\ndef f(): pass\n", "python")
    assert (claims.time, claims.space) == (Product((N, M, Name("d"))), Product((N, M)))
    assert (claims.time_text, claims.space_text, claims.problems) == ("O(n*m*d)", "O(n*m)", ())


def test_claims_stand_in_comments_of_an_sql_file():
    claims = read_claims("-- Time: O(n log n), one sort\nSELECT 1 --space complexity: O(n)\n", "sql")
    assert (claims.time_text, claims.space_text) == ("O(n log n)", "O(n)")


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ('"""\n# time: O(n)\n"""\n', "python"),
        ("x = '# time: O(n)'\n", "python"),
        ("x = 'it\\'s # time: O(n)'\n", "python"),
        ("x = '''it's\n# time: O(n)\n'''\n", "python"),
        ("# the time: O(n)\n", "python"),
        ("# time: \n# space: ?\n# time: O(...)\n", "python"),
        ("SELECT '\n-- time: O(n)\n'", "sql"),
        ('SELECT 1 AS "\n-- time: O(n)\n"', "sql"),
        ("/* \n-- time: O(n)\n*/ SELECT 1", "sql"),
        ("-- timely: O(n)", "sql"),
    ],
)
def test_strings_other_comments_and_blanks_are_no_claims(source, language):
    claims = read_claims(source, language)
    assert (claims.time_text, claims.space_text, claims.problems) == (None, None, ())


def test_the_first_claim_counts():
    assert read_claims("# time: O(n)\n# time: O(m)\n", "python").time == N


def test_a_claim_that_cannot_be_read_is_told_with_its_line():
    claims = read_claims("\n\n# time: O(n^)\n# space: O(n)\n", "python")
    assert claims.problems == ("line 3: the claim `O(n^)` ends where a number should stand",)
    assert (claims.time, claims.time_text, claims.space) == (None, "O(n^)", N)


@pytest.mark.parametrize("language", ["python", "sql"])
@given(source=st.text() | st.text("#-'\"\\/*\n timespace:O(n)", max_size=300))
def test_no_text_makes_reading_raise(source, language):
    read_claims(source, language)


@pytest.mark.parametrize("language", ["python", "sql"])
@pytest.mark.parametrize(
    "piece", ["'", "'''\\", "\\'''", '"""\\\\', "x'\n", "#", "# time:", "# time: (", "-- time: O(", "/*", "*/", " ", "# time: " + " " * 50]
)
def test_a_megabyte_of_anything_is_read_at_once(piece, language):
    began = time.process_time()
    read_claims(piece * ((1 << 20) // len(piece)), language)
    assert time.process_time() - began < 5


# -- claim and measurement -----------------------------------------------------------------------------------------

powers = st.dictionaries(st.sampled_from(["n", "m", "d"]), st.integers(1, 5), min_size=1)


@given(powers=powers, low=st.floats(1, 1e3), factor=st.floats(2, 1e4))
def test_a_monomial_grows_with_exactly_its_powers(powers, low, factor):
    expression = read("*".join(f"{name}^{power}" for name, power in powers.items()))
    slopes = claimed_exponents(expression, dict.fromkeys("nmd", 100.0), dict.fromkeys("nmd", (low, low * factor)))
    assert slopes == {name: pytest.approx(powers.get(name, 0), abs=1e-9) for name in "nmd"}


def test_a_sum_grows_as_it_does_on_average_over_the_range():
    slopes = claimed_exponents(read("n*k + n log n"), {"n": 1000.0, "k": 10.0}, {"n": (2.0**5, 2.0**15), "k": (1.0, 4096.0)})
    assert slopes["n"] == pytest.approx(1 + math.log2((10 + 15) / (10 + 5)) / 10)
    assert 0.6 < slopes["k"] < 0.8


def test_a_logarithm_counts_from_one_on_and_has_a_slope_there():
    assert claimed_exponents(LOG_N, {}, {"n": (1.0, 16.0)}) == {"n": pytest.approx(0.5)}


def test_a_claim_about_other_sizes_cannot_be_compared_and_says_so():
    claim = read("n*q")
    assert claimed_exponents(claim, {"n": 1.0, "m": 1.0, "d": 1.0}, {"n": (1.0, 2.0)}) == {}
    assert unknown_names(claim, ("n", "m", "d")) == ("the claim names `q`, which is no size of this problem (n, m, d)",)
    assert unknown_names(read("n*m"), ("n", "m", "d")) == ()


def test_a_measurement_that_is_clearly_steeper_contradicts_a_claim():
    measured = {"n": Exponent(exponent=2.0, low=1.9, high=2.1), "m": Exponent(exponent=1.0, low=0.9, high=1.1)}
    assert contradictions({"n": 1.0, "m": 1.0}, measured, "time") == ("time in n: you claim n^1, measured n^1.9 to n^2.1",)


@pytest.mark.parametrize("low", [1.39, 1.0, 0.2])
def test_a_measurement_within_the_tolerance_or_below_a_claim_does_not(low):
    measured = {"n": Exponent(exponent=low + 0.5, low=low, high=low + 1)}
    assert contradictions({"n": 1.0}, measured, "space") == ()


def test_a_size_that_the_claim_leaves_out_is_claimed_not_to_matter():
    claimed = claimed_exponents(N, {"n": 10.0, "d": 10.0}, {"n": (1.0, 9.0), "d": (1.0, 9.0)})
    measured = {"d": Exponent(exponent=1.0, low=0.94, high=1.06)}
    assert contradictions(claimed, measured, "time") == ("time in d: you claim d^0, measured d^0.9 to d^1.1",)


def test_what_was_not_measured_is_not_contradicted():
    assert contradictions({"n": 0.0}, {}, "time") == ()
