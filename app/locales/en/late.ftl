# Answers that come when the time is up
assessment-late = An answer that comes when the time is up
assessment-late-hint = When the network was away, an answer that was given in time can arrive late. What was saved in time stays as it was handed in; a late answer is kept beside it. This matters only where there is a time limit, or a day on which it closes.
assessment-late-keep = A person decides whether it counts
assessment-late-countwithin = It counts if it arrives soon enough
assessment-late-refuse = It is not taken
assessment-late-minutes = Soon enough is, in minutes
assessment-late-minutes-hint = From 1 to 1,440, which is a day, counted from the end by the clock of this site. When an answer was given only the learner’s device says: who wants to can use these minutes for questions left empty. On what comes later, on what would replace an answer, and on what a person marks, a person decides.

attempt-over-offline = Your time is up. There is no connection: what you had answered is kept on this device, and sent by itself when there is one again. Leave this page open, or come back to it.

late-sent-kept = Your answer to question { $number } came when the time was up. It is kept beside what was handed in, and a person decides whether it counts.
late-sent-counts = Your answer to question { $number } came when the time was up, and soon enough. It is going to count; load this page again in a while.
late-sent-decided = Your answer to question { $number } came when the time was up. Load this page again to see what was decided.
late-sent-refused = Your answer to question { $number } came when the time was up, and can no longer be taken. What was handed in stays as it is.
late-sent-offline = Your answer to question { $number } is still on this device: no connection. It is sent by itself when there is one.
late-sent-signed-out = Your answer to question { $number } is still on this device, and you were signed out. Sign in, and come back to this page.

result-late = An answer to question { $number } came late
result-late-open = It was not there when the time was up. It is kept, and a person decides whether it counts.
result-late-soon = It is going to count in a moment.
result-late-counts = It counts in place of what was handed in.
result-late-counts-not = It does not count. What was handed in stays as it is.
result-late-arrived = It arrived on
result-late-wait = Your time was up before you handed in. Should an answer of yours still be on the way from a device without a connection, it is taken until
result-late-look = Show me the answers, and take none any more
result-amended-late = An answer that came late counts
result-question-late = The answer that counts here came when the time was up.

appeal-was-late = The answer that counts here came when the time was up.

late-title = Answers that came late
late-lead = These came when the time was up. When an answer was given, only the learner’s device says, and nobody can check it; when it arrived is certain. By then, the learner may have seen how many points they have. What was handed in stays in the record, whatever you decide.
late-ended = The time was up on
late-in-time = Handed in
late-none-in-time = Nothing was handed in.
late-saved = Saved on
late-came = Came late
late-arrived = Arrived on
late-given = Given, says the device, on
late-given-unknown = The device does not say when it was given.
late-question = Does the late answer to question { $number } count?
late-question-hint = If it counts, the attempt is scored anew with it, and all that follows from it is decided anew.
late-yes = It counts, in place of what was handed in
late-no = It does not count
late-levels-text = A person marks this one, and the rest of the attempt is marked already. If the late answer counts, choose a level for each criterion.
late-level-none = No level
late-reason = Why?
late-reason-hint = The learner reads this.
late-send = Decide
late-counts = The late answer counts
late-counts-not = The late answer does not count
late-by-policy = It arrived soon enough, as the assessment has it.
late-own = Your own, somebody else decides
late-queue = Answers that came late
late-queue-caption = { $count ->
    [one] 1 attempt waits for a decision
   *[other] { $count } attempts wait for a decision
}
late-queue-answers = Answers

done-late-decided = It was decided, and the learner gets a mail

error-late-undecided = Choose whether it counts
error-late-reason-missing = Say why
error-late-reason-too-long = Keep it under 2,000 characters

trouble-late-own-title = This is your own attempt
trouble-late-own-text = Somebody else decides on it.
trouble-late-decided-title = This was decided in the meantime
trouble-late-decided-text = Somebody else was quicker. What you decided was not stored.
trouble-late-being-marked-title = Somebody is marking what was handed in
trouble-late-being-marked-text = What is said of one text cannot be read as said of another. Decide once all of the attempt is marked.
trouble-late-reviewed-title = An assessor has set what this question is worth
trouble-late-reviewed-text = That was done in answer to a request for a review, and stays so. The late answer cannot count any more.
trouble-late-refused-title = Your answer came too late
trouble-late-refused-text = What was handed in stays as it is.
trouble-late-shown-title = No answer is taken late any more
trouble-late-shown-text = You have asked to be told the answers, or have begun again since.
trouble-late-overtaken-title = There is another answer
trouble-late-overtaken-text = Another answer of yours was handed in, or came late before this one.

audit-late-answer-counted = { $actor } let an answer count that came late
audit-late-answer-not-counted = { $actor } did not let an answer count that came late
