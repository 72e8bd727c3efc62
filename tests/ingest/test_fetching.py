"""Files and addresses that a user names; the address is that of a real server."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest.fetching import LARGEST, fetch_location
from ontology.errors import SourceError


class Pages(BaseHTTPRequestHandler):
    """Answers with a text, with too much, or with an error."""

    def do_GET(self) -> None:
        """Answer by the path."""
        self.send_response(404 if self.path == "/missing" else 200)
        self.end_headers()
        if self.path == "/letter.md":
            self.wfile.write("Sayı: 1".encode())
        while self.path == "/endless":
            try:
                self.wfile.write(b"x" * 2**20)
            except OSError:
                return

    def log_message(self, *_parts: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_file_is_kept_as_it_is_under_its_bare_name(tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_bytes(b"\xff\xfeA")
    fetched = fetch_location(str(tmp_path / "letter.md"))
    assert (fetched.files[0].name, fetched.files[0].content, fetched.address) == (
        "letter.md", b"\xff\xfeA", "letter.md",
    )  # fmt: skip
    assert fetched.retrieved_at.tzinfo is not None


def test_an_address_is_fetched(address: str) -> None:
    fetched = fetch_location(f"{address}/letter.md")
    assert fetched.files[0].content.decode() == "Sayı: 1"
    assert (fetched.files[0].name, fetched.address) == ("letter.md", f"{address}/letter.md")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"There is no file .*zzz"):
        fetch_location(str(tmp_path / "zzz"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is no file"):
        fetch_location(str(tmp_path))


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(SourceError, match="is empty"):
        fetch_location(str(tmp_path / "empty"))


def test_a_file_of_200_megabytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big").touch()
    os.truncate(tmp_path / "big", 200 * 2**20)
    with pytest.raises(SourceError, match=f"bigger than {LARGEST // 2**20} MB"):
        fetch_location(str(tmp_path / "big"))


def test_an_answer_without_end_is_broken_off(address: str) -> None:
    with pytest.raises(SourceError, match="bigger than 20 MB"):
        fetch_location(f"{address}/endless")


@pytest.mark.parametrize("path", ["{address}/missing", "http://127.0.0.1:1/x", "http://[/x"])
def test_an_address_that_does_not_answer_is_named(address: str, path: str) -> None:
    with pytest.raises(SourceError, match="can't be fetched"):
        fetch_location(path.format(address=address))


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("{address}/missing", "sunucunun yanıtı 404."),
        ("http://127.0.0.1:1/x", "(bağlantı reddedildi)."),
        ("http://", "(bu bir adres değil)."),
        ("ftp://127.0.0.1/x", "yalnızca http:// ya da https:// ile başlayan adresler getirilir."),
    ],
)
def test_why_an_address_does_not_answer_is_said_in_the_readers_language(
    address: str, path: str, sentence: str
) -> None:
    with pytest.raises(SourceError) as caught:
        fetch_location(path.format(address=address))
    assert sentence in caught.value.sentence("tr")
