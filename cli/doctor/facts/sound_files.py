"""The sound files that the configuration names, and those that Asterisk does not have."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from cli.client import ari_console
from warmline.centre.app_answer import AppAway
from warmline.core.rules.sentinels import NO_FILE
from warmline.options.option_table import ENTITIES
from warmline.options.values.option_forms import MUSIC, SOUNDS
from warmline.store.configuration import config
from warmline.system.settings import Settings


class NamedSound(NamedTuple):
    """A sound file, by its name without ending, and the option that names it."""

    kind: str
    name: str
    option: str
    file: str


def named(database: str | Path) -> Iterator[NamedSound]:
    """Yield every sound file of the configuration. Raises StoreError."""
    for kind in ("campaign", "ingroup"):
        options = [option.name for option in ENTITIES[kind].options if option.type in SOUNDS]
        for name, values in config.show_all(database, kind).items():
            plays = ["no_agent_action_value"] * (values.get("no_agent_action") == "MESSAGE")
            for option in (*options, *plays):
                files = str(values[option]).split("|")
                yield from (NamedSound(kind, name, option, file) for file in files if file not in ("", NO_FILE))


def missing(database: str | Path, sounds: Path) -> list[NamedSound]:
    """Return the files missing from Asterisk's folder of sounds, in any language or format.

    Raises StoreError, OSError.
    """
    found: dict[str, bool] = {}
    for one in (files := list(named(database))):
        if one.file not in found:
            found[one.file] = is_there(one.file, sounds)
    return [one for one in files if not found[one.file]]


def is_there(file: str, sounds: Path) -> bool:
    """Return whether Asterisk's folder of sounds has that file, in any language or format. Raises OSError."""
    if file.startswith("/"):
        return any(Path(file).parent.glob(f"{Path(file).name}.*"))
    places = (sounds, *(one for one in sounds.iterdir() if one.is_dir()))
    return any(next(place.glob(f"{file}.*"), None) for place in places)


def folder(settings: Settings) -> Path:
    """Return Asterisk's folder of sounds. Raises AppAway if Asterisk does not name it."""
    status, told = ari_console.ask(settings, "GET", "asterisk/variable?variable=ASTDATADIR")
    if status != HTTPStatus.OK or not isinstance(told, dict) or "value" not in told:
        raise AppAway(
            "sounds_folder_unknown",
            "Asterisk at {where} does not name the folder of its sounds: it answers {status}",
            where=settings.ari_url,
            status=status,
        )
    return Path(told["value"]) / "sounds"


def classes(database: str | Path) -> Iterator[NamedSound]:
    """Yield every class of music of the configuration. Raises StoreError."""
    for kind in ("campaign", "ingroup"):
        options = [option.name for option in ENTITIES[kind].options if option.type is MUSIC]
        for name, values in config.show_all(database, kind).items():
            yield from (NamedSound(kind, name, option, str(values[option])) for option in options)
