"""The parts of a workbook that are the same in each, as Office Open XML (ECMA-376)."""
