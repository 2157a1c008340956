"""The switchboard as the command line's socket shows it: with the machine's times in place of those of turns."""

from typing import TYPE_CHECKING, Any

from ari_app.live.shown_world import shown
from warmline.core.moment import correct_times
from warmline.core.world.world import World

if TYPE_CHECKING:
    from ari_app.link.call_control import CallControl
    from warmline.core.model.receipt import Receipt


class ShownBoard:
    """A CallControl over another one in the same process."""

    def __init__(self, board: "CallControl") -> None:
        self._board = board

    def __getattr__(self, name: str) -> Any:
        return getattr(self._board, name)

    @property
    def world(self) -> World:
        return shown(self._board.world)

    def receipt(self, receipt: str) -> "Receipt | None":
        """Return what the board does, with the machine's times."""
        return self._shown(self._board.receipt(receipt))

    def receipt_with(self, by: str, key: str) -> "Receipt | None":
        """Return what the board does, with the machine's times. Raises what it raises."""
        return self._shown(self._board.receipt_with(by, key))

    async def outcome(self, receipt: str, within: float) -> "Receipt":
        """Return what the board does, with the machine's times. Raises what it raises."""
        return correct_times(await self._board.outcome(receipt, within), self._board.world.correction)

    def _shown(self, receipt: "Receipt | None") -> "Receipt | None":
        return correct_times(receipt, self._board.world.correction) if receipt else None
