"""The grammar of claims, by recursive descent.

::

    claim    = sum [ prose, after a closing O( ) ]
    sum      = product { "+" product }
    product  = power { [ "*" | "·" | "×" | "/" ] power }       a space between names multiplies
    power    = atom [ ( "^" | "**" ) power | superscript ]
    atom     = number | name | "(" sum ")" | ( "O" | "Θ" ) "(" sum ")" | function
    function = ( "log" | "sqrt" ) [ exponent ] power | ( "min" | "max" ) "(" sum { "," sum } ")"

A learner wrote the text, perhaps one who wants the judge to hang: length, depth and numbers are bounded, and nothing is
computed here but constant exponents.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from judge.complexity.expression import PLACES, Call, Expression, Name, Number, Power, Product, Quotient, Sum

__all__ = ["MAX_LENGTH", "Unreadable", "read_expression"]

MAX_LENGTH = 200
"""Characters of the longest claim that is read."""
MAX_DEPTH = 20
"""How deep parentheses, functions and powers may be nested."""
MAX_NAME = 32
MAX_DIGITS = 9
MAX_EXPONENT = 10.0
"""The largest constant exponent; an algorithm beyond n^10 has other problems than its claim."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
DIGITS = str.maketrans(RAISED, "0123456789")
TOKEN = re.compile(
    rf"""\s* (?: (?P<number> [0-9]+ (?: \.[0-9]+ )? )
               | (?P<raised> [{RAISED}]+ )
               | (?P<name> [^\W\d{RAISED}] [^\W{RAISED}]* | √ )
               | (?P<sign> \*\* | [-+*·⋅×/^(),] )
               | (?P<strange> \S ) )""",
    re.VERBOSE,
)
TIMES = frozenset("*·⋅×")
POWER = frozenset({"^", "**"})
ORDER = frozenset({"O", "Θ", "θ", "theta", "Theta"})
FUNCTIONS = dict.fromkeys(("log", "ln", "lg", "log2", "log_2", "log10", "log_10"), "log") | {"sqrt": "sqrt", "√": "sqrt"}
EXTREMES = frozenset({"min", "max"})

FACTOR = "a name, a number or `(`"
NUMBER = "a number"


class Unreadable(ValueError):  # noqa: N818 - it says of the claim what it is
    """The text is no claim; the message goes on after "the claim `...`"."""


class Token(NamedTuple):
    """A word of the claim: its kind, its text, where it begins and where it ends."""

    kind: str
    text: str
    start: int
    end: int


def read_expression(text: str) -> tuple[Expression, str]:
    """Read a claim.

    Parameters
    ----------
    text : str
        Such as ``O(n*m)``, ``n log n`` or ``O(n²) since every pair is visited``.

    Returns
    -------
    expression : Expression
        What it says.
    written : str
        The part of the text that says it: prose after a closing ``O(...)`` is not part of the claim.

    Raises
    ------
    Unreadable
        Otherwise. No other exception leaves this function, whatever the text.
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable(f"is longer than {MAX_LENGTH} characters")
    return _Reader(text).claim()


class _Reader:
    """One claim being read: the text, and the next token of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        self.end = 0
        self.next = self.scan(0)
        self.closed = False
        """Whether the last factor was an ``O(...)``: what follows without a sign is prose."""

    def scan(self, start: int) -> Token:
        """Read the token from a place on; past the last one it has the kind ``end``."""
        match = TOKEN.match(self.text, start)
        if match is None or match.lastgroup is None:
            return Token("end", "", len(self.text), len(self.text))
        return Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup), match.end())

    def take(self) -> Token:
        """Take the next token."""
        token, self.end = self.next, self.next.end
        self.next = self.scan(token.end)
        return token

    def follows(self, *signs: str) -> bool:
        """Say whether one of these signs is next."""
        return self.next.kind == "sign" and self.next.text in signs

    def wanted(self, what: str) -> Unreadable:
        """Say that something else should stand here."""
        token = self.next
        if token.kind == "end" or token.text == ")":
            return Unreadable(f"ends where {what} should stand")
        if token.text == "-":
            return Unreadable("has a minus; name only what adds to the cost")
        return Unreadable(f"has `{token.text[:MAX_NAME]}` at place {token.start + 1} where {what} should stand")

    # -- the rules ----------------------------------------------------------------------------------------------

    def claim(self) -> tuple[Expression, str]:
        expression = self.sum()
        if self.next.kind != "end" and not self.closed:
            raise self.wanted("a sign or the end") if self.next.text != ")" else Unreadable("has a `)` without its `(`")
        return expression, self.text[: self.end].strip()

    def sum(self) -> Expression:
        terms = [self.product()]
        while self.follows("+"):
            self.take()
            terms.append(self.product())
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def product(self) -> Expression:
        factors = [self.power()]
        while True:
            if self.follows("/"):
                self.take()
                factors = [Quotient(_multiplied(factors), self.power())]
            elif self.follows(*TIMES):
                self.take()
                factors.append(self.power())
            elif not self.closed and (self.next.kind in {"number", "name"} or self.follows("(")):
                factors.append(self.power())
            else:
                return _multiplied(factors)

    def power(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(f"is nested more than {MAX_DEPTH} deep")
        base = self.atom()
        exponent = self.exponent()
        self.depth -= 1
        return base if exponent is None else Power(base, exponent)

    def exponent(self) -> Expression | None:
        if self.next.kind == "raised":
            exponent: Expression = _number(self.take().text.translate(DIGITS))
        elif self.follows(*POWER):
            self.take()
            if self.next.kind not in {"number", "name"} and not self.follows("("):
                raise self.wanted(NUMBER)
            exponent = self.power()
        else:
            return None
        self.closed = False
        if not exponent.names and exponent.at({}) > MAX_EXPONENT + 1e-6:
            raise Unreadable(f"has the exponent {exponent.at({}):.6g}; at most {MAX_EXPONENT:g} is read")
        return exponent

    def atom(self) -> Expression:
        self.closed = False
        if self.next.kind == "number":
            return _number(self.take().text)
        if self.follows("("):
            return self.parenthesis()[0]
        if self.next.kind != "name":
            raise self.wanted(FACTOR)
        name = self.take().text
        if name in ORDER and self.follows("("):
            (inside,) = self.parenthesis()
            self.closed = True
            return inside
        if name in EXTREMES and self.follows("("):
            return Call(name, self.parenthesis(several=True))
        if name in FUNCTIONS:
            return self.function(FUNCTIONS[name])
        if len(name) > MAX_NAME:
            raise Unreadable(f"has a name of {len(name)} letters")
        return Name(name)

    def function(self, name: str) -> Expression:
        exponent = self.exponent()
        called = Call(name, self.parenthesis() if self.follows("(") else (self.power(),))
        return called if exponent is None else Power(called, exponent)

    def parenthesis(self, *, several: bool = False) -> tuple[Expression, ...]:
        self.take()
        inside = [self.sum()]
        while several and self.follows(","):
            self.take()
            inside.append(self.sum())
        if not self.follows(")"):
            raise self.wanted("`)`")
        self.take()
        self.closed = False
        return tuple(inside)


def _multiplied(factors: list[Expression]) -> Expression:
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


def _number(text: str) -> Number:
    whole, _, places = text.partition(".")
    if len(whole) > MAX_DIGITS or len(places) > PLACES:
        raise Unreadable(f"has a number of {len(text)} digits")
    if not float(text):
        raise Unreadable("has the number 0; what costs nothing need not be named, what is constant is O(1)")
    return Number(float(text))
