"""The modules, logs, variables and configuration of an Asterisk that exists only in a test."""

from typing import TYPE_CHECKING, Any

from warmline.ari import resources
from warmline.ari.testing.simulated_operations import Request, build_refusal, operation

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk

VERSION = "22.10.1"  # of the Asterisk that the test world plays
START_TIME = "2026-01-01T00:00:00.000+0000"
ENTITY_ID = "00:00:00:00:00:01"
INFO_PARTS = {
    "build": resources.BuildInfo(os="Linux", machine="x86_64"),
    "system": resources.SystemInfo(version=VERSION, entity_id=ENTITY_ID),
    "config": resources.ConfigInfo(default_language="en", setid=resources.SetId()),
    "status": resources.StatusInfo(startup_time=START_TIME, last_reload_time=START_TIME),
}
MODULES = {
    "app_dial.so": "Dialing Application",
    "app_playback.so": "Sound File Playback Application",
    "app_stasis.so": "Stasis dialplan application",
    "chan_pjsip.so": "PJSIP Channel Driver",
    "res_musiconhold.so": "Music On Hold Resource",
    "res_pjsip.so": "Basic SIP resource",
    "res_stasis.so": "Stasis application support",
}


@operation("asterisk.getInfo", "GET", "asterisk/info")
def get_info(_asterisk: "SimulatedAsterisk", request: Request) -> resources.AsteriskInfo:
    """Return the version and other things of this Asterisk."""
    only = request.texts("only")
    parts: dict[str, Any] = {name: part for name, part in INFO_PARTS.items() if not only or name in only}
    return resources.AsteriskInfo(**parts)


@operation("asterisk.ping", "GET", "asterisk/ping")
def ping(_asterisk: "SimulatedAsterisk", _request: Request) -> resources.AsteriskPing:
    """Answer."""
    return resources.AsteriskPing(asterisk_id=ENTITY_ID, ping="pong", timestamp=START_TIME)


@operation("asterisk.listModules", "GET", "asterisk/modules")
def list_modules(asterisk: "SimulatedAsterisk", _request: Request) -> list[resources.Module]:
    """Return the modules."""
    return [_to_module(name) for name in MODULES if name not in asterisk.unloaded_modules]


@operation("asterisk.getModule", "GET", "asterisk/modules/{moduleName}")
def get_module(asterisk: "SimulatedAsterisk", request: Request) -> resources.Module:
    """Return a module."""
    name = request.names["moduleName"]
    if not _is_loaded(asterisk, name):
        raise build_refusal(404, "Module could not be found in running modules")
    return _to_module(name)


@operation("asterisk.loadModule", "POST", "asterisk/modules/{moduleName}")
def load_module(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Load a module that was unloaded."""
    name = request.names["moduleName"]
    if _is_loaded(asterisk, name):
        raise build_refusal(409, "Module is already loaded")
    if name not in MODULES:
        raise build_refusal(409, "Module load declined")
    asterisk.unloaded_modules.discard(name)


@operation("asterisk.unloadModule", "DELETE", "asterisk/modules/{moduleName}")
def unload_module(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Unload a module."""
    asterisk.unloaded_modules.add(_find_module(asterisk, request))


@operation("asterisk.reloadModule", "PUT", "asterisk/modules/{moduleName}")
def reload_module(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Let a module read its settings again."""
    _find_module(asterisk, request)


@operation("asterisk.listLogChannels", "GET", "asterisk/logging")
def list_logs(asterisk: "SimulatedAsterisk", _request: Request) -> list[resources.LogChannel]:
    """Return the log files."""
    return [
        resources.LogChannel(channel=name, type="File", status="Enabled", configuration=levels)
        for name, levels in asterisk.log_channels.items()
    ]


@operation("asterisk.addLog", "POST", "asterisk/logging/{logChannelName}")
def add_log(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Add a log file."""
    name, levels = request.names["logChannelName"], request.required("configuration")
    if name in asterisk.log_channels:
        raise build_refusal(409, "Log channel already exists")
    asterisk.log_channels[name] = levels.upper().replace(",", " ")


@operation("asterisk.deleteLog", "DELETE", "asterisk/logging/{logChannelName}")
def delete_log(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Remove a log file."""
    del asterisk.log_channels[_find_log(asterisk, request)]


@operation("asterisk.rotateLog", "PUT", "asterisk/logging/{logChannelName}/rotate")
def rotate_log(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Begin a new log file."""
    _find_log(asterisk, request)


@operation("asterisk.getGlobalVar", "GET", "asterisk/variable")
def get_global_variable(asterisk: "SimulatedAsterisk", request: Request) -> resources.Variable:
    """Return a global variable; one that was not set is empty."""
    return resources.Variable(
        value=asterisk.variables.get(request.required("variable", "Variable name is required"), "")
    )


@operation("asterisk.setGlobalVar", "POST", "asterisk/variable")
def set_global_variable(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Set a global variable."""
    asterisk.variables[request.required("variable", "Variable name is required")] = request.text("value")


@operation("asterisk.getObject", "GET", "asterisk/config/dynamic/{configClass}/{objectType}/{id}")
def get_object(asterisk: "SimulatedAsterisk", request: Request) -> list[resources.ConfigTuple]:
    """Return an object of the configuration, which a script has made."""
    return _to_tuples(asterisk.configuration[_find_object(asterisk, request)])


@operation("asterisk.updateObject", "PUT", "asterisk/config/dynamic/{configClass}/{objectType}/{id}")
def update_object(asterisk: "SimulatedAsterisk", request: Request) -> list[resources.ConfigTuple]:
    """Make or change an object of the configuration."""
    fields = asterisk.configuration.setdefault(_get_object_key(request), {})
    fields.update({field["attribute"]: field["value"] for field in request.parameters.get("fields") or ()})
    return _to_tuples(fields)


@operation("asterisk.deleteObject", "DELETE", "asterisk/config/dynamic/{configClass}/{objectType}/{id}")
def delete_object(asterisk: "SimulatedAsterisk", request: Request) -> None:
    """Delete an object of the configuration."""
    del asterisk.configuration[_find_object(asterisk, request)]


def _is_loaded(asterisk: "SimulatedAsterisk", name: str) -> bool:
    return name in MODULES and name not in asterisk.unloaded_modules


def _find_module(asterisk: "SimulatedAsterisk", request: Request) -> str:
    name = request.names["moduleName"]
    if not _is_loaded(asterisk, name):
        raise build_refusal(404, "Module not found in running modules")
    return name


def _to_module(name: str) -> resources.Module:
    return resources.Module(name=name, description=MODULES[name], status="Running", support_level="core")


def _find_log(asterisk: "SimulatedAsterisk", request: Request) -> str:
    name = request.names["logChannelName"]
    if name not in asterisk.log_channels:
        raise build_refusal(404, "Log channel does not exist")
    return name


def _get_object_key(request: Request) -> tuple[str, str, str]:
    return request.names["configClass"], request.names["objectType"], request.names["id"]


def _find_object(asterisk: "SimulatedAsterisk", request: Request) -> tuple[str, str, str]:
    key = _get_object_key(request)
    if key not in asterisk.configuration:
        raise build_refusal(404, f"Object with id '{key[2]}' not found")
    return key


def _to_tuples(fields: dict[str, str]) -> list[resources.ConfigTuple]:
    return [resources.ConfigTuple(attribute=name, value=value) for name, value in fields.items()]
