"""What can happen in the register of agreements (内部服务协议)."""
