"""Scenes as bytes: each is played once, and copied for each of its tests."""

import io
import pickle
from functools import cache

from tests.core.core_stage import lab_with, set_up
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.rules.configuration import Rules


class Packer(pickle.Pickler):
    """Packs a scene without its rules, which never change: all copies share them, and each is made in half the time."""

    def persistent_id(self, one: object) -> str | None:
        return _name_of(one) if isinstance(one, Rules) else None


class Unpacker(pickle.Unpickler):
    def persistent_load(self, name: str) -> Rules:
        return _shared[name]


_shared: dict[str, Rules] = {}


def _name_of(rules: Rules) -> str:
    name = str(id(rules))  # they are kept, so that no other object gets this id
    _shared[name] = rules
    return name


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
