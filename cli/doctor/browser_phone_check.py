"""Checks of browser phones: the endpoint that pages' calls come to, the modules, ICE, and the password."""

from collections.abc import Iterator

from cli.doctor.check_facts import CheckFacts
from cli.doctor.finding import Check, Finding, error, good, note, warning
from warmline.system.asterisk_requirements import BROWSER_ENDPOINT, BROWSER_MODULES, OPUS_MODULES

RELOAD = "module reload res_pjsip.so"
INSTALL = "warmline install --browser-phones"
# Options of the endpoint as Asterisk shows them, with the reason.
OPTIONS = {
    "context": (BROWSER_ENDPOINT, "a page could reach other extensions"),
    "webrtc": ("yes", "browsers refuse calls without WebRTC"),
    "dtls_verify": ("Fingerprint", "the audio of another sender could be taken for the page's"),
    "media_encryption": ("dtls", "audio must be encrypted"),
}


def is_off(facts: CheckFacts) -> bool:
    """Return whether browser phones are not used here."""
    return not facts.settings.browser_sip


def browser_endpoint(facts: CheckFacts) -> Iterator[Finding]:
    """Check the endpoint and its password."""
    if is_off(facts):
        yield note("browser_phones_off", "browser phones are off", "agents need SIP phones", INSTALL)
        return
    told = facts.endpoint(BROWSER_ENDPOINT)
    if not told:
        found = f"Asterisk has no endpoint {BROWSER_ENDPOINT}"
        fix = f"{INSTALL} && {facts.rx(RELOAD)}"
        yield error("browser_endpoint_missing", found, "no page can bring its browser phone", fix)
        return
    faults = [*_options(facts, told), *_password(facts)]
    yield from faults or [good("browser_endpoint_good", f"{BROWSER_ENDPOINT}, at {facts.settings.browser_sip}")]


def _options(facts: CheckFacts, told: dict[str, str]) -> Iterator[Finding]:
    for key, (wanted, why) in OPTIONS.items():
        if told.get(key, "").lower() != wanted.lower():
            found = f"{key} of {BROWSER_ENDPOINT} is {told.get(key, '') or 'empty'}"
            fix = facts.add("pjsip.conf", BROWSER_ENDPOINT, {key: wanted.lower()}, RELOAD, of="type=endpoint")
            yield error("browser_endpoint_option_wrong", found, why, fix)


def _password(facts: CheckFacts) -> Iterator[Finding]:
    ours = facts.settings.browser_password
    theirs = facts.login(BROWSER_ENDPOINT).get("password", "")
    if ours and theirs and ours == theirs:
        return
    found = f"the password of {BROWSER_ENDPOINT} in pjsip.conf and browser_password in {facts.secrets} differ"
    fix = f"make them equal, then: {facts.rx(RELOAD)} && systemctl reload warmline"
    yield error("browser_password_wrong", found, "Asterisk refuses each offer of a page", fix, by_hand=True)


def browser_media(facts: CheckFacts) -> Iterator[Finding]:
    """Check the modules and ICE, which browser phones need."""
    if is_off(facts):
        return
    running = {str(one["name"]) for one in facts.get("asterisk/modules") if one["status"] == "Running"}
    faults: list[Finding] = []
    if missing := sorted(BROWSER_MODULES - running):
        fix = " && ".join(facts.rx(f"module load {name}") for name in missing)
        why = "browsers refuse audio that is not encrypted"
        faults.append(error("browser_modules_missing", f"not running: {', '.join(missing)}", why, fix, safe=True))
    if not OPUS_MODULES & running:
        why = "browser phones use ulaw, which has no correction of lost packets"
        fix = facts.rx("module load codec_opus_open_source.so")
        faults.append(warning("opus_missing", "Asterisk cannot translate opus", why, fix))
    ice = facts.conf("rtp.conf").value("general", "icesupport")
    if (ice or "yes").lower() not in ("yes", "true", "y", "t", "1", "on"):
        fix = facts.add("rtp.conf", "general", {"icesupport": "yes"}, "module reload res_rtp_asterisk.so")
        faults.append(error("ice_off", f"rtp.conf has icesupport = {ice}", "browsers find no way to Asterisk", fix))
    yield from faults or [good("browser_media_good", "DTLS-SRTP, ICE and opus")]


CHECKS = (
    Check("browser endpoint", browser_endpoint, f"the endpoint {BROWSER_ENDPOINT} fits browser phones, if they are on"),
    Check("browser media", browser_media, "Asterisk has the modules and ICE that browser phones need, if they are on"),
)
