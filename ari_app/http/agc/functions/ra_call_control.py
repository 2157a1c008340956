"""ra_call_control: hangs up or transfers a call by its id, whichever agent has it."""

from dataclasses import replace

from ari_app.http.agc.functions import ingroup_choices
from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan, error
from ari_app.http.agc.requests.fields import Fields
from ari_app.http.agc.requests.request_context import AgcFunction, RequestContext
from warmline.core.messages.agent_command_types import SetDisposition
from warmline.core.messages.call_command_types import BlindTransfer, EndCall, Hangup, LocalCloser
from warmline.core.messages.commands import CODE, CommandFields
from warmline.core.model.call import Call
from warmline.core.rules.configuration import AGENTDIRECT

DEFAULT_STATUS = "RAXFER"


def _complete(fields: Fields) -> bool:
    return bool(fields["value"] and fields["agent_user"] and fields["stage"])


def _plan(asked: RequestContext) -> AgcPlan | AgcAnswer:
    call = _found(asked)
    if call is None:
        return error(f"no active call found - {asked.value}")
    stages = {"HANGUP": _hangup, "EXTENSIONTRANSFER": _to_number, "INGROUPTRANSFER": _to_ingroup}
    stage = asked.fields["stage"]
    if stage not in stages:
        return error(f"stage is not valid - {stage}")
    status = asked.fields["status"] or DEFAULT_STATUS
    if not CODE.is_match(status):
        return error(f"status is not valid - {status}")
    planned = stages[stage](asked, call)
    if isinstance(planned, AgcPlan) and call.agent:
        return replace(planned, after=SetDisposition(call.agent, call.id, status=status))
    return planned


def _found(asked: RequestContext) -> Call | None:
    """Return the live call with that long or short id, or None."""
    calls = asked.world.calls
    return calls.get(asked.value) or next((call for call in calls.values() if call.agc_id == asked.value), None)


def _hangup(asked: RequestContext, call: Call) -> AgcPlan | AgcAnswer:
    command: CommandFields = Hangup(call.agent, call.id) if call.agent else EndCall("", call.id)
    return AgcPlan(command, f"ra_call_control hungup - {asked.agent}|{asked.value}|HANGUP")


def _to_number(asked: RequestContext, call: Call) -> AgcPlan | AgcAnswer:
    number = asked.fields["phone_number"]
    odd = asked.fields["odd_phone_number"]
    if odd or len(number) < 2:
        return error(f"phone_number is not valid - {odd or number}")
    command = BlindTransfer(call.agent or "", call.id, number=number)
    return AgcPlan(command, _transferred(asked))


def _to_ingroup(asked: RequestContext, call: Call) -> AgcPlan | AgcAnswer:
    ingroup = ingroup_choices.chosen(asked, call)
    if isinstance(ingroup, AgcAnswer):
        return ingroup
    to_agent = asked.fields["phone_number"] if ingroup.id == AGENTDIRECT else ""
    command = LocalCloser(call.agent or "", call.id, ingroup=ingroup.id, to_agent=to_agent)
    return AgcPlan(command, _transferred(asked))


def _transferred(asked: RequestContext) -> str:
    return f"ra_call_control transfer - {asked.agent}|{asked.value}|{asked.fields['phone_number']}"


RA_CALL_CONTROL = AgcFunction(
    _complete,
    _plan,
    needs="value: the call's id; stage HANGUP, EXTENSIONTRANSFER (phone_number) or INGROUPTRANSFER (ingroup_choices); "
    f"status, {DEFAULT_STATUS} if it is empty",
    does="hangs up the call, or transfers it from its agent to a number or an in-group; "
    "status becomes the disposition of that agent",
    differs="The agent is the call's own: DISPO follows, and status ends it. A transfer of a call without an agent is "
    "refused. A number follows the campaign's dial rules instead of the dialplan. A status longer than 6 characters is "
    "refused.",
    about=("value", "agent_user", "stage"),
    by_alt_user=False,
)
