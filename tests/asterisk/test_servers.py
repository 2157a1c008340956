"""Each action goes to the Asterisk of its server, and to no other one."""

from ari_app.asterisk.action_performer import ActionPerformer
from ari_app.asterisk.dtmf_sender import DtmfSender
from tests.asterisk.fake import fake_ari
from warmline.core.messages import actions as do
from warmline.core.messages.action_answers import ActionFailed
from warmline.core.messages.events import Event
from warmline.core.messages.values.server_action import MAIN_SERVER

KEYS = do.SendDtmf("L2", "", keys="1", server="b")
GONE = do.HangUpLeg("L3", server="gone")


async def test_an_action_goes_to_its_server_and_fails_if_the_settings_have_it_no_more() -> None:
    events = list[Event]()

    def unused(*_: object) -> None:
        raise AssertionError

    async def look(_: object) -> None:
        raise AssertionError

    async with fake_ari() as (main, on_main), fake_ari("b") as (other, on_other):
        clients = {MAIN_SERVER: on_main, "b": on_other}
        keys = DtmfSender(clients, str, lambda _: True)
        performer = ActionPerformer(clients, events.append, unused, unused, keys.press, unused, unused, unused, look)
        for action in (do.AnswerLeg("L1"), do.AnswerLeg("L2", server="b"), GONE, KEYS):
            performer.perform("lane", action)
        await performer.settled()
        await other.until_asked("POST /channels/L2/dtmf", 1)
        await keys.close()
        assert main.asked == ["POST /channels/L1/answer"]
        assert set(other.asked) == {"POST /channels/L2/answer", "POST /channels/L2/dtmf"}
    assert events == [ActionFailed(GONE, 0, "server gone is not in the settings")]
