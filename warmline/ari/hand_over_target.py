"""The place in Warmline's dialplan where a call continues when a script hands it over."""

from collections.abc import Mapping
from dataclasses import dataclass

from warmline.ari.ari_exceptions import Refused, build_no_centre_error
from warmline.core.rules import call_data, routing
from warmline.store.agi import routing_facts

CONTEXTS = {"did": "warmline-from-trunk", "ingroup": "warmline-ingroup", "agent": "warmline-agent"}


@dataclass(frozen=True, slots=True)
class HandOverTarget:
    """A context of Warmline's dialplan and the extension there."""

    context: str
    extension: str


def find_target(db: str, destination: str, passed_data: Mapping[str, str]) -> HandOverTarget:
    """Return where a call for the destination continues. Raises Refused, FactsError, CodedError."""
    if not db:
        raise build_no_centre_error("destinations")
    kind, name = routing.split_route(destination)
    if kind not in CONTEXTS or not name:
        raise Refused(
            "ari_destination_unknown",
            "{destination} is no destination: use ingroup:NAME, agent:USER or did:NUMBER",
            destination=destination,
        )
    ingroups, agents, names, _ = routing_facts.targets(db, destination)
    if kind == "did":
        did_facts = routing_facts.did(db, routing.strip_plus(name), "", at=0)
        if did_facts.did is None:
            raise Refused("ari_did_unknown", "there is no DID {number}", number=name)
    else:
        decision = routing.follow_route(destination, ingroups, agents)
        if not decision.route:
            reason = decision.reason + routing_facts.meant(db, kind, name)
            raise Refused("ari_destination_refused", "{reason}", reason=reason)
    if unknown_names := sorted(set(passed_data) - set(names)):
        raise Refused(
            "ari_data_unknown",
            "{item} is not in call_data; it has: {known}. `warmline setting set call_data=…` names the items",
            item=", ".join(unknown_names),
            known=", ".join(names) or "nothing",
        )
    allowed_items, omission_notes = call_data.check_items(tuple(passed_data.items()))
    if omission_notes or len(allowed_items) < len(passed_data):
        raise Refused(
            "ari_data_refused", "the data cannot go with the call: {reason}", reason="; ".join(omission_notes)
        )
    return HandOverTarget(CONTEXTS[kind], name)
