"""What is true of complaints (投诉与反馈) as of a moment."""
