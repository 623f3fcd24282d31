"""What can happen in the register of orders (订单)."""
