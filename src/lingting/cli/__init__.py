"""The commands (命令): `lingting …`."""
