"""Channels (沟通渠道): the ways between customers and us, whether they work, and whether they say the same."""
