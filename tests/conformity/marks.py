"""What a test shows of a check: that it turns red, or that a near miss keeps it green; a test of the house counts them."""

import pytest

turns_red = pytest.mark.turns_red
stays_green = pytest.mark.stays_green
