"""The block of facts at the head of a Markdown file: YAML between lines of "---", TOML between "+++"."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import yaml

from bot.errors import DocumentError
from bot.reading.dates import iso_date
from bot.reading.layout import clean
from bot.reading.structure import Facts
from bot.records import Reference

# Real ones have some lines; what is longer was made to keep the reader busy.
_LONGEST_BLOCK = 16 * 1024
_DEEPEST = 20
_LONGEST_VALUE = 300
_OPENING = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(?=[^\r\n])")
_CLOSING = {
    fence: re.compile(rf"(?<=[\r\n]){re.escape(fence)}[ \t]*(?:\r\n|\r|\n|\Z)") for fence in ("---", "+++")
}
# The entry of a mapping or of a list: what stands between two rules across the page has none.
_ENTRY = re.compile(r"(?:(?<=[\r\n])|\A)(?:[\w\"'<][^\r\n:=]*[:=]|- )")
# The block's first line stands below its opening fence, and people count lines from 1.
_FIRST_LINE = 2
_LINE_IN_MESSAGE = re.compile(r"at line (\d+)")
_NO_VALUE = ("", "~", "null")
_REVISED = ("revised", "updated", "lastmod", "last_modified_at", "last_updated", "last_update", "reviewed")


class FrontMatter(NamedTuple):
    """What a file says about its document, and where its text begins."""

    facts: Facts
    end: int


class _PlainLoader(yaml.BaseLoader):
    """Reads each value as the words that were written: tags mean nothing, and no value stands for another."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next value. Raises ComposerError where it points to another one or is nested without sense."""
        if self.check_event(yaml.AliasEvent) or self._depth > _DEEPEST:
            raise yaml.composer.ComposerError(problem_mark=self.current_event.start_mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def front_matter(text: str) -> FrontMatter:
    """The front matter of a text. Raises DocumentError where it cannot be read."""
    opening = _OPENING.match(text)
    closing = _CLOSING[opening.group(1)].search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return FrontMatter(Facts(), 0)
    source = text[opening.end() : closing.start()]
    if source.strip() and _ENTRY.search(source) is None:
        return FrontMatter(Facts(), 0)
    if len(source) > _LONGEST_BLOCK:
        raise DocumentError(f"its front matter is longer than {_LONGEST_BLOCK // 1024} KB; shorten it")
    values = _yaml(source) if opening.group(1) == "---" else _toml(source)
    return FrontMatter(_facts({str(key).lower(): value for key, value in values.items()}), closing.end())


def _facts(values: Mapping[str, object]) -> Facts:
    address = _text(values, "address", "url", "source")
    return Facts(
        title=_text(values, "title"),
        publisher=_text(values, "publisher", "site"),
        published=_date(values, "published", "date"),
        revised=_date(values, *_REVISED),
        address=address if address and address.startswith(("https://", "http://")) else None,
        language=_text(values, "language", "lang") or "en",
        references=tuple(_references(values.get("references"))),
        reviewed=_reviewed(values),
    )


def _reviewed(values: Mapping[str, object]) -> str | None:
    """What is said of the review, where that is more than its date."""
    said = _text(values, "reviewed")
    return None if said is None or _date(values, "reviewed") else said


def _references(listed: object) -> Iterator[Reference]:
    """The sources that are listed with a mark and a title; what else stands there is left alone."""
    for values in listed if isinstance(listed, list) else ():
        if not isinstance(values, dict):
            continue
        mark, title, address = _text(values, "id"), _text(values, "title"), _text(values, "address", "url")
        if mark and title:
            yield Reference(
                mark=mark,
                title=title,
                publisher=_text(values, "publisher", "site"),
                published=_date(values, "published", "date"),
                revised=_date(values, "revised", "updated"),
                address=address if address and address.startswith(("https://", "http://")) else None,
            )


def _yaml(source: str) -> Mapping[object, object]:
    try:
        values = _PlainLoader(source).get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + _FIRST_LINE if error.problem_mark else _FIRST_LINE
        raise DocumentError(
            f"its front matter cannot be read at line {line}; correct the YAML there, "
            "for example by quotation marks around a value"
        ) from error
    except yaml.reader.ReaderError as error:
        line = source.count("\n", 0, error.position) + _FIRST_LINE
        raise DocumentError(
            f"its front matter has an unprintable sign at line {line}; remove it there"
        ) from error
    except (ValueError, OverflowError) as error:
        raise DocumentError("its front matter has a sign that does not exist; correct the YAML") from error
    if values in (None, ""):
        return {}
    if not isinstance(values, dict):
        raise DocumentError(f'its front matter on line {_FIRST_LINE} is not a list of "name: value" lines')
    return values


def _toml(source: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(source.replace("\r\n", "\n").replace("\r", "\n"))
    except (ValueError, RecursionError) as error:
        stated = _LINE_IN_MESSAGE.search(str(error))
        line = int(stated.group(1)) + _FIRST_LINE - 1 if stated else _FIRST_LINE
        raise DocumentError(
            f"its front matter cannot be read at line {line}; correct the TOML there"
        ) from error


def _text(values: Mapping[str, object], *keys: str) -> str | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            line = clean(str(value)[: _LONGEST_VALUE + 1])
            if line.lower() not in _NO_VALUE and len(line) <= _LONGEST_VALUE:
                return line
    return None


def _date(values: Mapping[str, object], *keys: str) -> str | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, date | str | int):
            found = iso_date(str(value)) if not isinstance(value, bool) else None
            if found is not None:
                return found
    return None
