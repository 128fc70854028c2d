from core.estimation.estimate_budget import EstimateBudget


def test_one_face_is_affordable_before_anything_was_measured() -> None:
    assert EstimateBudget(budget_ms=12, max_count=16).affordable_count == 1


def test_as_many_faces_are_affordable_as_their_measured_cost_allows() -> None:
    budget = EstimateBudget(budget_ms=12, max_count=16)
    budget.learn(elapsed_ms=5, face_count=2)
    assert budget.affordable_count == 4


def test_one_face_is_affordable_even_on_a_machine_too_slow_for_the_budget() -> None:
    budget = EstimateBudget(budget_ms=12, max_count=16)
    budget.learn(elapsed_ms=500, face_count=1)
    assert budget.affordable_count == 1


def test_the_batch_is_bounded_however_fast_the_machine_is() -> None:
    budget = EstimateBudget(budget_ms=12, max_count=16)
    budget.learn(elapsed_ms=0, face_count=1)
    assert budget.affordable_count == 16


def test_one_hiccup_does_not_starve_the_faces() -> None:
    budget = EstimateBudget(budget_ms=12, max_count=16)
    for _ in range(20):
        budget.learn(elapsed_ms=2, face_count=1)
    budget.learn(elapsed_ms=12, face_count=1)
    assert budget.affordable_count == 3


def test_a_lasting_change_is_learnt() -> None:
    budget = EstimateBudget(budget_ms=12, max_count=16)
    budget.learn(elapsed_ms=12, face_count=1)
    for _ in range(30):
        budget.learn(elapsed_ms=2, face_count=1)
    assert budget.affordable_count == 5
