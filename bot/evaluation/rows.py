"""A file of JSON objects, one a line, in; rows whose fields are checked as they are read out."""

import gzip
import json
import math
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from bot.errors import QuestionSetError
from bot.evaluation.quoting import quoted

# A letter with its answers has a few thousand characters; a longer line is some other file.
MAX_LINE_CHARS = 2_000_000
PACKED = ".gz"
# Nothing that is counted comes to more, and other programs keep no more in a number.
MOST_INTEGER = 2**53


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object and where it stands; every getter raises QuestionSetError on a wrong value."""

    where: str
    values: Mapping[str, object]

    def fail(self, sentence: str) -> NoReturn:
        """Raises a QuestionSetError that says where."""
        raise QuestionSetError(f"{self.where}: {sentence}")

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(name) is not None

    def only(self, known: Collection[str]) -> None:
        """Refuses a field that nobody would read: it is likely a slip of the pen."""
        for name in self.values:
            if name not in known:
                self.fail(f"the field {quoted(name)} is not known; use {_listed(known)}.")

    def text(self, name: str, *, default: str | None = None) -> str:
        """A text that is not blank."""
        value = self._value(name, default)
        if not isinstance(value, str):
            self._wrong(name, "a text in quotation marks", value)
        if not value.strip():
            self.fail(f'the field "{name}" is empty; fill it in.')
        return value

    def name(self, field: str) -> str:
        """An id, which may be given as a whole number."""
        value = self.values.get(field)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else self.text(field)

    def integer(self, name: str) -> int:
        """A whole number."""
        value = self._value(name, None)
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(name, "a whole number", value)
        if abs(value) > MOST_INTEGER:
            self._wrong(name, "a whole number of a usual size", value)
        return value

    def number(self, name: str, *, default: float | None = None) -> float:
        """A finite number."""
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong(name, "a number", value)
        try:
            number = float(value)
        except OverflowError:
            self._wrong(name, "a number of a usual size", value)
        if not math.isfinite(number):
            self._wrong(name, "a finite number", value)
        return number

    def items(self, name: str) -> list[object]:
        """A list; empty where the field is missing."""
        value = self.values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(name, "a list in square brackets", value)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, none of them blank."""
        found = tuple(text for text in self.items(name) if isinstance(text, str) and text.strip())
        if len(found) != len(self.items(name)):
            self.fail(f'the field "{name}" must list texts only, none of them empty; correct it.')
        return found

    def rows(self, name: str) -> tuple["Row", ...]:
        """A list of objects."""
        found = []
        for place, value in enumerate(self.items(name), 1):
            if not isinstance(value, dict):
                self.fail(f'entry {place} of "{name}" is not an object in curly brackets; correct it.')
            found.append(Row(f'{self.where}, entry {place} of "{name}"', value))
        return tuple(found)

    def _value(self, name: str, default: object) -> object:
        value = self.values.get(name)
        if value is not None:
            return value
        if default is None:
            self.fail(f'the field "{name}" is missing; add it.')
        return default

    def _wrong(self, name: str, wanted: str, value: object) -> NoReturn:
        self.fail(f'the field "{name}" must be {wanted}, not {quoted(json.dumps(value))}; correct it.')


def json_rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON Lines file; blank lines are passed over. Raises QuestionSetError."""
    for number, line in numbered_lines(path):
        if line.strip():
            yield json_row(f"{quoted_name(path)}, line {number}", line)


def quoted_name(path: Path) -> str:
    """A file's name as messages give it."""
    return quoted(path.name)[1:-1]


def numbered_lines(path: Path, *, longest: int = MAX_LINE_CHARS) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file, packed by gzip or not, from number 1, read one at a time.

    Raises QuestionSetError, also for a line of more than `longest` bytes.
    """
    name, number = quoted_name(path), 0
    try:
        with gzip.open(path) if path.suffix.lower() == PACKED else path.open("rb") as file:
            while data := file.readline(longest + 1):
                number += 1
                if len(data) > longest:
                    raise QuestionSetError(
                        f"{name}, line {number}: the line is longer than {longest} bytes;"
                        " put one object on each line."
                    )
                yield number, data.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise QuestionSetError(f"{name}, line {number}: it is not UTF-8; save the file as UTF-8.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise QuestionSetError(f"{name} is damaged or not packed by gzip; get it anew.") from error
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise QuestionSetError(
            f"{name} cannot be read ({reason}); check its name and permissions."
        ) from error


def parsed_json(where: str, text: str) -> object:
    """The value of a JSON text; raises QuestionSetError for what is broken or ambiguous."""
    try:
        value = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
        # Half of a surrogate pair is valid JSON, but no text that could be shown or written.
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()
        return value
    except UnicodeEncodeError:
        reason = "it has half of a character that needs two \\u escapes"
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}"
        reason = f"it is not valid JSON ({error.msg}, {place})"
    except RecursionError:
        reason = "its brackets are nested too deeply"
    except ValueError as error:
        reason = f"it is not valid JSON ({error})"
    raise QuestionSetError(f"{where}: {reason}; correct it.")


def json_row(where: str, line: str) -> Row:
    """The object of one line; raises QuestionSetError."""
    value = parsed_json(where, line)
    if not isinstance(value, dict):
        raise QuestionSetError(f"{where}: it is not an object; write it in curly brackets.")
    return Row(where, value)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in pairs:
        if name in values:
            raise ValueError(f"the field {quoted(name)} is given twice")
        values[name] = value
    return values


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _listed(names: Collection[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
