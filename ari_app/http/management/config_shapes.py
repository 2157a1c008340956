"""The shapes of the configuration as JSON. Options have the names and values of `warmline describe` and the files."""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

from ari_app.http.v1.bodies.request_bodies import Body
from ari_app.records.privileged_write_types import MOST_OPTIONS
from warmline.operations.configuration_documents import ConfigurationChange

Given = str | int | bool | list[str]
OptionsBody = Annotated[dict[str, Given], Meta(max_length=MOST_OPTIONS)]
# JSON has only one kind of number; 12.0 is an integer too.
Revision = Annotated[float, Meta(ge=0, le=2**53 - 1, multiple_of=1, examples=[12])]


class ConfigDeletion(Struct, frozen=True):
    """The entity that was deleted."""

    kind: str
    name: str


class ConfigNamed(Struct, frozen=True):
    """The name of an entity."""

    kind: str
    name: str


class ConfigPlan(Struct, frozen=True):
    """Changes that were made as `revision`, or that would be made if that is 0.

    `unnamed` are entities of the same kinds that the document does not name, and that stay. `lost` are secrets that an
    undo cannot restore. `warnings` are about changed options that are probably not meant so, also before the change.
    """

    revision: int
    changes: list[ConfigurationChange]
    unnamed: list[ConfigNamed]
    lost: list[str]
    warnings: list[str]


class CopyBody(Body):
    """The name of the copy, and the options that it has besides those of the original."""

    name: Annotated[str, Meta(max_length=100, examples=["TESTCAMP2"])]
    options: OptionsBody = field(default_factory=dict)


class DocumentBody(Body):
    """A configuration, as `GET /config` shows it: entities by kind and name, with the options that they shall have.

    `prune` deletes entities of these kinds that are not named. With a `revision`, nothing is changed if one of the
    entities changed after it.
    """

    configuration: dict[str, dict[str, Any]]
    prune: bool = False
    revision: Revision | None = None


class UndoBody(Body):
    """The number of the revision to undo; `dry_run` only shows the changes."""

    revision: Annotated[float, Meta(ge=1, le=2**53 - 1, multiple_of=1, examples=[12])]
    dry_run: bool = False
