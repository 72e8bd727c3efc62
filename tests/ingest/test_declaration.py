"""Declarations: all of them are whole, and each has its reader."""

import pytest
from pydantic import ValidationError

from ingest.declaration import Declaration, Expected, get_declaration, get_reader, list_declarations
from ontology.errors import SourceError

WHOLE = {
    "name": "x", "title": {"tr": "X", "en": "X"}, "description": {"tr": "X", "en": "X"}, "publisher": "X",
    "licence": "X", "coverage": {"tr": "X", "en": "X"},
}  # fmt: skip


def test_all_sources_are_declared_each_after_those_it_needs() -> None:
    names = [declaration.name for declaration in list_declarations()]
    assert sorted(names) == [
        "calls", "cldr", "cordis", "geonames", "keep", "letter", "rdf", "records", "table", "wikidata",
        "world",
    ]  # fmt: skip
    assert names.index("records") < min(names.index("cldr"), names.index("geonames"))


def test_every_source_has_a_reader() -> None:
    assert all(callable(get_reader(declaration.name)) for declaration in list_declarations())


def test_geonames_is_attributed_under_its_licence() -> None:
    declaration = get_declaration("geonames")
    assert (declaration.licence, declaration.publisher) == ("CC BY 4.0", "GeoNames")
    assert "geonames.org" in str(declaration.attribution)


def test_an_unknown_source_is_named_with_the_known_ones() -> None:
    with pytest.raises(SourceError, match=r"There is no source 'zzz'\. Known sources: .*records"):
        get_declaration("zzz")


def test_an_unknown_field_of_a_declaration_is_refused() -> None:
    Declaration.model_validate(WHOLE)
    with pytest.raises(ValidationError, match="titel"):
        Declaration.model_validate({**WHOLE, "titel": "X"})


def test_expected_counts_have_two_ends() -> None:
    expected = Expected(min=2, max=3)
    assert [expected.allows(count) for count in (1, 2, 3, 4)] == [False, True, True, False]
