# Asking to have a result looked at again, and answering
appeal-ask = Ask for a review
appeal-ask-lead = Do you think that something was scored wrongly? You can ask once for this attempt. A person looks at it.
appeal-ask-text = An assessor looks at your answers again and writes to you. They don’t see your name, unless you write it here. You can ask once for each attempt, and what you write stays in the record.
appeal-reason = Why should it be looked at again?
appeal-reason-hint = Say which question you mean and what you think is wrong.
appeal-send = Send the request
appeal-back = Back to the result
appeal-asked = You asked for a review
appeal-waits = An assessor will look at it. You get a mail when there is an answer.
appeal-upheld = Reviewed: the result stands
appeal-changed = Reviewed: the result was changed
appeal-your-reason = What you wrote
appeal-queue = Requests for a review
appeal-queue-caption = { $count ->
    [one] 1 request waits
   *[other] { $count } requests wait
}
appeal-queue-what = Assessment
appeal-own = Your own, somebody else answers it
appeal-title = Request for a review
appeal-reason-given = What the learner wrote
appeal-questions = The attempt
appeal-questions-text = Where an answer deserves other points, set them below it. They stay so, whatever is regraded later. Where a question is wrong for everybody, regrade it instead.
appeal-points = Points for question { $number }
appeal-points-hint = From 0 to { $most }. Leave it empty to change nothing.
appeal-levels-text = A person has marked this one. Where it deserves another level, choose it: rules that go by levels go by the new one.
appeal-level = { $criterion }, question { $number }
appeal-level-given = Given: { $level }
appeal-level-none = No level was given so far. Choose one for every criterion, or for none.
appeal-level-stays = Leave it as it is
appeal-was-regraded = This question was regraded.
appeal-was-set = An assessor set these points.
appeal-answer = Your answer to the learner
appeal-answer-hint = Say what you decided and why. The learner reads this.
appeal-send-answer = Send the answer
appeal-is-answered = This request was answered

done-appeal-asked = Your request was sent
done-appeal-answered = The answer was sent

error-appeal-reason-missing = Say why it should be looked at again
error-appeal-reason-too-long = Keep it under 2,000 characters
error-appeal-answer-missing = Write an answer
error-appeal-answer-too-long = Keep it under 4,000 characters
error-appeal-points = Enter points from 0 to { $most }, in hundredths at the finest

trouble-appeal-too-early-title = There is no result yet
trouble-appeal-too-early-text = You can ask for a review once everything is marked.
trouble-appeal-asked-title = You have asked already
trouble-appeal-asked-text = A review can be asked for once for each attempt.
trouble-appeal-own-title = This is your own request
trouble-appeal-own-text = Somebody else answers it.
trouble-appeal-answered-title = This request was answered in the meantime
trouble-appeal-answered-text = Somebody else was quicker. Your answer was not sent.

audit-appeal-answered = { $actor } answered a request for a review
