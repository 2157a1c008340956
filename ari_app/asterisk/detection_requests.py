"""The requests for machine detection: a channel that listens to a lead, and talk detection on an agent's phone."""

from ari_app.asterisk.ari_schemas import AriModule
from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.core.messages.dialler_messages import CreateDetector, DetectTalking
from warmline.system.asterisk_requirements import TALK_DETECT


async def listen(client: AriClient, wanted: CreateDetector) -> None:
    """Create a channel that hears only the lead. Raises AriError."""
    query = {"spy": "in", "app": client.app, "appArgs": f"amd,{wanted.call}"}
    await client.request("POST", "channels", wanted.leg, "snoop", wanted.detector, query=query, never_repeated=True)


async def detect_talking(client: AriClient, wanted: DetectTalking) -> None:
    """Start or stop talk detection. Raises AriError.

    Asterisk accepts the request without the module too, and would then report no voice, so the module is checked.
    """
    if wanted.on:
        module = json_errors.read(await client.request("GET", "asterisk", "modules", TALK_DETECT), AriModule)
        if module.status != "Running":
            raise AriError(503, "talk_detect_missing", "Asterisk does not run {module}", module=TALK_DETECT)
    value = {"variable": f"TALK_DETECT({'set' if wanted.on else 'remove'})", "value": ""}
    await client.request("POST", "channels", wanted.leg, "variable", query=value)
