"""Which sections the files of records have, and what their entries are."""

from ingest.records import models, plan_models
from ingest.records.fields import Record

__all__ = ["SECTIONS"]

#: Section of a file → what its entries are.
SECTIONS: dict[str, type[Record]] = {
    "documents": models.Document,
    "cities": models.City,
    "authorities": models.Authority,
    "units": models.Unit,
    "organizations": models.Organization,
    "networks": models.Network,
    "plans": models.Plan,
    "programmes": models.Programme,
    "calls": models.Call,
    "projects": models.Project,
    "sister_cities": models.SisterCity,
    "protocols": models.Protocol,
    "memberships": models.Membership,
    "grants": models.Funding,
    "loans": models.Funding,
    "cooperations": models.Cooperation,
    "events": models.Event,
    "awards": models.Award,
    "declared_counts": models.DeclaredCount,
    "stages": plan_models.Stage,
    "activities": plan_models.Activity,
    "indicators": plan_models.Indicator,
    "measurements": plan_models.Measurement,
}
