"""One city, one node: what two descriptions of places have in common, and what was judged of them."""
