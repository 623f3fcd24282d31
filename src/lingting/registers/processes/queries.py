"""What is true of processes (过程) as of a moment."""
