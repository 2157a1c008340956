"""Resources of ARI: channels, bridges and others.

Written by tools/ari_types.py from the descriptions of Asterisk 20.18.2, 22.10.1 and 23.4.1.
"""

from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    BridgeBridgeType = Literal[
        "",
        "mixing",
        "holding",
    ]
    ChannelState = Literal[
        "",
        "Down",
        "Rsrved",
        "OffHook",
        "Dialing",
        "Ring",
        "Ringing",
        "Up",
        "Busy",
        "Dialing Offhook",
        "Pre-ring",
        "Unknown",
        "Rsrvd",
        "Mute",
    ]
    DeviceStateState = Literal[
        "",
        "UNKNOWN",
        "NOT_INUSE",
        "INUSE",
        "BUSY",
        "INVALID",
        "UNAVAILABLE",
        "RINGING",
        "RINGINUSE",
        "ONHOLD",
    ]
    EndpointState = Literal[
        "",
        "unknown",
        "offline",
        "online",
    ]
    ContactInfoContactStatus = Literal[
        "",
        "Unreachable",
        "Reachable",
        "Unknown",
        "NonQualified",
        "Removed",
    ]
    PlaybackState = Literal[
        "",
        "queued",
        "playing",
        "continuing",
        "done",
        "failed",
        "paused",
    ]
    LiveRecordingState = Literal[
        "",
        "queued",
        "recording",
        "paused",
        "done",
        "failed",
        "canceled",
    ]
else:  # a newer Asterisk may send other values
    BridgeBridgeType = str
    ChannelState = str
    DeviceStateState = str
    EndpointState = str
    ContactInfoContactStatus = str
    PlaybackState = str
    LiveRecordingState = str


class Application(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    channel_ids: tuple[str, ...] = ()
    bridge_ids: tuple[str, ...] = ()
    endpoint_ids: tuple[str, ...] = ()
    device_names: tuple[str, ...] = ()
    events_allowed: tuple[dict[str, Any], ...] = ()
    events_disallowed: tuple[dict[str, Any], ...] = ()


class BuildInfo(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    os: str = ""
    kernel: str = ""
    options: str = ""
    machine: str = ""
    date: str = ""
    user: str = ""


class SystemInfo(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    version: str = ""
    entity_id: str = ""


class SetId(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    user: str = ""
    group: str = ""


class ConfigInfo(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    default_language: str = ""
    max_channels: int = 0
    max_open_files: int = 0
    max_load: float = 0.0
    setid: SetId


class StatusInfo(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    startup_time: str = ""
    last_reload_time: str = ""


class AsteriskInfo(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    build: BuildInfo | None = None
    system: SystemInfo | None = None
    config: ConfigInfo | None = None
    status: StatusInfo | None = None


class AsteriskPing(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    asterisk_id: str = ""
    ping: str = ""
    timestamp: str = ""


class Module(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    description: str = ""
    use_count: int = 0
    status: str = ""
    support_level: str = ""


class LogChannel(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    channel: str = ""
    type: str = ""
    status: str = ""
    configuration: str = ""


class Variable(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    value: str = ""


class Variables(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """This type is not in Asterisk 20.18."""

    variables: dict[str, Any] = msgspec.field(default_factory=dict)


class ConfigTuple(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    attribute: str = ""
    value: str = ""


class Bridge(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    id: str = ""
    technology: str = ""
    bridge_type: BridgeBridgeType = ""
    bridge_class: str = ""
    creator: str = ""
    name: str = ""
    channels: tuple[str, ...] = ()
    video_mode: str = ""
    video_source_id: str = ""
    creationtime: str = ""
    bridgevars: dict[str, Any] = msgspec.field(default_factory=dict)  # not in Asterisk 20.18


class Dialed(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    pass


class DialplanCEP(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    context: str = ""
    exten: str = ""
    priority: int = 0
    app_name: str = ""
    app_data: str = ""


class CallerID(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    number: str = ""


class RTPstat(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    txcount: int = 0
    rxcount: int = 0
    txjitter: float = 0.0
    rxjitter: float = 0.0
    remote_maxjitter: float = 0.0
    remote_minjitter: float = 0.0
    remote_normdevjitter: float = 0.0
    remote_stdevjitter: float = 0.0
    local_maxjitter: float = 0.0
    local_minjitter: float = 0.0
    local_normdevjitter: float = 0.0
    local_stdevjitter: float = 0.0
    txploss: int = 0
    rxploss: int = 0
    remote_maxrxploss: float = 0.0
    remote_minrxploss: float = 0.0
    remote_normdevrxploss: float = 0.0
    remote_stdevrxploss: float = 0.0
    local_maxrxploss: float = 0.0
    local_minrxploss: float = 0.0
    local_normdevrxploss: float = 0.0
    local_stdevrxploss: float = 0.0
    rtt: float = 0.0
    maxrtt: float = 0.0
    minrtt: float = 0.0
    normdevrtt: float = 0.0
    stdevrtt: float = 0.0
    local_ssrc: int = 0
    remote_ssrc: int = 0
    txoctetcount: int = 0
    rxoctetcount: int = 0
    channel_uniqueid: str = ""


class Channel(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    id: str = ""
    protocol_id: str = ""
    name: str = ""
    state: ChannelState = ""
    caller: CallerID
    connected: CallerID
    accountcode: str = ""
    dialplan: DialplanCEP
    creationtime: str = ""
    language: str = ""
    channelvars: dict[str, Any] = msgspec.field(default_factory=dict)
    caller_rdnis: str = ""
    tenantid: str = ""


class DeviceState(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    state: DeviceStateState = ""


class Endpoint(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    technology: str = ""
    resource: str = ""
    state: EndpointState = ""
    channel_ids: tuple[str, ...] = ()


class TextMessage(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    from_: str = msgspec.field(name="from", default="")
    to: str = ""
    body: str = ""
    variables: dict[str, Any] = msgspec.field(default_factory=dict)


class Message(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    type: str = ""
    asterisk_id: str = ""


class MissingParams(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    params: tuple[str, ...] = ()


class ContactInfo(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    uri: str = ""
    contact_status: ContactInfoContactStatus = ""
    aor: str = ""
    roundtrip_usec: str = ""


class Peer(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    peer_status: str = ""
    cause: str = ""
    address: str = ""
    port: str = ""
    time: str = ""


class AdditionalParam(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    parameter_name: str = ""
    parameter_value: str = ""


class RequiredDestination(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    protocol_id: str = ""
    destination: str = ""
    additional_protocol_params: tuple[AdditionalParam, ...] = ()


class ReferTo(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    requested_destination: RequiredDestination
    destination_channel: Channel | None = None
    connected_channel: Channel | None = None
    bridge: Bridge | None = None


class ReferredBy(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    source_channel: Channel
    connected_channel: Channel | None = None
    bridge: Bridge | None = None


class RESTHeader(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    value: str = ""


class RESTQueryStringParameter(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    value: str = ""


class RESTRequest(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    type: str = ""
    transaction_id: str = ""
    request_id: str = ""
    method: str = ""
    uri: str = ""
    content_type: str = ""
    query_strings: tuple[RESTQueryStringParameter, ...] = ()
    message_body: str = ""


class RESTResponse(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    transaction_id: str = ""
    request_id: str = ""
    status_code: int = 0
    reason_phrase: str = ""
    uri: str = ""
    content_type: str = ""
    message_body: str = ""


class Mailbox(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    old_messages: int = 0
    new_messages: int = 0


class Playback(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    id: str = ""
    media_uri: str = ""
    next_media_uri: str = ""
    target_uri: str = ""
    language: str = ""
    state: PlaybackState = ""


class StoredRecording(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    format: str = ""


class LiveRecording(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    format: str = ""
    target_uri: str = ""
    state: LiveRecordingState = ""
    duration: int = 0
    talking_duration: int = 0
    silence_duration: int = 0
    cause: str = ""


class FormatLangPair(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    language: str = ""
    format: str = ""


class Sound(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    id: str = ""
    text: str = ""
    formats: tuple[FormatLangPair, ...] = ()
