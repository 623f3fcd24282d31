"""What we do with agreements (内部服务协议)."""
