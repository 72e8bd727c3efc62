"""What the data page offers to take along."""

from ontology.messages import N_

__all__ = ["LISTS"]

#: Address of a list and what it is called.
LISTS: tuple[tuple[str, str], ...] = (
    ("/api/v1/cities", N_("Cities")),
    ("/api/v1/agreements", N_("Sister cities and protocols")),
    ("/api/v1/networks", N_("Networks")),
    ("/api/v1/projects", N_("Projects")),
    ("/api/v1/funding", N_("Grants and loans")),
    ("/api/v1/themes", N_("Themes")),
)
