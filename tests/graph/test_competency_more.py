"""The questions that the design did not name, over the bundled records; see ``test_competency.py``."""

from collections.abc import Callable

Ask = Callable[..., list[tuple[str, ...]]]


def test_26_priority_themes_with_gaps(ask_bundled: Ask) -> None:
    rows = ask_bundled("priority_gaps", "theme", "partnerships", "projects", "funds", "indicators")
    # plans.yml: the twelve themes that the letter names. Nothing is recorded for these, as in question 4.
    assert {row[0] for row in rows if set(row[1:]) == {"0"}} == {
        "poverty", "unemployment", "agriculture", "children", "persons-with-disabilities",
    }  # fmt: skip
    # Tourism: Jeonju, Qingdao, Moscow, Hangzhou and ANFAŞ; no project. Clean energy: MAtchUP and its grant.
    assert ("tourism", "5", "0", "0", "0") in rows
    assert ("clean-energy", "0", "1", "1", "0") in rows
    assert len(rows) == 12


def test_27_agreements_without_news(ask_bundled: Ask) -> None:
    # Nothing newer than 4 March 2019: the seven of the list of 2016, and Jeonju's letter (before July 2013).
    rows = dict(ask_bundled("stale_ties", "agreement", "lastEvidence"))
    assert rows.pop("letter-of-intent-antalya-jeonju-1") == "2013-06-30"
    assert set(rows.values()) == {"2016-09-30"}
    assert len(rows) == 7


def test_28_ties_of_other_bodies(ask_bundled: Ask) -> None:
    assert set(ask_bundled("ties_of_other_bodies", "body", "partner")) == {
        ("antalya-governorship", "anhui-province"),
        ("atso", "moscow-chamber-of-commerce-and-industry"),
        ("akdeniz-university", "fau-erlangen-nuremberg"),
        ("akdeniz-university", "th-nuremberg"),
    }


def test_29_programmes_not_used(ask_bundled: Ask) -> None:
    # Ten programmes less five with a project or grant of ours, less Town Twinning I, which closed in 2020.
    assert set(ask_bundled("unused_programmes", "programme", "closes")) == {
        ("interreg-next-med-2021-2027", "2027"), ("town-twinning-2", "2024"), ("sump-turkiye", ""),
        ("ebrd-green-cities", ""),
    }  # fmt: skip


def test_31_own_share_by_year(ask_bundled: Ask) -> None:
    # MAtchUP alone has both numbers: 5,500,000 of 19,435,802 is 28.3 per cent, from 2017 to 2023.
    assert ask_bundled("own_share_by_year", "year", "totalCost", "ourShare", "percent") == [
        (str(year), "19435802", "5500000", "28.3") for year in range(2017, 2024)
    ]


def test_32_what_is_here(ask_bundled: Ask) -> None:
    # declared.yml has three numbers, plan.yml six stages and the review.
    rows = dict(ask_bundled("what_is_here", "class", "things"))
    assert (rows["DeclaredCount"], rows["PlanStage"]) == ("3", "7")
