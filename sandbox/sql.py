"""A ``.sql`` submission as a callable: one SELECT, in a DuckDB that reaches nothing but the tables it is given.

Theory of operation
-------------------
::

    load   source ─▶ parsed: one statement, a SELECT, else refused ─▶ Query
    call   tables ─▶ loaded ─▶ BEGIN READ ONLY · the statement · ROLLBACK ─▶ a Table of its rows
    stage  tables ─▶ loaded into a database of their own; the call then only runs the statement
    plan   tables ─▶ loaded ─▶ EXPLAIN of the statement ─▶ an outline of its operators
    timed_plan   the same with EXPLAIN ANALYZE: it runs, and each operator has its time and its rows

The parser's word that a statement is a SELECT is not enough: ``WITH x AS (DELETE ... RETURNING *) SELECT`` is one to it.
So the statement runs in a read-only transaction, in a database whose settings shut out files, extensions and Python
variables and are then locked. The box around it is the wall; these settings turn an attempt into a message.

Plain calls reuse one database, whose tables are replaced. A staged call has its own, so that loading a million rows
stays outside the clock and what runs inside it is the query alone.
"""

from __future__ import annotations

import json
import re
import resource
from typing import TYPE_CHECKING, Any, NoReturn

import duckdb
import numpy as np

from .lockdown import address_space
from .protocol import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Database", "Query", "Refused", "load_sql"]

SETTINGS = {
    "threads": "1",
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
}
LATER = ("SET TimeZone = 'UTC'", "SET lock_configuration = true")
"""The time zone needs an extension that is part of the library but loaded only once a connection is there."""
MEMORY_SHARE = 0.8
"""DuckDB's own limit as a share of the address space that is left: it can then refuse before the allocator fails."""
FEW_ROWS = 500
"""Up to so many rows a table is passed as parameters: a view over arrays costs more to make than they take to copy."""
PLAN_SIZE = 64 << 10
"""Characters of the longest outline of a plan."""
OPERATORS = 1000
"""The most operators of a timed plan."""
DELIM = "__duckdb_delim"
"""What the names begin with that DuckDB gives to the steps of a subquery that depends on the row around it."""
COLLECTORS = ("RESULT_COLLECTOR", "EXPLAIN_ANALYZE")
"""The two operators at the top of an analysed plan, which are the analysis's own."""
SELECT, MULTI = duckdb.StatementType.SELECT, duckdb.StatementType.MULTI
INTEGERS = frozenset(f"{sign}{name}" for sign in ("", "U") for name in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"))
DTYPES = {"FLOAT": "f4", "DOUBLE": "f8", "BOOLEAN": "b1", "DATE": "M8[D]", "TIMESTAMP": "M8[us]"}
"""What a column's values cross the border as. Integers cross as int64 if they fit, all else as text."""
KIND = re.compile(r"^[A-Z][\w ]* Error: ")
"""What DuckDB's messages begin with; the exception's class says the same."""
PLACE = re.compile(r"^LINE (\d+): (.*)\n( *)\^", re.MULTILINE)
"""Where DuckDB's messages say that the mistake is."""


class Refused(SyntaxError):  # noqa: N818 - learners read the name
    """The file is not what may be run: one SELECT statement."""


def load_sql(source: bytes, filename: str = "query.sql") -> dict[str, Any]:
    """Read a ``.sql`` file as the function ``query``; ``plan``, which takes the same tables and says how it would run; and ``timed_plan``.

    Raises
    ------
    SyntaxError
        When it cannot be parsed, or is not one SELECT statement (`Refused`).
    """
    query = Query(source.decode("utf-8-sig"), filename)
    return {"query": query, "plan": query.plan, "timed_plan": query.timed_plan}


class Query:
    """One SELECT statement as a function of the tables that it reads, given by name.

    Parameters
    ----------
    text : str
        The statement.
    filename : str
        The file's name, for messages.

    Raises
    ------
    SyntaxError
        As `load_sql`.
    """

    def __init__(self, text: str, filename: str = "query.sql") -> None:
        self.text = text
        self._own = Database()
        self.statement = self._own.parse(text, filename)

    def __call__(self, **tables: Table) -> Table:
        """Load the tables, run the statement and return its rows.

        Raises
        ------
        duckdb.Error
            When the statement fails.
        MemoryError
            When it needs more memory than is left.
        """
        return self.run(self._own.load(tables))

    def staged(self, **tables: Table) -> Callable[[], Table]:
        """Load the tables now; return what runs the statement on them."""
        loaded = Database().load(tables)
        return lambda: self.run(loaded)

    def plan(self, **tables: Table) -> str:
        """Load the tables and outline how the statement would run on them.

        Returns
        -------
        str
            A line for each operator, indented by one blank more than the operator that it feeds: its name, the table that it reads
            (or a step's number, or ``-``) and the estimated count of its rows (or ``?``); at most `PLAN_SIZE` characters.
        """
        database = Database().load(tables)
        _, _, rows = database.rows(database.parse_own(f"EXPLAIN (FORMAT JSON) {self.text}"))
        return "\n".join(_outline(json.loads(rows[0][1]) if rows else []))[:PLAN_SIZE]

    def timed_plan(self, **tables: Table) -> list[tuple[int, str, str, int, int]]:
        """Load the tables, run the statement and say what each operator of its plan took.

        Returns
        -------
        list of (int, str, str, int, int)
            For each operator, before those that feed it: its depth, its name, the table that it reads (or a step's number, or
            ``-``), its nanoseconds without those of what feeds it, and the rows that left it; at most `OPERATORS`.
        """
        database = Database().load(tables)
        _, _, rows = database.rows(database.parse_own(f"EXPLAIN (ANALYZE, FORMAT JSON) {self.text}"))
        return list(_timed(json.loads(rows[0][1])["operator"] if rows else []))[:OPERATORS]

    def run(self, database: Database) -> Table:
        """Run the statement on the tables of a database."""
        names, types, rows = database.rows(self.statement)
        if rows is None:  # types that Python cannot hold: let DuckDB write them, as it would on a screen
            _, _, rows = database.rows(database.as_text(self.text, types))
        values = list(zip(*rows, strict=True)) if rows else [()] * len(names)
        return Table(tuple(names), tuple(map(_column, types, values)))


class Database:
    """A locked DuckDB in memory, for the tables of one call."""

    def __init__(self) -> None:
        left = resource.getrlimit(resource.RLIMIT_AS)[0] - address_space()
        settings = SETTINGS if left < 0 else SETTINGS | {"memory_limit": f"{int(left * MEMORY_SHARE)}B"}
        self._connection = duckdb.connect(":memory:", config=dict(settings))
        for setting in LATER:
            self._connection.execute(setting)
        self._begin, self._end = self.parse_own("BEGIN TRANSACTION READ ONLY"), self.parse_own("ROLLBACK")
        self._loads: dict[str, duckdb.Statement] = {}

    def parse(self, text: str, filename: str) -> duckdb.Statement:
        """Parse a statement, which must be the only one and a SELECT."""
        try:
            statements = self._connection.extract_statements(text)
        except duckdb.ParserException as error:
            raise _syntax_error(str(error), text, filename) from None
        if not statements:
            raise Refused("the file holds no statement")
        if len(statements) > 1:
            raise Refused(f"the file holds {len(statements)} statements; only one SELECT may be there, use WITH for its steps")
        if statements[0].type == MULTI:
            raise Refused("a PIVOT without IN is several statements; list the values: PIVOT ... ON column IN (...)")
        if statements[0].type != SELECT:
            raise Refused(f"the statement is of type {statements[0].type.name}; only a SELECT may be there")
        return statements[0]

    def load(self, tables: dict[str, Table]) -> Database:
        """Make these tables, in place of those of the same names; return the database itself."""
        for name, table in tables.items():
            arrays = [_masked(column) for column in table.columns]
            if max(map(len, arrays), default=0) <= FEW_ROWS:
                sources = (f"unnest(${place}::{column.type}[])" for place, column in enumerate(table.columns, 1))
                self._connection.execute(self._load(name, table, sources), arrays)
            else:
                self._connection.register("arriving", {f"c{place}": array for place, array in enumerate(arrays)})
                sources = (f"c{place}::{column.type}" for place, column in enumerate(table.columns))
                self._connection.execute(self._load(name, table, sources, "FROM arriving"))
                self._connection.unregister("arriving")
        return self

    def _load(self, name: str, table: Table, sources: Iterator[str], tail: str = "") -> duckdb.Statement:
        """Return the statement that makes a table, parsed once for each kind of table."""
        columns = ", ".join(f"{source} AS {_quoted(label)}" for source, label in zip(sources, table.names, strict=True))
        text = f"CREATE OR REPLACE TABLE {_quoted(name)} AS SELECT {columns} {tail}"
        if text not in self._loads:
            self._loads[text] = self.parse_own(text)
        return self._loads[text]

    def rows(self, statement: duckdb.Statement) -> tuple[list[str], list[str], list[tuple[Any, ...]] | None]:
        """Run a statement without letting it write: its columns' names, their types, and its rows.

        The rows are None where Python's objects cannot hold a column; see `as_text`.
        """
        self._connection.execute(self._begin)
        try:
            self._connection.execute(statement)
            names = [str(column[0]) for column in self._connection.description]
            types = [str(column[1]) for column in self._connection.description]
            plain = all(kind in INTEGERS or kind in DTYPES or kind == "VARCHAR" for kind in types)
            return names, types, self._connection.fetchall() if plain else None
        except duckdb.Error as error:
            _reraise(error)
        finally:
            self._connection.execute(self._end)

    def as_text(self, text: str, types: Sequence[str]) -> duckdb.Statement:
        """Return a statement whose rows are those of another, with every column of an unusual type as text."""
        names = [f"c{place}" for place in range(len(types))]
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW answer({', '.join(names)}) AS {text}")
        plain = INTEGERS | DTYPES.keys()
        columns = (name if kind in plain else f"{name}::VARCHAR" for name, kind in zip(names, types, strict=True))
        return self.parse_own(f"SELECT {', '.join(columns)} FROM answer")  # noqa: S608 - names made here

    def parse_own(self, text: str) -> duckdb.Statement:
        """Parse a statement of this module's own making."""
        (statement,) = self._connection.extract_statements(text)
        return statement


def _masked(column: Column) -> np.ma.MaskedArray:
    """Return a column as DuckDB reads it: NULL where masked."""
    values = column.values
    if values.dtype.kind == "M":
        values = values.astype("M8[us]", copy=False)  # the one unit that it reads from arrays and parameters alike
    return np.ma.array(values, mask=np.ma.nomask if column.nulls is None else column.nulls)


def _column(kind: str, values: Sequence[Any]) -> Column:
    """Turn a column's Python values into an array; the type's name says what they were in the database."""
    nulls = np.fromiter((value is None for value in values), bool, len(values))
    missing = bool(nulls.any())
    dtype = "i8" if kind in INTEGERS else DTYPES.get(kind)
    if dtype is not None:
        try:
            array = np.array([0 if value is None else value for value in values] if missing else values, dtype)
        except (OverflowError, ValueError, TypeError):  # beyond 64 bits; a date before Christ, which comes as text
            pass
        else:
            return Column(array, nulls if missing else None, kind)
    texts = np.empty(len(values), object)
    texts[:] = ["" if value is None else str(value) for value in values]
    return Column(texts, nulls if missing else None, kind)


def _outline(operators: list[dict[str, Any]]) -> Iterator[str]:
    """Write the operators of a plan as lines."""
    for depth, operator in _walk(operators):
        name, subject = _named(operator, "name")
        yield f"{' ' * depth}{name} {subject} {operator.get('extra_info', {}).get('Estimated Cardinality', '?')}"


def _timed(operators: list[dict[str, Any]]) -> Iterator[tuple[int, str, str, int, int]]:
    """Write the operators of a plan that has run as rows, without those that only collect the analysis."""
    for depth, operator in _walk(operators):
        if operator["type"] not in COLLECTORS:
            ns = round(operator["timing"] * 1e9)
            yield (max(0, depth - len(COLLECTORS)), *_named(operator, "type"), ns, operator["intermediate_rows"])


def _walk(operators: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Go through a plan from the top, each operator with its depth."""
    waiting = [(0, operator) for operator in reversed(operators)]
    while waiting:
        depth, operator = waiting.pop()
        yield depth, operator
        waiting += [(depth + 1, child) for child in reversed(operator.get("children", []))]


def _named(operator: dict[str, Any], key: str) -> tuple[str, str]:
    """Return the name of an operator and the table or step that it reads or makes."""
    facts = operator.get("extra_info", {})
    name = operator[key].strip().replace(" ", "_")
    if str(facts.get("CTE Name", "")).startswith(DELIM):
        name = "DELIM_CTE"
    subject = str(facts.get("Table", facts.get("Table Index", facts.get("CTE Index", "-")))).rpartition(".")[2]
    return name, re.sub(r"[^A-Za-z0-9_-]", "_", subject)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _syntax_error(message: str, text: str, filename: str) -> SyntaxError:
    """Turn a parser's message into Python's own kind, with the line and the place in it."""
    words = KIND.sub("", message).split("\n", 1)[0]
    place = PLACE.search(message)
    if place is None:
        return SyntaxError(words)
    line = int(place[1])
    shown = text.splitlines()[line - 1] if 0 < line <= len(text.splitlines()) else place[2]
    offset = len(place[3]) - len(f"LINE {line}: ") + 1
    return SyntaxError(words, (filename, line, max(offset, 1), shown))


def _reraise(error: duckdb.Error) -> NoReturn:
    """Raise DuckDB's error again: its first line as the message, the place in the query as a note."""
    words, _, place = KIND.sub("", str(error)).partition("\n")
    if isinstance(error, duckdb.OutOfMemoryException):
        raise MemoryError(words) from None  # noqa: TRY004 - the session knows it by this name
    again = type(error)(words)
    if isinstance(error, duckdb.TransactionException) and "read-only" in words:
        again = duckdb.PermissionException("the query changes a table; it may only read")
    if place.strip():
        again.add_note(place.strip("\n"))
    raise again from None
