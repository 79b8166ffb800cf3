import numpy as np
import pytest
from sklearn.datasets import load_digits


@pytest.fixture(scope="session")
def digits():
    """1,797 digits of 8 × 8 pixels, and their labels."""
    found = load_digits()
    return found.data.astype(np.float32), found.target
