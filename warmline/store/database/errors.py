"""Errors of changes to the configuration."""

from collections.abc import Sequence

from warmline.text.coded_error import CodedError

NAMED = 10  # names that an error lists


class NotFound(CodedError, LookupError):
    """The name does not exist; the text suggests the nearest one."""


class Conflict(CodedError):
    """The current state does not allow the change; the text names the step to take first."""


def unknown(kind: str, name: str, known: Sequence[str]) -> NotFound:
    """Make the error for a name of this kind that is not among the known ones."""
    from warmline.options.values.option_types import nearest  # loads more slowly than most reports run

    some = f"existing: {', '.join(known[:NAMED])}" if known else f"no {kind}s exist yet"
    hint = nearest(name, known) or some
    return NotFound("entity_unknown", "{kind} {name!r} does not exist; {hint}", kind=kind, name=name, hint=hint)


def unknown_call(call: str) -> NotFound:
    """Make the error for a call that is not in the database."""
    return NotFound("call_unknown", "call {call!r} does not exist; to list calls: warmline audit calls", call=call)


def unknown_lead(lead: object) -> NotFound:
    """Make the error for a lead that is not in the database."""
    return NotFound("lead_unknown", "lead {lead} does not exist; to find one: warmline lead find NUMBER", lead=lead)
