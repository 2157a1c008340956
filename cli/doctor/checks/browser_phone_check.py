"""Checks of browser phones: endpoint and password, modules and ICE, the way to the browsers, and TURN servers."""

import socket
from collections.abc import Iterator

from cli.client import stun_request
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, error, few, good, note, warning
from warmline.system.asterisk_requirements import BROWSER_ENDPOINT, BROWSER_MODULES, OPUS_MODULES
from warmline.system.loopback import is_local
from warmline.text import turn_url
from warmline.text.turn_url import TurnUrlInvalid

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


def browser_reach(facts: CheckFacts) -> Iterator[Finding]:
    """Check that browsers get the page over HTTPS, and an address of Asterisk that they reach."""
    if is_off(facts):
        return
    known = facts.settings
    if is_local(known.listen_host) and not known.tls_certificate:
        found = f"the workspace is served on {known.listen_host} alone, without a certificate"
        why = "browsers of other machines need https for the microphone: a certificate, or a reverse proxy that has one"
        yield note("browser_page_local", found, why, "warmline certificate create NAME")
    yield from [*_offered(facts)] or [good("browser_reach_good", "Asterisk offers browsers no address that fails")]


def _offered(facts: CheckFacts) -> Iterator[Finding]:
    """Check the addresses that Asterisk offers in place of its own."""
    lines = [line for section in facts.conf("rtp.conf").named("ice_host_candidates") for line in section.lines]
    file = facts.folder("Configuration directory") / "rtp.conf"
    fix = f"change [ice_host_candidates] in {file}, then: {facts.rx('module reload res_rtp_asterisk.so')}"
    offered = sorted({named.split(",")[0].strip() for _, named in lines})
    if not is_local(facts.settings.listen_host) and (local := [one for one in offered if is_local(one)]):
        found = f"rtp.conf offers browsers {', '.join(local)}"
        why = "a browser of another machine hears nothing: this address is its own machine"
        yield error("browser_candidates_local", found, why, fix, by_hand=True)
    if lines and not any(_is_own(own) for own, _ in lines):
        found = f"no address of this machine is in [ice_host_candidates]: {few([own for own, _ in lines])}"
        yield warning("browser_candidates_unused", found, f"Asterisk does not offer {few(offered)}", fix, by_hand=True)


def _is_own(address: str) -> bool:
    """Return whether this machine has an address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.bind((address, 0))
    except OSError:
        return False
    return True


def turn_servers(facts: CheckFacts) -> Iterator[Finding]:
    """Check the form of `turn_urls`, that there is a secret, and that each server answers."""
    try:
        urls = turn_url.read(facts.settings.turn_urls)
    except TurnUrlInvalid as invalid:
        fix = f"correct turn_urls in {facts.file}, then: systemctl restart warmline.target"
        yield error("turn_url_invalid", str(invalid), "pages cannot use the TURN server", fix, by_hand=True)
        return
    if not urls:
        yield good("turn_off", "no TURN server")
        return
    if not facts.settings.turn_secret:
        fix = f"put turn_secret into {facts.secrets}: static-auth-secret of coturn"
        why = "the TURN server refuses every page"
        yield error("turn_secret_missing", "turn_urls is set, and turn_secret is empty", why, fix, by_hand=True)
    for url in urls:
        if problem := stun_request.silence(url):
            why = "agents in a network that blocks UDP have no voice"
            yield warning("turn_silent", f"{url.text} does not answer: {problem}", why, "systemctl restart coturn")
        else:
            yield good("turn_good", f"{url.text} answers")


CHECKS = (
    Check("browser endpoint", browser_endpoint, f"the endpoint {BROWSER_ENDPOINT} fits browser phones, if they are on"),
    Check("browser media", browser_media, "Asterisk has the modules and ICE that browser phones need, if they are on"),
    Check("browser reach", browser_reach, "browsers can reach the page and Asterisk, if browser phones are on"),
    Check("turn servers", turn_servers, "the TURN servers of `turn_urls` answer, if there are any"),
)
