"""The bytes of a page as text, decoded as browsers do: a page is shown, whatever it says of itself."""

import codecs
import re

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})"
    rb"|<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})",
    re.IGNORECASE,
)
# Browsers look this far for the declaration; some pages have long scripts before it.
_LOOKED_THROUGH = 8192
# What browsers read where a page names an older or narrower encoding.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Python has codecs that are no encodings of text, and some that browsers do not read.
_OF_PAGES = ("cp", "iso8859", "koi8", "mac-", "big5", "gb", "hz", "euc_", "iso2022_jp", "johab", "shift_jis")
_OTHER_NAMES = {"x-sjis": "cp932", "windows-31j": "cp932", "x-mac-roman": "mac-roman", "unicode": "utf-8"}
_GUESSED = "Its encoding was guessed: Windows-1252."


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a page, and a remark where its encoding had to be guessed."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    wide = _without_mark(data)
    if wide is not None:
        return data.decode(wide, errors="replace"), ()
    declared = _declared(data)
    for encoding in (declared, "utf-8"):
        try:
            return data.decode(encoding), ()
        except UnicodeError:
            continue
    if declared != "utf-8":
        return data.decode(declared, errors="replace"), ()
    text = data.decode(declared, errors="replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    # A page in UTF-8 that was cut or patched has a few bad bytes; one in Windows-1252 has hardly a good one.
    if sum(not sign.isascii() for sign in text) > 2 * broken:
        return text, ()
    return data.decode("cp1252", errors="replace"), (_GUESSED,)


def _declared(data: bytes) -> str:
    """The encoding that a page names, as browsers understand the name; UTF-8 where it names none."""
    found = _DECLARED.search(data, 0, _LOOKED_THROUGH)
    if found is None:
        return "utf-8"
    label = (found[1] or found[2]).decode("ascii", errors="replace").lower()
    try:
        codec = codecs.lookup(_OTHER_NAMES.get(label, label))
    except (LookupError, ValueError):
        return "utf-8"
    # A page whose declaration can be read byte by byte is in no wide encoding.
    known = codec.name in _WIDER or codec.name.startswith(_OF_PAGES)
    return _WIDER.get(codec.name, codec.name) if known else "utf-8"


def _without_mark(data: bytes) -> str | None:
    """UTF-16 that does not say so: every other byte of its markup is zero."""
    start = data[:_LOOKED_THROUGH]
    half = max(len(start) // 2, 1)
    if start[1::2].count(0) / half > 0.4 and start[::2].count(0) / half < 0.1:
        return "utf-16-le"
    if start[::2].count(0) / half > 0.4 and start[1::2].count(0) / half < 0.1:
        return "utf-16-be"
    return None
