"""The channel between the judge and the box: frames of plain data over one byte stream.

Theory of operation
-------------------
Both ends speak frames. A frame is a fixed prefix, a *description* and the raw bytes of its arrays::

    magic  kind  call   description size  payload size │ description │ array bytes, one after the other
    2s     B x   I      I                 Q            │             │

The description is one value written as a tree of tagged nodes (see ``_TAGS`` below). Arrays stand in the tree
only as dtype, shape and strides; their bytes follow as the payload and are received straight into freshly
allocated arrays, so a frame is never copied as a whole.

Nothing here executes what it reads: there is no pickle, no type lookup by name, no object dtype. Every size is
checked against the limits of the reader before anything is allocated, and a frame that lies about itself raises
`ProtocolError`. The judge reads frames that a hostile program wrote; this file is written for that reader.

Strides survive the border. An array whose elements do not overlap arrives with the same strides; the gaps between
its elements are filled with bytes 0xFF (NaN as floats), so that code which ignores strides meets garbage
rather than zeros. An array that overlaps itself (a broadcast view) arrives in C order.
"""

from __future__ import annotations

import functools
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Channel", "Column", "Frame", "Kind", "ProtocolError", "Stream", "Table", "Unsendable", "dense_axes", "encode"]

MAGIC = b"J1"
PREFIX = struct.Struct("<2sBxIIQ")
MAX_DESCRIPTION = 64 << 20
"""Bytes of the largest description; text and lists live there (100,000 short strings take about 1 MB)."""
MAX_DEPTH = 32
MAX_NDIM = 16
MAX_INT_BYTES = 128
"""Integers up to 1024 bits cross: below the interpreter's limit for printing them in decimal."""
MAX_GAPS = 256 << 20
"""Bytes that the strided arrays of one frame may span beyond twice its payload."""
SMALL = 1 << 16
"""Up to this payload a frame is joined and sent in one call; beyond it, copying costs more than a call."""
DTYPE = re.compile(r"[<>|=](?:b1|[iu][1248]|f(?:2|4|8|16)|c(?:8|16|32)|[mM]8(?:\[\d{0,9}[A-Za-zμ]{1,7}\])?)")

_U8 = struct.Struct("<B")
_U32 = struct.Struct("<I")
_F64 = struct.Struct("<d")
_C128 = struct.Struct("<dd")


class ProtocolError(Exception):
    """A frame is malformed, oversized or out of turn. Whoever sent it is at fault."""


class Unsendable(TypeError):  # noqa: N818 - it names the value, as TypeError does
    """A value of a type that does not cross the border."""


class Kind:
    """Frame kinds. Below 16 the judge speaks, from 16 on the box."""

    LOAD, CALL, STAGE, RUN, FORGET, PROFILE = 1, 2, 3, 4, 5, 6
    HELLO, READY, RESULT, RAISED, STAGED, REFUSED = 16, 17, 18, 19, 20, 21


class Stream(Protocol):
    """What a channel needs of its transport; a connected `socket.socket` has it."""

    def recv_into(self, buffer: memoryview, /) -> int:
        """Receive at most ``len(buffer)`` bytes; 0 means that the other end closed."""

    def sendall(self, data: Any, /) -> None:
        """Send every byte of a bytes-like object."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    values : numpy.ndarray of shape (rows,)
        Any numeric or datetime64 dtype, or object dtype holding only `str` (text columns).
        Where ``nulls`` is true the value is arbitrary.
    nulls : numpy.ndarray of shape (rows,), bool, or None
        True where the cell is NULL; None when no cell is.
    type : str
        The type's name in the database, such as ``"BIGINT"``; empty when unknown.
    """

    values: np.ndarray
    nulls: np.ndarray | None = None
    type: str = ""


@dataclass(frozen=True)
class Table:
    """Named columns of equal length; names may repeat, as they may in a query's result."""

    names: tuple[str, ...]
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        """Refuse ragged tables."""
        lengths = {len(part) for column in self.columns for part in (column.values, column.nulls) if part is not None}
        if len(self.names) != len(self.columns) or len(lengths) > 1:
            msg = "a table needs one name per column and columns of one length"
            raise ValueError(msg)

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays; a text counts as much as a reference to it."""
        return sum(part.nbytes for column in self.columns for part in (column.values, column.nulls) if part is not None)


@dataclass(frozen=True)
class Frame:
    """One message: its kind, the number of the call it belongs to, and its value."""

    kind: int
    call: int
    value: Any


# -- writing ------------------------------------------------------------------------------------------------


def dense_axes(array: np.ndarray) -> tuple[int, ...] | None:
    """Order the axes from the largest stride to the smallest, or None where elements overlap or are unaligned."""
    order = sorted((axis for axis in range(array.ndim) if array.shape[axis] > 1), key=lambda axis: -abs(array.strides[axis]))
    extent = array.itemsize
    for axis in reversed(order):
        stride = abs(array.strides[axis])
        if stride < extent or stride % array.itemsize:
            return None
        extent = stride * array.shape[axis]
    return (*order, *(axis for axis in range(array.ndim) if array.shape[axis] <= 1))


def _span(array: np.ndarray) -> int:
    """Return the bytes from the array's first byte in memory to its last."""
    return int(sum((length - 1) * abs(stride) for length, stride in zip(array.shape, array.strides, strict=True)) + array.itemsize)


def _in_memory_order(array: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """View the array so that C order walks its memory upwards."""
    flips = tuple(slice(None, None, -1) if array.strides[axis] < 0 else slice(None) for axis in axes)
    return array.transpose(axes)[flips] if array.ndim else array


def _raw(array: np.ndarray) -> memoryview:
    """Return the bytes of a C-contiguous array (datetime64 refuses the buffer protocol itself)."""
    return array.reshape(-1).view(np.uint8).data


def encode(value: Any) -> tuple[bytes, list[memoryview]]:
    """Write a value as a description and the bytes of its arrays, in order.

    Raises
    ------
    Unsendable
        For a value whose exact type does not cross: subclasses of arrays, object arrays, generators, ...
    """
    out = bytearray()
    buffers: list[memoryview] = []
    _write(value, out, buffers, 0)
    return bytes(out), buffers


def _write(value: Any, out: bytearray, buffers: list[memoryview], depth: int) -> None:  # noqa: C901, PLR0912 - one flat table of types
    if depth > MAX_DEPTH:
        msg = f"nested deeper than {MAX_DEPTH} levels"
        raise Unsendable(msg)
    kind = type(value)
    if kind is np.ndarray:
        _write_array(value, out, buffers)
    elif value is None:
        out += b"N"
    elif kind is bool:
        out += b"T" if value else b"F"
    elif kind is int:
        raw = value.to_bytes((value.bit_length() + 8) // 8, "little", signed=True)
        if len(raw) > MAX_INT_BYTES:
            msg = f"an integer of more than {MAX_INT_BYTES * 8} bits"
            raise Unsendable(msg)
        out += b"i" + _U8.pack(len(raw)) + raw
    elif kind is float:
        out += b"f" + _F64.pack(value)
    elif kind is str:
        raw = value.encode("utf-8", "surrogatepass")
        out += b"s" + _U32.pack(len(raw)) + raw
    elif kind is bytes:
        out += b"b" + _U32.pack(len(value)) + value
    elif kind is list or isinstance(value, tuple):
        out += (b"l" if kind is list else b"t") + _U32.pack(len(value))
        for item in value:
            _write(item, out, buffers, depth + 1)
    elif kind is complex:
        out += b"c" + _C128.pack(value.real, value.imag)
    elif isinstance(value, np.generic) and DTYPE.fullmatch(value.dtype.str):
        out += b"g"
        _write_array(np.asarray(value), out, buffers)
    elif kind is Table:
        _write_table(value, out, buffers, depth)
    else:
        raise Unsendable(_type_name(value))


def _type_name(value: Any) -> str:
    kind = type(value)
    if isinstance(value, np.ndarray) and kind is np.ndarray:
        return f"numpy.ndarray of dtype {value.dtype}"
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")


def _write_array(array: np.ndarray, out: bytearray, buffers: list[memoryview]) -> None:
    dtype = array.dtype.str
    if not DTYPE.fullmatch(dtype) or array.ndim > MAX_NDIM:
        raise Unsendable(_type_name(array))
    out += b"a" + _U8.pack(len(raw := dtype.encode())) + raw + _U8.pack(array.ndim) + struct.pack(f"<{array.ndim}Q", *array.shape)
    axes = None if array.flags.c_contiguous or not array.size else dense_axes(array)
    if axes is None or _span(array) > max(1 << 20, 2 * array.nbytes):
        out += b"C"
        buffers.append(_raw(np.ascontiguousarray(array)))
    else:
        out += b"S" + struct.pack(f"<{array.ndim}q", *array.strides)
        buffers.append(_raw(np.ascontiguousarray(_in_memory_order(array, axes))))


def _write_table(table: Table, out: bytearray, buffers: list[memoryview], depth: int) -> None:
    out += b"D" + _U32.pack(len(table.names))
    for name, column in zip(table.names, table.columns, strict=True):
        values: Any = column.values
        if values.dtype == object:
            values = _text_codes(name, values if column.nulls is None else np.where(column.nulls, "", values))
        _write((name, column.type, values, column.nulls), out, buffers, depth + 1)


def _text_codes(name: str, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Write each text once: lengths and bytes of the distinct texts, and the place of each row's among them.

    A million rows with a few distinct texts take a tenth of a second this way, and as many distinct ones a second.
    """
    texts = values.tolist()
    if not set(map(type, texts)) <= {str}:
        msg = f"column {name!r} of mixed types"
        raise Unsendable(msg)
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    raws = [text.encode("utf-8", "surrogatepass") for text in places]
    codes = np.fromiter(map(places.__getitem__, texts), np.int32, len(texts))
    return np.array([len(raw) for raw in raws], np.int64), np.frombuffer(b"".join(raws), np.uint8), codes


# -- reading ------------------------------------------------------------------------------------------------


class _Description:
    """Reads one description. Collects the arrays to fill; allocates nothing larger than what the frame declares."""

    def __init__(self, raw: bytes, payload: int) -> None:
        self.raw = raw
        self.at = 0
        self.payload = payload
        self.span_left = MAX_GAPS + 2 * payload
        self.pending: list[tuple[np.ndarray, np.ndarray]] = []  # (contiguous target of the bytes, view to copy it to)

    def take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.raw):
            msg = "the description ends early"
            raise ProtocolError(msg)
        piece = self.raw[self.at : end]
        self.at = end
        return piece

    def unpack(self, layout: struct.Struct) -> Any:
        return layout.unpack(self.take(layout.size))[0]

    def count(self) -> int:
        """Read how many items follow; every item takes a byte at least, which bounds the count."""
        count: int = self.unpack(_U32)
        if count > len(self.raw) - self.at:
            msg = "more items than bytes"
            raise ProtocolError(msg)
        return count

    def value(self, depth: int = 0) -> Any:  # noqa: C901, PLR0911, PLR0912 - one flat table of tags
        if depth > MAX_DEPTH:
            msg = f"nested deeper than {MAX_DEPTH} levels"
            raise ProtocolError(msg)
        tag = self.take(1)
        if tag == b"a":
            return self.array()
        if tag == b"N":
            return None
        if tag in (b"T", b"F"):
            return tag == b"T"
        if tag == b"i":
            size = self.unpack(_U8)
            if size > MAX_INT_BYTES:
                msg = "an integer too long"
                raise ProtocolError(msg)
            return int.from_bytes(self.take(size), "little", signed=True)
        if tag == b"f":
            return self.unpack(_F64)
        if tag == b"s":
            return _text(self.take(self.unpack(_U32)))
        if tag == b"b":
            return self.take(self.unpack(_U32))
        if tag in (b"l", b"t"):
            items = [self.value(depth + 1) for _ in range(self.count())]
            return items if tag == b"l" else tuple(items)
        if tag == b"c":
            return complex(*_C128.unpack(self.take(_C128.size)))
        if tag == b"g":
            if self.take(1) != b"a":
                msg = "a scalar without its array"
                raise ProtocolError(msg)
            array = self.array()
            if array.shape:
                msg = "a scalar with a shape"
                raise ProtocolError(msg)
            return _Scalar(array)
        if tag == b"D":
            return _PendingTable([self.value(depth + 1) for _ in range(self.count())])
        msg = f"unknown tag {tag!r}"
        raise ProtocolError(msg)

    def array(self) -> np.ndarray:
        dtype = _dtype(self.take(self.unpack(_U8)))
        ndim = self.unpack(_U8)
        if ndim > MAX_NDIM:
            msg = f"{ndim} dimensions"
            raise ProtocolError(msg)
        shape = struct.unpack(f"<{ndim}Q", self.take(8 * ndim))
        order = self.take(1)
        size = dtype.itemsize
        for length in shape:
            size *= length
        self.payload -= size
        if self.payload < 0 or any(length >= 1 << 62 for length in shape) or _nonzero_size(shape, dtype.itemsize) >= 1 << 62:
            msg = "arrays larger than the payload"
            raise ProtocolError(msg)
        if order == b"C":
            array = np.empty(shape, dtype)
            self.pending.append((array, array))
            return array
        if order != b"S":
            msg = "unknown order"
            raise ProtocolError(msg)
        return self.strided(dtype, shape, struct.unpack(f"<{ndim}q", self.take(8 * ndim)), size)

    def strided(self, dtype: np.dtype[Any], shape: tuple[int, ...], strides: tuple[int, ...], size: int) -> np.ndarray:
        """Rebuild an array with gaps. Its span is bounded, since gaps cost memory that was never sent."""
        reach = [(length - 1) * stride for length, stride in zip(shape, strides, strict=True)]
        span = sum(map(abs, reach)) + dtype.itemsize
        self.span_left -= span
        if not size or self.span_left < 0:
            msg = "strides that reach too far"
            raise ProtocolError(msg)
        memory = np.full(span, 0xFF, np.uint8)
        array: np.ndarray = np.ndarray(shape, dtype, memory.data, -sum(step for step in reach if step < 0), strides)
        axes = dense_axes(array)
        if axes is None:
            msg = "an array that overlaps itself"
            raise ProtocolError(msg)
        view = _in_memory_order(array, axes)
        self.pending.append((view if view.flags.c_contiguous else np.empty(view.shape, dtype), view))
        return array


@functools.lru_cache(maxsize=256)
def _dtype(raw: bytes) -> np.dtype[Any]:
    """Return the dtype of this name, if it is one that crosses."""
    name = raw.decode("utf-8", "replace")
    if not DTYPE.fullmatch(name):
        msg = f"dtype {name!r} does not cross"
        raise ProtocolError(msg)
    try:
        return np.dtype(name)
    except (TypeError, ValueError) as error:
        msg = f"unknown dtype {name!r}"
        raise ProtocolError(msg) from error


def _nonzero_size(shape: tuple[int, ...], itemsize: int) -> int:
    """Return the bytes of the shape with its zeros left out: NumPy refuses shapes for which this overflows."""
    size = itemsize
    for length in shape:
        size *= length or 1
    return size


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        msg = "text that is not UTF-8"
        raise ProtocolError(msg) from error


@dataclass(frozen=True)
class _Scalar:
    array: np.ndarray


@dataclass(frozen=True)
class _PendingTable:
    columns: list[Any]


def _finish(value: Any) -> Any:
    """Turn placeholders into scalars and tables once the array bytes are in."""
    if type(value) is list:
        return [_finish(item) for item in value] if any(map(_needs_finish, value)) else value
    if type(value) is tuple:
        return tuple(_finish(item) for item in value) if any(map(_needs_finish, value)) else value
    if type(value) is _Scalar:
        return value.array[()]
    if type(value) is _PendingTable:
        return _finish_table(value)
    return value


def _needs_finish(value: Any) -> bool:
    return type(value) in (list, tuple, _Scalar, _PendingTable)


def _finish_table(pending: _PendingTable) -> Table:
    names, columns = [], []
    for entry in pending.columns:
        match entry:
            case (str(name), str(kind), values, None | np.ndarray() as nulls):
                names.append(name)
                columns.append(Column(_finish_column(values), _bools(nulls), kind))
            case _:
                msg = "a malformed column"
                raise ProtocolError(msg)
    try:
        return Table(tuple(names), tuple(columns))
    except ValueError as error:
        raise ProtocolError(str(error)) from error


def _bools(nulls: np.ndarray | None) -> np.ndarray | None:
    if nulls is not None and (nulls.dtype != bool or nulls.ndim != 1):
        msg = "a malformed null mask"
        raise ProtocolError(msg)
    return nulls


def _finish_column(values: Any) -> np.ndarray:
    match values:
        case np.ndarray(ndim=1):
            return values
        case (np.ndarray(ndim=1) as lengths, np.ndarray(ndim=1) as raw, np.ndarray(ndim=1) as codes) if (
            lengths.dtype == np.int64 and raw.dtype == np.uint8 and codes.dtype == np.int32
        ):
            texts: np.ndarray = _texts(lengths, raw)[_checked(codes, len(lengths))]
            return texts
    msg = "a malformed column"
    raise ProtocolError(msg)


def _texts(lengths: np.ndarray, raw: np.ndarray) -> np.ndarray:
    """Cut the distinct texts of a column out of their bytes."""
    sizes = lengths.tolist()
    if min(sizes, default=0) < 0 or sum(sizes) != len(raw):
        msg = "text lengths that do not add up"
        raise ProtocolError(msg)
    blob, end = raw.tobytes(), 0
    texts = np.empty(len(sizes), object)
    for place, size in enumerate(sizes):
        texts[place] = _text(blob[end : end + size])
        end += size
    return texts


def _checked(codes: np.ndarray, count: int) -> np.ndarray:
    """Require that every code is the place of a text."""
    if codes.size and (int(codes.min()) < 0 or int(codes.max()) >= count):
        msg = "a text that is not there"
        raise ProtocolError(msg)
    return codes


# -- the channel --------------------------------------------------------------------------------------------


class Channel:
    """Frames over a stream.

    Parameters
    ----------
    stream : Stream
        A connected socket or anything that receives and sends like one.
    max_payload : int
        Bytes of array data accepted in one frame.
    """

    def __init__(self, stream: Stream, max_payload: int = 2 << 30) -> None:
        self._stream = stream
        self._max_payload = max_payload
        self._buffer = bytearray(1 << 16)
        self._view = memoryview(self._buffer)
        self._start = self._end = 0

    def send(self, kind: int, call: int, value: Any) -> None:
        """Send one frame.

        Raises
        ------
        Unsendable
            When the value does not cross; nothing was sent then.
        """
        description, buffers = encode(value)
        self.send_encoded(kind, call, description, buffers)

    def send_encoded(self, kind: int, call: int, description: bytes, buffers: Sequence[memoryview]) -> None:
        """Send a frame whose value is already encoded; see `encode`."""
        if len(description) > MAX_DESCRIPTION:
            msg = f"a value that takes more than {MAX_DESCRIPTION >> 20} MiB beside its arrays"
            raise Unsendable(msg)
        payload = sum(len(buffer) for buffer in buffers)
        head = PREFIX.pack(MAGIC, kind, call, len(description), payload) + description
        if payload <= SMALL:
            self._stream.sendall(b"".join((head, *buffers)))
            return
        self._stream.sendall(head)
        for buffer in buffers:
            if len(buffer):
                self._stream.sendall(buffer)

    def receive(self) -> Frame:
        """Receive one frame.

        Raises
        ------
        ProtocolError
            When the frame is malformed or larger than allowed.
        EOFError
            When the other end closed.
        """
        head = memoryview(bytearray(PREFIX.size))
        self._fill(head)
        magic, kind, call, size, payload = PREFIX.unpack(head)
        if magic != MAGIC or size > MAX_DESCRIPTION or payload > self._max_payload:
            msg = "not a frame" if magic != MAGIC else f"a frame of {size + payload} bytes"
            raise ProtocolError(msg)
        raw = bytearray(size)
        self._fill(memoryview(raw))
        reader = _Description(bytes(raw), payload)
        value = reader.value()
        if reader.at != size or reader.payload:
            msg = "bytes left over"
            raise ProtocolError(msg)
        for target, view in reader.pending:
            if target.size:
                self._fill(_raw(target))
                if target is not view:
                    view[...] = target
        return Frame(kind, call, _finish(value))

    def _fill(self, target: memoryview) -> None:
        """Fill the target: first from the buffer, then large pieces straight from the stream."""
        at, size = 0, len(target)
        while at < size:
            if self._start < self._end:
                step = min(size - at, self._end - self._start)
                target[at : at + step] = self._view[self._start : self._start + step]
                self._start += step
                at += step
            elif size - at >= len(self._buffer):
                at += self._received(target[at:])
            else:
                self._start, self._end = 0, self._received(self._view)

    def _received(self, target: memoryview) -> int:
        count = self._stream.recv_into(target)
        if count <= 0:
            raise EOFError
        return count
