"""What we show: facts -> charts that can be cited."""
