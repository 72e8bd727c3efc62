"""The keys under which a place name is looked up, from the strictest to the loosest.

A key is Latin letters and digits only: marks, blanks, hyphens and apostrophes are gone, and other
scripts are transliterated. Exonyms are no matter of spelling: they come as further names of a place.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ontology.text import fold

__all__ = [
    "TIERS", "Spelling", "before_mark", "is_short_for", "make_keys", "name_key", "shared_words",
    "shares_word", "significant_words", "spell", "without_postal_letters",
]  # fmt: skip

#: What a key keeps of the name, strictest first: all of it; without the words for its authority;
#: only what stands before a comma, bracket or stroke; without particles; only what stands behind.
TIERS = ("full", "plain", "part", "loose", "behind")

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe",
                              "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"})  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "sankt": "saint", "sint": "saint"}
_ABBREVIATED = (
    (re.compile(r"\ba\.\s?m\.?$|/main$", re.I), " am main"),
    (re.compile(r"\ba\.\s?d\.\s?", re.I), " an der "),
    (re.compile(r"\bo\.\s?d\.\s?", re.I), " ob der "),
    (re.compile(r"\bD\.?\s?C\.?$"), ""),
    (re.compile(r"^M\.\s?(?:St\.\s?)?(?=[^\W\d_]{3})", re.I), ""),  # Polish for "city" and "capital city"
    (re.compile(r"\bc[eé]dex\b.*$", re.I), ""),
    (re.compile(r"(?<=\w)[,\s]+[Cc][Oo](?:\.\s?|\s)(?=[A-Z])"), ", County "),
    (re.compile(r"^[Cc][Oo]\.\s?(?=[A-Z])"), "County "),
    (re.compile(r"(?<=\w)\s[A-ZÖØ]{1,2}$"), ""),  # the postal quarter, as in "Aarhus C"
)

_POSTAL_LETTERS = re.compile(r"^[A-Z]{2}\s+(?=[A-Z'‘’][A-Za-z-]{2})")


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PARTICLES = _set_of(
    """
    a al am an auf bei d da das de del della den der des di do dos du e el en i im in ka la las le
    les lo los na nad nell o of on ob os pod pri s sobre sul sulla sur the u und upon v van von vom
    y zu zum zur
    """
)

#: Words that many names of places share.
_COMMON = _set_of(
    """
    saint sainte santa santo castel castello monte mount villa grand grande north south
    """
)
#: Words are one but for an ending from here on, in per cent.
_ALIKE = 85.0

#: Words for the authority of a city, which leave the place the same.
_CITY_WORDS = _set_of(
    """
    ajuntament ayuntamiento belediyesi camara city comuna comune commune concello dimos gemeinde
    gmina grad hansestadt kommun kommune landeshauptstadt mairie marktgemeinde mesto metropolitan
    miasto municipal municipality municipio municipiul obcina obec opcina primaria stadt
    stadtgemeinde town universitatsstadt ville buyuksehir varos varosi onkormanyzata onkormanyzat
    administration communale municipalite presidencia atc otg hromada amalgamated council kaupunki
    linn miestas obshtina savivaldybe kent sehri gemeente alcaldia prefeitura megyei jogu miejska
    parish pagasts novads vald village
    """
)
#: Words that make the name one of an area around a city, or of one that holds many.
_AREA_WORDS = {
    word: kind
    for kind, words in {
        "county": "county landkreis kreis judet zupanija megye maakond powiat",
        "province": "provincia province diputacion diputacio prefecture",
        "region": "oblast region regione voivodeship kraj bundesland krai",
        "intermunicipality": "metropole agglomeration communaute mancomunidad comarca syndicat zweckverband "
        "comunita unione arrondissement governorate raion",
    }.items()
    for word in words.split()
}
_DISTRICT_WORDS = _set_of(
    """
    bezirk borough ilcesi kerulet stadtteil quartier
    """
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is looked up.

    Parameters
    ----------
    tiers
        For each of ``TIERS`` the keys that are new in it.
    kind
        The kind of place that a word in the name tells, else ``""``.
    hints
        What stands behind a comma or in brackets: often a region.
    """

    tiers: tuple[tuple[str, ...], ...]
    kind: str
    hints: tuple[str, ...]


def name_key(text: str) -> str:
    """Return the key of a name: lower-case Latin letters and digits.

    Examples
    --------
    >>> name_key("Bat-Yam"), name_key("Москва"), name_key("北京"), name_key("St. Helier")
    ('batyam', 'moskva', 'beijing', 'sainthelier')
    """
    return "".join(_words(text))


def make_keys(text: str) -> set[str]:
    """Return the keys of a name, with umlauts dropped and written out."""
    keys = {name_key(text)}
    if not text.isascii() and (written := text.translate(_WRITTEN_OUT)) != text:
        keys.add(name_key(written))
    return keys - {""}


@lru_cache(maxsize=4096)
def spell(text: str) -> Spelling:
    """Return the keys of a name from the strictest to the loosest, and what its words tell.

    Examples
    --------
    >>> spell("Stadt Köln").tiers[1]
    ('koeln', 'koln')
    >>> spell("Landkreis Rostock").kind, spell("Detroit, MI").hints
    ('county', ('MI',))
    """
    text = text.strip()
    for pattern, written in _ABBREVIATED:
        text = pattern.sub(written, text)
    text = text.strip(" ,")
    kind, plain = _without_words(text)
    pieces = [piece.strip() for piece in re.split(r"[(),/;|]|\s[-–]\s", text) if piece.strip()]
    parts = [piece for piece in pieces if len(piece) > 2] if len(pieces) > 1 else []
    bare = [_without_words(part)[1] for part in parts]
    if parts and parts[0] == pieces[0]:
        kind = _without_words(pieces[0])[0]  # a county behind the comma is where the place lies
    tiers, seen = [], set[str]()
    for names in ([text], [plain], parts[:1], [*bare[:1], _loose(plain)], bare[1:]):
        # An order that does not hang on hashes: the first name first.
        found = [key for name in names for key in sorted(make_keys(name)) if key not in seen]
        seen.update(found)
        tiers.append(tuple(dict.fromkeys(found)))
    return Spelling(tuple(tiers), kind, tuple(pieces[1:]))


def significant_words(text: str) -> list[str]:
    """Return the long words of a name that few other names have.

    Examples
    --------
    >>> significant_words("Sant Pere de Vilamajor"), significant_words("Santa Maria")
    (['vilamajor'], ['maria'])
    """
    return [word for word in _words(text) if len(word) > 4 and word not in _COMMON]


def shared_words(one: str, other: str) -> frozenset[str]:
    """Return the long words of ``one`` that are one of the other name's, but for its ending."""
    from rapidfuzz import fuzz

    right = significant_words(other)
    return frozenset(
        a for a in significant_words(one) if any(fuzz.ratio(a, b) >= _ALIKE and a[:4] == b[:4] for b in right)
    )


def shares_word(one: str, other: str) -> bool:
    """Whether a long word of one name is one of the other, but for its ending.

    Examples
    --------
    >>> shares_word("Bedmar y Garcíez", "Bedmar"), shares_word("Filotheis-Psychikou", "Psychikó")
    (True, True)
    """
    return bool(shared_words(one, other))


def is_short_for(short: str, name: str) -> bool:
    """Whether ``short`` is ``name`` with words cut off or abbreviated, its first word not alone.

    Examples
    --------
    >>> is_short_for("Gorzów Wlkp.", "Gorzów Wielkopolski"), is_short_for("Uh. Hradiště", "Uherské Hradiště")
    (True, True)
    >>> is_short_for("Landau/Isar", "Landau an der Isar"), is_short_for("Landau", "Landau an der Isar")
    (True, False)
    """
    left, right = ([word for word in _words(text) if word not in _PARTICLES] for text in (short, name))
    if len(left) < 2 or len(left) > len(right):
        return False
    whole = [len(a) > 3 and a == b for a, b in zip(left, right, strict=False)]
    return any(whole) and all(_abbreviates(a, b) for a, b in zip(left, right, strict=False))


def before_mark(name: str) -> str:
    """Return what a file that lost its letters with marks may leave of a name; ``""`` when too little.

    Examples
    --------
    >>> before_mark("Norrköping"), before_mark("Århus"), before_mark("Bern")
    ('norrk', '', '')
    """
    cut = next((number for number, letter in enumerate(name) if not letter.isascii()), 0)
    return name[:cut].lower() if cut > 4 else ""


def _abbreviates(short: str, word: str) -> bool:
    letters = iter(word)
    return short[0] == word[0] and all(letter in letters for letter in short)


def without_postal_letters(text: str, country: str) -> str:
    """Return a Dutch name without the two letters of its postal code, as in ``AB Delft``."""
    return _POSTAL_LETTERS.sub("", text) if country == "NL" else text


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = fold(text)
        if not text.isascii():
            from anyascii import anyascii

            text = anyascii(text)
    text = text.lower().replace("'", "").replace("`", "")
    return [_SHORT.get(word, word) for word in _WORD.findall(text)]


def _without_words(text: str) -> tuple[str, str]:
    """Return the kind that a word tells, and the name without such words and without numbers."""
    kind, kept = "", []
    for word in text.split():
        key = name_key(word)
        if key in _AREA_WORDS:
            kind = kind or _AREA_WORDS[key]
        elif key in _DISTRICT_WORDS:
            kind = kind or "district"
        elif key not in _CITY_WORDS and not any(letter.isdigit() for letter in key):
            kept.append(word)
    while (
        len(kept) > 1
        and len(kept) < len(text.split())
        and name_key(kept[0]) in _PARTICLES - {"la", "el", "los"}
    ):
        kept = kept[1:]  # the "of" that joined the word to the name
    if kept and len(kept) < len(text.split()):
        kept[0] = re.sub(r"^[dl]['’]", "", kept[0])
    return kind, " ".join(kept)


def _loose(text: str) -> str:
    return " ".join(word for word in _words(text) if word not in _PARTICLES)
