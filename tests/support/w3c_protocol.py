"""The W3C's tests of the protocol: requests written down as RDF, and what must come back."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from w3c_results import read_result
from w3c_suite import HOME, Manifest

_HT = "http://www.w3.org/2011/http#"
_CNT = "http://www.w3.org/2011/content#"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_MANIFEST = f"{HOME}sparql/sparql11/protocol/manifest.ttl"
#: What an answer of each kind may be written in.
_MEDIA = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"},
}


@dataclass(frozen=True)
class Exchange:
    """One request and what is expected: first digits of the status, kind of answer, truth."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    statuses: set[str]
    form: str
    truth: str

    def find_fault(self, response: httpx.Response) -> str:
        """Return what is wrong with an answer; empty when nothing is."""
        if str(response.status_code)[0] not in self.statuses:
            return f"status {response.status_code}, expected {sorted(self.statuses)}: {response.text}"
        media = response.headers["content-type"].partition(";")[0]
        if self.form and media not in _MEDIA[self.form]:
            return f"{media} is not {self.form}"
        if self.truth:
            truth = read_result(response.content, "srj")
            return "" if truth is (self.truth == "true") else f"{truth}, expected {self.truth}"
        return ""


def list_exchanges(name: str, path: str) -> list[Exchange]:
    """Return the requests of a case in their order, sent to ``path`` instead of ``/sparql/``."""
    manifest = Manifest(_MANIFEST)
    entry = next(one for one in _entries(manifest) if one.value.endswith(name[name.index("#") :]))
    action = manifest.values(entry, f"{_MF}action")[0]
    requests = manifest.values(action, f"{_HT}requests")[0]
    return [_read_exchange(manifest, one, path) for one in manifest.items(requests)]


def _entries(manifest: Manifest) -> Iterator:
    for head in manifest.values(manifest.root, f"{_MF}entries"):
        yield from manifest.items(head)


def _read_exchange(manifest: Manifest, request, path: str) -> Exchange:
    def one(subject, predicate: str) -> str:
        return next((value.value for value in manifest.values(subject, predicate)), "")

    bodies = manifest.values(request, f"{_HT}body")
    content = one(bodies[0], f"{_CNT}chars") if bodies else ""
    encoding = one(bodies[0], f"{_CNT}characterEncoding") if bodies else ""
    response = manifest.values(request, f"{_HT}resp")[0]
    headers = [
        header for head in manifest.values(request, f"{_HT}headers") for header in manifest.items(head)
    ]
    return Exchange(
        one(request, f"{_HT}methodName"),
        one(request, f"{_HT}absolutePath").replace("/sparql/", path, 1),
        {one(header, f"{_HT}fieldName"): one(header, f"{_HT}fieldValue") for header in headers},
        content.encode(encoding or "utf-8"),
        {status.value[-3] for status in manifest.values(response, f"{_MF}expectedStatus")},
        one(response, f"{_MF}expectedFormat"),
        one(response, f"{_MF}expectedBoolean"),
    )
