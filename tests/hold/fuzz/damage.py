"""Valid files in, damaged ones out: flipped bits, cuts, repeats, pieces of others, odd bytes."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

# One deed done to a file: how, where (as a share of its length), how much, and with what.
Deed = tuple[str, float, int, bytes]

ODD = (
    *(b"\x00", b"\xff", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f\xa6\xb6", b"\r", b"\x1a", b"<", b">", b"&"),
    *(b"-1", b"0", b"99999999999", b"1e999", b"%s", b"../", b"]]>", b"<!--", b'"', b"\\", b"{", b"}"),
)
_HOW = ("flip", "cut", "repeat", "drop", "put", "swap", "move")


def _deed(data: bytes, deed: Deed) -> bytes:
    how, where, much, odd = deed
    at = int(where * len(data))
    to = min(len(data), at + much)
    done: dict[str, Callable[[], bytes]] = {
        "flip": lambda: (
            data[:at] + bytes(byte ^ (1 << much % 8) for byte in data[at : at + 1]) + data[at + 1 :]
        ),
        "cut": lambda: data[:at],
        "repeat": lambda: data[:to] + data[at:to] * (1 + much % 7) + data[to:],
        "drop": lambda: data[:at] + data[to:],
        "put": lambda: data[:at] + odd + data[at:],
        "swap": lambda: data[:at] + odd + data[at + len(odd) :],
        "move": lambda: data[:at] + data[to:] + data[at:to],
    }
    return done[how]()


def _done(data: bytes, deeds: Sequence[Deed]) -> bytes:
    for deed in deeds:
        data = _deed(data, deed)
    return data


def damaged(files: SearchStrategy[bytes], *, most: int = 6) -> SearchStrategy[bytes]:
    """Files of these with up to so many things done to each."""
    deeds = st.tuples(
        st.sampled_from(_HOW),
        st.floats(0, 1, allow_nan=False, width=32),
        st.integers(1, 200),
        st.sampled_from(ODD) | st.binary(min_size=1, max_size=4),
    )
    return st.builds(_done, files, st.lists(deeds, max_size=most))


def varied(data: bytes, chance: Random) -> bytes:
    """The same file with a few more things done to it."""
    deeds = [
        (chance.choice(_HOW), chance.random(), chance.randrange(1, 200), chance.choice(ODD))
        for _ in range(chance.randrange(1, 4))
    ]
    return _done(data, deeds)


def varied_text(text: str, chance: Random) -> str:
    """The same text with a few more things done to it."""
    return varied(text.encode(), chance).decode("utf-8", "replace")


def varied_folder(files: Mapping[str, bytes], chance: Random) -> Mapping[str, bytes]:
    """The same files, with a few things done to one of them."""
    if not files:
        return files
    name = chance.choice(sorted(files))
    return {**files, name: varied(files[name], chance)}
