"""Colours: hexadecimal codes, channels, palettes, contrast and gradients."""

from collections import Counter, namedtuple
from itertools import cycle, islice
import colorsys
import math
import re


def hex_to_rgb(code: str) -> tuple[int, int, int]:
    """Read '#rrggbb' or the short '#rgb' as three numbers from 0 to 255; the '#' may be missing.

    >>> hex_to_rgb("#f80")
    (255, 136, 0)
    """
    digits = code.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def test_hex_to_rgb() -> None:
    assert hex_to_rgb("#000000") == (0, 0, 0)
    assert hex_to_rgb("FFa07A") == (255, 160, 122)
    assert hex_to_rgb("#0f3") == (0, 255, 51)
    assert hex_to_rgb("123456") == (18, 52, 86)


def rgb_to_hex(red: int, green: int, blue: int) -> str:
    """Write three channels as '#rrggbb' in lower case; values outside 0 to 255 are clamped.

    >>> rgb_to_hex(-5, 300, 9)
    '#00ff09'
    """
    return "#" + "".join(f"{min(255, max(0, channel)):02x}" for channel in (red, green, blue))


def test_rgb_to_hex() -> None:
    assert rgb_to_hex(0, 0, 0) == "#000000"
    assert rgb_to_hex(255, 160, 122) == "#ffa07a"
    assert rgb_to_hex(-5, 300, 9) == "#00ff09"
    assert rgb_to_hex(16, 15, 1) == "#100f01"


def blend(one: tuple[int, ...], other: tuple[int, ...], share: float) -> tuple[int, ...]:
    """Mix two colours; a share of 0 gives the first one, 1 the other, and channels are rounded.

    >>> blend((10, 200, 0), (20, 100, 0), 0.5)
    (15, 150, 0)
    """
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other))


def test_blend() -> None:
    assert blend((0, 0, 0), (255, 255, 255), 0) == (0, 0, 0)
    assert blend((0, 0, 0), (255, 255, 255), 1) == (255, 255, 255)
    assert blend((10, 200, 0), (20, 100, 0), 0.5) == (15, 150, 0)
    assert blend((100,), (0,), 0.25) == (75,)


def gradient(start: tuple[int, int, int], end: tuple[int, int, int], steps: int) -> list[tuple[int, int, int]]:
    """Colours of a stripe that runs evenly from start to end, both included.

    One step is the start alone. Channels are rounded half up.

    >>> gradient((0, 0, 0), (10, 20, 30), 3)
    [(0, 0, 0), (5, 10, 15), (10, 20, 30)]
    """
    stripe = []
    for step in range(steps):
        t = step / (steps - 1) if steps > 1 else 0
        r, g, b = (math.floor(s + (e - s) * t + 0.5) for s, e in zip(start, end))
        stripe.append((r, g, b))
    return stripe


def test_gradient() -> None:
    assert gradient((1, 2, 3), (9, 9, 9), 0) == []
    assert gradient((1, 2, 3), (9, 9, 9), 1) == [(1, 2, 3)]
    assert gradient((0, 0, 255), (255, 0, 0), 2) == [(0, 0, 255), (255, 0, 0)]
    assert gradient((0, 8, 0), (1, 0, 0), 3) == [(0, 8, 0), (1, 4, 0), (1, 0, 0)]


def relative_luminance(red: int, green: int, blue: int) -> float:
    """How bright is a colour to the eye, from 0 for black to 1 for white?

    By the formula of the web's accessibility guidelines: a channel c/255 of at most 0.03928 is divided by
    12.92, a larger one becomes ((c + 0.055) / 1.055) ** 2.4; red counts 0.2126, green 0.7152, blue 0.0722.
    Four places.

    >>> relative_luminance(255, 0, 0)
    0.2126
    """

    def linear(channel: int) -> float:
        c = channel / 255
        return c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4

    return round(0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue), 4)


def test_relative_luminance() -> None:
    assert relative_luminance(0, 0, 0) == 0
    assert relative_luminance(255, 255, 255) == 1
    assert relative_luminance(255, 0, 0) == 0.2126
    assert relative_luminance(0, 128, 0) == 0.1544
    assert relative_luminance(10, 10, 10) == 0.003


def text_on(background: str) -> str:
    """Choose 'black' or 'white' for text on a background given as '#rrggbb': black where the weighted brightness
    (299 red + 587 green + 114 blue) / 1000 is 128 or more.

    >>> text_on("#000000")
    'white'
    """
    red, green, blue = (int(background[place : place + 2], 16) for place in (1, 3, 5))
    return "black" if 299 * red + 587 * green + 114 * blue >= 128_000 else "white"


def test_text_on() -> None:
    assert text_on("#ffffff") == "black"
    assert text_on("#000000") == "white"
    assert text_on("#808080") == "black"
    assert text_on("#7f7f7f") == "white"
    assert text_on("#ff0000") == "white"


def parse_css_colour(text: str):
    """Understand rgb(...) as style sheets write it.

    Channels are numbers or percentages, separated by commas or spaces; the name and inner spaces do not
    matter in case or number. Percentages are rounded. None for anything else.
    """
    match = re.fullmatch(r"(?i)\s*rgb\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)\s*\)\s*", text)
    if match is None:
        return None
    channels = []
    for part in match.groups():
        value = float(part[:-1]) * 2.55 if part.endswith("%") else float(part)
        channels.append(min(255, round(value)))
    return tuple(channels)


def test_parse_css_colour() -> None:
    assert parse_css_colour("rgb(255, 128, 0)") == (255, 128, 0)
    assert parse_css_colour(" RGB( 1 2  3 ) ") == (1, 2, 3)
    assert parse_css_colour("rgb(100%,50%,0%)") == (255, 127, 0)
    assert parse_css_colour("rgb(300,0,0)") == (255, 0, 0)
    assert parse_css_colour("rgb(1,2)") is None
    assert parse_css_colour("red") is None


# The colour opposite on the colour wheel: hue turned by half a circle, lightness and saturation kept.
def complementary(code: str) -> str:
    channels = [int(code[i : i + 2], 16) / 255 for i in range(1, 7, 2)]
    hue, lightness, saturation = colorsys.rgb_to_hls(*channels)
    turned = colorsys.hls_to_rgb((hue + 0.5) % 1, lightness, saturation)
    return "#{:02x}{:02x}{:02x}".format(*(round(channel * 255) for channel in turned))


def test_complementary() -> None:
    assert complementary("#ff0000") == "#00ffff"
    assert complementary("#808080") == "#808080"
    assert complementary("#0000ff") == "#ffff00"
    assert complementary("#336699") == "#996633"


def nearest_name(pixel: tuple[int, int, int], palette: dict[str, tuple[int, int, int]]) -> str:
    """Name of the palette colour closest to a pixel by straight distance; the first one of equally close ones."""
    return min(palette, key=lambda name: math.dist(pixel, palette[name]))


def test_nearest_name() -> None:
    paint = {"black": (0, 0, 0), "brick": (180, 60, 40), "sky": (120, 180, 240)}
    assert nearest_name((10, 10, 10), paint) == "black"
    assert nearest_name((200, 50, 50), paint) == "brick"
    assert nearest_name((130, 180, 230), paint) == "sky"
    assert nearest_name((5, 0, 0), {"b": (0, 0, 0), "a": (10, 0, 0)}) == "b"


def dominant(pixels: list[tuple[int, int, int]], bits: int = 3) -> tuple[int, int, int]:
    """Most frequent colour of a picture when only the upper `bits` bits of each channel are looked at.

    The lower bits of the answer are zero. On a tie the colour that occurs first wins.
    """
    mask = 0xFF << (8 - bits) & 0xFF
    buckets = Counter((r & mask, g & mask, b & mask) for r, g, b in pixels)
    return buckets.most_common(1)[0][0]


def test_dominant() -> None:
    assert dominant([(255, 0, 31)]) == (224, 0, 0)
    assert dominant([(0, 0, 0), (250, 1, 1), (240, 9, 9)]) == (224, 0, 0)
    assert dominant([(7, 200, 7), (9, 9, 9)], bits=8) == (7, 200, 7)
    assert dominant([(130, 130, 130), (127, 0, 0), (200, 200, 200)], bits=1) == (128, 128, 128)


# Darkens a '#rrggbb' colour by a number of percent of each channel, rounding down; more than a hundred percent
# is black.
def darken(code, percent):
    keep = max(0, 100 - percent)
    return re.sub(r"[0-9a-fA-F]{2}", lambda pair: f"{int(pair.group(), 16) * keep // 100:02x}", code)


def test_darken() -> None:
    assert darken("#ffffff", 0) == "#ffffff"
    assert darken("#FF8040", 50) == "#7f4020"
    assert darken("#123456", 100) == "#000000"
    assert darken("#123456", 250) == "#000000"


def greyscale(image: list[list[tuple[int, int, int]]]) -> list[list[int]]:
    """Turn a colour picture grey, each pixel being the mean of its largest and smallest channel (rounded down)."""
    return [[(max(pixel) + min(pixel)) // 2 for pixel in row] for row in image]


def test_greyscale() -> None:
    assert greyscale([]) == []
    assert greyscale([[(255, 255, 255), (0, 0, 0)]]) == [[255, 0]]
    assert greyscale([[(10, 20, 30)], [(3, 100, 0)]]) == [[20], [50]]
    assert greyscale([[(255, 0, 0)]]) == [[127]]


def ascii_shade(image, ramp=" .:-=+*#%@"):
    """Print a grey picture with characters, dark pixels (0) by the first of the ramp, bright ones (255) by the
    last, in equal steps.

    :param image: rows of values from 0 to 255.
    :param ramp: characters from dark to bright.
    """
    step = 256 / len(ramp)
    return ["".join(ramp[int(grey / step)] for grey in row) for row in image]


def test_ascii_shade() -> None:
    assert ascii_shade([]) == []
    assert ascii_shade([[0, 255]]) == [" @"]
    assert ascii_shade([[0, 127, 128, 255]], "ox") == ["ooxx"]
    assert ascii_shade([[25], [26], [140]]) == [" ", ".", "+"]


def stripes(colours: list[str], length: int) -> str:
    """Describe a scarf of so many stripes in repeating colours, by their initials.

    >>> stripes(["red", "white", "blue"], 5)
    'rwbrw'
    """
    return "".join(name[0] for name in islice(cycle(colours), length))


def test_stripes() -> None:
    assert stripes(["red"], 3) == "rrr"
    assert stripes(["ochre", "teal"], 0) == ""
    assert stripes(["ochre", "teal"], 5) == "ototo"
    assert stripes([], 4) == ""


# Do two luminances, from 0 to 1, contrast enough for reading?
#
# The ratio (lighter + 0.05) / (darker + 0.05) must be at least 4.5, or 3 for large print.
def contrast_ok(l1: float, l2: float, large: bool = False) -> bool:
    darker, lighter = sorted((l1, l2))
    needed = 3 if large else 4.5
    return lighter + 0.05 >= needed * (darker + 0.05)


def test_contrast_ok() -> None:
    assert contrast_ok(1, 0) is True
    assert contrast_ok(0, 1) is True
    assert contrast_ok(0.5, 0.5) is False
    assert contrast_ok(0.15, 0.0) is False
    assert contrast_ok(0.15, 0.0, large=True) is True
    assert contrast_ok(0.2, 0.0) is True
    assert contrast_ok(0.4, 0.06) is False


def unpack_argb(value: int):
    """Take a 32-bit pixel 0xAARRGGBB apart into a named tuple with alpha, red, green and blue.

    >>> unpack_argb(0)
    Pixel(alpha=0, red=0, green=0, blue=0)
    """
    Pixel = namedtuple("Pixel", "alpha red green blue")
    return Pixel(*(value >> shift & 255 for shift in (24, 16, 8, 0)))


def test_unpack_argb() -> None:
    pixel = unpack_argb(0xFF102030)
    assert (pixel.alpha, pixel.red, pixel.green, pixel.blue) == (255, 16, 32, 48)
    assert unpack_argb(0) == (0, 0, 0, 0)
    assert unpack_argb(0x0000FF00).green == 255
    assert unpack_argb(0xFFFFFFFF) == (255,) * 4


def composite(front: tuple[int, int, int], alpha: float, back: tuple[int, int, int]) -> tuple[int, ...]:
    """Lay a translucent colour over an opaque one.

    Args:
        front: the upper colour.
        alpha: its opacity; anything below 0 counts as 0 and anything above 1 as 1.
        back: the lower colour.

    Returns:
        What the eye sees, each channel cut to a whole number.
    """
    alpha = min(1.0, max(0.0, alpha))
    return tuple(int(f * alpha + b * (1 - alpha)) for f, b in zip(front, back))


def test_composite() -> None:
    assert composite((255, 0, 0), 0, (1, 2, 3)) == (1, 2, 3)
    assert composite((255, 0, 0), 1, (1, 2, 3)) == (255, 0, 0)
    assert composite((200, 100, 0), 0.5, (0, 0, 255)) == (100, 50, 127)
    assert composite((9, 9, 9), 7, (0, 0, 0)) == (9, 9, 9)
    assert composite((9, 9, 9), -1, (0, 0, 0)) == (0, 0, 0)


def hue_name(degrees: float) -> str:
    """Name a hue angle roughly: red around 0, then yellow, green, cyan, blue, magenta every sixty degrees.

    An angle halfway between two belongs to the later one; any angle is allowed, negative ones too.

    >>> hue_name(30)
    'yellow'
    """
    wheel = ["red", "yellow", "green", "cyan", "blue", "magenta"]
    return wheel[math.floor((degrees % 360 + 30) / 60) % 6]


def test_hue_name() -> None:
    assert hue_name(0) == "red"
    assert hue_name(29.9) == "red"
    assert hue_name(30) == "yellow"
    assert hue_name(-60) == "magenta"
    assert hue_name(345) == "red"
    assert hue_name(600) == "blue"


def websafe(code: str) -> str:
    """Round every channel of '#rrggbb' to the nearest of 00, 33, 66, 99, cc and ff."""
    out = "#"
    for place in range(1, len(code), 2):
        level = (int(code[place : place + 2], 16) + 25) // 51
        out += format(level * 51, "02x")
    return out


def test_websafe() -> None:
    assert websafe("#000000") == "#000000"
    assert websafe("#fefefe") == "#ffffff"
    assert websafe("#1a1932") == "#330033"
    assert websafe("#80a0e0") == "#9999cc"


def palette_sheet(palette: dict[str, str]) -> list[str]:
    """List a palette as CSS custom properties, in alphabetical order.

    Names become lower case with hyphens for spaces and underscores; codes become lower case.

    >>> palette_sheet({"Sea Foam": "#9FE2BF"})
    ['--sea-foam: #9fe2bf;']
    """
    lines = []
    for name, code in palette.items():
        slug = re.sub(r"[\s_]+", "-", name.strip()).lower()
        lines.append(f"--{slug}: {code.lower()};")
    return sorted(lines)


def test_palette_sheet() -> None:
    assert palette_sheet({}) == []
    assert palette_sheet({"ink": "#000", "Egg Shell": "#F0EAD6"}) == ["--egg-shell: #f0ead6;", "--ink: #000;"]
    assert palette_sheet({" warm__grey ": "#808069"}) == ["--warm-grey: #808069;"]


def invert(image: list[str], levels: str) -> list[str]:
    """Make the negative of a picture whose characters are levels from dark to bright; other characters stay."""
    return [line.translate(str.maketrans(levels, levels[::-1])) for line in image]


def test_invert() -> None:
    assert invert([], "ab") == []
    assert invert([".#", "##"], ".#") == ["#.", ".."]
    assert invert(["0129"], "012") == ["2109"]
    assert invert(["x"], "") == ["x"]


def colour_distance(first: str, second: str) -> int:
    """How different are two '#rrggbb' codes, as the sum of the differences of their channels?

    >>> colour_distance("#000000", "#ffffff")
    765
    """

    def channels(code):
        number = int(code[1:], 16)
        return number // 65536, number // 256 % 256, number % 256

    return sum(abs(a - b) for a, b in zip(channels(first), channels(second)))


def test_colour_distance() -> None:
    assert colour_distance("#123456", "#123456") == 0
    assert colour_distance("#000000", "#ffffff") == 765
    assert colour_distance("#010203", "#030201") == 4
    assert colour_distance("#ff0000", "#fe0001") == 2


def traffic_light(value, warn, alarm):
    """Colour of a reading on a dashboard: green, amber from the warning threshold on, red from the alarm on.

    If the alarm threshold lies below the warning, low readings are the bad ones and 'on' means downwards.
    """
    if alarm < warn:
        value, warn, alarm = -value, -warn, -alarm
    if value >= alarm:
        return "red"
    return "amber" if value >= warn else "green"


def test_traffic_light() -> None:
    assert traffic_light(10, 50, 80) == "green"
    assert traffic_light(50, 50, 80) == "amber"
    assert traffic_light(80, 50, 80) == "red"
    assert traffic_light(15, 20, 10) == "amber"
    assert traffic_light(9, 20, 10) == "red"
    assert traffic_light(21, 20, 10) == "green"


def ansi_paint(text, style):
    """Wrap a text in terminal codes.

    The style lists words: colours black, red, green, yellow, blue, magenta, cyan and white (codes 30 to 37,
    or 40 to 47 for the background after the word 'on') and 'bold' (1). Without any style the text is unchanged.
    """
    colours = "black red green yellow blue magenta cyan white".split()
    codes = []
    base = 30
    for word in style.split():
        if word == "on":
            base = 40
        elif word == "bold":
            codes.append("1")
        else:
            codes.append(str(base + colours.index(word)))
            base = 30
    return f"\033[{';'.join(codes)}m{text}\033[0m" if codes else text


def test_ansi_paint() -> None:
    assert ansi_paint("x", "") == "x"
    assert ansi_paint("x", "red") == "\033[31mx\033[0m"
    assert ansi_paint("x", "bold white on blue") == "\033[1;37;44mx\033[0m"
    assert ansi_paint("", "on black cyan") == "\033[40;36m\033[0m"
