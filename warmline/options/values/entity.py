"""Entities of the configuration and their options, each with a type, a default and one line of meaning."""

from dataclasses import dataclass, field

from warmline.core.rules.routing import AGENTDIRECT
from warmline.options.values.option_types import Type, Value, nearest_word
from warmline.text.coded_error import CodedError

# Words that people try for an option, and the names that it may have.
WORDS: dict[str, tuple[str, ...]] = {
    "hours": ("call_time_id", "local_call_time"),
    "opening_hours": ("call_time_id", "local_call_time"),
    "call_time": ("call_time_id", "local_call_time"),
    "name": (
        "status_name", "group_name", "campaign_name", "list_name", "full_name", "pause_code_name", "did_description",
        "holiday_name",
    ),
    "description": ("did_description", "campaign_name", "group_name", "list_name", "status_name"),
    "phone": ("phone_number",),
    "number": ("phone_number", "preset_number", "caller_id_number"),
    "extension": ("phone",),
    "exten": ("phone",),
    "ingroup": ("route", "ingroups"),
    "queue": ("route", "ingroups"),
    "queues": ("ingroups",),
    "destination": ("route",),
    "group": ("user_group",),
    "password": ("pass",),
    "level": ("auto_dial_level", "user_level"),
    "ratio": ("auto_dial_level",),
    "dial_level": ("auto_dial_level",),
    "lines": ("auto_dial_level",),
    "method": ("dial_method",),
    "mode": ("dial_method", "phone_mode"),
    "timeout": ("dial_timeout", "drop_call_seconds"),
    "cid": ("campaign_cid", "campaign_cid_override"),
    "callerid": ("campaign_cid", "campaign_cid_override"),
    "caller_id": ("campaign_cid", "campaign_cid_override"),
    "recording": ("campaign_recording", "ingroup_recording_override", "recording_override"),
    "record": ("campaign_recording", "ingroup_recording_override", "recording_override"),
    "wrapup": ("wrapup_seconds",),
    "wrap_up": ("wrapup_seconds",),
    "script": ("campaign_script",),
    "priority": ("queue_priority", "dial_weight"),
    "webhook": ("dispo_call_url",),
    "enabled": ("active", "did_active"),
}  # fmt: skip


class OptionError(CodedError, ValueError):
    """An invalid name or value. The text names it, the values that are allowed, and the nearest valid one."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    `plus` is true for an option that VICIdial does not have. `unique` is true if no two entities may have the same
    value. `core` is false for an option that the core does not read; no record of the core has it.
    """

    name: str
    type: Type
    default: Value
    meaning: str
    plus: bool = False
    required: bool = False
    unique: bool = False
    core: bool = True

    @property
    def source(self) -> str:
        return "+" if self.plus else "VICIdial"


@dataclass(frozen=True, slots=True)
class OptionSection:
    """Options about one subject; `title` is empty if the entity has only one section."""

    title: str
    options: tuple[Option, ...]


def one_section(*options: Option) -> tuple[OptionSection, ...]:
    """Return the sections of an entity whose options are not divided."""
    return (OptionSection("", options),)


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of thing that can be configured.

    `names` is the form of its names. `example` is the text after `create` in the help. `sections` are its options in
    the order of their columns. `only` is set for a kind with one fixed entity, and is the name of that entity. `label`
    is the option whose value people read beside the key, "" if there is none.
    """

    kind: str
    meaning: str
    names: Type
    example: tuple[str, ...]
    sections: tuple[OptionSection, ...] = ()
    only: str = ""
    label: str = ""
    removed: tuple[tuple[str, str], ...] = ()  # options of former versions: the name, and what to do without it
    options: tuple[Option, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        options = tuple(option for section in self.sections for option in section.options)
        object.__setattr__(self, "options", options)

    @property
    def table(self) -> str:
        """Return the name of its table in the database."""
        return self.kind.replace("-", "_")

    @property
    def option_names(self) -> tuple[str, ...]:
        return tuple(option.name for option in self.options)

    def option(self, name: str) -> Option:
        """Return the option of that name.

        Raises:
            OptionError: there is no such option; the text suggests the nearest name.
        """
        for option in self.options:
            if option.name == name:
                return option
        there_are = f"allowed: {', '.join(self.option_names)}" if self.options else "it has no options"
        raise OptionError(
            "option_unknown",
            "{kind} has no option {name!r}; {hint}",
            kind=self.kind,
            name=name,
            hint=dict(self.removed).get(name) or self._hint(name) or there_are,
        )

    def meant(self, name: str) -> str:
        """Return the option that the word is, stands for or resembles, or an empty text."""
        if name in self.option_names:
            return name
        known = next((one for one in WORDS.get(name.lower(), ()) if one in self.option_names), "")
        return known or nearest_word(name, self.option_names)

    def _hint(self, name: str) -> str:
        """Return `did you mean …?` with the option that the word stands for or resembles, or an empty text."""
        known = self.meant(name)
        return f"did you mean {known}?" if known else ""

    def section(self, title: str) -> OptionSection:
        """Return the section of that title. Raises KeyError."""
        return {section.title: section for section in self.sections}[title]

    def default(self, option: Option, name: str) -> Value:
        """Return the option's default for the entity of that name."""
        if self.kind == "ingroup" and name == AGENTDIRECT and option.name == "queue_priority":
            return 99
        return option.default
