"""What happened (账本): the book through which every record is written, the chain that keeps it true, and erasure that does not break it."""
