"""Pictures (图) as inline SVG made on the server: each repeats numbers or words that stand beside it, and takes its colours from the style sheet."""
