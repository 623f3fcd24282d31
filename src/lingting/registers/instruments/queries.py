"""What is true of instruments (监视测量资源) as of a moment."""
