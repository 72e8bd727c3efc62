"""The page around Swagger UI; data only."""
