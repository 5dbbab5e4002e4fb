"""Bits and bytes: flags, masks, packing, checksums and encodings."""

from collections import Counter
from enum import IntFlag
from functools import reduce
from itertools import groupby
import base64
import binascii
import hashlib
import hmac
import operator
import struct
import zlib


def permission_text(mode: int) -> str:
    """Show the lower nine bits of a file mode as 'rwxr-x---'.

    >>> permission_text(0o640)
    'rw-r-----'
    """
    return "".join(letter if mode >> (8 - place) & 1 else "-" for place, letter in enumerate("rwxrwxrwx"))


def test_permission_text() -> None:
    assert permission_text(0) == "---------"
    assert permission_text(0o777) == "rwxrwxrwx"
    assert permission_text(0o751) == "rwxr-x--x"
    assert permission_text(0o100644) == "rw-r--r--"


def permission_bits(text: str) -> int:
    """Number of a mode written as 'rwxr-x---': every character that is not a hyphen is a set bit.

    >>> permission_bits("rwxrwxrwx")
    511
    """
    mode = 0
    for mark in text:
        mode = mode << 1 | (mark != "-")
    return mode


def test_permission_bits() -> None:
    assert permission_bits("---------") == 0
    assert permission_bits("rw-r-----") == 0o640
    assert permission_bits("rwxrwxrwx") == 0o777
    assert permission_bits("") == 0


def set_bits(number: int) -> list[int]:
    """Positions of the ones in a whole number, counted from the lowest bit, in ascending order."""
    positions = []
    while number:
        lowest = number & -number
        positions.append(lowest.bit_length() - 1)
        number ^= lowest
    return positions


def test_set_bits() -> None:
    assert set_bits(0) == []
    assert set_bits(1) == [0]
    assert set_bits(0b10110) == [1, 2, 4]
    assert set_bits(1 << 70) == [70]


def pack_date(year: int, month: int, day: int) -> int:
    """Pack a date into 16 bits as old file systems do.

    The upper seven bits hold the years since 1980, the next four the month and the lower five the day.
    """
    return (year - 1980) << 9 | month << 5 | day


def test_pack_date() -> None:
    assert pack_date(1980, 1, 1) == 33
    assert pack_date(2024, 5, 17) == 0b0101100_0101_10001
    assert pack_date(2107, 12, 31) == 0xFF9F
    assert pack_date(1981, 0, 0) == 512


def unpack_fields(word, widths):
    """Cut a number into bit fields of the given widths, the first of which is the highest.

    Bits above all of the fields are ignored.

    >>> unpack_fields(0xABCD, [8, 8])
    [171, 205]
    """
    fields = []
    for width in reversed(widths):
        fields.append(word & (1 << width) - 1)
        word >>= width
    return fields[::-1]


def test_unpack_fields() -> None:
    assert unpack_fields(0b101_01_1, [3, 2, 1]) == [5, 1, 1]
    assert unpack_fields(0xABCD, [8, 8]) == [0xAB, 0xCD]
    assert unpack_fields(0xFFF, [4, 4]) == [15, 15]
    assert unpack_fields(9, []) == []
    assert unpack_fields(0, [1, 0, 1]) == [0, 0, 0]


def to_bcd(number: int, size: int) -> bytes:
    """Store a number in packed decimal form: two decimal digits a byte, the higher one in the upper four bits.

    OverflowError if it does not fit into so many bytes, ValueError if it is negative.
    """
    if number < 0:
        raise ValueError("only numbers from 0 on")
    digits = str(number).zfill(2 * size)
    if len(digits) > 2 * size:
        raise OverflowError(f"{number} needs more than {size} bytes")
    return bytes.fromhex(digits)


def test_to_bcd() -> None:
    assert to_bcd(0, 1) == b"\x00"
    assert to_bcd(1234, 2) == b"\x12\x34"
    assert to_bcd(99, 3) == b"\x00\x00\x99"
    for number, size, error in ((100, 1, OverflowError), (-1, 4, ValueError)):
        try:
            to_bcd(number, size)
            assert False, "must refuse"
        except error:
            pass


def even_parity(data: bytes) -> bytes:
    """Put a parity bit on top of seven-bit characters so that each byte has an even number of ones.

    ValueError for a byte above 127.
    """
    if any(byte > 127 for byte in data):
        raise ValueError("only seven-bit data")
    return bytes(byte | (bin(byte).count("1") % 2) << 7 for byte in data)


def test_even_parity() -> None:
    assert even_parity(b"") == b""
    assert even_parity(b"A") == b"A"
    assert even_parity(b"C") == bytes([0xC3])
    assert even_parity(b"\x00\x01\x7f") == b"\x00\x81\xff"
    try:
        even_parity(b"\x80")
        assert False, "must refuse"
    except ValueError:
        pass


def hex_dump(data: bytes, width: int = 8) -> list[str]:
    """Dump bytes as lines of offset, hexadecimal values and printable characters.

    >>> hex_dump(b"tea\\n")
    ['0000  74 65 61 0a              tea.']
    """
    lines = []
    for offset in range(0, len(data), width):
        part = data[offset : offset + width]
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{offset:04x}  {part.hex(' '):<{width * 3}} {text}")
    return lines


def test_hex_dump() -> None:
    assert hex_dump(b"") == []
    assert hex_dump(b"ab", 2) == ["0000  61 62  ab"]
    assert hex_dump(b" 2345678")[0].endswith("  2345678")
    assert hex_dump(b"\x00~\x7f", 4) == ["0000  00 7e 7f     .~."]
    assert hex_dump(bytes(17), 16)[1].startswith("0010  00 ")


def fletcher16(data: bytes) -> int:
    """Fletcher's checksum of 16 bits: the low byte is the sum of all bytes, the high byte the sum of these running
    sums, both modulo 255."""
    low = high = 0
    for byte in data:
        low = (low + byte) % 255
        high = (high + low) % 255
    return high << 8 | low


def test_fletcher16() -> None:
    assert fletcher16(b"") == 0
    assert fletcher16(b"abcde") == 0xC8F0
    assert fletcher16(b"abcdef") == 0x2057
    assert fletcher16(b"\xff\x01") == 0x0101
    assert fletcher16(b"\x01\x02") != fletcher16(b"\x02\x01")


def run_length_bytes(data: bytes) -> bytes:
    """Compress bytes as pairs of count and value; a run longer than 255 is split."""
    out = bytearray()
    for value, run in groupby(data):
        length = len(list(run))
        while length:
            chunk = min(length, 255)
            out += bytes((chunk, value))
            length -= chunk
    return bytes(out)


def test_run_length_bytes() -> None:
    assert run_length_bytes(b"") == b""
    assert run_length_bytes(b"aab") == b"\x02a\x01b"
    assert run_length_bytes(bytes(300)) == b"\xff\x00\x2d\x00"
    assert run_length_bytes(b"x" * 255) == b"\xffx"


def varint_encode(number: int) -> bytes:
    """Encode a whole number in seven-bit groups, the lowest first, with the top bit set on all but the last byte.

    >>> varint_encode(300).hex()
    'ac02'
    """
    out = []
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def test_varint_encode() -> None:
    assert varint_encode(0) == b"\x00"
    assert varint_encode(127) == b"\x7f"
    assert varint_encode(128) == b"\x80\x01"
    assert varint_encode(300) == b"\xac\x02"
    assert len(varint_encode(2**63)) == 10


def varint_decode_all(data: bytes) -> list[int]:
    """Read the numbers of a stream of seven-bit groups: bytes of 128 and more are continued by the next byte, and
    the groups of a number come lowest first. A number that is cut off at the end is dropped."""
    numbers = []
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
        else:
            numbers.append(value)
            value = shift = 0
    return numbers


def test_varint_decode_all() -> None:
    assert varint_decode_all(b"") == []
    assert varint_decode_all(b"\x00\x7f") == [0, 127]
    assert varint_decode_all(b"\xac\x02\x05") == [300, 5]
    assert varint_decode_all(b"\x01\x80\x80") == [1]
    assert varint_decode_all(b"\x80\x80\x01") == [16384]


def weekday_set(mask: int):
    """Read a bit mask of weekdays, Monday being the lowest bit, as members of a flag type, in order.

    Returns their names in lower case; 'weekend' alone stands for exactly Saturday and Sunday, and bits above
    Sunday are ignored.
    """

    class Day(IntFlag):
        MON, TUE, WED, THU, FRI, SAT, SUN = (1 << place for place in range(7))
        WEEKEND = SAT | SUN

    days = Day(mask & 127)
    if days == Day.WEEKEND:
        return ["weekend"]
    singles = [Day(1 << place) for place in range(7)]
    return [day.name.lower() for day in singles if day in days]


def test_weekday_set() -> None:
    assert weekday_set(0) == []
    assert weekday_set(0b0000101) == ["mon", "wed"]
    assert weekday_set(0b1100000) == ["weekend"]
    assert weekday_set(0b1100001) == ["mon", "sat", "sun"]
    assert weekday_set(128 + 64) == ["sun"]


def swap_endianness(word: int, size: int) -> int:
    """Reverse the bytes of an unsigned number that is `size` bytes wide.

    >>> swap_endianness(0x010203, 3)
    197121
    """
    return int.from_bytes(word.to_bytes(size, "little"), "big")


def test_swap_endianness() -> None:
    assert swap_endianness(0x1234, 2) == 0x3412
    assert swap_endianness(1, 4) == 0x01000000
    assert swap_endianness(0xFF, 1) == 0xFF
    assert swap_endianness(0x010203, 3) == 0x030201


def led_chaser(width: int, ticks: int) -> list[int]:
    """States of a row of lamps along which one light runs to and fro: it starts at the lowest bit and turns back at
    both ends without resting there."""
    states = []
    state, upwards = 1, True
    for _ in range(ticks):
        states.append(state)
        if state >> width - 1:
            upwards = False
        elif state == 1:
            upwards = True
        state = state if width == 1 else state << 1 if upwards else state >> 1
    return states


def test_led_chaser() -> None:
    assert led_chaser(4, 0) == []
    assert led_chaser(3, 6) == [1, 2, 4, 2, 1, 2]
    assert led_chaser(1, 3) == [1, 1, 1]
    assert led_chaser(2, 4) == [1, 2, 1, 2]


def two_complement(number: int, bits: int) -> str:
    """Bit pattern of a signed number; OverflowError if it does not fit."""
    if not -(1 << bits - 1) <= number < 1 << bits - 1:
        raise OverflowError(f"{number} needs more than {bits} bits")
    return format(number % (1 << bits), f"0{bits}b")


def test_two_complement() -> None:
    assert two_complement(5, 4) == "0101"
    assert two_complement(-1, 4) == "1111"
    assert two_complement(-8, 4) == "1000"
    for wrong in (8, -9):
        try:
            two_complement(wrong, 4)
            assert False, "must refuse"
        except OverflowError:
            pass


def bitmap_rows(pattern: list[int], width: int = 8) -> list[str]:
    """Draw the bytes of a bitmap font, one row each, with '█' for ones and spaces for zeros; spaces at the right
    end are kept."""
    table = str.maketrans("01", " █")
    return [format(row, f"0{width}b").translate(table) for row in pattern]


def test_bitmap_rows() -> None:
    assert bitmap_rows([]) == []
    assert bitmap_rows([0x18, 0xFF]) == ["   ██   ", "████████"]
    assert bitmap_rows([5, 2], 3) == ["█ █", " █ "]
    assert bitmap_rows([0], 2) == ["  "]


def xor_repeating(data, key):
    """Combine data with a key that is repeated as often as needed, byte by byte with exclusive or; an empty key
    leaves the data unchanged.

    >>> xor_repeating(xor_repeating(b"secret", b"ab"), b"ab")
    b'secret'
    """
    if not key:
        return data
    return bytes(byte ^ key[place % len(key)] for place, byte in enumerate(data))


def test_xor_repeating() -> None:
    assert xor_repeating(b"", b"k") == b""
    assert xor_repeating(b"abc", b"") == b"abc"
    assert xor_repeating(b"\x0f\xf0\xff", b"\xff\x0f") == b"\xf0\xff\x00"
    assert xor_repeating(xor_repeating(b"secret", b"ab"), b"ab") == b"secret"


def sign_message(message: str, key: str) -> str:
    """Append a signature to a message.

    The result is the message, a dot, and the first sixteen hexadecimal digits of its HMAC with SHA-256.
    """
    digest = hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()
    return f"{message}.{digest[:16]}"


def test_sign_message() -> None:
    signed = sign_message("hello", "k1")
    assert signed.startswith("hello.") and len(signed) == 22
    assert signed == sign_message("hello", "k1")
    assert signed != sign_message("hello", "k2")
    assert sign_message("a.b", "key").rsplit(".", 1)[0] == "a.b"
    assert sign_message("", "") == ".b613679a0814d9ec"


def data_url(mime: str, data: bytes) -> str:
    """Embed bytes in a data: URL with Base64."""
    return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}"


def test_data_url() -> None:
    assert data_url("text/plain", b"") == "data:text/plain;base64,"
    assert data_url("text/plain", b"hi") == "data:text/plain;base64,aGk="
    assert data_url("x/y", b"\xff\xfe\xfd") == "data:x/y;base64,//79"


def read_chunks(stream: bytes) -> list[tuple[str, bytes]]:
    """Split a file of tagged chunks.

    Each chunk is a tag of four ASCII letters, a length as an unsigned big-endian number of four bytes, and as
    many bytes of data. A chunk that is cut off raises ValueError.
    """
    chunks = []
    position = 0
    while position < len(stream):
        if position + 8 > len(stream):
            raise ValueError("cut off in a header")
        tag, length = struct.unpack_from(">4sI", stream, position)
        position += 8
        data = stream[position : position + length]
        if len(data) < length:
            raise ValueError(f"cut off in {tag!r}")
        chunks.append((tag.decode("ascii"), data))
        position += length
    return chunks


def test_read_chunks() -> None:
    assert read_chunks(b"") == []
    assert read_chunks(b"NAME\x00\x00\x00\x02hiVOID\x00\x00\x00\x00") == [("NAME", b"hi"), ("VOID", b"")]
    for broken in (b"NAME\x00", b"NAME\x00\x00\x00\x03hi"):
        try:
            read_chunks(broken)
            assert False, "must refuse"
        except ValueError:
            pass


def compression_ratio(text: str) -> float:
    """How many times smaller does a text get with zlib at its best level? Two places; 1.0 where it would grow."""
    raw = text.encode("utf-8")
    packed = zlib.compress(raw, 9)
    return max(1.0, round(len(raw) / len(packed), 2))


def test_compression_ratio() -> None:
    assert compression_ratio("") == 1.0
    assert compression_ratio("q") == 1.0
    assert compression_ratio("abc" * 1000) > 50
    assert compression_ratio("ä" * 500) > compression_ratio("a" * 500) > 20


def bloom_add(bits: int, word: str, size: int = 64) -> int:
    """Add a word to a small Bloom filter kept as a whole number.

    Three bits are set, at the first three bytes of the word's SHA-1 digest modulo the size.

    >>> bloom_add(0, "abc")
    4611688217484197888
    """
    digest = hashlib.sha1(word.encode()).digest()
    return reduce(lambda filled, byte: filled | 1 << byte % size, digest[:3], bits)


def test_bloom_add() -> None:
    first = bloom_add(0, "heron")
    assert 1 <= bin(first).count("1") <= 3
    assert bloom_add(first, "heron") == first
    both = bloom_add(first, "egret")
    assert both & first == first and both != first
    assert bloom_add(0, "abc") == 1 << 0xA9 % 64 | 1 << 0x99 % 64 | 1 << 0x3E % 64
    assert bloom_add(0, "x", size=1) == 1


def common_bits(masks: list[int]) -> tuple[int, int]:
    """Bits that are set in all masks and bits that are set in at least one; (0, 0) without masks."""
    if not masks:
        return 0, 0
    return reduce(operator.and_, masks), reduce(operator.or_, masks)


def test_common_bits() -> None:
    assert common_bits([]) == (0, 0)
    assert common_bits([6]) == (6, 6)
    assert common_bits([0b110, 0b011, 0b010]) == (0b010, 0b111)
    assert common_bits([1, 2]) == (0, 3)


def crc_line(sentence: str) -> str:
    """Finish a line for a serial port: the text, '*' and its CRC-32 as eight upper-case hexadecimal digits.

    The text is encoded as UTF-8 for the sum.
    """
    return f"{sentence}*{binascii.crc32(sentence.encode()):08X}"


def test_crc_line() -> None:
    assert crc_line("") == "*00000000"
    assert crc_line("123456789") == "123456789*CBF43926"
    assert crc_line("é").startswith("é*") and len(crc_line("é")) == 10
    assert crc_line("a") == "a*E8B7BE43"


def nibble_counts(data: bytes) -> dict[str, int]:
    """How often does each hexadecimal digit occur when bytes are written out? Sorted by digit, only those that
    occur."""
    return dict(sorted(Counter(data.hex()).items()))


def test_nibble_counts() -> None:
    assert nibble_counts(b"") == {}
    assert nibble_counts(b"\x00") == {"0": 2}
    assert nibble_counts(b"\xf0\x1f") == {"0": 1, "1": 1, "f": 2}
    assert list(nibble_counts(b"\xba")) == ["a", "b"]


def flag_names(mask: int, names: list[str]) -> str:
    """Name the set bits of a mask, lowest first, joined by '|'; bits without a name are 'bit 9', no bits at all 'none'.

    >>> flag_names(0b101, ["READ", "WRITE"])
    'READ|bit 2'
    """
    found = []
    for place in range(mask.bit_length()):
        if mask >> place & 1:
            found.append(names[place] if place < len(names) else f"bit {place}")
    return "|".join(found) or "none"


def test_flag_names() -> None:
    assert flag_names(0, ["A"]) == "none"
    assert flag_names(3, ["A", "B", "C"]) == "A|B"
    assert flag_names(0b1010, ["A", "B"]) == "B|bit 3"
    assert flag_names(4, []) == "bit 2"
    assert flag_names(2, ["A"]) == "bit 1"


def utf8_lengths(text: str) -> list[int]:
    """Number of bytes that each character takes in UTF-8, found from its code point alone."""
    limits = (0x80, 0x800, 0x10000)
    return [1 + sum(ord(char) >= limit for limit in limits) for char in text]


def test_utf8_lengths() -> None:
    assert utf8_lengths("") == []
    assert utf8_lengths("aé€🎈") == [1, 2, 3, 4]
    assert sum(utf8_lengths("naïve café")) == len("naïve café".encode())
    assert utf8_lengths("\x7f\x80") == [1, 2]
