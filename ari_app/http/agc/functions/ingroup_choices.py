"""Which in-group a request means by ingroup_choices."""

from ari_app.http.agc.requests.answers import AgcAnswer, error
from ari_app.http.agc.requests.request_context import RequestContext
from warmline.core.model.call import Call
from warmline.core.rules.configuration import Ingroup

DEFAULT = "DEFAULTINGROUP"


def chosen(asked: RequestContext, call: Call) -> Ingroup | AgcAnswer:
    """The one active in-group that is named; DEFAULTINGROUP anywhere in the text stands for the call's default."""
    text = asked.fields["ingroup_choices"]
    if len(text) < 2:
        return _not_valid(text)
    name = _default_of(asked, call) if DEFAULT in text else text
    found = by_name(asked, name)
    return found if found and found.active == "Y" else _not_valid(name)


def _default_of(asked: RequestContext, call: Call) -> str:
    """Where the call's in-group leads, or for an outbound call the agent's campaign; "" once the customer is gone."""
    if call.customer is None:
        return ""
    if not call.ingroup:
        return asked.campaign.default_xfer_group
    home = asked.world.rules.ingroups.get(call.ingroup) or Ingroup(id=call.ingroup)
    return home.default_xfer_group


def by_name(asked: RequestContext, name: str) -> Ingroup | None:
    """Upper and lower case are the same, as in VICIdial's database."""
    ingroups = asked.world.rules.ingroups
    return ingroups.get(name) or next((one for one in ingroups.values() if one.id.lower() == name.lower()), None)


def _not_valid(name: str) -> AgcAnswer:
    return error(f"ingroup is not valid - {name}")
