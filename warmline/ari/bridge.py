"""A bridge of a script: the parties in it hear each other."""

from typing import TYPE_CHECKING

from warmline.ari.client.ari_errors import AriError

if TYPE_CHECKING:
    from warmline.ari.channel import Channel
    from warmline.ari.running_script import Ari

GONE_STATUS = 404
NO_CHANNEL_STATUSES = (400, 422)  # no such channel, or it has left the script


class Bridge:
    """A bridge that `Ari.bridge` made. Parties whom it joins go on talking when the script ends."""

    def __init__(self, ari: "Ari", bridge_id: str) -> None:
        self.id = bridge_id
        self._ari = ari

    async def add(self, *channels: "Channel") -> None:
        """Let these parties into the bridge. Raises AriError, ChannelGone."""
        for channel in channels:
            channel.check()
            try:
                await self._ari.request("POST", "bridges", self.id, "addChannel", query={"channel": channel.id})
            except AriError as error:
                if error.status in NO_CHANNEL_STATUSES:
                    await channel.check_again()
                raise

    async def remove(self, *channels: "Channel") -> None:
        """Take these parties out of the bridge; one who is not in it is passed over. Raises AriError."""
        for channel in channels:
            try:
                await self._ari.request("POST", "bridges", self.id, "removeChannel", query={"channel": channel.id})
            except AriError as error:
                if error.status not in (GONE_STATUS, 400, 409, 422):
                    raise

    async def play(self, *parts: str | int) -> None:
        """Play these parts to everybody in the bridge, and wait for their end. Raises AriError, NotPlayed."""
        await self._ari.play_to(("bridges", self.id), parts)

    async def music(self, name: str = "default", *, on: bool = True) -> None:
        """Start music on hold for everybody in the bridge, or end it. Raises AriError."""
        query = {"mohClass": name} if on else None
        await self._ari.request("POST" if on else "DELETE", "bridges", self.id, "moh", query=query)

    async def close(self) -> None:
        """End the bridge; the parties in it stay on the line and hear nothing. Raises AriError."""
        try:
            await self._ari.request("DELETE", "bridges", self.id)
        except AriError as error:
            if error.status != GONE_STATUS:
                raise
        self._ari.bridges.pop(self.id, None)
