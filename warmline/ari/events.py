"""Events of ARI, each with its fields.

Written by tools/ari_types.py from the descriptions of Asterisk 20.18.2, 22.10.1 and 23.4.1.
"""

from typing import Any

import msgspec

from warmline.ari.resources import (
    Bridge,
    Channel,
    ContactInfo,
    DeviceState,
    Endpoint,
    LiveRecording,
    Peer,
    Playback,
    ReferredBy,
    ReferTo,
    TextMessage,
)


class Event(msgspec.Struct, kw_only=True, frozen=True, gc=False, tag_field="type", tag=True):
    """An event of Asterisk. `timestamp` is its time, as Asterisk writes it."""

    application: str = ""
    timestamp: str = ""
    asterisk_id: str = ""


class ApplicationMoveFailed(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel
    destination: str = ""
    args: tuple[str, ...] = ()


class ApplicationRegistered(Event, kw_only=True, frozen=True, gc=False):
    pass


class ApplicationReplaced(Event, kw_only=True, frozen=True, gc=False):
    pass


class ApplicationUnregistered(Event, kw_only=True, frozen=True, gc=False):
    pass


class BridgeAttendedTransfer(Event, kw_only=True, frozen=True, gc=False):
    transferer_first_leg: Channel
    transferer_second_leg: Channel
    replace_channel: Channel | None = None
    transferee: Channel | None = None
    transfer_target: Channel | None = None
    result: str = ""
    is_external: bool = False
    transferer_first_leg_bridge: Bridge | None = None
    transferer_second_leg_bridge: Bridge | None = None
    destination_type: str = ""
    destination_bridge: str = ""
    destination_application: str = ""
    destination_link_first_leg: Channel | None = None
    destination_link_second_leg: Channel | None = None
    destination_threeway_channel: Channel | None = None
    destination_threeway_bridge: Bridge | None = None


class BridgeBlindTransfer(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel
    replace_channel: Channel | None = None
    transferee: Channel | None = None
    exten: str = ""
    context: str = ""
    result: str = ""
    is_external: bool = False
    bridge: Bridge | None = None


class BridgeCreated(Event, kw_only=True, frozen=True, gc=False):
    bridge: Bridge


class BridgeDestroyed(Event, kw_only=True, frozen=True, gc=False):
    bridge: Bridge


class BridgeMerged(Event, kw_only=True, frozen=True, gc=False):
    bridge: Bridge
    bridge_from: Bridge


class BridgeVideoSourceChanged(Event, kw_only=True, frozen=True, gc=False):
    bridge: Bridge
    old_video_source_id: str = ""


class CallBroadcast(Event, kw_only=True, frozen=True, gc=False):
    """This type is not in Asterisk 20.18."""

    channel: Channel
    caller: str = ""
    called: str = ""


class CallClaimed(Event, kw_only=True, frozen=True, gc=False):
    """This type is not in Asterisk 20.18."""

    channel: Channel
    winner_app: str = ""


class ChannelCallerId(Event, kw_only=True, frozen=True, gc=False):
    caller_presentation: int = 0
    caller_presentation_txt: str = ""
    channel: Channel


class ChannelConnectedLine(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel


class ChannelCreated(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel


class ChannelDestroyed(Event, kw_only=True, frozen=True, gc=False):
    cause: int = 0
    cause_txt: str = ""
    tech_cause: int = 0
    channel: Channel


class ChannelDialplan(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel
    dialplan_app: str = ""
    dialplan_app_data: str = ""


class ChannelDtmfReceived(Event, kw_only=True, frozen=True, gc=False):
    digit: str = ""
    duration_ms: int = 0
    channel: Channel


class ChannelEnteredBridge(Event, kw_only=True, frozen=True, gc=False):
    bridge: Bridge
    channel: Channel | None = None


class ChannelHangupRequest(Event, kw_only=True, frozen=True, gc=False):
    cause: int = 0
    tech_cause: int = 0
    soft: bool = False
    channel: Channel


class ChannelHold(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel
    musicclass: str = ""


class ChannelLeftBridge(Event, kw_only=True, frozen=True, gc=False):
    bridge: Bridge
    channel: Channel


class ChannelStateChange(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel


class ChannelTalkingFinished(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel
    duration: int = 0


class ChannelTalkingStarted(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel


class ChannelToneDetected(Event, kw_only=True, frozen=True, gc=False):
    """This type is not in Asterisk 20.18."""

    channel: Channel


class ChannelTransfer(Event, kw_only=True, frozen=True, gc=False):
    state: str = ""
    refer_to: ReferTo
    referred_by: ReferredBy


class ChannelUnhold(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel


class ChannelUserevent(Event, kw_only=True, frozen=True, gc=False):
    eventname: str = ""
    channel: Channel | None = None
    bridge: Bridge | None = None
    endpoint: Endpoint | None = None
    userevent: dict[str, Any] = msgspec.field(default_factory=dict)


class ChannelVarset(Event, kw_only=True, frozen=True, gc=False):
    variable: str = ""
    value: str = ""
    channel: Channel | None = None


class ContactStatusChange(Event, kw_only=True, frozen=True, gc=False):
    endpoint: Endpoint
    contact_info: ContactInfo


class DeviceStateChanged(Event, kw_only=True, frozen=True, gc=False):
    device_state: DeviceState


class Dial(Event, kw_only=True, frozen=True, gc=False):
    caller: Channel | None = None
    peer: Channel
    forward: str = ""
    forwarded: Channel | None = None
    dialstring: str = ""
    dialstatus: str = ""


class EndpointStateChange(Event, kw_only=True, frozen=True, gc=False):
    endpoint: Endpoint


class PeerStatusChange(Event, kw_only=True, frozen=True, gc=False):
    endpoint: Endpoint
    peer: Peer


class PlaybackContinuing(Event, kw_only=True, frozen=True, gc=False):
    playback: Playback


class PlaybackFinished(Event, kw_only=True, frozen=True, gc=False):
    playback: Playback


class PlaybackStarted(Event, kw_only=True, frozen=True, gc=False):
    playback: Playback


class RecordingFailed(Event, kw_only=True, frozen=True, gc=False):
    recording: LiveRecording


class RecordingFinished(Event, kw_only=True, frozen=True, gc=False):
    recording: LiveRecording


class RecordingStarted(Event, kw_only=True, frozen=True, gc=False):
    recording: LiveRecording


class StasisEnd(Event, kw_only=True, frozen=True, gc=False):
    channel: Channel


class StasisStart(Event, kw_only=True, frozen=True, gc=False):
    args: tuple[str, ...] = ()
    channel: Channel
    replace_channel: Channel | None = None


class TextMessageReceived(Event, kw_only=True, frozen=True, gc=False):
    message: TextMessage
    endpoint: Endpoint | None = None


AnyEvent = (
    ApplicationMoveFailed
    | ApplicationRegistered
    | ApplicationReplaced
    | ApplicationUnregistered
    | BridgeAttendedTransfer
    | BridgeBlindTransfer
    | BridgeCreated
    | BridgeDestroyed
    | BridgeMerged
    | BridgeVideoSourceChanged
    | CallBroadcast
    | CallClaimed
    | ChannelCallerId
    | ChannelConnectedLine
    | ChannelCreated
    | ChannelDestroyed
    | ChannelDialplan
    | ChannelDtmfReceived
    | ChannelEnteredBridge
    | ChannelHangupRequest
    | ChannelHold
    | ChannelLeftBridge
    | ChannelStateChange
    | ChannelTalkingFinished
    | ChannelTalkingStarted
    | ChannelToneDetected
    | ChannelTransfer
    | ChannelUnhold
    | ChannelUserevent
    | ChannelVarset
    | ContactStatusChange
    | DeviceStateChanged
    | Dial
    | EndpointStateChange
    | PeerStatusChange
    | PlaybackContinuing
    | PlaybackFinished
    | PlaybackStarted
    | RecordingFailed
    | RecordingFinished
    | RecordingStarted
    | StasisEnd
    | StasisStart
    | TextMessageReceived
)
