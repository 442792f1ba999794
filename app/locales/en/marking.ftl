marking-title = Marking
marking-lead = Work that waits for a mark. You do not see whose it is.
marking-empty = Nothing waits for a mark
marking-empty-text = When a learner hands in work that a person has to mark, it comes here.
marking-next = Mark the next
marking-waiting = { $count ->
    [one] 1 piece waits
   *[other] { $count } pieces wait
}
marking-column-piece = Piece
marking-column-since = Waiting since
marking-column-state = State
marking-piece = Piece { $number }
marking-mine = You have it
marking-own-work = Your own work
marking-taken = Somebody has it
marking-free = Free
marking-yours-until = Yours until
marking-is-marked = You have marked this piece.
marking-asked = What was asked
marking-written = What was written
marking-words = { $count ->
    [one] 1 word
   *[other] { $count } words
}
marking-rubric = Your mark
marking-level = { $title }, points: { $points }
marking-comment = To the learner
marking-comment-hint = What is good, and what would make it better. The learner reads this.
marking-submit = Give this mark
marking-release = Give it back unmarked

done-marking-marked = The mark is given
done-marking-released = You have given the piece back
done-marking-none-free = There is nothing free to mark there just now

trouble-marking-taken-title = Somebody else has this piece
trouble-marking-taken-text = They may be marking it at this moment. Take another one.
trouble-marking-own-work-title = This is your own work
trouble-marking-own-work-text = Somebody else marks it.

audit-work-marked = { $actor } marked a piece of work
