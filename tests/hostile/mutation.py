"""Damages files in ways that a decoder may stumble over, the same for the same number."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

_HEAD_BYTES = 256
_ODD_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 30_000, 0x7FFFFFFF, 0xFFFFFFFF)


def mutated(seeds: Mapping[str, bytes], number: int) -> tuple[str, bytes]:
    """The damaged file of a number.

    Args:
        seeds: whole files by their names.

    Returns:
        A name for it, which begins with the number, and what it holds.
    """
    chance = random.Random(number)
    names = sorted(seeds)
    name = names[number % len(names)]
    content = bytearray(seeds[name])
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        chance.choice(_WAYS)(content, chance)
    if chance.random() < 0.1:
        other = seeds[chance.choice(names)]
        content[chance.randrange(len(content) + 1) :] = other[chance.randrange(len(other)) :]
    return f"{number:06}-{name}", bytes(content)


def mutated_files(seeds: Mapping[str, bytes], first: int, count: int) -> Iterator[Path]:
    """So many damaged files, from number `first` on, each there until the next is asked for."""
    with TemporaryDirectory() as folder:
        for number in range(first, first + count):
            name, content = mutated(seeds, number)
            path = Path(folder, name)
            path.write_bytes(content)
            yield path
            path.unlink()


def _put_bytes(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 4, 40))):
        if content:
            content[chance.randrange(len(content))] = chance.choice(
                (0, 0xFF, chance.randrange(256))
            )


def _put_number_in_head(content: bytearray, chance: random.Random) -> None:
    """Sizes, counts and offsets stand near the beginning."""
    width = chance.choice((1, 2, 4))
    number = chance.choice(_ODD_NUMBERS) % (1 << 8 * width)
    place = chance.randrange(max(1, min(len(content), _HEAD_BYTES)))
    content[place : place + width] = number.to_bytes(width, chance.choice(("big", "little")))


def _flip_bits(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 5, 60))):
        if content:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _cut_off(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content) + 1) :]


def _take_out(content: bytearray, chance: random.Random) -> None:
    begin, length = _part(content, chance)
    del content[begin : begin + length]


def _repeat(content: bytearray, chance: random.Random) -> None:
    begin, length = _part(content, chance)
    content[begin:begin] = content[begin : begin + length] * chance.choice((1, 2, 50))


def _move(content: bytearray, chance: random.Random) -> None:
    begin, length = _part(content, chance)
    part = content[begin : begin + length]
    del content[begin : begin + length]
    place = chance.randrange(len(content) + 1)
    content[place:place] = part


def _part(content: Sequence[int], chance: random.Random) -> tuple[int, int]:
    return chance.randrange(len(content) + 1), chance.choice((1, 2, 4, 16, 200))


_WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _put_bytes,
    _put_number_in_head,
    _put_number_in_head,
    _flip_bits,
    _cut_off,
    _take_out,
    _repeat,
    _move,
)
