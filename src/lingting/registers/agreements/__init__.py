"""Internal service agreements (内部服务协议): what one department owes another, by the receiver's yardstick."""
