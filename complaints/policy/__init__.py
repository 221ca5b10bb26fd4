"""Policy packs: the stages, lengths and clauses that bind a district, and the catalogue of matters."""
