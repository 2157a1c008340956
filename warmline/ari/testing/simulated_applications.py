"""Which events the scripts of a test get: their applications, their subscriptions, and events of their own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warmline.ari import events, resources
from warmline.ari.testing.simulated_asterisk import to_bridge
from warmline.ari.testing.simulated_operations import Request, build_refusal, operation, refuse_operation

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

ENDPOINT_SCHEME, DEVICE_SCHEME = "endpoint", "deviceState"


@operation("applications.list", "GET", "applications")
def list_applications(asterisk: "SimulatedAsterisk", _request: Request) -> list[resources.Application]:
    """Return the applications of the scripts that are connected."""
    return [_to_application(asterisk, app) for app in asterisk.apps]


@operation("applications.get", "GET", "applications/{applicationName}")
def get_application(asterisk: "SimulatedAsterisk", request: Request) -> resources.Application:
    """Return an application."""
    return _to_application(asterisk, _find_application(asterisk, request))


@operation("applications.subscribe", "POST", "applications/{applicationName}/subscription")
def subscribe(asterisk: "SimulatedAsterisk", request: Request) -> resources.Application:
    """Send a script the events of channels, bridges, endpoints or devices."""
    app = _find_application(asterisk, request)
    for subscribers, source in list(_find_sources(asterisk, request)):
        if subscribers is None:
            asterisk.subscriptions.setdefault(app, set()).add(source)
        else:
            subscribers.add(app)
    return _to_application(asterisk, app)


@operation("applications.unsubscribe", "DELETE", "applications/{applicationName}/subscription")
def unsubscribe(asterisk: "SimulatedAsterisk", request: Request) -> resources.Application:
    """Send a script these events no more."""
    app = _find_application(asterisk, request)
    for subscribers, source in list(_find_sources(asterisk, request)):
        known_apps = subscribers if subscribers is not None else asterisk.list_source_apps(source)
        if app not in known_apps:
            raise build_refusal(409, "Application not subscribed to event source")
        if subscribers is None:
            asterisk.subscriptions[app].discard(source)
        else:
            subscribers.discard(app)
    return _to_application(asterisk, app)


@operation("applications.filter", "PUT", "applications/{applicationName}/eventFilter")
def set_filter(asterisk: "SimulatedAsterisk", request: Request) -> resources.Application:
    """Take a filter; the library reads only what a script wants, so that all events are sent."""
    return _to_application(asterisk, _find_application(asterisk, request))


@operation("events.userEvent", "POST", "events/user/{eventName}")
def send_user_event(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Send a script an event of one's own."""
    app = request.required("application")
    if not asterisk.is_listening(app):
        raise build_refusal(404, "Application not found")
    name = request.names["eventName"]
    channel = bridge = None
    for source in request.texts("source"):
        scheme, _, source_id = source.partition(":")
        if scheme == "channel" and source_id in asterisk.channels:
            channel = asterisk.to_channel(asterisk.channels[source_id])
        elif scheme == "bridge" and source_id in asterisk.bridges:
            bridge = to_bridge(asterisk.bridges[source_id])
        elif scheme != ENDPOINT_SCHEME:
            raise build_refusal(422, "Event source was not found")
    user_event = {"eventname": name, **request.variables()}
    event = events.ChannelUserevent(eventname=name, channel=channel, bridge=bridge, userevent=user_event)
    asterisk.send(app, event)


refuse_operation("events.claimChannel", "POST", "events/claim", "no call of a test is broadcast by StasisBroadcast()")
refuse_operation("events.eventWebsocket", "GET", "events", "connect(…) opens it")


def _find_application(asterisk: "SimulatedAsterisk", request: Request) -> str:
    app = request.names["applicationName"]
    if not asterisk.is_listening(app):
        raise build_refusal(404, "Application not found")
    return app


def _find_sources(asterisk: "SimulatedAsterisk", request: Request) -> Iterator[tuple[set[str] | None, str]]:
    """Yield each source of events: the subscribers of a channel or bridge, or None with the name of another source."""
    sources = request.texts("eventSource")
    if not any(sources):
        raise build_refusal(400, "Missing parameter eventSource")
    for source in sources:
        scheme, _, name = source.partition(":")
        if scheme in (ENDPOINT_SCHEME, DEVICE_SCHEME):
            yield None, source
        elif scheme not in ("channel", "bridge"):
            raise build_refusal(400, "Invalid event source URI scheme")
        elif scheme == "channel" and name in asterisk.channels:
            yield asterisk.channels[name].subscribers, source
        elif scheme == "bridge" and name in asterisk.bridges:
            yield asterisk.bridges[name].subscribers, source
        else:
            raise build_refusal(422, "Event source does not exist")


def _to_application(asterisk: "SimulatedAsterisk", app: str) -> resources.Application:
    sources = [source.partition(":") for source in sorted(asterisk.subscriptions.get(app, ()))]
    return resources.Application(
        name=app,
        channel_ids=tuple(channel.id for channel in asterisk.channels.values() if app in channel.subscribers),
        bridge_ids=tuple(bridge.id for bridge in asterisk.bridges.values() if app in asterisk.list_bridge_apps(bridge)),
        endpoint_ids=tuple(name for scheme, _, name in sources if scheme == ENDPOINT_SCHEME),
        device_names=tuple(name for scheme, _, name in sources if scheme == DEVICE_SCHEME),
    )
