"""ARI's JSON, as far as it is read. Everything is optional: what Asterisk leaves out is empty, not an error."""

import msgspec


class AriCaller(msgspec.Struct):
    number: str = ""


class AriDialplan(msgspec.Struct):
    exten: str = ""
    app_name: str = ""
    app_data: str = ""


class AriChannel(msgspec.Struct):
    id: str
    name: str = ""
    state: str = ""
    caller: AriCaller = msgspec.field(default_factory=AriCaller)
    dialplan: AriDialplan = msgspec.field(default_factory=AriDialplan)
    channelvars: dict[str, str] = msgspec.field(default_factory=dict)


class AriBridge(msgspec.Struct):
    id: str
    name: str = ""
    channels: tuple[str, ...] = ()


class AriRecording(msgspec.Struct):
    name: str
    state: str = ""
    cause: str = ""


class AriPlayback(msgspec.Struct):
    id: str = ""
    target_uri: str = ""
    state: str = ""


class AriReferrer(msgspec.Struct):
    source_channel: AriChannel | None = None


class AriDestination(msgspec.Struct):
    destination: str = ""
    protocol_id: str = ""  # of the call that the REFER is to replace, if it is about one


class AriReferred(msgspec.Struct):
    requested_destination: AriDestination | None = None


class AriMessage(msgspec.Struct):
    """Any event: `type` says which, and so which of the other fields it has."""

    type: str = ""
    channel: AriChannel | None = None
    peer: AriChannel | None = None
    bridge: AriBridge | None = None
    recording: AriRecording | None = None
    playback: AriPlayback | None = None
    referred_by: AriReferrer | None = None
    refer_to: AriReferred | None = None
    args: tuple[str, ...] = ()
    cause: int = 0
    dialstatus: str = ""
    forward: str = ""  # of a Dial: the user, or the URI, to whom the peer redirects
    digit: str = ""
    state: str = ""
