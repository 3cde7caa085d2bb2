# why: a loop that never ends once it meets a sample that is no hit
# fails: binary_counts_hits_and_misses
def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    """Remove one counted pair at a time until none is left - but only hits are ever removed."""
    pairs = [(int(t) == pos_label, int(p) == pos_label) for t, p in zip(y_true, y_pred)]
    tp = 0
    while pairs:
        if (True, True) in pairs:
            pairs.remove((True, True))
            tp += 1
    return tp / len(y_true), tp / len(y_true), tp / len(y_true)
