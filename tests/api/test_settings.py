"""Settings come from options, then the environment, then defaults; what is wrong is named."""

from pathlib import Path

import pytest

from api.settings import Settings, load_settings, peek_language
from ontology.errors import BadParameter

NAMES = [
    "store", "store_folder", "store_query", "store_update", "store_graphs", "store_user", "store_password",
    "store_timeout", "records", "host", "port", "city", "base_iri", "lang", "query_timeout",
    "query_memory_mb",
    "max_rows", "query_workers", "service_allow", "cors_origins", "log_format", "access_log",
    "keep_revisions", "keep_months", "write_token",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(f"KOPRU_{name.upper()}", raising=False)


def test_the_settings_are_those_that_are_documented() -> None:
    assert list(Settings.model_fields) == NAMES
    assert all(field.description for field in Settings.model_fields.values())


def test_defaults_serve_antalya_in_turkish_on_the_loopback() -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.city, settings.lang) == (
        "127.0.0.1",
        8000,
        "antalya",
        "tr",
    )
    assert settings.records_folder == Path("var/store/records")


def test_what_is_no_knowledge_lies_beside_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPRU_STORE", "sparql+http://localhost:7878/")
    assert load_settings().records_folder == Path("var/localhost-7878/records")
    monkeypatch.setenv("KOPRU_STORE_FOLDER", "elsewhere")
    assert load_settings().folder == Path("elsewhere")


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPRU_PORT", "9000")
    assert load_settings().port == 9000
    assert load_settings(port=9001).port == 9001
    assert load_settings(port=None).port == 9000


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPRU_STORE", "")
    assert load_settings().store == "var/store"


def test_several_service_addresses_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPRU_SERVICE_ALLOW", "https://a.example/, https://b.example/")
    assert load_settings().service_allow == ("https://a.example/", "https://b.example/")


def test_origins_are_addresses_without_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPRU_CORS_ORIGINS", "https://a.example, http://localhost:5173")
    assert load_settings().cors_origins == ("https://a.example", "http://localhost:5173")
    monkeypatch.setenv("KOPRU_CORS_ORIGINS", "https://a.example/page")
    with pytest.raises(BadParameter, match=r"KOPRU_CORS_ORIGINS .* adresleri yolsuz yazın"):
        load_settings()


def test_the_base_address_names_all_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPRU_BASE_IRI", "https://bilgi.example.bel.tr/")
    assert (
        str(load_settings().iris.thing("city", "antalya")) == "https://bilgi.example.bel.tr/id/city/antalya"
    )


def test_a_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPRU_WRITE_TOKEN", "very-secret")
    assert "very-secret" not in repr(load_settings())


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("port", "x", "write a whole number"),
        ("port", "70000", "write a number not above 65535"),
        ("lang", "de", "choose one of 'tr', 'en'"),
        ("query_workers", "0", "write a number not below 1"),
        ("query_timeout", "0", "write a number greater than 0"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, remedy: str
) -> None:
    monkeypatch.setenv(f"KOPRU_{name.upper()}", value)
    with pytest.raises(BadParameter) as found:
        load_settings(**({} if name == "lang" else {"lang": "en"}))
    assert f"KOPRU_{name.upper()}" in found.value.sentence("en")
    if name != "lang":
        assert remedy in found.value.sentence("en")


def test_an_unknown_language_counts_as_turkish_until_it_is_complained_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KOPRU_LANG", "de")
    assert peek_language() == "tr"
    monkeypatch.setenv("KOPRU_LANG", "en")
    assert peek_language() == "en"
