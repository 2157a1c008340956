"""change_ingroups: which in-groups a logged-in agent serves."""

from ari_app.http.agc.functions.ingroup_choices import by_name
from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan, cannot_be, error, impossible
from ari_app.http.agc.requests.fields import Fields
from ari_app.http.agc.requests.request_context import AgcFunction, RequestContext, only_in_value
from warmline.core.messages.agent_command_types import ChangeIngroups

VALUES = ("CHANGE", "ADD", "REMOVE")
DEFAULT = "set_as_default is not kept here - use: warmline agent set"


def _complete(fields: Fields) -> bool:
    return len(fields["value"]) > 2 and len(fields["blended"]) > 1 and len(fields["agent_user"]) > 1


def _change(asked: RequestContext) -> AgcPlan | AgcAnswer:
    choices, value = asked.fields["ingroup_choices"], asked.value
    named = []
    for word in choices.removesuffix("-").split():
        found = by_name(asked, word)
        if found is None:
            return error(f"ingroup does not exist - {asked.agent}|{word}|{choices}", bare=True)
        named.append(found.id)
    if not choices and value in ("ADD", "REMOVE"):
        about = f"{asked.agent}|{value}|{choices}"
        return error(f"ingroup_choices are required for ADD and REMOVE values - {about}", bare=True)
    names = _names(value, asked.session.ingroups, named)
    told = choices if value == "CHANGE" else " ".join(("", *names, "-"))
    done = f"change_ingroups function set - {asked.fields['user']}|{asked.agent}|{told}|{asked.fields['blended']}|"
    command = asked.command(ChangeIngroups, ingroups=tuple(names))
    if value not in VALUES:
        return impossible(command, cannot_be("value", value, *VALUES), done)
    if asked.fields["set_as_default"] == "YES":
        return impossible(command, DEFAULT, f"{done}User settings set as default")
    return AgcPlan(command, done)


def _names(value: str, before: tuple[str, ...], named: list[str]) -> list[str]:
    """Return the in-groups in order, each once."""
    if value == "REMOVE":
        return [name for name in before if name not in named]
    return list(dict.fromkeys([*(before if value == "ADD" else ()), *named]))


CHANGE_INGROUPS = AgcFunction(
    _complete,
    _change,
    needs="value CHANGE, ADD or REMOVE; blended; ingroup_choices, names with spaces around them and ` -` at the end",
    does="selects the in-groups that the agent serves from now until logout",
    differs="blended is only repeated: a READY agent gets callers of the in-groups, and leads if the campaign dials. "
    "set_as_default=YES is refused: the in-groups at login are configuration.",
    about=("value", "blended", "ingroup_choices", "agent_user"),
    by_alt_user=False,
    tidy=only_in_value("[A-Z]"),
)
