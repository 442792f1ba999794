marking-title = Marking
marking-lead = Work that waits for a mark. You do not see whose it is.
marking-empty = Nothing waits for a mark
marking-empty-text = When a learner hands in work that a person has to mark, it comes here.
marking-next = Mark the next
marking-next-of = Mark this question
marking-settle-next = Settle the next
marking-waiting = { $count ->
    [one] 1 piece waits
   *[other] { $count } pieces wait
}
marking-done = { $count } of { $of } marked
marking-done-short = { $count } of { $of }
marking-progress = Marked at this question
marking-question = Question { $number }
marking-column-question = Question
marking-column-first = To mark
marking-column-second = Second marks
marking-column-dispute = To settle
marking-column-done = Marked
marking-column-assessment = Assessment
marking-column-since = Waiting since
marking-column-state = State
marking-own-work = { $count ->
    [one] 1 of these is your own work; somebody else marks it.
   *[other] { $count } of these are your own work; somebody else marks them.
}
marking-for-another = { $count ->
    [one] 1 waits for a second mark from somebody else: you have given the first.
   *[other] { $count } wait for a second mark from somebody else: you have given the first.
}
marking-dispute-count = { $count ->
    [one] On 1 piece two assessors do not agree. Somebody who has not marked it settles it.
   *[other] On { $count } pieces two assessors do not agree. Somebody who has not marked them settles them.
}
marking-stuck = { $count ->
    [one] On 1 of these, nobody is left who may settle it: it takes one more instructor.
   *[other] On { $count } of these, nobody is left who may settle them: it takes one more instructor.
}
marking-begun = What you have begun
marking-go-on = Go on
marking-take-again = Take it up again
marking-lapsed = You have it no longer. What you have begun is kept for you.
marking-yours-until = Yours until
marking-is-marked = You have marked this piece.
marking-previous = The one you marked before this
marking-keys = Criteria
marking-keys-hint = Your browser's access keys lead to the criteria; arrows choose a level, S gives the mark, N leaves it for later. With script, Ctrl and Enter give the mark too.
marking-asked = What was asked
marking-written = What was written
marking-sent = What was sent
marking-words = { $count ->
    [one] 1 word
   *[other] { $count } words
}
marking-note-new = Comment on a place in the text
marking-note-hint = Sentences are numbered in the text above. The learner sees the place marked, and your comment beneath.
marking-note-from = From sentence
marking-note-to = To sentence
marking-note = What you say of it
marking-note-add = Add this comment
marking-note-number = Comment { $number }
marking-note-place = In the text
marking-note-remove = Take away
marking-rubric = Your mark
marking-level = { $title }, points: { $points }
marking-comment = To the learner
marking-comment-hint = What is good, and what would make it better. The learner reads this.
marking-saved-comment = From your own comments
marking-insert = Insert
marking-keep-comment = Save this comment for another time
marking-submit-next = Give this mark and take the next
marking-submit = Give this mark
marking-keep = Keep as a draft
marking-skip = Leave it for later and take the next
marking-release = Give it back unmarked
marking-drop = Give it back and drop what I have begun
marking-release-hint = Given back, it is free for others. What you have begun is kept for you unless you drop it.
marking-draft-ready = Changes are kept by themselves
marking-draft-saved = Kept
marking-draft-failed = Not kept: the server cannot be reached
marking-draft-refused = Not kept: give the mark to see why
marking-dispute = Two marks that differ
marking-dispute-text = Two people have marked this without seeing each other's mark. The mark you give is the one that stands. Only you see both.
marking-dispute-caption = Both marks, criterion by criterion
marking-criterion = Criterion
marking-points = Points
marking-first-mark = First mark
marking-second-mark = Second mark
marking-differs = Differs
marking-notes-of = { $mark }: comments in the text

marking-comments-title = Your own comments
marking-comments-lead = What you say again and again. Nobody else sees these; you may keep { $most }.
marking-comments-none = There are none here
marking-comments-none-text = Save one below, or from a piece of work while you mark it.
marking-comments-find = Find those that say
marking-comments-search = Find
marking-comments-new = A new comment
marking-comments-text = Comment
marking-comments-text-hint = At most { $most } characters.
marking-comments-change = Change
marking-comments-remove = Remove it

marking-scheme-title = Marking by two
marking-scheme-lead = So that marks do not depend on who gives them, a sample of the work is marked by two people who do not see each other's mark. More than before holds for what is handed in after you save it. With less, pieces that only waited for a second mark get the first one.
marking-scheme-share = Share that two mark, in percent
marking-scheme-share-hint = From 0 to 100. Which pieces they are is drawn by itself when they are handed in. It takes two people who mark, and a third who may settle what they mark differently.
marking-scheme-tolerance = Points apart that still agree
marking-scheme-tolerance-hint = With 0, two marks agree when they give the same level for every criterion. Where they agree, the first one stands; where they do not, an instructor who has given neither settles it.

agreement-title = How far assessors agree
agreement-open = How far assessors agree
agreement-lead = Only work that two people have marked, unseen by each other, says something here.
agreement-none = Nothing has been marked by two yet
agreement-none-text = Say under “Marking by two” how much of this assessment two people mark.
agreement-pieces = Marked by two
agreement-agreed = Agreed
agreement-settled = Settled by a third
agreement-in-dispute = Still to settle
agreement-few = Too few to say much
agreement-few-text = With fewer than { $fewest } pieces, these figures may be far from what more work would show. Look at the range beside each one.
agreement-few-short = Too few to say
agreement-criteria = Criterion by criterion
agreement-kappa-text = κ takes off what two people would agree on by chance: 1 is always the same, 0 is no more than chance. The word beside it is a rule of thumb.
agreement-weighted-text = Weighted κ counts it as worse the further two levels are apart, by the square of the distance. Look at it where levels have an order.
agreement-question = Question { $number }: { $title }
agreement-same = Same level
agreement-kappa = κ
agreement-weighted = Weighted κ
agreement-undefined = Not defined: all of it has one and the same level
agreement-interval = Between { $low } and { $high }, 19 times of 20; standard error { $error }
agreement-no-interval = How sure this is cannot be said: the marks show no spread, as when two always agree or one gives a single level
agreement-poor = Hardly more than chance
agreement-fair = Fair
agreement-moderate = Moderate
agreement-good = Good
agreement-very-good = Very good
agreement-leanings = Who gives more, who gives less
agreement-leanings-text = For each assessor, how many points they gave on average above (or, with a minus, below) the other one of the same piece. Only work whose mark stands counts, and only who has { $fewest } such pieces is shown.
agreement-leanings-few = This is shown for whoever has { $fewest } pieces that two have marked and whose mark stands. Fewer would tell who gave which mark.
agreement-leanings-caption = Mean difference in points, assessor by assessor
agreement-assessor = Assessor
agreement-difference = Mean difference
agreement-error = Standard error
agreement-reading = In words
agreement-stricter = Gives fewer points than others
agreement-milder = Gives more points than others
agreement-alike = No more than chance

done-marking-marked = The mark is given
done-marking-marked-last = The mark is given, and there is nothing more to mark at that question just now
done-marking-differs-now = By now two marks of this piece differ, and yours is kept as a draft. Look at both before you settle it
done-marking-released = You have given the piece back
done-marking-none-free = There is nothing free to mark there just now
done-marking-none-after = That was the last one. What you left for later is free to be taken
done-marking-draft-kept = Kept as a draft
done-marking-comment-kept = The comment is saved
done-marking-comment-changed = The comment is changed
done-marking-comment-removed = The comment is removed
done-marking-scheme-saved = Saved. It holds for what is handed in from now on

error-answer-no-place = Choose sentences of the text, the first one first
error-answer-no-comment = Say something of that place
error-answer-too-many-notes = There is room for { $max } comments in one text: take one away
error-comment-empty = Write a comment first
error-comment-too-long = Shorten this to at most { $most } characters
error-comment-not-chosen = Choose one of your comments
error-too-many-comments = You have { $most } comments, and there is room for no more: remove one
error-share-out-of-range = Enter a whole number from 0 to 100
error-tolerance-out-of-range = Enter points from 0 to { $most }

trouble-marking-taken-title = Somebody else has this piece
trouble-marking-taken-text = They may be marking it at this moment. Take another one.
trouble-marking-own-work-title = This is your own work
trouble-marking-own-work-text = Somebody else marks it.
trouble-marking-both-title = You have marked this piece
trouble-marking-both-text = Somebody else gives its next mark.

audit-work-marked = { $actor } marked a piece of work
audit-work-moderated = { $actor } settled a piece of work that two had marked differently
audit-assessment-double-marking-changed = { $actor } changed how much of an assessment two people mark
