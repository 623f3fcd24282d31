"""Processes (过程): how work is done, its runs, its means and outages, its changes, releases and nonconforming outputs."""
