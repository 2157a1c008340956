"""Configuration files in TOML or JSON: one table for each entity, such as `[campaign.SHOP]`, with its options."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from warmline.options import removed_options
from warmline.options.option_table import ENTITIES, Entity, OptionError, spelled
from warmline.options.values.option_types import Value, nearest
from warmline.system import whole_file

FORMS = ("toml", "json")

Options = Mapping[str, Value]
Texts = dict[tuple[str, str], dict[str, str]]


def read(place: Path, say: Callable[[str], object] = str) -> tuple[Texts, set[str]]:
    """Read a file, or all files of a folder.

    Returns the options of each (kind, name), as texts, and the kinds that the files cover. A file covers the kinds of
    its tables, and the kind in its file name. `say` gets a sentence for what is skipped.

    Raises:
        OptionError: a file cannot be read or is invalid; the text names the file.
    """
    files = _files(place)
    found = of_documents(((file, _content(file)) for file in files), say)
    return found, {kind for kind, _ in found} | {file.stem for file in files} & set(ENTITIES)


def of_documents(
    documents: Iterable[tuple[str | Path, Mapping[str, Any]]], say: Callable[[str], object] = str
) -> Texts:
    """Return the options of each (kind, name), as texts. Each document has a name for errors, and kinds with entities.

    Options of former versions are skipped, and `say` gets a sentence for them.

    Raises:
        OptionError: a document is invalid; the text names it.
    """
    found: Texts = {}
    where: dict[tuple[str, str], str | Path] = {}
    for file, kinds in documents:
        for kind, name, options in _entities(file, kinds):
            key = kind, spelled(kind, name)
            if key in found:
                raise OptionError(
                    "config_entity_twice",
                    "{file}: {kind} {name} is also in {other}; remove one of them",
                    file=file,
                    kind=kind,
                    name=name,
                    other=where[key],
                )
            found[key], where[key] = texts(file, options), file
    for sentence in removed_options.sentences(found):
        say(sentence)
    return {(kind, name): removed_options.without(kind, options) for (kind, name), options in found.items()}


def write(folder: Path, form: str, config: Mapping[str, Mapping[str, Options]]) -> list[Path]:
    """Write one file for each kind into `folder`, and return the files.

    Only the owner can read the files, because a URL may contain a token.

    Raises:
        OptionError: the folder has other files, which `read` reads too.
        OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / f"{kind}.{form}": _whole(form, kind, entities) for kind, entities in config.items()}
    if others := sorted(set(_candidates(folder)) - set(files)):
        raise OptionError(
            "config_folder_other_files",
            "{file} exists already and would be read too; remove it, or choose another folder",
            file=others[0],
        )
    whole_file.write_all(files, 0o600)
    return list(files)


def pair(name: str, value: Value) -> str:
    """Return an option in TOML: one line, or several for a list or a text with lines."""
    import tomli_w

    in_lines = "\r" not in str(value)  # TOML may change other line ends
    data = {name: list(value) if isinstance(value, tuple) else value}
    return tomli_w.dumps(data, multiline_strings=in_lines).rstrip("\n")


def parse(file: Path, text: str) -> dict[str, Any]:
    """Return the data of a TOML or JSON file whose content is `text`.

    Raises:
        OptionError: the file name or the content is invalid.
    """
    if file.suffix[1:] not in FORMS:
        raise OptionError(
            "config_file_form_unknown",
            "{file} is not a configuration file; allowed: names that end in .{forms}",
            file=file,
            forms=" or .".join(FORMS),
        )
    import tomllib

    try:
        found = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise OptionError(
            "config_file_syntax",
            "{file} is not valid {form}: {why}",
            file=file,
            form=file.suffix[1:].upper(),
            why=error,
        ) from None
    if not isinstance(found, dict):
        raise OptionError(
            "config_file_no_tables", "{file} has no tables; write one for each kind, such as [campaign.SHOP]", file=file
        )
    return found


def texts(file: str | Path, options: Mapping[str, Any]) -> dict[str, str]:
    """Return the options as texts, as they are written after `option=`.

    Raises:
        OptionError: a value is neither a text, a number nor a list.
    """
    return {option: _text(file, option, value) for option, value in options.items()}


def _files(place: Path) -> list[Path]:
    try:
        if not place.is_dir():
            return [place]
        found = _candidates(place)
    except OSError as error:
        raise unreadable_file(place, error) from None
    if found:
        return found
    raise OptionError(
        "config_folder_empty",
        "folder {folder} has no .toml or .json file; to write them: warmline config export",
        folder=place,
    )


def _candidates(folder: Path) -> list[Path]:
    """Return the configuration files of a folder, without hidden files. Raises OSError."""
    return sorted(file for file in folder.iterdir() if file.suffix[1:] in FORMS and not file.name.startswith("."))


def _content(file: Path) -> dict[str, Any]:
    try:
        return parse(file, file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable_file(file, error) from None


def _entities(file: str | Path, kinds: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield each entity of a document as kind, name and options."""
    for kind, entities in kinds.items():
        if kind not in ENTITIES:
            raise OptionError(
                "config_kind_unknown",
                "{file}: kind [{kind}] does not exist; {hint}",
                file=file,
                kind=kind,
                hint=nearest(kind, ENTITIES) or "allowed: " + ", ".join(ENTITIES),
            )
        if only := ENTITIES[kind].only:
            entities = {only: entities}
        for name, options in entities.items() if isinstance(entities, dict) else [(kind, None)]:
            if not isinstance(options, dict):
                raise OptionError(
                    "config_name_missing",
                    "{file}: {option} belongs to no entity; write [{kind}.NAME] above it",
                    file=file,
                    kind=kind,
                    option=name,
                )
            yield kind, name, options


def unreadable_file(file: str | Path, error: Exception) -> OptionError:
    """Make the error for a file that cannot be read."""
    why = getattr(error, "strerror", None) or error
    return OptionError("file_unreadable", "{file} cannot be read: {why}", file=file, why=why)


def _text(file: str | Path, option: str, value: Any) -> str:
    match value:
        case bool():
            return "Y" if value else "N"
        case list():
            return ",".join(_text(file, option, one) for one in value)
        case dict() | None:
            raise OptionError(
                "config_value_form",
                "{file}: the value of {option} is invalid; allowed: a text, a number or a list of them",
                file=file,
                option=option,
            )
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
