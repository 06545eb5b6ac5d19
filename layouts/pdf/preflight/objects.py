"""Reading what a PDF says where it may say anything: each question has an answer of the kind that was asked for."""

from __future__ import annotations

import zlib
from math import isfinite
from typing import Any

import pikepdf

from .limits import Spent

_LARGEST = 1e7
_COMPRESSORS = frozenset({"FlateDecode", "Fl", "LZWDecode", "LZW", "RunLengthDecode", "RL"})
_PROBED = 64 * 1024  # a shorter stream cannot swell to more than 64 MB


def number(value: Any, otherwise: float = 0.0) -> float:
    """A finite number of sane size."""
    if isinstance(value, pikepdf.Object) or value is None:
        return otherwise
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return otherwise
    return max(-_LARGEST, min(_LARGEST, found)) if isfinite(found) else otherwise


def numbers(value: Any) -> tuple[float, ...]:
    """The numbers of an array; () for anything else."""
    if not isinstance(value, pikepdf.Array):
        return ()
    return tuple(number(item) for item in value) if len(value) <= 4096 else ()


def name(value: Any) -> str:
    """A name without its slash; "" for anything else."""
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def text(value: Any) -> str:
    """A text string; "" for anything else."""
    return str(value) if isinstance(value, pikepdf.String) else ""


def get(holder: Any, *path: str) -> Any:
    """What lies under these keys, one in the other; None where the way ends."""
    for key in path:
        if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
            return None
        holder = holder.get(key)
    return holder


def items(holder: Any) -> list[tuple[str, Any]]:
    """Keys and values of a dictionary; none for anything else."""
    if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
        return []
    return [(key, holder.get(key)) for key in holder.keys()]  # noqa: SIM118 - iterating a PDF object walks it


def entries(value: Any, most: int = 100_000) -> list[Any]:
    """The items of an array, at most so many; none for anything else."""
    if not isinstance(value, pikepdf.Array):
        return []
    return [value[index] for index in range(min(len(value), most))]


def identity(value: Any) -> tuple[int, int]:
    """The object's number and generation; (0, 0) where it stands in another."""
    return value.objgen if isinstance(value, pikepdf.Object) else (0, 0)


def filters(stream: Any) -> tuple[str, ...]:
    """The names of a stream's filters in the order they are undone."""
    found = get(stream, "/Filter")
    return tuple(name(item) for item in entries(found)) if isinstance(found, pikepdf.Array) else (name(found),)


def swell(stream: Any, most: int) -> None:
    """Spent where a stream may become larger than `most` bytes when it is decoded: such files are made to harm."""
    kinds = [kind for kind in filters(stream) if kind in _COMPRESSORS]
    if not kinds:
        return
    raw = stream.read_raw_bytes()
    if len(kinds) > 1:
        raise Spent("a stream that is compressed more than once")
    if len(raw) > _PROBED and kinds[0] in {"FlateDecode", "Fl"} and filters(stream)[0] == kinds[0]:
        try:
            large = len(zlib.decompressobj().decompress(raw, most + 1)) > most
        except zlib.error:
            return  # whoever decodes it will say so
        if large:
            raise Spent(f"a stream of more than {most // 1_000_000} MB")
