"""Who next: plain tables of cities and ties in, an ordered list of candidates with exact terms out."""
