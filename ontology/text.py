"""Keys under which Turkish and English names are found and sorted.

Neither SPARQL's ``LCASE`` nor code point order knows Turkish: ``LCASE("İstanbul")``
does not contain "istanbul", and Çorum sorts after Zonguldak. The keys made here
stand in the graph as ``kp:searchKey`` and ``kp:sortKey``, so any engine can use them.
"""

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "slugify", "sort_key"]

# Letters that Unicode does not decompose into a base letter and a mark.
_PLAIN = str.maketrans({
    "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e", "’": "", "‘": "", "'": "", "`": "", "ʻ": "", "ʼ": "",
})  # fmt: skip

# "{" follows "z" in code point order, so "c{" lies between "cz" and "d".
_TURKISH_ORDER = str.maketrans({"ç": "c{", "ğ": "g{", "ı": "h{", "ö": "o{", "ş": "s{", "ü": "u{"})


def fold(text: str) -> str:
    """Return the search key: lower case, without marks, single spaces.

    Examples
    --------
    >>> fold("İSTANBUL") == fold("istanbul") == fold("Istanbul")
    True
    >>> fold("Şişli  Belediyesi")
    'sisli belediyesi'
    """
    if text.isascii():  # the short way: nothing to decompose, and most names of the world are like this
        return " ".join(text.lower().translate(_PLAIN).split())
    # Marks go before the case and again after it: "™" decomposes to capitals, some capitals to marks.
    lowered = _strip_marks(text).replace("I", "i").casefold().translate(_PLAIN)
    return " ".join(_strip_marks(lowered).split())


def _strip_marks(text: str) -> str:
    """Return the text without accents and without invisible characters such as soft hyphens."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


def sort_key(text: str) -> str:
    """Return a key whose code point order is the order of the Turkish alphabet.

    Letters foreign to Turkish sort as their base letter.

    Examples
    --------
    >>> sorted(["Denizli", "Çorum", "Cizre"], key=sort_key)
    ['Cizre', 'Çorum', 'Denizli']
    >>> sorted(["İzmir", "Isparta", "Jeonju", "Hatay"], key=sort_key)
    ['Hatay', 'Isparta', 'İzmir', 'Jeonju']
    """
    lowered = unicodedata.normalize("NFC", text).replace("İ", "i").replace("I", "ı").lower()
    return " ".join("".join(map(_sort_letter, word)) for word in lowered.split())


@lru_cache(maxsize=1024)
def _sort_letter(letter: str) -> str:
    return letter.translate(_TURKISH_ORDER) if letter in "çğıöşü" else fold(letter)


def slugify(text: str) -> str:
    """Return an ASCII slug: ``[a-z0-9-]`` only, Turkish letters folded.

    Examples
    --------
    >>> slugify("Dış İlişkiler Dairesi")
    'dis-iliskiler-dairesi'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
