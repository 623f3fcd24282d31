"""What registers share (台账的共同之处): kinds of record described as data, values as people write them, one way to write, sheets to carry."""
