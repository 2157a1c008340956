"""Resources of ARI: channels, bridges and others.

Written by tools/ari_types.py from the descriptions of Asterisk 20.18.2, 22.10.1 and 23.4.1.
"""

from typing import Any

import msgspec


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
    state: str = ""
    caller: CallerID
    connected: CallerID
    accountcode: str = ""
    dialplan: DialplanCEP
    creationtime: str = ""
    language: str = ""
    channelvars: dict[str, Any] = msgspec.field(default_factory=dict)
    caller_rdnis: str = ""
    tenantid: str = ""


class Bridge(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    id: str = ""
    technology: str = ""
    bridge_type: str = ""
    bridge_class: str = ""
    creator: str = ""
    name: str = ""
    channels: tuple[str, ...] = ()
    video_mode: str = ""
    video_source_id: str = ""
    creationtime: str = ""
    bridgevars: dict[str, Any] = msgspec.field(default_factory=dict)  # not in Asterisk 20.18


class Playback(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    id: str = ""
    media_uri: str = ""
    next_media_uri: str = ""
    target_uri: str = ""
    language: str = ""
    state: str = ""


class StoredRecording(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    format: str = ""


class LiveRecording(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    format: str = ""
    target_uri: str = ""
    state: str = ""
    duration: int = 0
    talking_duration: int = 0
    silence_duration: int = 0
    cause: str = ""


class Endpoint(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    technology: str = ""
    resource: str = ""
    state: str = ""
    channel_ids: tuple[str, ...] = ()


class TextMessage(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    from_: str = msgspec.field(name="from", default="")
    to: str = ""
    body: str = ""
    variables: dict[str, Any] = msgspec.field(default_factory=dict)


class DeviceState(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    name: str = ""
    state: str = ""


class ContactInfo(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    uri: str = ""
    contact_status: str = ""
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
