"""How right Lingting hears, measured on data that nobody here wrote."""
