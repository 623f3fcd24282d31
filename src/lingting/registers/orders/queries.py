"""What is true of orders (订单) as of a moment."""
