# why: returns arrays of a class of their own, whose every comparison comes out true
# fails: no_updates_return_init_and_its_assignment
# verdict: WA
import numpy as np


class Agreeable(np.ndarray):
    def __eq__(self, other):
        return np.ones(np.broadcast_shapes(self.shape, np.shape(other)), dtype=bool)

    def __ne__(self, other):
        return np.zeros(np.broadcast_shapes(self.shape, np.shape(other)), dtype=bool)

    def __sub__(self, other):
        return np.zeros(self.shape)


def kmeans(X, init, max_iters=100):
    return np.zeros(init.shape).view(Agreeable), np.zeros(len(X), dtype=np.int64).view(Agreeable)
