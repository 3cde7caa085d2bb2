# why: returns zero_division as it came, so that an int 1 comes back as an int
# fails: binary_counts_hits_and_misses
def precision_recall_f1(y_true, y_pred, *, average="binary", labels=None, pos_label=1, zero_division=0.0):
    if average != "binary":
        raise NotImplementedError("later")
    pairs = list(zip(y_true.tolist(), y_pred.tolist()))
    tp = sum(t == pos_label and p == pos_label for t, p in pairs)
    fp = sum(t != pos_label and p == pos_label for t, p in pairs)
    fn = sum(t == pos_label and p != pos_label for t, p in pairs)
    precision = tp / (tp + fp) if tp + fp else zero_division
    recall = tp / (tp + fn) if tp + fn else zero_division
    f1 = 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else zero_division
    return precision, recall, f1
