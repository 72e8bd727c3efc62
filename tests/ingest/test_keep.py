"""keep.eu, CORDIS and the calls portal: small tables of our own in the shape of the real exports."""

from pathlib import Path
from textwrap import dedent

import pytest
from rdflib import Literal

from graph.store import GraphStore
from ingest.pipeline import ingest
from ontology.errors import RecordError, SourceError
from ontology.iris import Iris
from ontology.terms import DCTERMS, EURIO, KP, ORG, RDF, RDFS, SCHEMA, XSD

IRIS = Iris()
PARTICIPATIONS = """\
    project_id,programme,period,acronym,partner,lead,town,country,city_id,looks_municipal,source
    interreg:sea:blue,2014 - 2020 Sea Basin,2014 - 2020,BLUE,Municipality of Nürnberg,Yes,Nürnberg,DE,gn:2861650,1,x
    interreg:sea:blue,2014 - 2020 Sea Basin,2014 - 2020,BLUE,University of Lugo,No,LUGO,IT,gn:3174494,0,x
    interreg:sea:blue,2014 - 2020 Sea Basin,2014 - 2020,BLUE,Comune di Lugo,No,LUGO,Italy,gn:3174494,,x
    interreg:sea:blue,2014 - 2020 Sea Basin,2014 - 2020,BLUE,Comune di Nulla,No,NULLA,Atlantis,,1,x
"""  # noqa: E501 (rows of the export)
PROJECTS = """\
    project_id,programme,acronym,lead_partner,town,country,total_expenditure,eu_funding,theme_1,theme_2,theme_3,thematic_objective,start,end
    interreg:sea:blue,2014 - 2020 Sea Basin,BLUE,Nürnberg,Nürnberg,Germany,100.50,80,Tourism,Infrastructure,,x,2016/01/01,2018/12/31
"""  # noqa: E501 (rows of the export)
CORDIS_PROJECTS = """\
    id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;ecSignatureDate;frameworkProgramme
    101;SOLARIS;SIGNED;Solar roofs for cities;2021-01-01;2024-12-31;1000;800,5;X;Y;2020-12-01;HORIZON
    102;OTHER;SIGNED;Something;2021-01-01;2024-12-31;1000;800;X;Y;2020-12-01;HORIZON
"""
CORDIS_ORGANIZATIONS = """\
    projectID;projectAcronym;organisationID;name;activityType;city;country;role
    101;SOLARIS;1;STADT NUERNBERG;PUB;NUERNBERG;DE;coordinator
    101;SOLARIS;2;SOLAR GMBH;PRC;BERLIN;DE;participant
    102;OTHER;2;SOLAR GMBH;PRC;BERLIN;DE;participant
"""
CALLS = """\
    topicId,title,programme,deadline,budgetMax,keywords,eligibleCountries,callStatus,colour
    ADAPT-1,Water in cities,LIFE,2026-09-01,500000.0,climate adaptation,"TR, DE, XX",open,red
    ADAPT-1,The same again,LIFE,2026-09-02,,,,open,
    ADAPT-2,Nothing in particular,LIFE,soon,,,,open,
"""


def write(folder: Path, **tables: str) -> Path:
    """Write tables of a download into a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(dedent(text), encoding="utf-8")
    return folder


@pytest.fixture
def run(store: GraphStore, records):
    """Return a function that ingests a source after the tiny records, and gives report and graph."""
    ingest(store, "records", records=records.root)

    def run(source: str, place: Path):
        report = ingest(store, source, records=records.root, location=str(place))
        return report, store.current().named_graph(IRIS.graph(source))

    return run


def test_keep_gives_municipal_participations_with_their_project(run, tmp_path: Path) -> None:
    place = write(tmp_path / "keep", interreg_participations=PARTICIPATIONS, interreg_projects_2014=PROJECTS)
    report, rdf = run("keep", place)
    assert (report.counts["projects"], report.counts["programmes"], report.counts["relations"]) == (1, 1, 2)
    project = IRIS.thing("project", "interreg-sea-blue")
    lead = IRIS.relation("participation", "", ["nuremberg", "interreg-sea-blue"])
    assert set(rdf.objects(lead, KP.project)) == {project}
    assert set(rdf.objects(lead, ORG.role)) == {IRIS.thing("role", "lead")}
    assert set(rdf.objects(project, KP.theme)) == {IRIS.thing("theme", "tourism")}
    assert (IRIS.thing("city", "nuremberg"), RDF.type, SCHEMA.City) not in rdf  # the records describe it
    lugo = IRIS.thing("city", "geonames-3174494")
    assert set(rdf.objects(lugo, RDFS.label)) == {Literal("Lugo", lang="tr"), Literal("Lugo", lang="en")}


def test_money_and_dates_of_a_project_are_claims_that_are_accepted(run, store, tmp_path: Path) -> None:
    run("keep", write(tmp_path / "k", interreg_participations=PARTICIPATIONS, interreg_projects=PROJECTS))
    rdf = store.current().default_graph()
    project = IRIS.thing("project", "interreg-sea-blue")
    assert rdf.value(project, KP.totalCost) == Literal("100.5", datatype=XSD.decimal)
    assert str(rdf.value(project, KP.startEarliest)) == "2016-01-01"
    lead = IRIS.relation("participation", "", ["nuremberg", "interreg-sea-blue"])
    assert (lead, KP.startUnknown, Literal(True)) in rdf
    assert (lead, KP.evidenceGrade, KP.reported) in rdf


def test_a_row_without_a_known_country_is_told_with_its_place(run, tmp_path: Path) -> None:
    report, _ = run("keep", write(tmp_path / "keep", interreg_participations=PARTICIPATIONS))
    assert [notice.sentence("en") for notice in report.unread] == [
        "1 rows name no city in a country that is known, and were left out "
        "(first: interreg_participations.csv:5)."
    ]


def test_running_keep_again_publishes_nothing(run, tmp_path: Path) -> None:
    place = write(tmp_path / "keep", interreg_participations=PARTICIPATIONS)
    assert run("keep", place)[0].published is not None
    assert run("keep", place)[0].published is None


def test_a_table_without_a_column_that_is_needed_says_which(run, tmp_path: Path) -> None:
    place = write(tmp_path / "keep", interreg_participations="project_id,programme\na,b\n")
    with pytest.raises(RecordError, match=r"participations.csv, line 1: the table has no column 'period'"):
        run("keep", place)


def test_cordis_gives_projects_with_a_municipality(run, tmp_path: Path) -> None:
    place = write(tmp_path / "c", project=CORDIS_PROJECTS, organization=CORDIS_ORGANIZATIONS)
    report, rdf = run("cordis", place)
    assert (report.counts["projects"], report.counts["relations"]) == (1, 1)
    project = IRIS.thing("project", "cordis-101")
    assert set(rdf.objects(project, KP.theme)) == {
        IRIS.thing("theme", theme) for theme in ("clean-energy", "urban-development")
    }
    (relation,) = rdf.subjects(KP.project, project)
    assert rdf.value(relation, ORG.role) == IRIS.thing("role", "lead")
    city = rdf.value(rdf.value(relation, ORG.member), DCTERMS.spatial)
    assert city == IRIS.thing("city", "cordis-nuernberg-de")


def test_cordis_without_its_second_table_says_what_to_do(run, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"has no organization\.csv\. Unpack the download"):
        run("cordis", write(tmp_path / "c", project=CORDIS_PROJECTS))


def test_calls_have_deadline_programme_themes_and_stated_countries(run, store, tmp_path: Path) -> None:
    report, rdf = run("calls", write(tmp_path / "x", calls=CALLS) / "calls.csv")
    assert report.counts["calls"] == 2
    call = IRIS.thing("call", "adapt-1")
    assert set(rdf.objects(call, KP.theme)) == {
        IRIS.thing("theme", theme)
        for theme in ("climate-adaptation", "climate-change", "urban-development", "water")
    }
    assert {IRIS.parse(iri).slug for iri in rdf.objects(call, SCHEMA.eligibleRegion)} == {"tr", "de"}
    assert (rdf.value(call, KP.programme), RDF.type, EURIO.FundingScheme) in rdf
    whole = store.current().default_graph()
    assert str(whole.value(call, KP.deadline)) == "2026-09-01"
    sentences = [notice.sentence("en") for notice in report.unread]
    assert sentences[0] == "calls.csv: the columns colour are not known, so they were not read."
    assert any("an eligible country that is none (first: calls.csv:2)" in text for text in sentences)
    assert any("a date that can't be read" in text and "calls.csv:4" in text for text in sentences)


def test_what_a_list_no_longer_has_is_questioned(run, tmp_path: Path) -> None:
    run("keep", write(tmp_path / "keep", interreg_participations=PARTICIPATIONS))
    fewer = "\n".join(line for line in PARTICIPATIONS.splitlines() if "Comune di Lugo" not in line)
    report, rdf = run("keep", write(tmp_path / "keep", interreg_participations=fewer))
    assert [notice.sentence("en").partition(" (")[0] for notice in report.notes] == [
        "'keep' no longer has 1 things that it had"
    ]
    assert len(set(rdf.subjects(RDF.type, KP.ProjectParticipation))) == 2
    (missed,) = {rdf.value(claim, KP.about) for claim in rdf.subjects(KP.missingSince)}
    assert (missed, RDF.type, KP.ProjectParticipation) in rdf
