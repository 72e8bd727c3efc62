"""What changed between two revisions, in the terms of those who answer for it."""
