"""`judge verify`: the proof that a problem package is sound."""
