"""What is true of agreements (内部服务协议) as of a moment."""
