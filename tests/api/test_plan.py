"""The plan over HTTP, on the tiny plan of ``tests/graph/data/plan.ttl``."""

import csv
import io

import httpx
import pytest

DAY = {"as_of": "2026-01-31"}
LISTS = {
    "stages": ["start", "implementation", "yearly-review"],
    "activities": ["portal", "training", "festival"],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_the_plan_says_total_revision_and_day(plan_client: httpx.Client, name: str) -> None:
    answer = plan_client.get(f"/api/v1/plan/{name}", params=DAY).json()
    assert [item["slug"] for item in answer["items"]] == LISTS[name]
    assert (answer["total"], answer["revision"], answer["as_of"]) == (3, 1, "2026-01-31")


@pytest.mark.parametrize("name", [*LISTS, "indicators"])
def test_the_next_links_lead_through_a_list_of_the_plan(plan_client: httpx.Client, name: str) -> None:
    slugs, address, pages = [], f"/api/v1/plan/{name}?limit=2&as_of=2026-01-31", 0
    while address:
        answer = plan_client.get(address).json()
        slugs += [item["slug"] for item in answer["items"]]
        address, pages = answer["next"], pages + 1
    assert (len(slugs), pages) == (answer["total"], (answer["total"] + 1) // 2)
    assert len(set(slugs)) == len(slugs) >= 3


@pytest.mark.parametrize(
    ("address", "slugs"),
    [
        ("stages?q=festival", ["implementation"]),
        ("activities?q=ŞENLİK", ["festival"]),
        ("activities?stage=start", ["training"]),
        ("activities?theme=environment", ["training"]),
        ("activities?state=dropped", ["portal"]),
        ("indicators?stage=implementation", ["exchanges"]),
        ("indicators?theme=tourism", ["exchanges"]),
        ("indicators?q=complaints&state=reached", ["complaints"]),
    ],
)
def test_lists_of_the_plan_are_filtered(plan_client: httpx.Client, address: str, slugs: list[str]) -> None:
    answer = plan_client.get(f"/api/v1/plan/{address}").json()
    assert ([item["slug"] for item in answer["items"]], answer["total"]) == (slugs, len(slugs))


def test_a_stage_tells_its_points_and_what_is_open(plan_client: httpx.Client) -> None:
    stage = plan_client.get("/api/v1/plan/stages/start", params=DAY).json()
    assert [point["label"]["en"] for point in stage["objectives"]] == ["Train the team", "Count the partners"]
    assert [point["is_open"] for point in stage["objectives"]] == [False, True]
    assert stage["objectives"][0]["place"]["start"] == 120
    assert [body["label"]["tr"] for body in stage["roles"][0]["bodies"]] == ["Siyasi komite"]
    assert stage["open"] == [
        {"column": "contents", "open": 1, "total": 2},
        {"column": "results", "open": 0, "total": 1},
        {"column": "roles", "open": 0, "total": 1},
    ]
    assert [activity["slug"] for activity in stage["activities"]] == ["training"]
    assert (stage["revision"], stage["as_of"]) == (1, "2026-01-31")


def test_the_review_says_to_which_stage_it_leads_back(plan_client: httpx.Client) -> None:
    review = plan_client.get("/api/v1/plan/stages/yearly-review").json()
    assert (review["after"]["slug"], review["loops_back_to"]["slug"]) == ("implementation", "implementation")


def test_an_activity_tells_money_state_and_evidence(plan_client: httpx.Client) -> None:
    activity = plan_client.get("/api/v1/plan/activities/training", params=DAY).json()
    assert (activity["state"], activity["budget"]["currency"]) == ("done", "EUR")
    assert float(activity["budget"]["amount"]) == 250000
    assert [claim["claim"] for claim in activity["evidence"]] == ["kp:endDate"]
    late = plan_client.get("/api/v1/plan/activities/festival", params=DAY).json()
    assert (late["is_late"], late["missing"]) == (True, ["budget", "funding"])


def test_an_indicator_tells_value_target_deviation_and_trend(plan_client: httpx.Client) -> None:
    indicator = plan_client.get("/api/v1/plan/indicators/exchanges", params=DAY).json()
    facts = {
        name: indicator[name] for name in ("value", "target", "deviation", "deviation_percent", "change")
    }
    assert facts == {"value": 9, "target": 12, "deviation": -3, "deviation_percent": -25, "change": 5}
    assert (indicator["state"], indicator["trend"], indicator["trend_is_good"]) == (
        "not_reached",
        "rising",
        True,
    )
    assert [m["period_end"] for m in indicator["measurements"]] == ["2024-12-31", "2025-12-31"]


def test_the_query_of_an_indicator_gives_its_value(plan_client: httpx.Client) -> None:
    indicator = plan_client.get("/api/v1/plan/indicators/exchanges", params=DAY).json()
    assert indicator["query_url"].startswith("/sparql?query=")
    answer = plan_client.get(indicator["query_url"], headers={"Accept": "text/csv"})
    assert answer.status_code == 200
    assert [float(row["value"]) for row in csv.DictReader(io.StringIO(answer.text))] == [9, 4]


def test_every_computed_indicator_gives_its_value_and_the_query_behind_it(plan_client: httpx.Client) -> None:
    items = plan_client.get("/api/v1/plan/indicators", params=DAY | {"limit": 200}).json()["items"]
    computed = [item for item in items if item["iri"] is None]
    assert len(computed) >= 12
    for item in computed:
        answer = plan_client.get(item["query_url"], headers={"Accept": "text/csv"})
        values = [row["value"] for row in csv.DictReader(io.StringIO(answer.text))]
        assert [float(value) for value in values if value] == [
            value for value in [item["value"]] if value is not None
        ], item["slug"]


@pytest.mark.parametrize("name", [*LISTS, "indicators"])
def test_a_list_of_the_plan_is_also_one_csv_file(plan_client: httpx.Client, name: str) -> None:
    answer = plan_client.get(f"/api/v1/plan/{name}.csv", params=DAY)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.headers["content-disposition"] == f'attachment; filename="plan-{name}-2026-01-31.csv"'
    assert len(rows) == int(answer.headers["x-kopru-total"])
    assert {row["slug"] for row in rows} >= set(LISTS.get(name, ["exchanges"]))


@pytest.mark.parametrize(
    "address", ["stages/nowhere", "activities/nothing", "indicators/none", "activities?stage=no"]
)
def test_what_is_not_in_the_plan_is_not_found(plan_client: httpx.Client, address: str) -> None:
    problem = plan_client.get(f"/api/v1/plan/{address}")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")


def test_an_unknown_state_is_refused(plan_client: httpx.Client) -> None:
    assert plan_client.get("/api/v1/plan/activities?state=asleep").status_code in (400, 422)


def test_the_description_knows_every_address_and_parameter_of_the_plan(plan_client: httpx.Client) -> None:
    paths = plan_client.get("/api/v1/openapi.json").json()["paths"]
    mine = {path: item["get"] for path, item in paths.items() if path.startswith("/api/v1/plan/")}
    assert len(mine) == 6
    for path, operation in mine.items():
        assert operation["summary"], path
        parameters = operation.get("parameters", [])
        assert [p["name"] for p in parameters if p["in"] == "query" and not p.get("description")] == [], path
