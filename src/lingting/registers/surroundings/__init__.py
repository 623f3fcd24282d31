"""Surroundings (运行环境): the social, psychological and physical conditions of work, readings, rosters and rest."""
