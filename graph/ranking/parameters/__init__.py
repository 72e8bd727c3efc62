"""The parameters that are shipped: data only, no city in them."""
