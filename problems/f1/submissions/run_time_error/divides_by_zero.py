# why: does not think of a class that is never predicted: ZeroDivisionError
# fails: binary_counts_hits_and_misses
def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    pairs = list(zip(y_true.tolist(), y_pred.tolist()))
    tp = sum(t == p == pos_label for t, p in pairs)
    fp = sum(t != pos_label and p == pos_label for t, p in pairs)
    fn = sum(t == pos_label and p != pos_label for t, p in pairs)
    return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)
