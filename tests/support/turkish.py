"""Twenty Turkish names: how people type them, and their order, both worked out by hand.

The alphabet: a b c ç d e f g ğ h ı i j k l m n o ö p r s ş t u ü v y z.
"""

__all__ = ["IN_ORDER", "SEARCHES", "TURTLE"]

#: The names in the order of the alphabet.
IN_ORDER = [
    "Ağrı", "Beyoğlu", "Cizre", "Çankırı", "Çorum", "Denizli", "Diyarbakır", "Gümüşhane", "Iğdır", "Isparta",
    "İstanbul", "İzmir", "Kâğıthane", "Muğla", "Ordu", "Ödemiş", "Şişli", "Uşak", "Üsküdar", "Zonguldak",
]  # fmt: skip
#: What is typed, and the one name that it finds.
SEARCHES = [
    ("istanbul", "İstanbul"), ("ISTANBUL", "İstanbul"), ("İstanbul", "İstanbul"), ("ıstanbul", "İstanbul"),
    ("sisli", "Şişli"), ("ŞİŞLİ", "Şişli"), ("SISLI", "Şişli"), ("isparta", "Isparta"),
    ("İSPARTA", "Isparta"),
    ("igdir", "Iğdır"), ("IĞDIR", "Iğdır"), ("corum", "Çorum"), ("ÇORUM", "Çorum"), ("mugla", "Muğla"),
    ("GUMUSHANE", "Gümüşhane"), ("kagithane", "Kâğıthane"), ("Kağıthane", "Kâğıthane"),
    ("uskudar", "Üsküdar"), ("odemis", "Ödemiş"), ("DİYARBAKIR", "Diyarbakır"),
]  # fmt: skip
#: The names as cities of a graph, in an order that is no order.
TURTLE = """
@prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
""" + "".join(
    f'<https://w3id.org/kopru/id/city/c{number:02}> a schema:City ; rdfs:label "{name}"@tr, "{name}"@en .\n'
    for number, name in enumerate(IN_ORDER[::3] + IN_ORDER[1::3] + IN_ORDER[2::3])
)
