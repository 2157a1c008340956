"""The phones, devices, mailboxes and sounds of an Asterisk that exists only in a test."""

from typing import TYPE_CHECKING

from warmline.ari import events, resources
from warmline.ari.testing.simulated_operations import Request, build_refusal, operation

if TYPE_CHECKING:
    from warmline.ari.testing.script_party import ScriptParty
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

STASIS_PREFIX = "Stasis:"  # of the devices whose state scripts set
DEVICE_STATES: dict[str, resources.DeviceStateState] = {
    "NOT_INUSE": "NOT_INUSE",
    "INUSE": "INUSE",
    "BUSY": "BUSY",
    "INVALID": "INVALID",
    "UNAVAILABLE": "UNAVAILABLE",
    "RINGING": "RINGING",
    "RINGINUSE": "RINGINUSE",
    "ONHOLD": "ONHOLD",
}


# -- endpoints --


@operation("endpoints.list", "GET", "endpoints")
def list_endpoints(asterisk: "SimulatedAsterisk", _request: Request) -> list[resources.Endpoint]:
    """Return the phones: the parties of the test that have an endpoint."""
    return [_to_endpoint(asterisk, party) for party in _list_phones(asterisk)]


@operation("endpoints.listByTech", "GET", "endpoints/{tech}")
def list_endpoints_by_technology(asterisk: "SimulatedAsterisk", request: Request) -> list[resources.Endpoint]:
    """Return the phones of a technology, such as PJSIP."""
    technology = request.names["tech"]
    phones = [party for party in _list_phones(asterisk) if _split_endpoint(party)[0].lower() == technology.lower()]
    if not phones:
        raise build_refusal(404, f"No Endpoints found - invalid tech {technology}")
    return [_to_endpoint(asterisk, party) for party in phones]


@operation("endpoints.get", "GET", "endpoints/{tech}/{resource}")
def get_endpoint(asterisk: "SimulatedAsterisk", request: Request) -> resources.Endpoint:
    """Return a phone."""
    return _to_endpoint(asterisk, _find_phone(asterisk, f"{request.names['tech']}/{request.names['resource']}"))


@operation("endpoints.sendMessage", "PUT", "endpoints/sendMessage")
def send_message(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Send a text to a phone, by its address."""
    request.required("from")
    _find_phone(asterisk, request.required("to")).messages.append(request.text("body"))


@operation("endpoints.sendMessageToEndpoint", "PUT", "endpoints/{tech}/{resource}/sendMessage")
def send_message_to_endpoint(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Send a text to a phone."""
    request.required("from")
    phone = _find_phone(asterisk, f"{request.names['tech']}/{request.names['resource']}")
    phone.messages.append(request.text("body"))


@operation("endpoints.refer", "POST", "endpoints/refer")
def refer(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Ask a phone to call somebody, by its address."""
    request.required("from")
    _find_phone(asterisk, request.required("to")).redirected_to = request.required("refer_to")


@operation("endpoints.referToEndpoint", "POST", "endpoints/{tech}/{resource}/refer")
def refer_endpoint(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Ask a phone to call somebody."""
    request.required("from")
    phone = _find_phone(asterisk, f"{request.names['tech']}/{request.names['resource']}")
    phone.redirected_to = request.required("refer_to")


def _list_phones(asterisk: "SimulatedAsterisk") -> "list[ScriptParty]":
    return [party for party in asterisk.parties if party.endpoint]


def _find_phone(asterisk: "SimulatedAsterisk", address: str) -> "ScriptParty":
    """Return the phone of an endpoint, also in the form pjsip:1000. Raises AriError."""
    endpoint = address.replace(":", "/", 1).lower()
    for party in _list_phones(asterisk):
        if party.endpoint.lower() == endpoint:
            return party
    raise build_refusal(404, "Endpoint not found")


def _split_endpoint(party: "ScriptParty") -> tuple[str, str]:
    technology, _, resource = party.endpoint.partition("/")
    return technology, resource


def _to_endpoint(asterisk: "SimulatedAsterisk", party: "ScriptParty") -> resources.Endpoint:
    technology, resource = _split_endpoint(party)
    ids = tuple(channel.id for channel in asterisk.channels.values() if channel.party is party)
    return resources.Endpoint(technology=technology, resource=resource, state="online", channel_ids=ids)


# -- devices, mailboxes and sounds --


@operation("deviceStates.list", "GET", "deviceStates")
def list_device_states(asterisk: "SimulatedAsterisk", _request: Request) -> list[resources.DeviceState]:
    """Return the devices whose state scripts have set."""
    return [resources.DeviceState(name=name, state=state) for name, state in asterisk.device_states.items()]


@operation("deviceStates.get", "GET", "deviceStates/{deviceName}")
def get_device_state(asterisk: "SimulatedAsterisk", request: Request) -> resources.DeviceState:
    """Return the state of a device: of a phone, or one that a script has set."""
    name = request.names["deviceName"]
    return resources.DeviceState(name=name, state=asterisk.device_states.get(name) or _get_phone_state(asterisk, name))


@operation("deviceStates.update", "PUT", "deviceStates/{deviceName}")
def update_device_state(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Set the state of a device of scripts, such as Stasis:queue."""
    name, state = _find_own_device(request), DEVICE_STATES.get(request.text("deviceState"))
    if state is None:
        raise build_refusal(500, "Unknown device")
    asterisk.device_states[name] = state
    event = events.DeviceStateChanged(device_state=resources.DeviceState(name=name, state=state))
    asterisk.send_to_subscribers(f"deviceState:{name}", event)


@operation("deviceStates.delete", "DELETE", "deviceStates/{deviceName}")
def delete_device_state(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Forget a device of scripts."""
    asterisk.device_states.pop(_find_own_device(request), None)


@operation("mailboxes.list", "GET", "mailboxes")
def list_mailboxes(asterisk: "SimulatedAsterisk", _request: Request) -> list[resources.Mailbox]:
    """Return the mailboxes that scripts have made."""
    return [_to_mailbox(name, counts) for name, counts in asterisk.mailboxes.items()]


@operation("mailboxes.get", "GET", "mailboxes/{mailboxName}")
def get_mailbox(asterisk: "SimulatedAsterisk", request: Request) -> resources.Mailbox:
    """Return a mailbox."""
    name = _find_mailbox(asterisk, request)
    return _to_mailbox(name, asterisk.mailboxes[name])


@operation("mailboxes.update", "PUT", "mailboxes/{mailboxName}")
def update_mailbox(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Set the numbers of messages in a mailbox, which is made if there is none."""
    counts = request.number("oldMessages"), request.number("newMessages")
    asterisk.mailboxes[request.names["mailboxName"]] = counts


@operation("mailboxes.delete", "DELETE", "mailboxes/{mailboxName}")
def delete_mailbox(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Delete a mailbox."""
    del asterisk.mailboxes[_find_mailbox(asterisk, request)]


@operation("sounds.list", "GET", "sounds")
def list_sounds(asterisk: "SimulatedAsterisk", request: Request) -> list[resources.Sound]:
    """Return the sounds: those of Asterisk in English, and those of the test."""
    if request.text("lang", "en") != "en" or request.text("format", "slin") != "slin":
        raise build_refusal(404, "No sounds found that matched the query")
    return [_to_sound(name) for name in asterisk.sounds.names]


@operation("sounds.get", "GET", "sounds/{soundId}")
def get_sound(asterisk: "SimulatedAsterisk", request: Request) -> resources.Sound:
    """Return a sound."""
    name = request.names["soundId"]
    if name not in asterisk.sounds:
        raise build_refusal(404, "Sound not found")
    return _to_sound(name)


def _get_phone_state(asterisk: "SimulatedAsterisk", name: str) -> resources.DeviceStateState:
    for party in _list_phones(asterisk):
        if party.endpoint.lower() == name.lower():
            if party.ringing:
                return "RINGING"
            return "INUSE" if party.line else "NOT_INUSE"
    return "UNAVAILABLE" if name.startswith("PJSIP/") else "INVALID"


def _find_own_device(request: Request) -> str:
    name = request.names["deviceName"]
    if not name.startswith(STASIS_PREFIX):
        raise build_refusal(409, "Uncontrolled device specified")
    return name


def _find_mailbox(asterisk: "SimulatedAsterisk", request: Request) -> str:
    name = request.names["mailboxName"]
    if name not in asterisk.mailboxes:
        raise build_refusal(404, "Mailbox not found")
    return name


def _to_mailbox(name: str, counts: tuple[int, int]) -> resources.Mailbox:
    return resources.Mailbox(name=name, old_messages=counts[0], new_messages=counts[1])


def _to_sound(name: str) -> resources.Sound:
    return resources.Sound(id=name, text=name, formats=(resources.FormatLangPair(language="en", format="slin"),))
