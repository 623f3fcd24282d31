"""Suppliers (外部供方): who provides what from outside, how they are judged, controlled and helped to do better."""
