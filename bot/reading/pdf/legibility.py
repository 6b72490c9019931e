"""Whether text can be read: some files show letters and do not tell which ones they are."""

import re

_GLYPH_NAMES = re.compile(r"/[A-Za-z]{1,3}\d{1,5}|\(cid:\d+\)")
_LEADERS = re.compile(r"[.·…_|\-–—]{2,}|(?:\. ){2,}|\s")
_LETTERS = re.compile(r"[^\W_]+")
# Controls, places that Unicode leaves to fonts, and what stands for a letter that is not known.
_STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff]")
_WORD = re.compile(r"[a-z]+")
# So little says nothing either way.
FEWEST_SIGNS = 20
_FEWEST_WORDS = 12
_GLYPH_NAME_SHARE = 0.3
_STRANGE_SHARE = 0.25
_LETTER_SHARE = 0.5
_LATIN_SHARE = 0.8
_COMMON_SHARE = 0.03
# Written languages in Latin letters have between three and six vowels in ten letters.
_VOWELS = (0.29, 0.6)
_COMMON_WORDS = (
    "the of and to a in is it for on with or be are as you your by at not may if an can from will this that "
    "de la que el en y los las un una por con para del se le les des et du est pour dans au der die das und "
    "zu den mit von ist im ein eine nicht auf il di che e per non si da o os um uma het een van"
)


def is_legible(text: str) -> bool:
    """Whether a text is one, as far as its letters tell."""
    signs = _LEADERS.sub("", text)
    if len(signs) < FEWEST_SIGNS:
        return True
    named = sum(len(match[0]) for match in _GLYPH_NAMES.finditer(signs))
    if named > _GLYPH_NAME_SHARE * len(signs):
        return False
    if len(_STRANGE.findall(signs)) > _STRANGE_SHARE * len(signs):
        return False
    if sum(map(len, _LETTERS.findall(signs))) < _LETTER_SHARE * len(signs):
        return False
    return _sounds(text.lower())


def _sounds(text: str) -> bool:
    """Whether the words of a text in Latin letters could be spoken."""
    words = _WORD.findall(text)
    letters = "".join(words)
    if len(words) < _FEWEST_WORDS or len(letters) < _LATIN_SHARE * sum(map(str.isalpha, text)):
        return True
    common = frozenset(_COMMON_WORDS.split())
    if sum(word in common for word in words) >= _COMMON_SHARE * len(words):
        return True
    vowels = sum(letters.count(vowel) for vowel in "aeiouy") / len(letters)
    return _VOWELS[0] <= vowels <= _VOWELS[1]
