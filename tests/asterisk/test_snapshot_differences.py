"""Asterisk's snapshot compared with the app's state: one case for each kind of difference."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from ari_app.asterisk.ari_schemas import AriCaller, AriChannel, AriDialplan
from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.asterisk.snapshot_differences import abandoned, differences, orphans
from ari_app.link.call_control import Orphans
from warmline.core.messages import events as e
from warmline.core.messages.events import Event
from warmline.core.model.call import AskedBridges, Call
from warmline.core.model.call_states import Direction, Origin, State
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.recording import Recording
from warmline.core.rules.recording_rules import Track
from warmline.core.world.world import World

NOW = 1_000_000
LEG = Leg(id="L", role=Role.CUSTOMER, owner="C", created=1, phase=Phase.UP, bridge="room-C")
ASKED = replace(LEG, role=Role.THIRD, originated=True, phase=Phase.ASKED, bridge=None)
CALL = Call(
    id="C",
    agc_id="Y1",
    direction=Direction.IN,
    origin=Origin.CALLER,
    state=State.TALKING,
    since=1,
    arrived=1,
    asked_bridges=AskedBridges(room=True),
)
FILE = Recording(id="R", call="C", kind=Track.CALL, reason="x", agent="1000", asked=1, started=2)


def world(*records: Call | Leg | Recording) -> World:
    made = World()
    for record in records:
        made.keep(record)
    return made


def channel(leg: str, state: str = "Up", app_data: str | None = "warmline,ingroup,SALES") -> AriChannel:
    dialplan = AriDialplan("800", "Wait", "60") if app_data is None else AriDialplan("800", "Stasis", app_data)
    return AriChannel(leg, state=state, caller=AriCaller("555"), dialplan=dialplan, channelvars={"WARMLINE_CALL": "C"})


def picture(
    *channels: AriChannel,
    bridges: Iterable[str] = ("room-C",),
    places: dict[str, str] | None = None,
    recordings: Iterable[str] = (),
) -> AsteriskSnapshot:
    there = {one.id: one for one in channels}
    return AsteriskSnapshot("warmline", NOW, there, frozenset(bridges), places or {}, frozenset(recordings))


LEAD = replace(LEG, originated=True, phase=Phase.ASKED, bridge=None)
IN_FLIGHT = replace(CALL, direction=Direction.OUT, origin=Origin.DIALLER, state=State.CALLING, customer="L")

TOLD = AriChannel(
    "L",
    state="Up",
    dialplan=AriDialplan("harbour", "Read", "KEY"),
    channelvars={"WARMLINE_ANSWERED": "1795570156650947", "WARMLINE_MESSAGE_AT": "1795570158619285"},
)
LEADS: list[tuple[str, Phase, AsteriskSnapshot, list[Event]]] = [
    ("asked for", Phase.ASKED, picture(channel("L", "Down", None)), []),
    ("begins to ring", Phase.ASKED, picture(channel("L", "Ringing", None)), [e.LegRinging("L")]),
    ("rings", Phase.RINGING, picture(channel("L", "Ringing", None)), []),
    ("has just answered", Phase.RINGING, picture(channel("L", "Up", None)), [e.LegAnswered("L")]),
    ("is on the way", Phase.UP, picture(channel("L", "Up", None)), []),
    (
        "hears the message",
        Phase.RINGING,
        picture(TOLD),
        [e.LegLeftStasis("L", harbour=True, answered=1795570156650947, message_at=1795570158619285)],
    ),
    (
        "answered the app",
        Phase.RINGING,
        picture(channel("L", "Up", "warmline,auto")),
        [e.LegArrived("L", ("auto",), "555", "800", "C", "", True)],
    ),
    ("gone", Phase.RINGING, picture(), [e.LegDestroyed("L", 0)]),
]


@pytest.mark.parametrize(("phase", "now", "wanted"), [one[1:] for one in LEADS], ids=[one[0] for one in LEADS])
def test_a_lead_in_flight_is_not_in_the_app(phase: Phase, now: AsteriskSnapshot, wanted: list[Event]) -> None:
    known = world(IN_FLIGHT, replace(LEAD, phase=phase))
    now = replace(now, bridges=frozenset({"room-C"}))
    assert differences(now, known) == [*wanted, e.Reconciled()]
    assert orphans(now, known).channels == ()


IN_ROOM = {"L": "room-C"}
ARRIVED = e.LegArrived("L", ("made",), "555", "800", "C", "", False)

LEGS: list[tuple[str, Leg, AsteriskSnapshot, list[Event]]] = [
    ("as we think", LEG, picture(channel("L"), places=IN_ROOM), []),
    ("gone", LEG, picture(), [e.LegDestroyed("L", 0)]),
    ("gone, and we knew", replace(LEG, phase=Phase.GONE), picture(), []),
    ("asked after the picture", replace(ASKED, created=NOW), picture(), []),
    ("asked before it and never made", ASKED, picture(), [e.LegDestroyed("L", 0)]),
    ("back in the dialplan", LEG, picture(channel("L", app_data=None)), [e.LegLeftStasis("L")]),
    ("in another application", LEG, picture(channel("L", app_data="other,x")), [e.LegLeftStasis("L")]),
    ("being made", ASKED, picture(channel("L", "Down", None)), []),
    ("made", ASKED, picture(channel("L", "Down", "warmline,made")), [ARRIVED]),
    ("rings", replace(ASKED, phase=Phase.DIALED), picture(channel("L", "Ringing")), [e.LegRinging("L")]),
    ("rang before", replace(ASKED, phase=Phase.PROGRESS), picture(channel("L", "Ringing")), []),
    ("answered", replace(ASKED, phase=Phase.RINGING), picture(channel("L")), [e.LegAnswered("L")]),
    (
        "taken back from hold",
        replace(LEG, held=True),
        picture(channel("L"), places=IN_ROOM),
        [e.LegHoldChanged("L", on=False)],
    ),
    (
        "still on hold",
        replace(LEG, held=True),
        replace(picture(channel("L"), places=IN_ROOM), held=frozenset({"L"})),
        [],
    ),
    ("left", LEG, picture(channel("L")), [e.LegLeft("L", "room-C")]),
    ("came in", replace(LEG, bridge=None), picture(channel("L"), places=IN_ROOM), [e.LegJoined("L", "room-C")]),
    (
        "moved",
        LEG,
        picture(channel("L"), bridges=("room-C", "spot-C-c"), places={"L": "spot-C-c"}),
        [e.LegLeft("L", "room-C"), e.LegJoined("L", "spot-C-c")],
    ),
    (
        "made, answered and brought in",
        ASKED,
        picture(channel("L", "Up", "warmline,made"), places=IN_ROOM),
        [replace(ARRIVED, up=True), e.LegAnswered("L"), e.LegJoined("L", "room-C")],
    ),
]


@pytest.mark.parametrize(("what", "leg", "seen", "told"), LEGS, ids=[case[0] for case in LEGS])
def test_a_leg_that_differs_from_the_snapshot_is_reported(
    what: str, leg: Leg, seen: AsteriskSnapshot, told: list[Event]
) -> None:
    assert differences(seen, world(CALL, leg)) == [*told, e.Reconciled()]


def test_a_foreign_channel_in_a_room_is_reported() -> None:
    places = IN_ROOM | {"S": "room-C", "O": "room-X"}
    seen = picture(channel("L"), channel("S", app_data="other"), channel("O", app_data=None), places=places)
    assert differences(seen, world(CALL, LEG)) == [e.LegJoined("S", "room-C"), e.Reconciled()]


def test_bridges_that_are_gone() -> None:
    call = CALL.with_asked_bridges(spot=True, third_spot=True)
    gone: list[Event] = [e.BridgeDestroyed("room-C"), e.BridgeDestroyed("spot-C-c"), e.BridgeDestroyed("spot-C-t")]
    assert differences(picture(bridges=()), world(call)) == [*gone, e.Reconciled()]
    assert differences(picture(bridges=("spot-C-c", "spot-C-t")), world(call)) == [gone[0], e.Reconciled()]
    assert differences(picture(bridges=()), world(replace(call, arrived=NOW))) == [e.Reconciled()]
    none = call.with_asked_bridges(room=False, spot=False, third_spot=False)
    assert differences(picture(bridges=()), world(none)) == [e.Reconciled()]


def test_a_recording_that_differs_from_the_snapshot_is_reported() -> None:
    live, dead = picture(recordings=["R"]), picture()
    asked = replace(FILE, started=None)
    assert differences(live, world(CALL, FILE)) == [e.Reconciled()]
    assert differences(dead, world(CALL, FILE)) == [e.RecordingFinished("R", found=True), e.Reconciled()]
    assert differences(live, world(CALL, asked)) == [e.RecordingStarted("R"), e.Reconciled()]
    assert differences(dead, world(CALL, asked)) == [e.RecordingFinished("R", found=True), e.Reconciled()]
    assert differences(dead, world(CALL, replace(asked, asked=NOW))) == [e.Reconciled()]
    assert differences(dead, world(CALL, replace(FILE, ended=5))) == [e.Reconciled()]


def test_an_unknown_leg_in_the_snapshot_arrives() -> None:
    """Its StasisStart was lost in a dead socket."""
    seen = picture(channel("N", "Ring"), channel("D", app_data=None), channel("O", app_data="other"))
    arrived = e.LegArrived("N", ("ingroup", "SALES"), "555", "800", "C", "", False)
    assert differences(seen, world()) == [arrived, e.Reconciled()]


def test_legs_and_bridges_without_a_call_are_orphans() -> None:
    seen = picture(
        channel("L"),
        channel("N"),
        channel("D", app_data=None),
        bridges=("room-C", "spot-C-c", "spot-C-t", "room-X", "spot-X-c", "ear-L", "ear-X", "somebody's"),
    )
    assert orphans(seen, world(CALL, LEG)) == Orphans(("N",), ("ear-X", "room-X", "spot-X-c"))
    assert orphans(picture(channel("L")), world(CALL, LEG)) == Orphans((), ())


def test_empty_rooms_without_a_call_are_abandoned() -> None:
    seen = picture(channel("N"), bridges=("room-C", "room-X", "spot-X-c", "somebody's"), places={"N": "room-X"})
    assert abandoned(seen, world(CALL, LEG)) == ["spot-X-c"]
    assert abandoned(seen, world(CALL, LEG), {"N"}) == ["room-X", "spot-X-c"]


# Of the server b: a call, its customer, a recording, and a stranger in each of its rooms.
ELSEWHERE = (
    replace(CALL, id="B", server="b"),
    replace(LEG, id="LB", owner="B", bridge="room-B", server="b"),
    replace(FILE, id="RB", call="B", server="b"),
)


def test_a_picture_says_nothing_of_other_servers() -> None:
    """The snapshot of `main` lacks all records of `b`, and the other way round."""
    both = world(CALL, LEG, FILE, *ELSEWHERE)
    main = picture(channel("L"), places=IN_ROOM, recordings=["R"])
    b = replace(picture(channel("LB"), bridges=["room-B"], places={"LB": "room-B"}, recordings=["RB"]), server="b")
    assert differences(main, both) == [e.Reconciled()]
    assert differences(b, both) == [e.Reconciled("b")]
    gone = [
        e.LegDestroyed("LB", 0),
        e.BridgeDestroyed("room-B"),
        e.RecordingFinished("RB", found=True),
        e.Reconciled("b"),
    ]
    assert differences(replace(picture(bridges=()), server="b"), both) == gone


def test_a_leg_on_another_server_arrives_with_its_name() -> None:
    seen = replace(picture(channel("N", "Ring"), bridges=(), recordings=["RB"]), server="b")
    arrived = e.LegArrived("N", ("ingroup", "SALES"), "555", "800", "C", server="b")
    begun = e.RecordingStarted("RB", "b")
    waiting = [replace(ELSEWHERE[2], started=None)]
    assert differences(seen, world(CALL, LEG, *waiting)) == [begun, arrived, e.Reconciled("b")]


def test_orphans_are_of_one_server() -> None:
    """A bridge is an orphan if its call is missing; those of the other server are not checked."""
    both = world(CALL, LEG, *ELSEWHERE)
    rooms = ("room-B", "room-C", "ear-L", "ear-LB")
    assert orphans(picture(channel("L"), bridges=("room-C", "ear-L")), both) == Orphans((), ())
    assert orphans(picture(bridges=rooms), both) == Orphans((), ("ear-LB", "room-B"))
    b = replace(picture(channel("N"), bridges=rooms, places={"N": "room-C"}), server="b")
    assert orphans(b, both) == Orphans(("N",), ("ear-L", "room-C"), "b")
    assert abandoned(b, both) == ["ear-L"]


def test_only_the_arguments_of_our_application_are_read() -> None:
    seen = picture(channel("A", app_data="warmline"), channel("B", app_data="warmlines,x"), channel("C", app_data=""))
    assert [seen.args_of(leg) for leg in "ABCD"] == [(), None, None, None]
