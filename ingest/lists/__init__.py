"""What lists of other publishers say of cities, in the program's own model."""
