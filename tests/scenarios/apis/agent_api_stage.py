"""The preconditions of the agent API's examples on a lab: created by phones, the API and the command line."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.internals.scenarios import AGENTDIRECT, Kind, State
from tests.scenarios.given import all_talk, in_customer_gone, in_talking, in_three_way
from tools.simulation.call_centre.command_line import warmline
from tools.simulation.call_centre.far_ends import answers, rings
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

CONFIGURATION = (
    f"agent set 1000 ingroups=SALESLINE,{AGENTDIRECT} custom_three=CRM1000",
    f"agent set 1001 ingroups=SALESLINE,{AGENTDIRECT}",
    "group-alias create GOODALIAS caller_id_number=7275551212",
    "group-alias create BADALIAS caller_id_number=3",
    "did create 8005550103 route=agent:1001",
    "api-user create 7001 pass=1234 api_access=N",
)
SUPPORT_DID, DID_1000, DID_1001 = "8005550101", "8005550102", "8005550103"
DIALLED = "4930777009"  # the number of a customer whom an agent dials


NOBODY = Party("nobody")


@dataclass
class Scene:
    """A precondition with its parties; parties that it does not need are missing."""

    world: RealWorld
    agent: Party = NOBODY
    other: Party = NOBODY
    customer: Party = NOBODY
    third: Party = NOBODY
    logged_in_anew: bool = False


Setup = Callable[[Scene], Awaitable[None]]


class Stage:
    """The lab of all examples. A precondition stays until an example needs another one or has changed it."""

    def __init__(self, site: LabSite) -> None:
        self.site = site
        self._scene: Scene | None = None
        self._holds = ("", "")
        self._mode = ""

    async def open(self) -> None:
        """Start the lab, configured for the examples."""
        await self.site.open()
        for words in CONFIGURATION:
            await warmline(self.site.folder, *words.split())
        await RealWorld(self.site).in_force()

    async def close(self) -> None:
        """Hang up all parties, and stop the lab."""
        try:
            await self._clear()
        finally:
            await self.site.close()

    async def bring_about(self, setup: str, mode: str) -> Scene:
        """Create the precondition of that name, with this api_impossible."""
        if self._scene and self._holds == (setup, mode):
            return self._scene
        await self._clear()
        scene = Scene(RealWorld(self.site))
        self._scene = scene
        if mode != self._mode:
            await warmline(self.site.folder, "setting", "set", f"api_impossible={mode}")
            await scene.world.in_force()
            self._mode = mode
        await SETUPS[setup](scene)
        self._holds = setup, mode
        return scene

    def spoiled(self) -> None:
        """Note that something will change; the next example gets a new scene."""
        self._holds = ("", "")

    def unharmed(self, setup: str, mode: str) -> None:
        """Note that nothing has changed."""
        self._holds = setup, mode

    async def _clear(self) -> None:
        scene, self._scene = self._scene, None
        if scene:
            await scene.world.unconfigure()  # this API user may not be allowed to give a disposition
            await scene.world.close()
            if scene.logged_in_anew:
                await _log_out(scene.world)


async def _nobody(scene: Scene) -> None:
    await _log_out(scene.world)
    scene.other = await scene.world.agent("1001")


async def _log_out(world: RealWorld) -> None:
    agent = Party("1000")
    if await world.agent_state(agent):
        assert (await world.api(function="logout", agent_user="1000", value="LOGOUT")).startswith("SUCCESS")
        await world.until(lambda: _is_out(world, agent), "agent 1000 is to be logged out")


async def _is_out(world: RealWorld, agent: Party) -> bool | None:
    return await world.agent_state(agent) is None or None


async def _ready(scene: Scene) -> None:
    scene.agent = await scene.world.agent("1000")
    scene.other = await scene.world.agent("1001")


async def _paused(scene: Scene) -> None:
    await _ready(scene)
    assert await scene.world.ask(Kind.PAUSE, scene.agent) == ""


async def _ringing(scene: Scene) -> None:
    await _log_in_anew(scene, phone_mode="on_hook")
    scene.world.far_end("1000", rings())
    scene.customer = await scene.world.customer()
    await scene.world.phone_rings(scene.agent)
    assert await scene.world.agent_state(scene.agent) == "QUEUE"
    scene.other = await scene.world.agent("1001")


async def _log_in_anew(scene: Scene, **options: str) -> None:
    """A session reads these options of its agent at login, and keeps them."""
    scene.logged_in_anew = True
    await _log_out(scene.world)
    await scene.world.configure("agent", "1000", **options)
    scene.agent = await scene.world.agent("1000")


async def _in_call(scene: Scene) -> None:
    scene.agent, scene.customer = await in_talking(scene.world)
    scene.other = await scene.world.agent("1001")


async def _in_call_out(scene: Scene) -> None:
    await _paused(scene)
    scene.world.far_end(DIALLED, answers())
    assert await scene.world.ask(Kind.DIAL, scene.agent, DIALLED) == ""
    scene.customer = await scene.world.third(DIALLED)
    await scene.world.call_is(scene.customer, State.TALKING)


async def _in_support_call(scene: Scene) -> None:
    await _log_in_anew(scene, ingroups="SUPPORTLINE")
    scene.customer = await scene.world.customer(SUPPORT_DID)
    await scene.world.call_is(scene.customer, State.TALKING)
    scene.other = await scene.world.agent("1001")


async def _with_third(scene: Scene) -> None:
    scene.agent, scene.customer, scene.third = await in_three_way(scene.world)
    scene.other = await scene.world.agent("1001")


async def _parked(scene: Scene) -> None:
    await _in_call(scene)
    assert await scene.world.ask(Kind.PARK_CUSTOMER, scene.agent) == ""


async def _recorded(scene: Scene) -> None:
    await _in_call(scene)
    assert (await scene.world.api(function="recording", agent_user="1000", value="START")).startswith("SUCCESS")
    await all_talk(scene.world, scene.agent, scene.customer)  # a stop before the first sound would leave no file


async def _with_fronter(scene: Scene) -> None:
    world = scene.world
    scene.other = await world.agent("1001")
    scene.customer = await world.customer()
    await world.call_is(scene.customer, State.TALKING)
    scene.agent = await world.agent("1000")
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, scene.other, "1000", ingroup=AGENTDIRECT) == ""
    await world.call_is(scene.customer, State.THREE_WAY)


async def _dead(scene: Scene) -> None:
    scene.agent, scene.customer, scene.third = await in_customer_gone(scene.world)
    scene.other = await scene.world.agent("1001")


async def _dispo(scene: Scene) -> None:
    await _in_call(scene)
    assert await scene.world.ask(Kind.HANGUP, scene.agent) == ""
    await scene.world.agent_is(scene.agent, "DISPO")


async def _two_wait(scene: Scene) -> None:
    await _paused(scene)
    assert await scene.world.ask(Kind.PAUSE, scene.other) == ""
    for did in ("8005550100", SUPPORT_DID, DID_1000, DID_1001):
        customer = await scene.world.customer(did)
        await scene.world.call_is(customer, State.WAITING)


def _in_call_with(kind: str, name: str, **options: str) -> Setup:
    """Change the configuration during a call."""

    async def bring_about(scene: Scene) -> None:
        await _in_call(scene)
        await scene.world.configure(kind, name, **options)

    return bring_about


SETUPS: dict[str, Setup] = {
    "none": _nobody,
    "agent_logged_out": _nobody,
    "agent_paused": _paused,
    "agent_ready": _ready,
    "agent_queue": _ringing,
    "agent_incall": _in_call,
    "agent_incall_outbound": _in_call_out,
    "agent_incall_default_none": _in_support_call,
    "agent_incall_third": _with_third,
    "agent_incall_parked": _parked,
    "agent_incall_recording": _recorded,
    "agent_incall_with_fronter": _with_fronter,
    "agent_dead": _dead,
    "agent_dispo": _dispo,
    "agent_paused_queue2": _two_wait,
    "user_without_permission": _in_call_with("api-user", "6666", functions="version,external_pause"),
    "api_disabled": _in_call_with("setting", "warmline", vdc_agent_api_active="0"),
    "inactive_user": _in_call_with("api-user", "6666", active="N"),
    "bad_password": _in_call,
    "user_without_api_access": _in_call,
}
