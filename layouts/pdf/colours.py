"""Colours as inks: sRGB and grey through a CMYK profile of a press, near-black and grey on the black plate alone.

Little CMS does the arithmetic, through Pillow: relative colorimetric with black point compensation, which keeps the
colours that the press can print and brings white to white. Components are 0 to 1; C, M, Y, K in that order.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO
from typing import Any

Cmyk = tuple[float, float, float, float]
Rgb = tuple[float, float, float]

BLACK: Cmyk = (0.0, 0.0, 0.0, 1.0)
INKS = ("Cyan", "Magenta", "Yellow", "Black")
_NEAR_BLACK = 0.02
"""Relative luminance: darker than a lightness L* of 15, as the ink of the text is and the accent colour is not."""

_NEUTRAL = 2.5 / 255
_HEADER = 128


@dataclass(frozen=True, slots=True)
class Profile:
    """A CMYK output profile: what it is called, the printing condition it is made for, and its bytes.

    `condition` is the name in the registry of characterisations (registry.color.org), or "Custom".
    """

    name: str
    condition: str
    content: bytes


def profile_fault(content: bytes) -> str:
    """Why these bytes are no profile to print with; empty where they are one (ISO 15076-1, 7.2)."""
    if len(content) < _HEADER or content[36:40] != b"acsp":
        return "it is no ICC profile"
    if content[12:16] != b"prtr":
        return "it is a profile of something else than a printing press"
    if content[16:20] != b"CMYK":
        return f"it is made for {content[16:20].decode('ascii', 'replace').strip()}, not for CMYK"
    try:
        Inks(Profile("", "", content)).of((0.5, 0.25, 0.75))
    except Exception as error:  # noqa: BLE001  (whatever Little CMS makes of a damaged file)
        return f"it cannot be used: {error}"
    return ""


@cache
def default_profile() -> Profile:
    """ISO Coated v2 300 % (FOGRA39): offset on coated paper. Why this one: docs/decisions/icc.md."""
    content = files(__package__).joinpath("profiles/ISOcoated_v2_300_bas.icc").read_bytes()
    return Profile("ISO Coated v2 300% (basICColor)", "FOGRA39", content)


class Inks:
    """A profile at work; keeps the colours it has worked out."""

    def __init__(self, profile: Profile) -> None:
        from PIL import ImageCms  # noqa: PLC0415  (only print shops need it)

        self._cms: Any = ImageCms
        self._output = ImageCms.getOpenProfile(BytesIO(profile.content))
        self._srgb = ImageCms.createProfile("sRGB")
        self._known: dict[Rgb, Cmyk] = {}
        self._transforms: dict[bytes, Any] = {}

    def of(self, colour: Rgb, *, snap: bool = True) -> Cmyk:
        """The inks of an sRGB colour. With `snap` what is nearly black is black ink alone; grey is always so."""
        if snap and luminance(colour) <= _NEAR_BLACK:
            return BLACK
        if is_neutral(colour):
            return self.of_grey(sum(colour) / 3)
        if colour not in self._known:
            from PIL import Image  # noqa: PLC0415  (as above)

            dot = Image.new("RGB", (1, 1), tuple(round(part * 255) for part in colour))
            found: Any = self._picture(dot, b"").getpixel((0, 0))
            self._known[colour] = (found[0] / 255, found[1] / 255, found[2] / 255, found[3] / 255)
        return self._known[colour]

    def of_grey(self, grey: float, *, snap: bool = True) -> Cmyk:
        """Black ink that looks like this grey of sRGB."""
        if snap and _linear(grey) <= _NEAR_BLACK:
            return BLACK
        return (0.0, 0.0, 0.0, self._black_for[round(min(max(grey, 0.0), 1.0) * 255)])

    @property
    def grey_table(self) -> tuple[int, ...]:
        """For each of 256 greys of a picture the DeviceGray that leaves as much black ink (0 is full ink)."""
        return tuple(round(255 * (1 - black)) for black in self._black_for)

    def picture(self, image: Any, source: bytes) -> Any:
        """A picture of RGB as one of CMYK; `source` is its own profile, empty for sRGB."""
        return self._picture(image, source)

    def _picture(self, image: Any, source: bytes) -> Any:
        if source not in self._transforms:
            profile = self._cms.getOpenProfile(BytesIO(source)) if source else self._srgb
            made = self._cms.buildTransform(
                profile,
                self._output,
                "RGB",
                "CMYK",
                self._cms.Intent.RELATIVE_COLORIMETRIC,
                self._cms.Flags.BLACKPOINTCOMPENSATION,
            )
            # Pillow copies this profile into every picture it makes: a megabyte and 12 ms for each colour.
            made.output_profile = self._cms.ImageCmsProfile(self._srgb)
            self._transforms[source] = made
        return self._cms.applyTransform(image, self._transforms[source])

    def to_srgb(self, colour: Rgb, source: bytes) -> Rgb:
        """A colour of another RGB profile as sRGB."""
        from PIL import Image  # noqa: PLC0415  (as above)

        profile = self._cms.getOpenProfile(BytesIO(source))
        transform = self._cms.buildTransform(profile, self._srgb, "RGB", "RGB", self._cms.Intent.RELATIVE_COLORIMETRIC)
        dot = Image.new("RGB", (1, 1), tuple(round(part * 255) for part in colour))
        found: Any = self._cms.applyTransform(dot, transform).getpixel((0, 0))
        return (found[0] / 255, found[1] / 255, found[2] / 255)

    @cached_property
    def _black_for(self) -> tuple[float, ...]:
        """How much black ink looks like each of 256 greys: the profile's own black ramp, read backwards."""
        from PIL import Image  # noqa: PLC0415  (as above)

        ramp = Image.new("CMYK", (256, 1))
        ramp.putdata([(0, 0, 0, black) for black in range(256)])
        lab = self._cms.createProfile("LAB")
        transform = self._cms.buildTransform(self._output, lab, "CMYK", "LAB", self._cms.Intent.RELATIVE_COLORIMETRIC)
        lightness = self._cms.applyTransform(ramp, transform).getchannel(0).tobytes()
        luminances = [_luminance_of(value / 255 * 100) for value in lightness]
        paper, full = luminances[0], luminances[-1]
        # Black point compensation: full ink is black, bare paper white. Reversed, so that the ramp rises.
        rising = [(value - full) / (paper - full) for value in reversed(luminances)]
        for index in range(1, len(rising)):
            rising[index] = max(rising[index], rising[index - 1])
        return tuple(_black_at(_linear(grey / 255), rising) for grey in range(256))


def _black_at(wanted: float, rising: list[float]) -> float:
    place = bisect_left(rising, wanted)
    if place <= 0:
        return 1.0
    if place >= len(rising):
        return 0.0
    below, above = rising[place - 1], rising[place]
    share = (wanted - below) / (above - below) if above > below else 1.0
    return round(1 - (place - 1 + share) / (len(rising) - 1), 4)


def is_neutral(colour: Rgb) -> bool:
    """Whether a colour has no hue that anyone would miss: its parts differ by 2 of 255 at most."""
    return max(colour) - min(colour) <= _NEUTRAL


def luminance(colour: Rgb) -> float:
    """Relative luminance of an sRGB colour, 0 to 1."""
    red, green, blue = (_linear(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _luminance_of(lightness: float) -> float:
    """CIE L* to relative luminance (ISO 11664-4)."""
    return float(((lightness + 16) / 116) ** 3) if lightness > 8 else lightness / 903.3
