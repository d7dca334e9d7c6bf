"""Reading: raw bytes → `Document`.

The names are loaded on first use, so that importing this package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.read.inputs import Input, find_inputs, load
    from onrecord.read.offset_map import to_source, unfaithful
    from onrecord.read.reader import read_bytes

__all__ = ["Input", "find_inputs", "load", "read_bytes", "to_source", "unfaithful"]

_HOME = {
    "Input": "inputs",
    "find_inputs": "inputs",
    "load": "inputs",
    "read_bytes": "reader",
    "to_source": "offset_map",
    "unfaithful": "offset_map",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
