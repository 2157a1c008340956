"""The parts of ARI's JSON that the app reads. Every field has a default, because Asterisk leaves some out."""

import msgspec


class AriCaller(msgspec.Struct):
    number: str = ""
    name: str = ""


class AriDialplan(msgspec.Struct):
    exten: str = ""  # after a move, the new one
    app_name: str = ""
    app_data: str = ""


class AriChannel(msgspec.Struct):
    id: str
    name: str = ""
    state: str = ""
    creationtime: str = ""
    caller: AriCaller = msgspec.field(default_factory=AriCaller)
    dialplan: AriDialplan = msgspec.field(default_factory=AriDialplan)
    channelvars: dict[str, str] = msgspec.field(default_factory=dict)


class AriModule(msgspec.Struct):
    name: str
    status: str


class AriBridge(msgspec.Struct):
    id: str
    name: str = ""
    channels: tuple[str, ...] = ()


class AriRecording(msgspec.Struct):
    name: str
    target_uri: str = ""
    state: str = ""
    cause: str = ""


class AriVariable(msgspec.Struct):
    value: str


class AriPlayback(msgspec.Struct):
    id: str = ""
    target_uri: str = ""
    state: str = ""


class AriReferrer(msgspec.Struct):
    source_channel: AriChannel | None = None


class AriDestination(msgspec.Struct):
    destination: str = ""
    protocol_id: str = ""  # the SIP call that an attended REFER replaces; empty for a blind one


class AriReferred(msgspec.Struct):
    requested_destination: AriDestination | None = None


class AriMessage(msgspec.Struct):
    """An event of any type: `type` determines which other fields are set."""

    type: str = ""
    timestamp: str = ""
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
    forward: str = ""  # of a Dial event: the user or URI that the peer redirects to
    digit: str = ""
    state: str = ""
