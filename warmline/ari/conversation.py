"""A conversation of a script: two parties talk, a third is brought in, and the one in the middle can leave.

Parties who talk are in one bridge. A parked one is outside of it, and hears music. A third party is in the bridge from
the first ring on: Asterisk alone joins the parties when the phone is answered.

After each hang-up and each call without an answer, one rule is applied: two parties who have nobody are joined, and a
single one is released. A released caller goes on in the dialplan, and a party whom the script called is hung up. The
same rule is in dialplan/warmline-talk.conf, for a script that was killed: see talk_guard.py. So each step first says
who will talk with whom, and then does it.
"""

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from warmline.ari import audio_requests, conversation_call, talk_guard
from warmline.ari.ari_exceptions import ChannelGone, ConnectionLost, NotPlayed, Refused
from warmline.ari.bridge import Bridge
from warmline.ari.channel import Channel
from warmline.ari.client.ari_errors import AriError
from warmline.ari.conversation_recording import ConversationRecording
from warmline.ari.outcomes import Called
from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from warmline.ari.running_script import Ari

RING_TONE, RING_SECONDS = "!425/1000,!0/4000", 5  # a ring and a pause, which are not repeated

log = logging.getLogger("warmline.ari.conversation")


class Conversation:
    """Two parties who talk, and a third whom the script can bring: `Ari.conversation` makes it.

    `customer` and `agent` are the two, and `third` is the third party, or None. The agent is the one who can leave.
    `recording` is what is recorded. A conversation is true while two parties or more are in it.

    Each method raises Refused if the state does not allow it, ChannelGone if a party whom it needs has gone, AriError
    if Asterisk refuses a request, and ConnectionLost.
    """

    def __init__(self, ari: "Ari", customer: Channel, bridge: Bridge, *, music: str = "default") -> None:
        self.customer = customer
        self.third: Channel | None = None
        self.recording = ConversationRecording(ari, bridge)
        self.why_ended = ""
        self._ari = ari
        self._bridge = bridge
        self._music = music
        self._agent: Channel | None = None
        self._names: dict[Channel, str] = {}  # in Asterisk, of each party who is in the conversation
        self._member_ids: set[str] = set()  # of all of them, also those who have gone
        self._talks: dict[Channel, str] = {}  # what each party's variable says
        self._parked: set[Channel] = set()
        self._ringing: Channel | None = None
        self._is_settled = asyncio.Event()  # after the call to the party who rings
        self._step = asyncio.Lock()  # one thing at a time is done with the parties
        self._watch_tasks: set[asyncio.Task[None]] = set()
        self._end = asyncio.Event()

    def __bool__(self) -> bool:
        """Return whether at least two parties are in the conversation."""
        return not self._end.is_set() and len(self._list_present()) > 1

    def __repr__(self) -> str:
        """Return the parties and the state, for a log."""
        return f"<Conversation of {', '.join(channel.number or channel.id for channel in self._names)}: {self.state}>"

    @property
    def agent(self) -> Channel:
        """Return the agent. Raises ValueError if nobody has answered."""
        if self._agent is None:
            raise ValueError("no agent answered: check `if talk:` before `talk.agent`")
        return self._agent

    @property
    def state(self) -> str:
        """Return `talking`, `ringing`, `parked`, `consulting`, `three-way`, `left` or `ended`.

        `consulting`: the customer is parked, and the agent talks with the third party, or after `swap` the other way
        round. `left`: the agent has left, and the script has no part in the talk any more.
        """
        if self._end.is_set():
            return "left" if self.customer.talks_on else "ended"
        if self._ringing:
            return "ringing"
        if self.third:
            return "consulting" if self._parked else "three-way"
        return "parked" if self._parked else "talking"

    def is_parked(self, party: Channel) -> bool:
        """Return whether a party is parked."""
        return party in self._parked

    async def conference(
        self, destination: str, campaign: str = "", *, seconds: int = 30, park: bool = True, caller_id: str = ""
    ) -> Called:
        """Bring a third party: a number, or a phone such as PJSIP/1000. Wait until there is an answer, or none comes.

        The phone rings for `seconds`; the agent hears the ring tone. With `park`, the customer hears music meanwhile;
        `swap` and `unpark` bring them back. If nobody answers, the two talk on. The number must pass the dial rules,
        as for `Ari.call`. A cancelled call is withdrawn.
        """
        self._need(self._agent)
        if self._ringing or self.third:
            raise _refuse("a third party is there already: drop() the third party first")
        if park and not self.customer.gone:
            await self.park()
        return await self._ring(destination, campaign, seconds=seconds, caller_id=caller_id)

    async def _ring(self, destination: str, campaign: str, seconds: int, caller_id: str) -> Called:
        """Call a party into the bridge: the agent, or with an agent the third party. Without an answer, settle."""
        party = Channel(self._ari, self._ari.new_id(), destination)
        variables = talk_guard.get_called_variables(
            self._ari, [self._names[present] for present in self._list_present()]
        )
        self._ringing, self._is_settled = party, asyncio.Event()

        async def enter() -> None:
            """Let the party into the bridge before it rings."""
            party.is_guarded = True
            described = await party.describe()
            async with self._step:
                self._check_talking()
                self._add_party(party, described.name)
                await self._tell_talks()
                await self._bridge.add(party)

        ring_tone = asyncio.create_task(self._play_ring_tone(party, seconds))
        reason = "the call was withdrawn"
        try:
            called = await conversation_call.call_into(
                self._ari, party, campaign, seconds=seconds, caller_id=caller_id, variables=variables, enter=enter
            )
            reason = called.why
            if called and self._agent:
                self.third = party
            elif called:
                self._agent = party
            return called
        finally:
            ring_tone.cancel()
            self._ringing = None
            await self._ari.finish(self._settle_after_ring(party, reason))

    async def _play_ring_tone(self, ringing: Channel, seconds: int) -> None:
        """Play the ring tone if Asterisk does not, because the bridge has more channels than two, such as a recorder's.

        It ends by itself, also if the script is killed.
        """
        await ringing.rings.wait()
        if len(self._list_talking()) > 2 or self.recording.name:
            tone = ",".join([RING_TONE] * -(-seconds // RING_SECONDS))
            with suppress(AriError, NotPlayed):
                await audio_requests.play_to(self._ari, ("bridges", self._bridge.id), (f"tone:{tone}",))

    async def _settle_after_ring(self, party: Channel, reason: str) -> None:
        """Watch a party who has answered; take another one out, so that those who wait for the answer talk."""
        try:
            if party in (self._agent, self.third):
                self._watch(party)
            else:
                await party.hang_up()
            async with self._step:
                if party.gone:
                    self._forget(party)
                await (self._settle() if self._agent else self._give_up(reason))
        finally:
            self._is_settled.set()

    async def park(self) -> None:
        """Park the customer, who hears music. The agent is alone then, or talks with the third party."""
        await self._ari.finish(self._park_customer())

    async def _park_customer(self) -> None:
        async with self._step:
            self._need(self._agent)
            self.customer.check()
            if self.third in self._parked:
                raise _refuse("the third party is parked: swap() or unpark() first")
            if self.customer not in self._parked:
                await self._park(self.customer)

    async def unpark(self) -> None:
        """Bring a parked party back: with the agent and a third party, all three talk."""
        await self._ari.finish(self._bring_back())

    async def _bring_back(self) -> None:
        async with self._step:
            self._check_talking()
            await self._unpark_all()

    async def swap(self) -> None:
        """Let the agent talk with the one who is parked, the customer or the third party, and park the other one."""
        await self._ari.finish(self._swap())

    async def _swap(self) -> None:
        async with self._step:
            self._need(self._agent)
            third = self._need_third()
            self.customer.check()
            if not self._parked:
                raise _refuse("nobody is parked: all three talk")
            come, go = (self.customer, third) if self.customer in self._parked else (third, self.customer)
            await self._park(go)
            await self._unpark(come)

    async def drop(self) -> None:
        """Hang up the third party, also one who still rings. The two others talk."""
        third = self._ringing or self._need_third()
        await third.hang_up()
        await self.take_hangups()

    async def leave(self) -> None:
        """Let the agent leave: customer and third party talk on, and need neither the agent nor the script any more.

        A parked one is unparked before. An agent who came from the dialplan goes on there; one whom the script called
        is hung up. What is recorded afterwards, `recording` says. When one of the two hangs up later, the other one
        goes on in the dialplan, or is hung up.
        """
        await self._ari.finish(self._leave())

    async def _leave(self) -> None:
        async with self._step:
            agent = self._need(self._agent)
            self._need_third()
            self.customer.check()
            await self._unpark_all()
            await self.recording.follow_leave()
            await agent.let_go()  # before the others know: a killed script leaves nobody whom they do not know
            self._forget(agent)
            await self._settle()

    async def hang_up(self) -> None:
        """Hang up all parties."""
        async with self._step:
            parties = self._list_present()
            self._finish("the script hung up")
            await asyncio.gather(*(party.hang_up() for party in parties))
            await self._bridge.close()

    async def until_end(self) -> str:
        """Wait until the conversation has ended, or the agent has left; return why. Raises ConnectionLost."""
        await self._ari.wait(self._end.wait())
        return self.why_ended

    # -- for Ari and talk_guard --

    async def begin(self, agent: Channel) -> None:
        """Let the two parties talk. Raises CodedError, AriError, ChannelGone."""
        await self._take_in(self.customer, agent)
        self._agent = agent

    async def begin_with_call(self, destination: str, campaign: str, *, seconds: int, caller_id: str) -> None:
        """Call the agent, whose phone rings for the customer; both talk from the answer on. Raises as `begin`."""
        await self._take_in(self.customer)
        await self._ring(destination, campaign, seconds=seconds, caller_id=caller_id)

    async def _take_in(self, *parties: Channel) -> None:
        self._ari.conversations.add(self)
        try:
            async with self._step:
                names = await asyncio.gather(*(talk_guard.guard_party(self._ari, party) for party in parties))
                for party, name in zip(parties, names, strict=True):
                    self._add_party(party, name)
                await self._tell_talks()
                await self._bridge.add(*parties)
        except BaseException:
            async with self._step:
                await self._ari.finish(self._give_up("it could not begin"))
            raise
        for party in parties:
            self._watch(party)

    async def _give_up(self, reason: str) -> None:
        """End a conversation that never began: the customer is where they were."""
        if self._end.is_set():
            return
        self._finish(reason)
        for party in self._list_present():
            with suppress(AriError, ChannelGone):
                await party.set_variable(talk_guard.OTHERS_VARIABLE, "")
        with suppress(AriError):
            await self._bridge.close()

    def has(self, channel_id: str) -> bool:
        """Return whether a party takes part, or has until they went."""
        return channel_id in self._member_ids

    async def take_hangups(self) -> None:
        """Do what the rule says for all parties who have gone."""
        if self._ringing and self._ringing.gone:
            await self._is_settled.wait()  # by the call to this party
        async with self._step:
            gone_parties = [party for party in self._names if party.gone and party is not self._ringing]
            if self._end.is_set() or not gone_parties:
                return
            for party in gone_parties:
                self._forget(party)
            with suppress(AriError, ChannelGone):  # who goes meanwhile has a turn of their own
                await self._settle()

    def stop_watching(self) -> None:
        """Watch the parties no more: the script ends, or it has no part in the talk."""
        for task in self._watch_tasks:
            task.cancel()

    # -- steps --

    async def _settle(self) -> None:
        """Join two parties who have nobody, and release a single one. An agent who has gone has left."""
        if self._end.is_set():
            return
        present = self._list_present()
        if self._ringing and self._list_talking() == [self._ringing]:
            await self._ringing.hang_up()  # the agent has gone, and nobody waits for the answer
            present.remove(self._ringing)
        if len(present) < 2:
            self._finish("the other party hung up" if present else "all parties hung up")
            await asyncio.gather(*(party.let_go() for party in present))
            await self._bridge.close()
            return
        if len(self._list_talking()) < 2:
            await self._unpark_all()
        await self._tell_talks()
        if self.third and self._agent not in present and self.customer in present:
            with suppress(CodedError):  # a recording that fails disturbs nobody's talk
                await self.recording.follow_leave()
            if len(self._list_present()) < len(present):  # somebody has gone meanwhile
                await self._settle()
                return
            for party in present:
                party.talks_on = True
            self._finish("the agent has left")

    async def _park(self, party: Channel) -> None:
        """Park a party, who is told parked from before the first step until after the last one of `_unpark`."""
        await party.set_variable(talk_guard.PARKED_VARIABLE, "yes")
        self._parked.add(party)
        await party.music(self._music)  # first, so that there is no moment of silence
        await self._bridge.remove(party)

    async def _unpark(self, party: Channel) -> None:
        await self._bridge.add(party)
        await party.music(on=False)
        self._parked.discard(party)
        await party.set_variable(talk_guard.PARKED_VARIABLE, "")

    async def _unpark_all(self) -> None:
        for party in list(self._parked):
            if not party.gone:
                await self._unpark(party)
        self._parked.clear()

    async def _tell_talks(self) -> None:
        """Say in the variable of each party who the others are."""
        present = self._list_present()
        for party in present:
            peer_names = "&".join(self._names[peer] for peer in present if peer is not party)
            if self._talks.get(party) != peer_names:
                self._talks[party] = peer_names
                with suppress(ChannelGone):
                    await party.set_variable(talk_guard.OTHERS_VARIABLE, peer_names)

    def _watch(self, party: Channel) -> None:
        task = asyncio.create_task(self._await_hangup(party))
        self._watch_tasks.add(task)
        task.add_done_callback(self._watch_tasks.discard)

    async def _await_hangup(self, party: Channel) -> None:
        with suppress(ConnectionLost):
            await party.until_hangup()
            await self._ari.finish(self.take_hangups())

    def _add_party(self, party: Channel, name: str) -> None:
        self._names[party] = name
        self._member_ids.add(party.id)

    def _forget(self, party: Channel) -> None:
        self._names.pop(party, None)
        self._talks.pop(party, None)
        self._parked.discard(party)
        if party is self.third:
            self.third = None

    def _finish(self, reason: str) -> None:
        self.why_ended = reason
        self._end.set()
        self._ari.conversations.discard(self)
        self.stop_watching()

    def _list_present(self) -> list[Channel]:
        return [party for party in self._names if not party.gone]

    def _list_talking(self) -> list[Channel]:
        return [party for party in self._list_present() if party not in self._parked]

    def _check_talking(self) -> None:
        if self._end.is_set():
            raise ChannelGone("ari_conversation_ended", "the conversation has ended: {reason}", reason=self.why_ended)

    def _need(self, party: Channel | None) -> Channel:
        """Return a party of a conversation that goes on. Raises Refused, ChannelGone."""
        self._check_talking()
        if party is None:
            raise _refuse("nobody has answered yet")
        party.check()
        return party

    def _need_third(self) -> Channel:
        if self.third is None:
            raise _refuse("there is no third party: conference(…) brings one")
        return self._need(self.third)


def _refuse(reason: str) -> Refused:
    return Refused("ari_conversation_refused", "{reason}", reason=reason)


async def begin(
    ari: "Ari",
    customer: Channel,
    agent: Channel | str,
    campaign: str,
    *,
    seconds: int,
    caller_id: str,
    music: str,
) -> Conversation:
    """Begin a conversation: see `Ari.conversation`."""
    conversation = Conversation(ari, customer, await ari.bridge(), music=music)
    if isinstance(agent, Channel):
        await conversation.begin(agent)
    else:
        await conversation.begin_with_call(agent, campaign, seconds=seconds, caller_id=caller_id)
    return conversation
