"""The operations of ARI, a class for each resource and a method for each operation: see `Ari.api`.

Written by tools/ari_operations.py from the descriptions of Asterisk 20.18.2, 22.10.1 and 23.4.1.
"""

# ruff: noqa: ASYNC109 - a parameter `timeout` is ARI's

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from warmline.ari import resources
from warmline.ari.client.json_errors import read
from warmline.ari.operation_requests import OperationRequests, Query, Variables, to_pairs

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari

Only = Literal["build", "system", "config", "status"]
Reason = Literal[
    "normal",
    "busy",
    "congestion",
    "no_answer",
    "timeout",
    "rejected",
    "unallocated",
    "normal_unspecified",
    "number_incomplete",
    "codec_mismatch",
    "interworking",
    "failure",
    "answered_elsewhere",
]
DeviceState = Literal["NOT_INUSE", "INUSE", "BUSY", "INVALID", "UNAVAILABLE", "RINGING", "RINGINUSE", "ONHOLD"]


class Applications(OperationRequests):
    """`ari.api.applications`: the operations of /applications."""

    async def list(self) -> tuple[resources.Application, ...]:
        """GET /applications."""
        answer = await self.send("GET", "applications")
        return read(answer, tuple[resources.Application, ...])

    async def get(self, application_name: str) -> resources.Application:
        """GET /applications/{applicationName}."""
        answer = await self.send("GET", "applications", application_name)
        return read(answer, resources.Application)

    async def subscribe(self, application_name: str, *, event_source: str | Sequence[str]) -> resources.Application:
        """POST /applications/{applicationName}/subscription."""
        query: Query = {"eventSource": event_source}
        answer = await self.send("POST", "applications", application_name, "subscription", query=query)
        return read(answer, resources.Application)

    async def unsubscribe(self, application_name: str, *, event_source: str | Sequence[str]) -> resources.Application:
        """DELETE /applications/{applicationName}/subscription."""
        query: Query = {"eventSource": event_source}
        answer = await self.send("DELETE", "applications", application_name, "subscription", query=query)
        return read(answer, resources.Application)

    async def filter(self, application_name: str, *, filter: Mapping[str, Any] | None = None) -> resources.Application:
        """PUT /applications/{applicationName}/eventFilter."""
        json_body = filter
        answer = await self.send("PUT", "applications", application_name, "eventFilter", body=json_body)
        return read(answer, resources.Application)


class Asterisk(OperationRequests):
    """`ari.api.asterisk`: the operations of /asterisk."""

    async def get_object(self, config_class: str, object_type: str, id: str) -> tuple[resources.ConfigTuple, ...]:
        """GET /asterisk/config/dynamic/{configClass}/{objectType}/{id}."""
        answer = await self.send("GET", "asterisk", "config", "dynamic", config_class, object_type, id)
        return read(answer, tuple[resources.ConfigTuple, ...])

    async def update_object(
        self,
        config_class: str,
        object_type: str,
        id: str,
        *,
        fields: Mapping[str, str] | None = None,
    ) -> tuple[resources.ConfigTuple, ...]:
        """PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}."""
        json_body = None if fields is None else {"fields": to_pairs(fields)}
        answer = await self.send("PUT", "asterisk", "config", "dynamic", config_class, object_type, id, body=json_body)
        return read(answer, tuple[resources.ConfigTuple, ...])

    async def delete_object(self, config_class: str, object_type: str, id: str) -> None:
        """DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}."""
        await self.send("DELETE", "asterisk", "config", "dynamic", config_class, object_type, id)

    async def get_info(self, *, only: Only | Sequence[Only] | None = None) -> resources.AsteriskInfo:
        """GET /asterisk/info."""
        query: Query = {"only": only}
        answer = await self.send("GET", "asterisk", "info", query=query)
        return read(answer, resources.AsteriskInfo)

    async def ping(self) -> resources.AsteriskPing:
        """GET /asterisk/ping."""
        answer = await self.send("GET", "asterisk", "ping")
        return read(answer, resources.AsteriskPing)

    async def list_modules(self) -> tuple[resources.Module, ...]:
        """GET /asterisk/modules."""
        answer = await self.send("GET", "asterisk", "modules")
        return read(answer, tuple[resources.Module, ...])

    async def get_module(self, module_name: str) -> resources.Module:
        """GET /asterisk/modules/{moduleName}."""
        answer = await self.send("GET", "asterisk", "modules", module_name)
        return read(answer, resources.Module)

    async def load_module(self, module_name: str) -> None:
        """POST /asterisk/modules/{moduleName}."""
        await self.send("POST", "asterisk", "modules", module_name)

    async def unload_module(self, module_name: str) -> None:
        """DELETE /asterisk/modules/{moduleName}."""
        await self.send("DELETE", "asterisk", "modules", module_name)

    async def reload_module(self, module_name: str) -> None:
        """PUT /asterisk/modules/{moduleName}."""
        await self.send("PUT", "asterisk", "modules", module_name)

    async def list_log_channels(self) -> tuple[resources.LogChannel, ...]:
        """GET /asterisk/logging."""
        answer = await self.send("GET", "asterisk", "logging")
        return read(answer, tuple[resources.LogChannel, ...])

    async def add_log(self, log_channel_name: str, *, configuration: str) -> None:
        """POST /asterisk/logging/{logChannelName}."""
        query: Query = {"configuration": configuration}
        await self.send("POST", "asterisk", "logging", log_channel_name, query=query)

    async def delete_log(self, log_channel_name: str) -> None:
        """DELETE /asterisk/logging/{logChannelName}."""
        await self.send("DELETE", "asterisk", "logging", log_channel_name)

    async def rotate_log(self, log_channel_name: str) -> None:
        """PUT /asterisk/logging/{logChannelName}/rotate."""
        await self.send("PUT", "asterisk", "logging", log_channel_name, "rotate")

    async def get_global_var(self, *, variable: str) -> resources.Variable:
        """GET /asterisk/variable."""
        query: Query = {"variable": variable}
        answer = await self.send("GET", "asterisk", "variable", query=query)
        return read(answer, resources.Variable)

    async def set_global_var(self, *, variable: str, value: str | None = None) -> None:
        """POST /asterisk/variable."""
        query: Query = {"variable": variable, "value": value}
        await self.send("POST", "asterisk", "variable", query=query)


class Bridges(OperationRequests):
    """`ari.api.bridges`: the operations of /bridges."""

    async def list(self) -> tuple[resources.Bridge, ...]:
        """GET /bridges."""
        answer = await self.send("GET", "bridges")
        return read(answer, tuple[resources.Bridge, ...])

    async def create(
        self,
        *,
        type: str | None = None,
        bridge_id: str | None = None,
        name: str | None = None,
        variables: Variables | None = None,
    ) -> resources.Bridge:
        """POST /bridges."""
        if variables is not None:
            self.require({20: 20, 22: 10, 23: 4}, "variables of ari.api.bridges.create")
        query: Query = {"type": type, "bridgeId": bridge_id, "name": name}
        json_body = variables
        answer = await self.send("POST", "bridges", query=query, body=json_body)
        return read(answer, resources.Bridge)

    async def create_with_id(
        self,
        bridge_id: str,
        *,
        type: str | None = None,
        name: str | None = None,
        variables: Variables | None = None,
    ) -> resources.Bridge:
        """POST /bridges/{bridgeId}."""
        if variables is not None:
            self.require({20: 20, 22: 10, 23: 4}, "variables of ari.api.bridges.create_with_id")
        query: Query = {"type": type, "name": name}
        json_body = None if variables is None else {"variables": variables}
        answer = await self.send("POST", "bridges", bridge_id, query=query, body=json_body)
        return read(answer, resources.Bridge)

    async def get(self, bridge_id: str) -> resources.Bridge:
        """GET /bridges/{bridgeId}."""
        answer = await self.send("GET", "bridges", bridge_id)
        return read(answer, resources.Bridge)

    async def destroy(self, bridge_id: str) -> None:
        """DELETE /bridges/{bridgeId}."""
        await self.send("DELETE", "bridges", bridge_id)

    async def get_bridge_var(self, bridge_id: str, *, variable: str) -> resources.Variable:
        """GET /bridges/{bridgeId}/variable. Since Asterisk 20.20, 22.10 and 23.4."""
        self.require({20: 20, 22: 10, 23: 4}, "ari.api.bridges.get_bridge_var")
        query: Query = {"variable": variable}
        answer = await self.send("GET", "bridges", bridge_id, "variable", query=query)
        return read(answer, resources.Variable)

    async def set_bridge_var(
        self,
        bridge_id: str,
        *,
        variable: str,
        value: str | None = None,
        report_events: bool | None = None,
    ) -> None:
        """POST /bridges/{bridgeId}/variable. Since Asterisk 20.20, 22.10 and 23.4."""
        self.require({20: 20, 22: 10, 23: 4}, "ari.api.bridges.set_bridge_var")
        query: Query = {"variable": variable, "value": value, "report_events": report_events}
        await self.send("POST", "bridges", bridge_id, "variable", query=query)

    async def get_bridge_vars(self, bridge_id: str, *, variables: str | Sequence[str]) -> resources.Variables:
        """GET /bridges/{bridgeId}/variables. Since Asterisk 20.20, 22.10 and 23.4."""
        self.require({20: 20, 22: 10, 23: 4}, "ari.api.bridges.get_bridge_vars")
        query: Query = {"variables": variables}
        answer = await self.send("GET", "bridges", bridge_id, "variables", query=query)
        return read(answer, resources.Variables)

    async def set_bridge_vars(self, bridge_id: str, *, variables: Variables) -> None:
        """POST /bridges/{bridgeId}/variables. Since Asterisk 20.20, 22.10 and 23.4."""
        self.require({20: 20, 22: 10, 23: 4}, "ari.api.bridges.set_bridge_vars")
        json_body = {"variables": variables}
        await self.send("POST", "bridges", bridge_id, "variables", body=json_body)

    async def add_channel(
        self,
        bridge_id: str,
        *,
        channel: str | Sequence[str],
        role: str | None = None,
        absorb_dtmf: bool | None = None,
        mute: bool | None = None,
        inhibit_connected_line_updates: bool | None = None,
    ) -> None:
        """POST /bridges/{bridgeId}/addChannel."""
        query: Query = {
            "channel": channel,
            "role": role,
            "absorbDTMF": absorb_dtmf,
            "mute": mute,
            "inhibitConnectedLineUpdates": inhibit_connected_line_updates,
        }
        await self.send("POST", "bridges", bridge_id, "addChannel", query=query)

    async def remove_channel(self, bridge_id: str, *, channel: str | Sequence[str]) -> None:
        """POST /bridges/{bridgeId}/removeChannel."""
        query: Query = {"channel": channel}
        await self.send("POST", "bridges", bridge_id, "removeChannel", query=query)

    async def set_video_source(self, bridge_id: str, channel_id: str) -> None:
        """POST /bridges/{bridgeId}/videoSource/{channelId}."""
        await self.send("POST", "bridges", bridge_id, "videoSource", channel_id)

    async def clear_video_source(self, bridge_id: str) -> None:
        """DELETE /bridges/{bridgeId}/videoSource."""
        await self.send("DELETE", "bridges", bridge_id, "videoSource")

    async def start_moh(self, bridge_id: str, *, moh_class: str | None = None) -> None:
        """POST /bridges/{bridgeId}/moh."""
        query: Query = {"mohClass": moh_class}
        await self.send("POST", "bridges", bridge_id, "moh", query=query)

    async def stop_moh(self, bridge_id: str) -> None:
        """DELETE /bridges/{bridgeId}/moh."""
        await self.send("DELETE", "bridges", bridge_id, "moh")

    async def play(
        self,
        bridge_id: str,
        *,
        media: str | Sequence[str],
        announcer_format: str | None = None,
        lang: str | None = None,
        offsetms: int | None = None,
        skipms: int | None = None,
        playback_id: str | None = None,
    ) -> resources.Playback:
        """POST /bridges/{bridgeId}/play."""
        query: Query = {
            "media": media,
            "announcer_format": announcer_format,
            "lang": lang,
            "offsetms": offsetms,
            "skipms": skipms,
            "playbackId": playback_id,
        }
        answer = await self.send("POST", "bridges", bridge_id, "play", query=query)
        return read(answer, resources.Playback)

    async def play_with_id(
        self,
        bridge_id: str,
        playback_id: str,
        *,
        media: str | Sequence[str],
        announcer_format: str | None = None,
        lang: str | None = None,
        offsetms: int | None = None,
        skipms: int | None = None,
    ) -> resources.Playback:
        """POST /bridges/{bridgeId}/play/{playbackId}."""
        query: Query = {
            "media": media,
            "announcer_format": announcer_format,
            "lang": lang,
            "offsetms": offsetms,
            "skipms": skipms,
        }
        answer = await self.send("POST", "bridges", bridge_id, "play", playback_id, query=query)
        return read(answer, resources.Playback)

    async def record(
        self,
        bridge_id: str,
        *,
        name: str,
        format: str,
        recorder_format: str | None = None,
        max_duration_seconds: int | None = None,
        max_silence_seconds: int | None = None,
        if_exists: Literal["fail", "overwrite", "append"] | None = None,
        beep: bool | None = None,
        terminate_on: Literal["none", "any", "*", "#"] | None = None,
    ) -> resources.LiveRecording:
        """POST /bridges/{bridgeId}/record."""
        query: Query = {
            "name": name,
            "format": format,
            "recorder_format": recorder_format,
            "maxDurationSeconds": max_duration_seconds,
            "maxSilenceSeconds": max_silence_seconds,
            "ifExists": if_exists,
            "beep": beep,
            "terminateOn": terminate_on,
        }
        answer = await self.send("POST", "bridges", bridge_id, "record", query=query)
        return read(answer, resources.LiveRecording)


class Channels(OperationRequests):
    """`ari.api.channels`: the operations of /channels."""

    async def list(self) -> tuple[resources.Channel, ...]:
        """GET /channels."""
        answer = await self.send("GET", "channels")
        return read(answer, tuple[resources.Channel, ...])

    async def originate(
        self,
        *,
        endpoint: str,
        extension: str | None = None,
        context: str | None = None,
        priority: int | None = None,
        label: str | None = None,
        app: str | None = None,
        app_args: str | None = None,
        caller_id: str | None = None,
        timeout: int | None = None,
        variables: Variables | None = None,
        channel_id: str | None = None,
        other_channel_id: str | None = None,
        originator: str | None = None,
        formats: str | None = None,
    ) -> resources.Channel:
        """POST /channels."""
        query: Query = {
            "endpoint": endpoint,
            "extension": extension,
            "context": context,
            "priority": priority,
            "label": label,
            "app": app,
            "appArgs": app_args,
            "callerId": caller_id,
            "timeout": timeout,
            "channelId": channel_id,
            "otherChannelId": other_channel_id,
            "originator": originator,
            "formats": formats,
        }
        json_body = None if variables is None else {"variables": variables}
        answer = await self.send("POST", "channels", query=query, body=json_body)
        return read(answer, resources.Channel)

    async def create(
        self,
        *,
        endpoint: str,
        app: str,
        app_args: str | None = None,
        channel_id: str | None = None,
        other_channel_id: str | None = None,
        originator: str | None = None,
        formats: str | None = None,
        variables: Variables | None = None,
    ) -> resources.Channel:
        """POST /channels/create."""
        query: Query = {
            "endpoint": endpoint,
            "app": app,
            "appArgs": app_args,
            "channelId": channel_id,
            "otherChannelId": other_channel_id,
            "originator": originator,
            "formats": formats,
        }
        json_body = None if variables is None else {"variables": variables}
        answer = await self.send("POST", "channels", "create", query=query, body=json_body)
        return read(answer, resources.Channel)

    async def get(self, channel_id: str) -> resources.Channel:
        """GET /channels/{channelId}."""
        answer = await self.send("GET", "channels", channel_id)
        return read(answer, resources.Channel)

    async def originate_with_id(
        self,
        channel_id: str,
        *,
        endpoint: str,
        extension: str | None = None,
        context: str | None = None,
        priority: int | None = None,
        label: str | None = None,
        app: str | None = None,
        app_args: str | None = None,
        caller_id: str | None = None,
        timeout: int | None = None,
        variables: Variables | None = None,
        other_channel_id: str | None = None,
        originator: str | None = None,
        formats: str | None = None,
    ) -> resources.Channel:
        """POST /channels/{channelId}."""
        query: Query = {
            "endpoint": endpoint,
            "extension": extension,
            "context": context,
            "priority": priority,
            "label": label,
            "app": app,
            "appArgs": app_args,
            "callerId": caller_id,
            "timeout": timeout,
            "otherChannelId": other_channel_id,
            "originator": originator,
            "formats": formats,
        }
        json_body = None if variables is None else {"variables": variables}
        answer = await self.send("POST", "channels", channel_id, query=query, body=json_body)
        return read(answer, resources.Channel)

    async def hangup(self, channel_id: str, *, reason_code: str | None = None, reason: Reason | None = None) -> None:
        """DELETE /channels/{channelId}."""
        query: Query = {"reason_code": reason_code, "reason": reason}
        await self.send("DELETE", "channels", channel_id, query=query)

    async def continue_in_dialplan(
        self,
        channel_id: str,
        *,
        context: str | None = None,
        extension: str | None = None,
        priority: int | None = None,
        label: str | None = None,
    ) -> None:
        """POST /channels/{channelId}/continue."""
        query: Query = {"context": context, "extension": extension, "priority": priority, "label": label}
        await self.send("POST", "channels", channel_id, "continue", query=query)

    async def move(self, channel_id: str, *, app: str, app_args: str | None = None) -> None:
        """POST /channels/{channelId}/move."""
        query: Query = {"app": app, "appArgs": app_args}
        await self.send("POST", "channels", channel_id, "move", query=query)

    async def redirect(self, channel_id: str, *, endpoint: str) -> None:
        """POST /channels/{channelId}/redirect."""
        query: Query = {"endpoint": endpoint}
        await self.send("POST", "channels", channel_id, "redirect", query=query)

    async def answer(self, channel_id: str) -> None:
        """POST /channels/{channelId}/answer."""
        await self.send("POST", "channels", channel_id, "answer")

    async def ring(self, channel_id: str) -> None:
        """POST /channels/{channelId}/ring."""
        await self.send("POST", "channels", channel_id, "ring")

    async def ring_stop(self, channel_id: str) -> None:
        """DELETE /channels/{channelId}/ring."""
        await self.send("DELETE", "channels", channel_id, "ring")

    async def progress(self, channel_id: str) -> None:
        """POST /channels/{channelId}/progress."""
        await self.send("POST", "channels", channel_id, "progress")

    async def send_dtmf(
        self,
        channel_id: str,
        *,
        dtmf: str | None = None,
        before: int | None = None,
        between: int | None = None,
        duration: int | None = None,
        after: int | None = None,
    ) -> None:
        """POST /channels/{channelId}/dtmf."""
        query: Query = {"dtmf": dtmf, "before": before, "between": between, "duration": duration, "after": after}
        await self.send("POST", "channels", channel_id, "dtmf", query=query)

    async def mute(self, channel_id: str, *, direction: Literal["both", "in", "out"] = "both") -> None:
        """POST /channels/{channelId}/mute."""
        query: Query = {"direction": direction}
        await self.send("POST", "channels", channel_id, "mute", query=query)

    async def unmute(self, channel_id: str, *, direction: Literal["both", "in", "out"] = "both") -> None:
        """DELETE /channels/{channelId}/mute."""
        query: Query = {"direction": direction}
        await self.send("DELETE", "channels", channel_id, "mute", query=query)

    async def hold(self, channel_id: str) -> None:
        """POST /channels/{channelId}/hold."""
        await self.send("POST", "channels", channel_id, "hold")

    async def unhold(self, channel_id: str) -> None:
        """DELETE /channels/{channelId}/hold."""
        await self.send("DELETE", "channels", channel_id, "hold")

    async def start_moh(self, channel_id: str, *, moh_class: str | None = None) -> None:
        """POST /channels/{channelId}/moh."""
        query: Query = {"mohClass": moh_class}
        await self.send("POST", "channels", channel_id, "moh", query=query)

    async def stop_moh(self, channel_id: str) -> None:
        """DELETE /channels/{channelId}/moh."""
        await self.send("DELETE", "channels", channel_id, "moh")

    async def start_silence(self, channel_id: str) -> None:
        """POST /channels/{channelId}/silence."""
        await self.send("POST", "channels", channel_id, "silence")

    async def stop_silence(self, channel_id: str) -> None:
        """DELETE /channels/{channelId}/silence."""
        await self.send("DELETE", "channels", channel_id, "silence")

    async def play(
        self,
        channel_id: str,
        *,
        media: str | Sequence[str],
        lang: str | None = None,
        offsetms: int | None = None,
        skipms: int | None = None,
        playback_id: str | None = None,
    ) -> resources.Playback:
        """POST /channels/{channelId}/play."""
        query: Query = {"media": media, "lang": lang, "offsetms": offsetms, "skipms": skipms, "playbackId": playback_id}
        answer = await self.send("POST", "channels", channel_id, "play", query=query)
        return read(answer, resources.Playback)

    async def play_with_id(
        self,
        channel_id: str,
        playback_id: str,
        *,
        media: str | Sequence[str],
        lang: str | None = None,
        offsetms: int | None = None,
        skipms: int | None = None,
    ) -> resources.Playback:
        """POST /channels/{channelId}/play/{playbackId}."""
        query: Query = {"media": media, "lang": lang, "offsetms": offsetms, "skipms": skipms}
        answer = await self.send("POST", "channels", channel_id, "play", playback_id, query=query)
        return read(answer, resources.Playback)

    async def record(
        self,
        channel_id: str,
        *,
        name: str,
        format: str,
        max_duration_seconds: int | None = None,
        max_silence_seconds: int | None = None,
        if_exists: Literal["fail", "overwrite", "append"] | None = None,
        beep: bool | None = None,
        terminate_on: Literal["none", "any", "*", "#"] | None = None,
    ) -> resources.LiveRecording:
        """POST /channels/{channelId}/record."""
        query: Query = {
            "name": name,
            "format": format,
            "maxDurationSeconds": max_duration_seconds,
            "maxSilenceSeconds": max_silence_seconds,
            "ifExists": if_exists,
            "beep": beep,
            "terminateOn": terminate_on,
        }
        answer = await self.send("POST", "channels", channel_id, "record", query=query)
        return read(answer, resources.LiveRecording)

    async def get_channel_var(self, channel_id: str, *, variable: str) -> resources.Variable:
        """GET /channels/{channelId}/variable."""
        query: Query = {"variable": variable}
        answer = await self.send("GET", "channels", channel_id, "variable", query=query)
        return read(answer, resources.Variable)

    async def set_channel_var(
        self,
        channel_id: str,
        *,
        variable: str,
        value: str | None = None,
        report_events: bool | None = None,
    ) -> None:
        """POST /channels/{channelId}/variable."""
        if report_events is not None:
            self.require({20: 20, 22: 10, 23: 4}, "report_events of ari.api.channels.set_channel_var")
        query: Query = {"variable": variable, "value": value, "report_events": report_events}
        await self.send("POST", "channels", channel_id, "variable", query=query)

    async def get_channel_vars(self, channel_id: str, *, variables: str | Sequence[str]) -> resources.Variables:
        """GET /channels/{channelId}/variables. Since Asterisk 20.20, 22.10 and 23.4."""
        self.require({20: 20, 22: 10, 23: 4}, "ari.api.channels.get_channel_vars")
        query: Query = {"variables": variables}
        answer = await self.send("GET", "channels", channel_id, "variables", query=query)
        return read(answer, resources.Variables)

    async def set_channel_vars(self, channel_id: str, *, variables: Variables) -> None:
        """POST /channels/{channelId}/variables. Since Asterisk 20.20, 22.10 and 23.4."""
        self.require({20: 20, 22: 10, 23: 4}, "ari.api.channels.set_channel_vars")
        json_body = {"variables": variables}
        await self.send("POST", "channels", channel_id, "variables", body=json_body)

    async def snoop_channel(
        self,
        channel_id: str,
        *,
        app: str,
        spy: Literal["none", "both", "out", "in"] | None = None,
        whisper: Literal["none", "both", "out", "in"] | None = None,
        app_args: str | None = None,
        snoop_id: str | None = None,
    ) -> resources.Channel:
        """POST /channels/{channelId}/snoop."""
        query: Query = {"spy": spy, "whisper": whisper, "app": app, "appArgs": app_args, "snoopId": snoop_id}
        answer = await self.send("POST", "channels", channel_id, "snoop", query=query)
        return read(answer, resources.Channel)

    async def snoop_channel_with_id(
        self,
        channel_id: str,
        snoop_id: str,
        *,
        app: str,
        spy: Literal["none", "both", "out", "in"] | None = None,
        whisper: Literal["none", "both", "out", "in"] | None = None,
        app_args: str | None = None,
    ) -> resources.Channel:
        """POST /channels/{channelId}/snoop/{snoopId}."""
        query: Query = {"spy": spy, "whisper": whisper, "app": app, "appArgs": app_args}
        answer = await self.send("POST", "channels", channel_id, "snoop", snoop_id, query=query)
        return read(answer, resources.Channel)

    async def dial(self, channel_id: str, *, caller: str | None = None, timeout: int | None = None) -> None:
        """POST /channels/{channelId}/dial."""
        query: Query = {"caller": caller, "timeout": timeout}
        await self.send("POST", "channels", channel_id, "dial", query=query)

    async def rtpstatistics(self, channel_id: str) -> resources.RTPstat:
        """GET /channels/{channelId}/rtp_statistics."""
        answer = await self.send("GET", "channels", channel_id, "rtp_statistics")
        return read(answer, resources.RTPstat)

    async def external_media(
        self,
        *,
        app: str,
        format: str,
        channel_id: str | None = None,
        variables: Variables | None = None,
        external_host: str | None = None,
        encapsulation: Literal["rtp", "audiosocket", "none"] | None = None,
        transport: Literal["udp", "tcp", "websocket"] | None = None,
        connection_type: Literal["client", "server"] | None = None,
        direction: Literal["both"] | None = None,
        data: str | None = None,
        transport_data: str | None = None,
    ) -> resources.Channel:
        """POST /channels/externalMedia."""
        query: Query = {
            "channelId": channel_id,
            "app": app,
            "external_host": external_host,
            "encapsulation": encapsulation,
            "transport": transport,
            "connection_type": connection_type,
            "format": format,
            "direction": direction,
            "data": data,
            "transport_data": transport_data,
        }
        json_body = None if variables is None else {"variables": variables}
        answer = await self.send("POST", "channels", "externalMedia", query=query, body=json_body)
        return read(answer, resources.Channel)

    async def transfer_progress(self, channel_id: str, *, states: str) -> None:
        """POST /channels/{channelId}/transfer_progress."""
        query: Query = {"states": states}
        await self.send("POST", "channels", channel_id, "transfer_progress", query=query)


class DeviceStates(OperationRequests):
    """`ari.api.device_states`: the operations of /deviceStates."""

    async def list(self) -> tuple[resources.DeviceState, ...]:
        """GET /deviceStates."""
        answer = await self.send("GET", "deviceStates")
        return read(answer, tuple[resources.DeviceState, ...])

    async def get(self, device_name: str) -> resources.DeviceState:
        """GET /deviceStates/{deviceName}."""
        answer = await self.send("GET", "deviceStates", device_name)
        return read(answer, resources.DeviceState)

    async def update(self, device_name: str, *, device_state: DeviceState) -> None:
        """PUT /deviceStates/{deviceName}."""
        query: Query = {"deviceState": device_state}
        await self.send("PUT", "deviceStates", device_name, query=query)

    async def delete(self, device_name: str) -> None:
        """DELETE /deviceStates/{deviceName}."""
        await self.send("DELETE", "deviceStates", device_name)


class Endpoints(OperationRequests):
    """`ari.api.endpoints`: the operations of /endpoints."""

    async def list(self) -> tuple[resources.Endpoint, ...]:
        """GET /endpoints."""
        answer = await self.send("GET", "endpoints")
        return read(answer, tuple[resources.Endpoint, ...])

    async def send_message(
        self,
        *,
        to: str,
        from_: str,
        body: str | None = None,
        variables: Variables | None = None,
    ) -> None:
        """PUT /endpoints/sendMessage."""
        query: Query = {"to": to, "from": from_, "body": body}
        json_body = None if variables is None else {"variables": variables}
        await self.send("PUT", "endpoints", "sendMessage", query=query, body=json_body)

    async def refer(
        self,
        *,
        to: str,
        from_: str,
        refer_to: str,
        to_self: bool | None = None,
        variables: Variables | None = None,
    ) -> None:
        """POST /endpoints/refer."""
        query: Query = {"to": to, "from": from_, "refer_to": refer_to, "to_self": to_self}
        json_body = None if variables is None else {"variables": variables}
        await self.send("POST", "endpoints", "refer", query=query, body=json_body)

    async def list_by_tech(self, tech: str) -> tuple[resources.Endpoint, ...]:
        """GET /endpoints/{tech}."""
        answer = await self.send("GET", "endpoints", tech)
        return read(answer, tuple[resources.Endpoint, ...])

    async def get(self, tech: str, resource: str) -> resources.Endpoint:
        """GET /endpoints/{tech}/{resource}."""
        answer = await self.send("GET", "endpoints", tech, resource)
        return read(answer, resources.Endpoint)

    async def send_message_to_endpoint(
        self,
        tech: str,
        resource: str,
        *,
        from_: str,
        body: str | None = None,
        variables: Variables | None = None,
    ) -> None:
        """PUT /endpoints/{tech}/{resource}/sendMessage."""
        query: Query = {"from": from_, "body": body}
        json_body = None if variables is None else {"variables": variables}
        await self.send("PUT", "endpoints", tech, resource, "sendMessage", query=query, body=json_body)

    async def refer_to_endpoint(
        self,
        tech: str,
        resource: str,
        *,
        from_: str,
        refer_to: str,
        to_self: bool | None = None,
        variables: Variables | None = None,
    ) -> None:
        """POST /endpoints/{tech}/{resource}/refer."""
        query: Query = {"from": from_, "refer_to": refer_to, "to_self": to_self}
        json_body = None if variables is None else {"variables": variables}
        await self.send("POST", "endpoints", tech, resource, "refer", query=query, body=json_body)


class Events(OperationRequests):
    """`ari.api.events`: the operations of /events."""

    async def user_event(
        self,
        event_name: str,
        *,
        application: str,
        source: str | Sequence[str] | None = None,
        variables: Variables | None = None,
    ) -> None:
        """POST /events/user/{eventName}."""
        query: Query = {"application": application, "source": source}
        json_body = None if variables is None else {"variables": variables}
        await self.send("POST", "events", "user", event_name, query=query, body=json_body)

    async def claim_channel(self, *, channel_id: str, application: str) -> None:
        """POST /events/claim. Since Asterisk 20.20, 22.10 and 23.4."""
        self.require({20: 20, 22: 10, 23: 4}, "ari.api.events.claim_channel")
        query: Query = {"channelId": channel_id, "application": application}
        await self.send("POST", "events", "claim", query=query)


class Mailboxes(OperationRequests):
    """`ari.api.mailboxes`: the operations of /mailboxes."""

    async def list(self) -> tuple[resources.Mailbox, ...]:
        """GET /mailboxes."""
        answer = await self.send("GET", "mailboxes")
        return read(answer, tuple[resources.Mailbox, ...])

    async def get(self, mailbox_name: str) -> resources.Mailbox:
        """GET /mailboxes/{mailboxName}."""
        answer = await self.send("GET", "mailboxes", mailbox_name)
        return read(answer, resources.Mailbox)

    async def update(self, mailbox_name: str, *, old_messages: int, new_messages: int) -> None:
        """PUT /mailboxes/{mailboxName}."""
        query: Query = {"oldMessages": old_messages, "newMessages": new_messages}
        await self.send("PUT", "mailboxes", mailbox_name, query=query)

    async def delete(self, mailbox_name: str) -> None:
        """DELETE /mailboxes/{mailboxName}."""
        await self.send("DELETE", "mailboxes", mailbox_name)


class Playbacks(OperationRequests):
    """`ari.api.playbacks`: the operations of /playbacks."""

    async def get(self, playback_id: str) -> resources.Playback:
        """GET /playbacks/{playbackId}."""
        answer = await self.send("GET", "playbacks", playback_id)
        return read(answer, resources.Playback)

    async def stop(self, playback_id: str) -> None:
        """DELETE /playbacks/{playbackId}."""
        await self.send("DELETE", "playbacks", playback_id)

    async def control(
        self,
        playback_id: str,
        *,
        operation: Literal["restart", "pause", "unpause", "reverse", "forward"],
    ) -> None:
        """POST /playbacks/{playbackId}/control."""
        query: Query = {"operation": operation}
        await self.send("POST", "playbacks", playback_id, "control", query=query)


class Recordings(OperationRequests):
    """`ari.api.recordings`: the operations of /recordings."""

    async def list_stored(self) -> tuple[resources.StoredRecording, ...]:
        """GET /recordings/stored."""
        answer = await self.send("GET", "recordings", "stored")
        return read(answer, tuple[resources.StoredRecording, ...])

    async def get_stored(self, recording_name: str) -> resources.StoredRecording:
        """GET /recordings/stored/{recordingName}."""
        answer = await self.send("GET", "recordings", "stored", recording_name)
        return read(answer, resources.StoredRecording)

    async def delete_stored(self, recording_name: str) -> None:
        """DELETE /recordings/stored/{recordingName}."""
        await self.send("DELETE", "recordings", "stored", recording_name)

    async def get_stored_file(self, recording_name: str) -> bytes:
        """GET /recordings/stored/{recordingName}/file."""
        return await self.send("GET", "recordings", "stored", recording_name, "file")

    async def copy_stored(self, recording_name: str, *, destination_recording_name: str) -> resources.StoredRecording:
        """POST /recordings/stored/{recordingName}/copy."""
        query: Query = {"destinationRecordingName": destination_recording_name}
        answer = await self.send("POST", "recordings", "stored", recording_name, "copy", query=query)
        return read(answer, resources.StoredRecording)

    async def get_live(self, recording_name: str) -> resources.LiveRecording:
        """GET /recordings/live/{recordingName}."""
        answer = await self.send("GET", "recordings", "live", recording_name)
        return read(answer, resources.LiveRecording)

    async def cancel(self, recording_name: str) -> None:
        """DELETE /recordings/live/{recordingName}."""
        await self.send("DELETE", "recordings", "live", recording_name)

    async def stop(self, recording_name: str) -> None:
        """POST /recordings/live/{recordingName}/stop."""
        await self.send("POST", "recordings", "live", recording_name, "stop")

    async def pause(self, recording_name: str) -> None:
        """POST /recordings/live/{recordingName}/pause."""
        await self.send("POST", "recordings", "live", recording_name, "pause")

    async def unpause(self, recording_name: str) -> None:
        """DELETE /recordings/live/{recordingName}/pause."""
        await self.send("DELETE", "recordings", "live", recording_name, "pause")

    async def mute(self, recording_name: str) -> None:
        """POST /recordings/live/{recordingName}/mute."""
        await self.send("POST", "recordings", "live", recording_name, "mute")

    async def unmute(self, recording_name: str) -> None:
        """DELETE /recordings/live/{recordingName}/mute."""
        await self.send("DELETE", "recordings", "live", recording_name, "mute")


class Sounds(OperationRequests):
    """`ari.api.sounds`: the operations of /sounds."""

    async def list(self, *, lang: str | None = None, format: str | None = None) -> tuple[resources.Sound, ...]:
        """GET /sounds."""
        query: Query = {"lang": lang, "format": format}
        answer = await self.send("GET", "sounds", query=query)
        return read(answer, tuple[resources.Sound, ...])

    async def get(self, sound_id: str) -> resources.Sound:
        """GET /sounds/{soundId}."""
        answer = await self.send("GET", "sounds", sound_id)
        return read(answer, resources.Sound)


class Api:
    """Every operation of ARI, by its resource, such as `ari.api.channels.mute(channel.id)`."""

    def __init__(self, ari: "Ari") -> None:
        self.applications = Applications(ari)
        self.asterisk = Asterisk(ari)
        self.bridges = Bridges(ari)
        self.channels = Channels(ari)
        self.device_states = DeviceStates(ari)
        self.endpoints = Endpoints(ari)
        self.events = Events(ari)
        self.mailboxes = Mailboxes(ari)
        self.playbacks = Playbacks(ari)
        self.recordings = Recordings(ari)
        self.sounds = Sounds(ari)
