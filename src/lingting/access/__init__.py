"""Who may (权限): accounts, roles as data, tokens; every edge asks here."""
