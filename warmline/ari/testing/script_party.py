"""A person on the telephone in the test of an ARI script: a caller, or a number that the script calls."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from warmline.ari.outcomes import DialOutcome

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_calls import PartyLine, SimulatedCalls

DATA_PREFIX = "WARMLINE_DATA_"
PAUSE_KEY = ","  # in keys


class ScriptParty:
    """A caller, or a party whom the script calls. These attributes say what has happened:

    - `number`, `name`: those of the party
    - `heard`: the sounds in their order; numbers and signs as `say number 3`; `ring`, `beep`, and `music default`
    - `answered`: whether the call was answered, by the party or by the script
    - `calls`: how often the script has called the number, and `caller_id` the number that it showed last
    - `talking_with`, `talked_with`: the parties who are in a bridge with this one, and those who were
    - `handed_over`: where the call goes in Warmline, such as `ingroup:SALES`, `adopted:1000` for a talk that agent 1000
      gets, or ''; `data` are the items with it
    - `in_dialplan`: whether the call goes on behind Stasis()
    - `hung_up`: by whom the call was ended, `party`, `script` or `asterisk` (nobody serves it), or ''
    - `on_line`, `ringing`: whether the party is in the script, or rings
    - `variables`: the variables of the channel
    - `recorded`: the names of recordings
    """

    def __init__(
        self,
        calls: "SimulatedCalls",
        number: str,
        outcomes: tuple[DialOutcome, ...],
        *,
        name: str,
        answers_after: float,
        keys: Mapping[str, str],
        hang_up_at: str | float,
        speaks: float,
    ) -> None:
        self.number, self.name = number, name
        self.heard: list[str] = []
        self.recorded: list[str] = []
        self.talked_with: list[ScriptParty] = []
        self.variables: dict[str, str] = {}
        self.handed_over = ""
        self.caller_id = ""
        self.hung_up = ""
        self.calls = 0
        self.answered = self.in_dialplan = False
        self.answers_after, self.hang_up_at, self.speaks = answers_after, hang_up_at, speaks
        self.line: PartyLine | None = None
        self._simulation = calls
        self._outcomes = list(outcomes) or [DialOutcome.ANSWERED]
        self._keys = {sound: text.replace(" ", "").split(PAUSE_KEY) for sound, text in keys.items()}
        self._unheard_index = 0

    def __repr__(self) -> str:
        """Return the number and the state, for a failed test."""
        return f"<party {self.number} {self.state}>"

    @property
    def state(self) -> str:
        """Return what the party does now, in words."""
        if self.line:
            return "rings" if self.ringing else f"is on the line and has heard {', '.join(self.heard) or 'nothing'}"
        if self.handed_over:
            return f"goes to {self.handed_over}"
        if self.in_dialplan:
            return "is in the dialplan"
        return f"was hung up by the {self.hung_up}" if self.hung_up else "is not on the line"

    @property
    def on_line(self) -> bool:
        """Return whether the party is in the script."""
        return self.line is not None and self.line.in_script

    @property
    def ringing(self) -> bool:
        """Return whether the party's phone rings."""
        return self.line is not None and not self.line.in_script

    @property
    def talking_with(self) -> "list[ScriptParty]":
        """Return the other parties in the same bridge."""
        if self.line is None or self.line.bridge is None:
            return []
        return [line.party for line in self.line.bridge if line is not self.line]

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
        self._simulation.press(self._get_line("press a key"), keys.replace(" ", ""))

    def hang_up(self) -> None:
        """Hang up now; a party who rings refuses the call. Raises AssertionError if the party is not on the line."""
        line = self._get_line("hang up")
        self._simulation.end(line, "party", *((16, "Normal Clearing") if line.in_script else (21, "Call Rejected")))

    def hold(self, *, on: bool = True) -> None:
        """Put the call on hold at the party's phone, or take it back. Raises AssertionError."""
        self._simulation.hold(self._get_line("hold"), is_on=on)

    async def hears(self, sound: str) -> None:
        """Wait until the party hears a sound, such as `vm-press` or `say number 3`, after the one awaited before."""
        await self._simulation.until(lambda: sound in self.heard[self._unheard_index :])
        self._unheard_index = self.heard.index(sound, self._unheard_index) + 1

    def begin(self, line: "PartyLine", caller_id: str, variables: Mapping[str, str]) -> None:
        """Begin a call of the script to this party: what the last call left is forgotten."""
        self.line, self.caller_id, self.variables = line, caller_id, dict(variables)
        self.hung_up = self.handed_over = ""
        self.answered = self.in_dialplan = False

    def next_outcome(self) -> DialOutcome:
        """Return what the next call to this number meets; the last one stays."""
        return self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]

    def keys_at(self, sound: str) -> str:
        """Return the keys that the party presses at this sound now."""
        texts = self._keys.get(sound)
        return texts.pop(0) if texts else ""

    def _get_line(self, action: str) -> "PartyLine":
        if self.line is None:
            raise AssertionError(f"{self.number} cannot {action}: the party {self.state}")
        return self.line
