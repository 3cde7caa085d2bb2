# why: raises an error that is every error at once, also for valid input
# verdict: RTE
class Both(ValueError, ArithmeticError, AssertionError):
    pass


def precision_recall_f1(y_true, y_pred, **options):
    raise Both("right in any case")
