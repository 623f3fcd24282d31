"""The site (站点): settings, addresses and the server's entry."""
