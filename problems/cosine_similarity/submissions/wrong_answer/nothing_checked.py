# why: trusts its input: without columns the result is all zeros
# fails: invalid_input_raises_value_error
import numpy as np


def unit_rows(A):
    A = A.astype(np.float64)
    lengths = np.linalg.norm(A, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return A / lengths


def cosine_similarity(X, Y):
    return np.clip(unit_rows(X) @ unit_rows(Y).T, -1.0, 1.0)
