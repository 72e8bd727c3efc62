"""Requests that bring a body, or more of it than is read."""

import httpx


def test_names_are_told_for_addresses(client: httpx.Client) -> None:
    izmir = "https://w3id.org/kopru/id/city/izmir"
    answer = client.post("/labels", json={"iris": [izmir, "urn:unknown"], "lang": "tr"})
    assert answer.json() == {izmir: "İzmir"}


def test_a_wish_for_names_that_is_none_is_a_wrong_request(client: httpx.Client) -> None:
    for content in (b"", b"{", b"[]", b'{"iris": 1}', b'{"iris": [%s0]}' % (b"0," * 2000)):
        answer = client.post("/labels", content=content)
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
        assert len(answer.content) < 2000


def test_a_body_is_read_up_to_its_limit(client: httpx.Client) -> None:
    answer = client.post("/labels", content=b" " * 3_000_001)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (413, "request-too-long")
