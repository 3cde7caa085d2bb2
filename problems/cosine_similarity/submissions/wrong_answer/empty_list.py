# why: builds the result from a list of rows: without rows in X it has shape (0,)
# fails: no_rows_give_an_empty_result
import numpy as np


def cosine_similarity(X, Y):
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1] or X.shape[1] == 0:
        raise ValueError("X and Y must be 2-D, of the same width, with at least one column")
    if not (np.isfinite(X).all() and np.isfinite(Y).all()):
        raise ValueError("NaN or infinity")
    X, Y = X.astype(float), Y.astype(float)
    b = np.linalg.norm(Y, axis=1)
    rows = []
    for x in X:
        length = np.linalg.norm(x) * b
        rows.append(np.clip(x @ Y.T / np.where(length > 0, length, 1), -1.0, 1.0))
    return np.array(rows)
