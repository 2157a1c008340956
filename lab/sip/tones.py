"""Tones as parties play and hear them: mu-law samples, packets of 20 ms, the level of one tone.

Every party's tone is a multiple of 50 Hz. A packet of 160 samples at 8000 Hz therefore has whole periods. The same
packet, sent repeatedly, is a continuous tone. The tones of a mix are in separate 50 Hz bins. No party's tone is near
another party's, a DTMF tone or a sound of the lab, and none is a harmonic of them.
"""

import cmath
import math
from collections.abc import Sequence
from functools import lru_cache
from operator import mul

RATE = 8000  # Hz
PACKET = 160  # samples
PACKET_SECONDS = PACKET / RATE
BIN = RATE // PACKET  # Hz
TURNS = 16  # packets until a turning tone repeats
AMPLITUDE = 6000  # of 32767; five parties can be mixed without clipping

CUSTOMER, AGENT, THIRD, CLOSER = 1950, 2150, 2450, 2650
CONTROL_A, CONTROL_B, CONTROL_THIRD = 2850, 3050, 3250
PARTY_TONES = (CUSTOMER, AGENT, THIRD, CLOSER, CONTROL_A, CONTROL_B, CONTROL_THIRD)

MACHINE_BEEP = 1000  # of an answering machine
RINGING, BEEP, ANSWER, ANSWER_DTMF, EARLY, AFTER_DTMF, MUSIC = 425, 700, 1100, 1300, 1500, 1700, 2300
LAB_TONES = (MACHINE_BEEP, RINGING, BEEP, ANSWER, ANSWER_DTMF, EARLY, AFTER_DTMF, MUSIC)

# The two tones of each key of a phone, in Hz (ITU-T Q.23).
_ROWS, _COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
KEY_TONES = {key: (_ROWS[n // 4], _COLUMNS[n % 4]) for n, key in enumerate("123A456B789C*0#D")}

# A tone is present if it has a quarter of its original amplitude, and an eighth of the total power. A tone that begins
# within the packet leaks less than a quarter, and in noise a 50 Hz bin has an eightieth of the power.
SHARE_OF_AMPLITUDE = 0.25
SHARE_OF_POWER = 1 / 8

_BIAS, _CLIP = 132, 32635


def ulaw(sample: int) -> int:
    """Return the G.711 mu-law byte of one 16-bit linear sample."""
    magnitude = min(abs(sample), _CLIP) + _BIAS
    exponent = magnitude.bit_length() - 8
    mantissa = magnitude >> (exponent + 3) & 0x0F
    return ~((0x80 if sample < 0 else 0) | exponent << 4 | mantissa) & 0xFF


def _linear(byte: int) -> int:
    code = ~byte & 0xFF
    magnitude = (((code & 0x0F) << 3) + _BIAS << (code >> 4 & 7)) - _BIAS
    return -magnitude if code & 0x80 else magnitude


LINEAR = tuple(_linear(byte) for byte in range(256))
"""The linear sample of each mu-law byte."""

SILENCE = bytes([ulaw(0)]) * PACKET


@lru_cache(maxsize=256)
def tone_packet(hz: int, amplitude: int = AMPLITUDE) -> bytes:
    """Return 20 ms of mu-law tone, which can be repeated without a seam. 0 Hz is silence.

    Raises ValueError if `hz` is not a multiple of 50 below 4000.
    """
    if hz % BIN or not 0 <= hz < RATE // 2:
        raise ValueError(f"a party cannot play {hz} Hz: take a multiple of {BIN} below {RATE // 2}")
    if hz == 0:
        return SILENCE
    step = math.tau * hz / RATE
    return bytes(ulaw(round(amplitude * math.sin(step * n))) for n in range(PACKET))


@lru_cache(maxsize=256)
def turning_tone(hz: int, amplitude: int = AMPLITUDE) -> tuple[bytes, ...]:
    """Return a tone that is 1/16 of a bin too high, as 16 packets to send in turn; `turn` distinguishes them.

    The difference is inaudible, and the tone has no seam either. Raises what `tone_packet` raises.
    """
    tone_packet(hz)
    step = math.tau * (hz + BIN / TURNS) / RATE
    samples = [ulaw(round(amplitude * math.sin(step * n))) for n in range(TURNS * PACKET)]
    return tuple(bytes(samples[n : n + PACKET]) for n in range(0, len(samples), PACKET))


@lru_cache(maxsize=16)
def key_tone(key: str, amplitude: int = AMPLITUDE) -> tuple[bytes, ...]:
    """Return one second of a key's two tones, as packets to send in turn; it can be repeated without a seam."""
    waves = [math.tau * hz / RATE for hz in KEY_TONES[key]]
    samples = [ulaw(round(amplitude * sum(math.sin(step * n) for step in waves))) for n in range(RATE)]
    return tuple(bytes(samples[n : n + PACKET]) for n in range(0, RATE, PACKET))


def has_key_tone(samples: Sequence[int], key: str, amplitude: float = AMPLITUDE) -> bool:
    """Return whether the samples carry both tones of a key."""
    return all(level(samples, hz) >= SHARE_OF_AMPLITUDE * amplitude for hz in KEY_TONES[key])


@lru_cache(maxsize=256)
def _wave(hz: float, samples: int, rate: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    turn = [cmath.exp(-1j * math.tau * hz * n / rate) for n in range(samples)]
    return tuple(z.real for z in turn), tuple(z.imag for z in turn)


def level(samples: Sequence[int], hz: float, rate: int = RATE) -> float:
    """Return the amplitude of one tone in linear samples: a pure tone of amplitude 6000 gives 6000."""
    if not samples:
        return 0.0
    cosine, sine = _wave(hz, len(samples), rate)
    return 2 * math.hypot(sum(map(mul, samples, cosine)), sum(map(mul, samples, sine))) / len(samples)


@lru_cache(maxsize=65536)
def turn(payload: bytes, hz: float) -> int:
    """Return which of the 16 packets of a turning tone a mu-law packet carries, alone or in a mix."""
    samples = [LINEAR[byte] for byte in payload]
    cosine, sine = _wave(hz, len(samples), RATE)
    angle = math.atan2(sum(map(mul, samples, cosine)), -sum(map(mul, samples, sine)))  # the sine's phase in the middle
    return math.floor(angle / math.tau * TURNS) % TURNS


def power(samples: Sequence[int]) -> float:
    """Return the mean square of linear samples; a pure tone of amplitude A has A*A/2."""
    return sum(map(mul, samples, samples)) / len(samples) if samples else 0.0


def has_tone(samples: Sequence[int], hz: float, amplitude: float = AMPLITUDE, rate: int = RATE) -> bool:
    """Return whether the samples carry a tone that was sent with this amplitude."""
    found = level(samples, hz, rate)
    return found >= SHARE_OF_AMPLITUDE * amplitude and found**2 / 2 >= SHARE_OF_POWER * power(samples)


@lru_cache(maxsize=65536)
def packet_has_tone(payload: bytes, hz: float, amplitude: float = AMPLITUDE) -> bool:
    """Return whether a mu-law packet carries the tone; results are cached, because a steady tone repeats one packet."""
    return has_tone([LINEAR[byte] for byte in payload], hz, amplitude)
