"""How well it hears: measured on data that nobody here wrote."""
