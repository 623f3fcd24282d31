"""The registers of the fictional firm: what its people wrote down in thirteen weeks, as sheets to be brought in."""
