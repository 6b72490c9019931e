"""Letters that were drawn where the same letters stand already, to look bold or to cast a shadow."""

from collections.abc import Iterator, Sequence

from bot.reading.pdf.glyphs import Run

# Shares of the size of the letters: how far from the first ones the second stand at most, and how wide
# the white is that parts two words of which each may have a shadow.
_REACH = 0.2
_APART = 0.9
# How much wider or narrower the same letters may be where they are drawn again in other portions.
_AS_WIDE = 0.25
_LATELY = 8


def without_shadows(runs: Sequence[Run]) -> list[Run]:
    """The runs of a line, from the left to the right, each letter once."""
    found: list[Run] = []
    for run in runs:
        if run.text.strip() and not any(_is_same(run, other) for other in found[-_LATELY:]):
            found.append(run)
    layers = _layers(found)
    if len(layers) < 2:
        return found
    seen = list(layers[0])
    for layer in layers[1:]:
        for piece in _pieces(layer):
            if not _repeats(piece, seen):
                seen += piece
    return sorted(seen, key=lambda run: run.left)


def _is_same(run: Run, other: Run) -> bool:
    reach = _REACH * run.size
    return (
        abs(run.left - other.left) <= reach
        and abs(run.right - other.right) <= reach + 0.02 * abs(other.right - other.left)
        and other.text.strip() == run.text.strip()
    )


def _layers(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs in as few rows as have no letters on top of each other."""
    layers: list[list[Run]] = []
    for run in runs:
        free = (layer for layer in layers if run.left >= layer[-1].right - _REACH * run.size)
        layer = next(free, None)
        if layer is None:
            layers.append([run])
        else:
            layer.append(run)
    return layers


def _pieces(layer: Sequence[Run]) -> Iterator[list[Run]]:
    piece: list[Run] = []
    for run in layer:
        if piece and run.left - piece[-1].right > _APART * run.size:
            yield piece
            piece = []
        piece.append(run)
    yield piece


def _repeats(piece: Sequence[Run], seen: Sequence[Run]) -> bool:
    """Whether a piece has the letters that stand below it, in whatever portions each was drawn."""
    left, right, reach = piece[0].left, piece[-1].right, _REACH * piece[0].size
    below = [run for run in seen if run.right > left + reach and run.left < right - reach]
    if not below:
        return False
    again, before = _letters(piece), _letters(below)
    if again not in before and before not in again:
        return False
    width, other = right - left, below[-1].right - below[0].left
    return abs(width * len(before) - other * len(again)) <= _AS_WIDE * width * len(before)


def _letters(runs: Sequence[Run]) -> str:
    return "".join("".join(run.text.split()) for run in runs)
