"""ARI's JSON, as far as it is read. Everything is optional: what Asterisk leaves out is empty, not an error."""

import msgspec


class Caller(msgspec.Struct):
    number: str = ""


class Dialplan(msgspec.Struct):
    exten: str = ""
    app_name: str = ""
    app_data: str = ""


class Channel(msgspec.Struct):
    id: str
    name: str = ""
    state: str = ""
    caller: Caller = msgspec.field(default_factory=Caller)
    dialplan: Dialplan = msgspec.field(default_factory=Dialplan)
    channelvars: dict[str, str] = msgspec.field(default_factory=dict)


class Bridge(msgspec.Struct):
    id: str
    name: str = ""
    channels: tuple[str, ...] = ()


class Recording(msgspec.Struct):
    name: str
    state: str = ""
    cause: str = ""


class Playback(msgspec.Struct):
    id: str = ""
    target_uri: str = ""
    state: str = ""


class Referrer(msgspec.Struct):
    source_channel: Channel | None = None


class Destination(msgspec.Struct):
    destination: str = ""
    protocol_id: str = ""  # of the call that the REFER is to replace, if it is about one


class Referred(msgspec.Struct):
    requested_destination: Destination | None = None


class Message(msgspec.Struct):
    """Any event: `type` says which, and so which of the other fields it has."""

    type: str = ""
    channel: Channel | None = None
    peer: Channel | None = None
    bridge: Bridge | None = None
    recording: Recording | None = None
    playback: Playback | None = None
    referred_by: Referrer | None = None
    refer_to: Referred | None = None
    args: tuple[str, ...] = ()
    cause: int = 0
    dialstatus: str = ""
    forward: str = ""  # of a Dial: the user, or the URI, to whom the peer redirects
    digit: str = ""
    state: str = ""
