"""What can happen in the register of processes (过程)."""
