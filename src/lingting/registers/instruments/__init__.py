"""Instruments (监视测量资源): whatever we measure with, its fitness, and what follows when it was unfit."""
