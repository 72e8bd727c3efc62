"""New bundled records, offered as a difference to records that a user has edited."""
