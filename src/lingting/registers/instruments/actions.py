"""What we do with instruments (监视测量资源)."""
