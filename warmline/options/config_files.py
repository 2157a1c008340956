"""Configuration as files: a table for each entity, `[campaign.SHOP]`, with its options; TOML or JSON."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from warmline.options.option_table import ENTITIES, Entity, OptionError, spelled
from warmline.options.option_types import Value, nearest

FORMS = ("toml", "json")

Options = Mapping[str, Value]
Texts = dict[tuple[str, str], dict[str, str]]


def read(place: Path) -> tuple[Texts, set[str]]:
    """The options, as texts, of each (kind, name) in a file, or in a folder's files; and the kinds that these name.

    A file names the kinds it has tables of, and that which it is called after. Raises OptionError, with a line for each
    thing that is wrong, naming the file.
    """
    found: Texts = {}
    kinds: set[str] = set()
    where: dict[tuple[str, str], Path] = {}
    for file in _files(place):
        kinds |= {file.stem} & set(ENTITIES)
        for kind, name, options in _entities(file):
            key = kind, spelled(kind, name)
            if key in found:
                raise OptionError(f"{file}: {kind} {name} is in {where[key]} too; take one of them out")
            found[key], where[key] = texts(file, options), file
            kinds.add(kind)
    return found, kinds


def write(folder: Path, form: str, config: Mapping[str, Mapping[str, Options]]) -> list[Path]:
    """A file for each kind, its owner's alone: an address may hold a token. Raises OptionError, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / f"{kind}.{form}": _whole(form, kind, entities) for kind, entities in config.items()}
    if others := sorted(set(_candidates(folder)) - set(files)):
        raise OptionError(f"{others[0]} is there already, and would be read too; take it away, or name another folder")
    for file, text in files.items():
        new = file.with_name(f".{file.name}.new")
        new.unlink(missing_ok=True)
        new.touch(0o600)
        new.write_text(text, encoding="utf-8")
        new.replace(file)
    return list(files)


def pair(name: str, value: Value) -> str:
    """One option as a line of TOML, or several if it is a list or has lines."""
    import tomli_w

    in_lines = "\r" not in str(value)  # TOML may read other line ends as its own
    data = {name: list(value) if isinstance(value, tuple) else value}
    return tomli_w.dumps(data, multiline_strings=in_lines).rstrip("\n")


def parse(file: Path, text: str) -> dict[str, Any]:
    """What a TOML or JSON file says. Raises OptionError."""
    if file.suffix[1:] not in FORMS:
        raise OptionError(f"{file} is no configuration file: its name must end in .{' or .'.join(FORMS)}")
    try:
        found = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise OptionError(f"{file} is not {file.suffix[1:].upper()}: {error}") from None
    if not isinstance(found, dict):
        raise OptionError(f"{file} must have a table for each kind of thing")
    return found


def texts(file: Path, options: Mapping[str, Any]) -> dict[str, str]:
    """The options as they are written after `option=`. Raises OptionError."""
    return {option: _text(file, option, value) for option, value in options.items()}


def _files(place: Path) -> list[Path]:
    try:
        if not place.is_dir():
            return [place]
        found = _candidates(place)
    except OSError as error:
        raise OptionError(f"{place} cannot be read: {error.strerror}") from None
    if found:
        return found
    raise OptionError(f"folder {place} has no .toml or .json file in it; warmline config export makes them")


def _candidates(folder: Path) -> list[Path]:
    """Its files, without hidden ones. Raises OSError."""
    return sorted(file for file in folder.iterdir() if file.suffix[1:] in FORMS and not file.name.startswith("."))


def _entities(file: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each entity of a file, with its options."""
    try:
        kinds = parse(file, file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    for kind, entities in kinds.items():
        if kind not in ENTITIES:
            raise OptionError(f"{file}: [{kind}] is none of ours: {nearest(kind, ENTITIES) or ', '.join(ENTITIES)}")
        if only := ENTITIES[kind].only:
            entities = {only: entities}
        for name, options in entities.items() if isinstance(entities, dict) else [(kind, None)]:
            if not isinstance(options, dict):
                raise OptionError(f"{file}: there is no [{kind}.NAME] above {name}; write it there")
            yield kind, name, options


def _text(file: Path, option: str, value: Any) -> str:
    match value:
        case bool():
            return "Y" if value else "N"
        case list():
            return ",".join(_text(file, option, one) for one in value)
        case dict() | None:
            raise OptionError(f"{file}: {option} must be a text, a number or a list of them")
        case _:
            return str(value)


def _whole(form: str, kind: str, entities: Mapping[str, Options]) -> str:
    entity = ENTITIES[kind]
    if form == "json":
        listed: Any = {kind: entities[entity.only] if entity.only else entities}
        return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"
    return "\n".join(_head(entity, name) + _pairs(options) for name, options in entities.items())


def _pairs(options: Options) -> str:
    return "".join(f"{pair(name, value)}\n" for name, value in options.items())


def _head(entity: Entity, name: str) -> str:
    import tomli_w

    return f"[{entity.kind}]\n" if entity.only else tomli_w.dumps({entity.kind: {name: {}}})
