"""From sources to a published revision: declare, fetch, read, identify, check, store, derive, publish."""
