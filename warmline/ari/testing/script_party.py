"""A person on the telephone in the test of an ARI script: a caller, or a number that the script calls."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from warmline.ari.outcomes import DialOutcome
from warmline.ari.resources import Channel

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk
    from warmline.ari.testing.simulated_things import SimulatedChannel

DATA_PREFIX = "WARMLINE_DATA_"
PAUSE_KEY = ","  # in keys: the next time that the party hears the sound
Keys = Mapping[str, str | Sequence[str]]
"""The keys that a party presses at a sound; a list has those of the first time, of the second one, and so on."""


class ScriptParty:
    """A caller, a party whom the script calls, or the program of an external media channel.

    These attributes say what has happened:

    - `number`, `name`: those of the party; `endpoint`: that of a phone, such as PJSIP/1000, or ''
    - `heard`: the sounds in their order; numbers and signs as `say number 3`; `ring`, `beep`, `keys 12` and
      `music default`; what another party says, as `8005550123 says hello`
    - `answered`: whether the call was answered, by the party or by the script
    - `machine`: whether an answering machine answers, as Asterisk's AMD() judges; None if it is not sure
    - `calls`: how often the script has called the number, and `caller_id` the number that it showed last
    - `talking_with`, `talked_with`: the parties who are in a bridge with this one, and those who were
    - `hears_from`: the parties whose voices this one hears now, also by a snoop channel
    - `muted`: whether the script lets nobody hear the party
    - `music`: the music on hold that the party hears now, or ''
    - `handed_over`: where the call goes in Warmline, such as `ingroup:SALES`, `adopted:1000` for a talk that agent 1000
      gets, or ''; `data` are the items with it
    - `in_dialplan`: whether the call goes on behind Stasis()
    - `hung_up`: by whom the call was ended, `party`, `script` or `asterisk` (nobody serves it), or ''
    - `on_line`, `ringing`: whether the party is in the script, or rings
    - `variables`: the variables of the channel
    - `recorded`: the names of recordings, also of those of a bridge
    - `messages`: the texts that scripts have sent to the phone
    - `redirected_to`: where a script has sent the phone by `redirect` or `refer`, or ''
    """

    def __init__(
        self,
        asterisk: "SimulatedAsterisk",
        number: str,
        outcomes: tuple[DialOutcome, ...],
        *,
        name: str,
        answers_after: float,
        keys: Keys,
        hang_up_at: str | float,
        speaks: float,
    ) -> None:
        self.endpoint = number if "/" in number else ""
        self.number, self.name = number.rpartition("/")[2], name
        self.heard: list[str] = []
        self.messages: list[str] = []
        self.recorded: list[str] = []
        self.talked_with: list[ScriptParty] = []
        self.variables: dict[str, str] = {}
        self.handed_over = ""
        self.caller_id = ""
        self.hung_up = self.redirected_to = ""
        self.calls = 0
        self.answered = self.in_dialplan = False
        self.answers_after, self.hang_up_at, self.speaks = answers_after, hang_up_at, speaks
        self.machine: bool | None = False
        self.line: SimulatedChannel | None = None
        self._asterisk = asterisk
        self._outcomes = list(outcomes) or [DialOutcome.ANSWERED]
        self._keys = {sound: _split_keys(texts) for sound, texts in keys.items()}
        self._unheard_index = 0

    def __repr__(self) -> str:
        """Return the number and the state, for a failed test."""
        return f"<party {self.number} {self.state}>"

    @property
    def state(self) -> str:
        """Return what the party does now, in words."""
        if self.ringing:
            return "rings"
        if self.on_line:
            pressed = f" ({keys_text})" if (keys_text := self._describe_keys()) else ""
            return f"is on the line and has heard {', '.join(self.heard) or 'nothing'}{pressed}"
        if self.hung_up:
            return f"was hung up by the {self.hung_up}"
        if self.line and self.line.bridge:
            return "talks in the dialplan"
        if self.handed_over:
            return f"goes to {self.handed_over}"
        return "is in the dialplan" if self.in_dialplan else "is not on the line"

    def _describe_keys(self) -> str:
        """Return which keys the party has not pressed, because the sound was not heard so often."""
        prompts = {sound: texts for sound, texts in self._keys.items() if any(texts)}
        return "; ".join(f"presses {', '.join(texts)} at the next {sound}" for sound, texts in prompts.items())

    @property
    def on_line(self) -> bool:
        """Return whether the party is in the script."""
        return self.line is not None and self.line.in_script and self.line.has_party

    @property
    def ringing(self) -> bool:
        """Return whether the party's phone rings, or the caller waits for the script."""
        is_left = bool(self.in_dialplan or self.handed_over)
        return self.line is not None and self.line.state != "Up" and not self.on_line and not is_left

    @property
    def talking_with(self) -> "list[ScriptParty]":
        """Return the other parties in the same bridge, unless it is a holding bridge."""
        bridge = self.line.bridge if self.line else None
        if bridge is None or bridge.is_holding_bridge:
            return []
        return [channel.party for channel in bridge.channels if channel is not self.line and channel.has_party]

    @property
    def hears_from(self) -> "list[ScriptParty]":
        """Return the parties whose voices this one hears now."""
        speakers = [channel for channel in self._asterisk.channels.values() if channel is not self.line]
        return [channel.party for channel in speakers if self.line in self._asterisk.follow_voice(channel).listeners]

    @property
    def muted(self) -> bool:
        """Return whether the script lets nobody hear the party."""
        return self.line is not None and ("in" in self.line.muted_directions or self.line.is_muted_in_bridge)

    @property
    def music(self) -> str:
        """Return the music on hold that the party hears now, or ''."""
        return self._asterisk.find_music(self.line) if self.line else ""

    @property
    def channel(self) -> Channel:
        """Return the channel as Asterisk describes it, such as for an event of `world.send`. Raises AssertionError."""
        return self._asterisk.to_channel(self._get_line("be described"))

    @property
    def data(self) -> dict[str, str]:
        """Return the items of the call that go with it to Warmline."""
        return {
            name.removeprefix(DATA_PREFIX): text
            for name, text in self.variables.items()
            if name.startswith(DATA_PREFIX)
        }

    def press(self, keys: str) -> None:
        """Press these keys now. Raises AssertionError if the party is not on the line."""
        self._asterisk.press(self._get_line("press a key"), keys.replace(" ", ""))

    def says(self, text: str) -> None:
        """Say something now: all who hear this party have it in `heard`, as recordings do. Raises AssertionError."""
        self._asterisk.say(self._get_line("say something"), f"{self.number} says {text}")

    def hang_up(self) -> None:
        """Hang up now; a party who rings refuses the call. Raises AssertionError if the party is not on the line."""
        line = self._get_line("hang up")
        self._asterisk.end(line, "party", *((21, "Call Rejected") if self.ringing else (16, "Normal Clearing")))

    def hold(self, *, on: bool = True) -> None:
        """Put the call on hold at the party's phone, or take it back. Raises AssertionError."""
        self._asterisk.hold(self._get_line("hold"), is_on=on)

    async def hears(self, sound: str) -> None:
        """Wait until the party hears a sound, such as `vm-press` or `say number 3`, after the one awaited before."""
        await self._asterisk.waits.until(lambda: sound in self.heard[self._unheard_index :])
        self._unheard_index = self.heard.index(sound, self._unheard_index) + 1

    def begin(self, line: "SimulatedChannel") -> None:
        """Begin a call to or of this party: what the last call left is forgotten."""
        self.line, self.caller_id, self.variables = line, line.caller_id, line.variables
        self.hung_up = self.handed_over = ""
        self.answered = self.in_dialplan = False

    def next_outcome(self) -> DialOutcome:
        """Return what the next call to this number meets; the last one stays."""
        return self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]

    def keys_at(self, sound: str) -> str:
        """Return the keys that the party presses at this sound now."""
        texts = self._keys.get(sound)
        return texts.pop(0) if texts else ""

    def _get_line(self, action: str) -> "SimulatedChannel":
        if self.line is None:
            raise AssertionError(f"{self.number} cannot {action}: the party {self.state}")
        return self.line


def _split_keys(texts: str | Sequence[str]) -> list[str]:
    """Return the keys for each time that a sound is heard."""
    parts = texts.split(PAUSE_KEY) if isinstance(texts, str) else texts
    return [text.replace(" ", "") for text in parts]
