"""Interested parties (相关方): who can affect us, is affected, or believes so; what they need; how they are reached."""
