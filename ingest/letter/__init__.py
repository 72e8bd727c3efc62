"""What stands in an official letter that asks for an internationalisation plan."""
