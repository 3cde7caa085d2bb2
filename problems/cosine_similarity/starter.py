import numpy as np


def cosine_similarity(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Compute the cosine of the angle between every row of X and every row of Y.

    Parameters
    ----------
    X : numpy.ndarray of shape (n, d)
        Any real dtype, any memory layout; the values act as float64.
    Y : numpy.ndarray of shape (m, d)
        Likewise.

    Returns
    -------
    numpy.ndarray of shape (n, m), float64
        Between -1 and 1; 0 wherever one of the two rows is zero.

    Raises
    ------
    ValueError
        When an input is not 2-D, has no columns or holds NaN or infinity, or when the widths differ.
    """
    raise NotImplementedError
