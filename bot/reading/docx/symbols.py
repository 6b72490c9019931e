"""Signs of Word's symbol fonts, which text holds as letters or as code points without a meaning."""

import re
from collections.abc import Mapping

from bot.reading.docx.xml import Element, child, name

TICKS = "✓✔✗✘☐☑☒"
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_GREEK = dict(
    zip(
        "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
_SYMBOL: Mapping[str, str] = {
    **_GREEK,
    **dict(
        zip(
            "\xa3\xa4\xa5\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xbb\xbc\xa2\xd6\xde\xa7\xa8\xa9\xaa",
            "≤⁄∞↔←↑→↓°±″≥×∝∂•÷≠≡≈…′√⇒♣♦♥♠",
            strict=True,
        )
    ),
}
# What leaflets use of the Wingdings: ticks, crosses, boxes, arrows, pointers, telephones, bullets.
_WINGDINGS: Mapping[str, str] = dict(
    zip(
        "\x28\x29\x2a\x36\x46\x45\x47\x48\x4a\x4b\x4c\x6c\x6d\x6e\x6f\x71\x72\x75\x76\x77\x9f\xa1\xa2\xa7\xa8"
        "\xd8\xdc\xdf\xe0\xe1\xe2\xe8\xf0\xfb\xfc\xfd\xfe",
        "☎✆✉⌛☞☜☝☟☺😐☹●❍■□❑❒◆❖⬥•○○▪◻➢➲←→↑↓➔⇨✗✓☒☑",
        strict=True,
    )
)
_WINGDINGS_2: Mapping[str, str] = dict(zip("OPQRSTU", "✗✓☒☑☒☒☒", strict=True))
_FONTS: Mapping[str, Mapping[str, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def shown(text: str, font: str | None) -> str:
    """The text as a reader sees it in a font; signs that no font is known for become bullets."""
    signs = _FONTS.get((font or "").lower())
    if signs is None:
        return _PRIVATE.sub("•", text) if max(text, default="") >= "\uf020" else text
    return "".join(_sign(sign, signs) for sign in text)


def coded(code: str | None, font: str | None) -> str:
    """The sign with a hexadecimal code in a font (w:sym)."""
    try:
        sign = chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
    return shown(sign, font)


def font_of(properties: Element | None) -> str | None:
    """The font that a run's properties name."""
    fonts = child(properties, "w:rFonts")
    return None if fonts is None else fonts.get(name("w:ascii")) or fonts.get(name("w:hAnsi"))


def raised(digits: str) -> str:
    """Digits that are raised behind a number, where "10" and "9" would read as 109."""
    return digits.translate(_SUPERSCRIPTS)


def _sign(sign: str, signs: Mapping[str, str]) -> str:
    private = "\uf020" <= sign <= "\uf0ff"
    plain = chr(ord(sign) - 0xF000) if private else sign
    return signs.get(plain, "•" if private else sign)
