"""Scenes as bytes: each is played once, and copied for each of its tests."""

import dataclasses
import io
import pickle
from enum import Enum
from functools import cache

from tests.core.core_stage import lab_with, set_up
from tools.simulation.asterisk.core_driver import Driver


class Packer(pickle.Pickler):
    """Packs a scene without its records and rules, which are frozen: all copies share them.

    A copy is made in a third of the time.
    """

    def persistent_id(self, record: object) -> int | None:
        return _name_of(record) if isinstance(record, Enum) or _is_frozen(type(record)) else None


_shared: dict[int, object] = {}


class Unpacker(pickle.Unpickler):
    persistent_load = _shared.__getitem__  # type: ignore[assignment] # a method in Python would take most of the time


def _name_of(record: object) -> int:
    name = id(record)
    _shared[name] = record  # it is kept, so that no other object gets this id
    return name


@cache
def _is_frozen(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen  # type: ignore[attr-defined] # no stub


def packed(lab: Driver) -> bytes:
    """Return a scene as bytes."""
    file = io.BytesIO()
    Packer(file, pickle.HIGHEST_PROTOCOL).dump(lab)
    return file.getvalue()


def unpacked(scene: bytes) -> Driver:
    """Return a copy of a packed scene."""
    copy: Driver = Unpacker(io.BytesIO(scene)).load()
    return copy


def plain_scene(scene: str) -> Driver:
    """Return one of SCENES in the campaign and the in-group without options."""
    return unpacked(_played(scene))


@cache
def _played(scene: str) -> bytes:
    return packed(set_up(lab_with(), scene))
