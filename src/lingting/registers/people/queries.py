"""What is true of people (人员) as of a moment."""
