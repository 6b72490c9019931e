"""The block of facts at the head of a Markdown file."""

from collections.abc import Iterator, Mapping
from datetime import date

import yaml

from bot.errors import DocumentError
from bot.reading.dates import iso_date
from bot.reading.structure import Facts
from bot.records import Reference

# The block's first line stands below its opening "---", and people count lines from 1.
_FIRST_LINE = 2


def facts(source: str) -> Facts:
    """What the front matter says. Raises DocumentError."""
    values = _values(source)
    address = _text(values, "address", "url", "source")
    return Facts(
        title=_text(values, "title"),
        publisher=_text(values, "publisher", "site"),
        published=_date(values, "published", "date"),
        revised=_date(values, "revised", "updated"),
        address=address if address and address.startswith(("https://", "http://")) else None,
        language=_text(values, "language", "lang") or "en",
        references=tuple(_references(values.get("references"))),
        reviewed=_text(values, "reviewed"),
    )


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


def _values(source: str) -> Mapping[object, object]:
    try:
        values = yaml.safe_load(source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + _FIRST_LINE if mark else _FIRST_LINE
        raise DocumentError(
            f"its front matter cannot be read at line {line}; correct the YAML there"
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DocumentError("its front matter has a value that cannot be read; correct the YAML") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise DocumentError(f'its front matter on line {_FIRST_LINE} is not a list of "name: value" lines')
    return values


def _text(values: Mapping[object, object], *keys: str) -> str | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            line = " ".join(str(value).split())
            if line:
                return line
    return None


def _date(values: Mapping[object, object], *keys: str) -> str | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, date):
            return value.isoformat()[:10]
        if isinstance(value, str | int):
            return iso_date(str(value))
    return None
