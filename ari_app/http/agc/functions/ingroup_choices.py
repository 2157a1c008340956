"""The in-group that a request selects by ingroup_choices."""

from ari_app.http.agc.requests.answers import AgcAnswer, error
from ari_app.http.agc.requests.request_context import RequestContext
from warmline.core.model.call import Call
from warmline.core.rules.configuration import Ingroup

DEFAULT = "DEFAULTINGROUP"


def chosen(asked: RequestContext, call: Call) -> Ingroup | AgcAnswer:
    """Return the selected active in-group; DEFAULTINGROUP anywhere in the text selects the call's default."""
    text = asked.fields["ingroup_choices"]
    if len(text) < 2:
        return _not_valid(text)
    name = _default_of(asked, call) if DEFAULT in text else text
    found = by_name(asked, name)
    return found if found and found.active == "Y" else _not_valid(name)


def _default_of(asked: RequestContext, call: Call) -> str:
    """Return the default of the call's in-group, or of the agent's campaign if outbound; "" without a customer."""
    if call.customer is None:
        return ""
    if not call.ingroup:
        return asked.campaign.default_xfer_group
    home = asked.world.rules.ingroups.get(call.ingroup) or Ingroup(id=call.ingroup)
    return home.default_xfer_group


def by_name(asked: RequestContext, name: str) -> Ingroup | None:
    """Return an in-group, ignoring case as VICIdial's database does, or None."""
    ingroups = asked.world.rules.ingroups
    return ingroups.get(name) or next((one for one in ingroups.values() if one.id.lower() == name.lower()), None)


def _not_valid(name: str) -> AgcAnswer:
    return error(f"ingroup is not valid - {name}")
