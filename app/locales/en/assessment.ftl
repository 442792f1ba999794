# Before an assessment
assessment-questions = { $count ->
    [one] 1 question
   *[other] { $count } questions
}
assessment-questions-at-most = { $count ->
    [one] 1 question at most
   *[other] { $count } questions at most
}
assessment-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
assessment-no-limit = No time limit
assessment-attempts = { $count ->
    [one] 1 attempt
   *[other] { $count } attempts
}
assessment-rule = What it takes
assessment-start = Start
assessment-go-on = Go on
assessment-to-course = Go to the course
assessment-under-way = You have started this assessment and not handed it in yet. Your answers are kept.
assessment-passed = You have passed this assessment
assessment-passed-text = There is nothing more to do here.
assessment-later = Not yet
assessment-later-text = You can start the next attempt from
assessment-before = Your attempts
assessment-attempt = Attempt { $number }
assessment-column-attempt = Attempt
assessment-column-begun = Started
assessment-column-points = Points
assessment-column-result = Result

attempt-state-in-progress = Under way
attempt-state-submitted = Handed in
attempt-state-marking = Waiting to be marked
attempt-state-scored = Done

trouble-attempt-passed-title = You have passed this assessment
trouble-attempt-passed-text = There is nothing more to do here.
trouble-attempt-under-way-title = An attempt is under way
trouble-attempt-under-way-text = Go on with that one first.
trouble-attempt-not-open-title = This assessment is not open to you yet
trouble-attempt-not-open-text = It is part of a course. Begin it there, once what comes before it is done.
trouble-attempt-used-up-title = No attempt is left
trouble-attempt-used-up-text = You have used all attempts at this assessment. Talk to your instructor about what to do next.
trouble-attempt-too-soon-title = Not yet
trouble-attempt-too-soon-text = There has to be a pause between two attempts. The assessment's page says from when you can begin again.
trouble-attempt-no-items-title = This assessment cannot be taken now
trouble-attempt-no-items-text = It has too few questions at the moment. Tell your instructor.
trouble-attempt-all-seen-title = There are no questions left that are new to you
trouble-attempt-all-seen-text = An attempt needs questions that you have not seen. Ask your instructor for more.
trouble-attempt-submitted-title = This attempt has been handed in
trouble-attempt-submitted-text = Its answers can no longer be changed.
trouble-attempt-time-up-title = Your time is up
trouble-attempt-time-up-text = What you had saved by then counts.
trouble-attempt-answer-stands-title = This question has been answered
trouble-attempt-answer-stands-text = Here an answer stands once it is given. Go on with the next question.
trouble-attempt-not-next-title = Another question comes first
trouble-attempt-not-next-text = Here questions come one after another. Go back to the attempt.

# During an attempt
attempt-answered = { $count } of { $of } answered
attempt-answered-at-most = { $count } answered, of { $of } at most
attempt-place = Question { $number } of { $of }
attempt-place-gate = Question { $number } of { $of } at most
attempt-places = Questions
attempt-flag = I want to come back to this question
attempt-save = Save
attempt-save-next = Save and go on
attempt-previous = Back
attempt-check = Check your answers
attempt-answer = Answer
attempt-next = Next question
attempt-stop = Stop here
attempt-time = Time
attempt-time-until = Hand in by { $time }
attempt-time-left = Left: { $time }
attempt-minutes-left = { $count ->
    [one] 1 minute left
   *[other] { $count } minutes left
}
attempt-ready = Saves as you type
attempt-saving = Saving
attempt-saved = Saved
attempt-saved-at = Saved { $time }
attempt-offline = Not saved yet: no connection. Your answers are kept on this device and sent by themselves.
attempt-signed-out = You were signed out. Your answers are kept on this device. Sign in again in another window, and they are sent.
attempt-overtaken = A newer answer from another window is kept. Above the question you can see both, and choose.
attempt-elsewhere = Question { $number } has two answers. Go there to see both, and choose.
attempt-two-answers = This question has two answers
attempt-two-answers-text = One was typed here. A newer one came from another window, or another device.
attempt-shown-own = You see the one that was typed here.
attempt-shown-newer = You see the newer one.
attempt-see-other = See the other one
attempt-keep-shown = Keep this one
attempt-unfinished = Not saved yet: look at what you typed
attempt-time-up = Your time is up
attempt-time-up-text = What you had saved of “{ $title }” by then counts.
attempt-see-result = See the result
done-answer-saved = Saved

# Looking over the answers
check-title = Check your answers
check-stop-title = Stop here?
check-stop-text = If you stop now, this try counts as not passed.
check-answers = Your answers
check-column-question = Question
check-column-state = Answer
check-question = Question { $number }
check-answered = Answered
check-not-answered = Not answered
check-flagged = To come back to
check-change = Change
check-open = { $count ->
    [one] One question has no answer yet. You can hand in all the same.
   *[other] { $count } questions have no answer yet. You can hand in all the same.
}
check-final = Once you have handed in, nothing can be changed.
check-submit = Hand in
check-back = Go back

# The result
result-title = Result
result-of = Result: { $title }
result-marking = A person has to mark your work
result-marking-text = Your answers are handed in. We send you an e-mail when they are marked.
result-badge = You have earned “{ $name }”
result-badge-text = It is being signed and will be in your wallet in a moment.
result-wallet = Go to your badges
result-why = Why this result
result-course = On with the course
result-again = Try again
result-progress = Your progress
result-answers = Your answers
result-comment = From the person who marked it
result-annotated = Your text, with comments on it

# A question
question-points = { $max ->
    [1] { $points } of 1 point
   *[other] { $points } of { $max } points
}
question-correct = Right
question-partly = Partly right
question-incorrect = Not right
question-needs-marking = Waiting to be marked
question-unanswered = Not answered
question-chosen = Your answer
question-chosen-right = Your answer, right
question-chosen-wrong = Your answer, not right
question-missed = The right answer
question-correct-answer = The right answer is
question-choose-any = Choose all that are right.
question-choose-exactly = Choose { $count }.
question-choose-between = Choose { $min } to { $max }.
question-choose-at-most = Choose at most { $count }.
question-choose-at-least = Choose at least { $count }.
question-number = Type a number. Write decimals with “{ $mark }”.
question-number-with-unit = Type a number with its unit. Write decimals with “{ $mark }”.
question-order = Number these from 1, or move them with the arrows.
question-gap = Gap { $number }
question-gap-called = Gap { $number }: { $name }
question-gap-reason = { $gap }: { $reason }
question-pairs = Choose both sides of each pair. A pair may stay empty.
question-pair-first = Pair { $number }: first
question-pair-second = Pair { $number }: second
question-pair-with = with
question-slider = A number from { $min } to { $max }, in steps of { $step }.
question-file-none = No file has been sent yet.
question-file-send = Send a file
question-file-other = Send another file in its place, or take it away
question-file-picture = What was sent: { $name }
attempt-file-title = Send a file
attempt-file-sent = What you have sent
attempt-file-remove = Take it away
attempt-file-field = Your file
attempt-file-takes-picture = A photograph or another picture, up to 12 MB.
attempt-file-takes-document = A PDF, up to 20 MB.
attempt-file-takes-film = A film (MP4 or WebM), up to 64 MB.
attempt-file-takes-text = A plain text file, up to 1 MB.
attempt-file-hint = Where a photograph was taken is removed from it. A PDF or a film keeps what the program that made it wrote into it, which may be your name or a place. Sending goes on while this page is open: with a slow network, it takes a while.
attempt-file-send = Send this file
attempt-file-back = Back to the question
error-answer-file-sort = Another sort of file is asked for here
error-answer-files-too-many = You have sent a great deal today. Try again tomorrow, or send something smaller.
question-place-hint = Press the place in the picture, or type how far it is from the left edge and from the top, in percent. The lines are ten percent apart.
question-places-hint = Up to { $count } places: press each in the picture, or type how far it is from the left edge and from the top, in percent. The lines are ten percent apart.
question-place-what = To be placed: { $what }. { $how }
question-place = of place { $number }
question-place-across = Across, %
question-place-down = Down, %
question-place-at = { $across }% across, { $down }% down
question-areas-shown = It is outlined in the picture.
question-words = About { $count } words.

reason-right-part = “{ $choice }”: right
reason-wrong-part = “{ $choice }”: not right
reason-missed-part = “{ $choice }”: missing
reason-mapped-part = “{ $choice }”: { $points } points
reason-right-place = “{ $choice }” at place { $position }: right
reason-wrong-place = “{ $choice }” at place { $position }: not right
reason-missed-place = “{ $choice }” belongs at place { $position }
reason-mapped-place = “{ $choice }” at place { $position }: { $points } points
reason-right-pair = “{ $source }” with “{ $target }”: right
reason-wrong-pair = “{ $source }” with “{ $target }”: not right
reason-missed-pair = “{ $source }” belongs to “{ $target }”
reason-mapped-pair = “{ $source }” with “{ $target }”: { $points } points
reason-right-point = { $point }: right
reason-wrong-point = { $point }: not right
reason-missed-point = { $point }: missing
reason-mapped-point = { $point }: { $points } points
reason-wrong-type = This is not the kind of answer that the question takes
reason-within-tolerance = Near enough to the right number
reason-outside-tolerance = Too far from the right number
reason-unit-missing = The unit is missing
reason-unit-unknown = “{ $unit }” is not a unit that is taken here
reason-bounded = The sum was kept within { $bound } points
reason-by-rules = Scored by this question’s own rules: { $points } of { $max } points
reason-rule = Rule { $rule }: { $points } points
reason-rules-failed = This question’s rules could not be followed, so it gives no points. Tell whoever teaches you.
reason-level = { $criterion }: { $level } ({ $points } of { $max } points)

error-answer-missing = Answer the question first
error-answer-too-many-fields = This is more than the question asks for
error-answer-unknown-field = This does not belong to the question. Load the page again
error-answer-unknown-choice = Choose one of the answers shown. Load the page again if it looks right
error-answer-several-values = Give one answer only
error-answer-too-many-chosen = Choose at most { $max }
error-answer-target-full = This can be used at most { $max } times
error-answer-bad-position = Type a place from 1 to { $max }
error-answer-same-position = Place { $position } is taken twice
error-answer-too-long = Shorten this to at most { $max } characters
error-answer-malformed = This cannot be read. Load the page again
error-answer-not-a-number = Type a number
error-answer-out-of-range = Type a number from { $min } to { $max }
error-answer-off-step = Type a number in steps of { $step } from { $min }
error-answer-half-pair = Choose the other side of this pair as well
error-answer-half-point = Type both numbers of this place
error-answer-self-pair = Choose two different things for a pair
error-answer-no-level = Choose a level
error-answer-unknown-level = Choose one of the levels shown

# Rules in words
rule-gate = Questions come one at a time, and all are new to you. You pass as soon as { $ways } are right. It stops early when a pass is out of reach.
rule-gate-again = You have { $tries } tries. From the second on it takes { $ways }.
rule-way = { $correct } of { $answered }
rule-ways-more = { $some }, { $next }
rule-ways = { $some } or { $last }
rule-combined-highest = You pass when the best of your first { $tries } attempts at { $items } questions has at least { $cut }% of the points.
rule-combined-latest = You pass when the latest of your first { $tries } attempts at { $items } questions has at least { $cut }% of the points.
rule-combined-decaying-average = You pass when the average of your first { $tries } attempts at { $items } questions reaches { $cut }%. The latest attempt counts 65%, all before it together 35%.
rule-cut-score = { $tries ->
    [one] You pass with { $cut }% of the points of { $items ->
        [one] one question
       *[other] { $items } questions
    }. You have one try.
   *[other] You pass with { $cut }% of the points of { $items ->
        [one] one question
       *[other] { $items } questions
    }, in the best of { $tries } tries.
}
rule-pause = Between two tries there is a pause of { $hours ->
    [one] an hour
   *[other] { $hours } hours
}.
rule-n-of-m = You pass with { $n } right of any { $m } in a row, within your first { $answers } answers to questions that are new to you.
rule-rubric-level = { $assessors ->
    [one] An assessor finds level { $level } of the rubric, counted from 0, or a higher one in every criterion.
   *[other] { $assessors } assessors find level { $level } of the rubric, counted from 0, or a higher one in every criterion.
}
rule-marked = { $assessors ->
    [one] An assessor finds that your work shows it.
   *[other] { $assessors } assessors find that your work shows it.
}
rule-all = All of these:
rule-any = One of these:
rule-at-least = At least { $n } of these { $of }:
rule-worth = To compare: a learner who gets 6 in 10 such questions right passes { $weak } times in 100, all tries counted. One who gets 9 in 10 right passes { $strong } times in 100.

# Decisions in words
decision-rule = The rule
decision-retry = The next try can begin from
decision-competency-mastered = Mastered
decision-competency-not-yet = Not yet
decision-competency-exhausted = No try left
decision-assessment-mastered = Passed
decision-assessment-not-yet = Not passed yet
decision-assessment-exhausted = Not passed, no try left

finding-gate-passed = Try { $number }: passed, with { $correct } right of { $answered }.
finding-gate-failed = Try { $number }: not passed. With { $correct } right of { $answered }, a pass was out of reach.
finding-gate-unfinished = Try { $number }: ended before it was decided, with { $correct } right of { $answered }.
finding-gate-cut-short = This attempt does not count against you. { $amended ->
    [one] A question was put right
   *[other] { $amended } questions were put right
} since, and with { $correct } right of { $answered } it was not decided.
finding-form-passed = Try { $number }: passed, with { $earned } of { $possible } points.
finding-form-failed = Try { $number }: not passed, with { $earned } of { $possible } points.
finding-form-incomplete = Try { $number }: { $items } questions; { $needed } are needed.
finding-combined = Together that makes { $percent } %; { $needed } % is needed.
finding-too-soon = An attempt did not count, because the pause after the one before lasted until { $open-from }.
finding-seen-before = { $answers ->
    [one] One answer did not count, because its question was not new.
   *[other] { $answers } answers did not count, because their questions were not new.
}
finding-no-try-left = An attempt did not count, because no try was left.
finding-best-run = In your best run, { $correct } of { $m } were right; { $needed } are needed. { $answered } answers were looked at.
finding-marked = An assessor gave level { $level }; { $needed } is needed.
finding-judged = { $demonstrated ->
    [true] An assessor finds that it is shown.
   *[other] An assessor finds that it is not shown yet.
}
finding-assessors = { $agree } of { $needed } assessors say yes.
finding-parts = { $met } of { $of } parts are met; { $needed } are needed.
finding-rule-unsound = The rule has a mistake in it, and decides nothing until it is put right.

# What holds for this learner, and when
assessment-extra-time = { $count ->
    [one] You have 1 minute more than this time limit.
   *[other] You have { $count } minutes more than this time limit.
}
assessment-break-time = { $count ->
    [one] You can stop the clock for 1 minute in all.
   *[other] You can stop the clock for { $count } minutes in all.
}
assessment-no-way-back = Questions come one after another. You cannot go back to one that you have left.
assessment-opens = It opens on
assessment-closes = It closes on
assessment-closed = It closed on
assessment-access-code = Access code
assessment-access-code-hint = Whoever watches over the assessment tells you.
assessment-agree = I agree to this
error-access-code-wrong = This is not the code. Ask whoever watches over the assessment.
error-attempt-not-agreed = Tick that you agree, and you can begin
trouble-attempt-before-window-title = It is not open yet
trouble-attempt-before-window-text = The assessment's page says when it opens.
trouble-attempt-closed-title = It has closed
trouble-attempt-closed-text = Nobody can begin it any more. If you think you should be able to, talk to your instructor.
trouble-attempt-on-break-title = You are on a break
trouble-attempt-on-break-text = Go back to the attempt and let the clock run again; then answers are taken.
trouble-attempt-no-break-title = There is no break left
trouble-attempt-no-break-text = Go back to the attempt: the clock runs on.
attempt-break = { $count ->
    [one] Stop the clock (1 minute left)
   *[other] Stop the clock ({ $count } minutes left)
}
attempt-no-way-back = When you go on, you cannot come back to this question.
trouble-attempt-left-behind-title = You have left this question
trouble-attempt-left-behind-text = Here there is no way back to a question. Go on with the one that is open.
attempt-resting = The clock stands still
attempt-resting-text = What you have answered in “{ $title }” is saved. The questions come back when you go on.
attempt-resting-until = If you do nothing, it runs again on
attempt-resume = Go on
result-later = Your answers and what there is to say about them are shown here when the assessment has closed for everybody.
