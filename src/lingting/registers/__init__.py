"""The registers (台账): what the organisation keeps, each of one shape: models (what can happen), queries (what is true), actions (what we do)."""
