practice-question = Practice
practice-answer = Check my answer
practice-next = Next question
practice-progress = { $done } of { $of } questions practised
practice-enough = You have practised enough to go on. More does no harm.
practice-back = On with the course
practice-empty = There is nothing to practise yet
practice-empty-text = Nobody has written practice questions for this part. Go on with the course.
