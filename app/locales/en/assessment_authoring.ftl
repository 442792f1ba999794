assessment-list-title = Assessments
assessment-new = New assessment
assessment-begin = Create
assessment-title = Title
assessment-title-hint = Learners see it.
assessment-items = Questions
assessment-changed = Last changed
assessment-any-number = any number
assessment-count = { $total ->
    [one] 1 assessment
   *[other] { $total } assessments
}
assessment-none = No assessments here
assessment-none-text = An assessment draws questions for a competency and decides whether it has been shown. Make the questions first, then say here how they are asked.
assessment-none-archived = Nothing has been put away.

assessment-withdrawn = Put away

assessment-mode = Kind
assessment-mode-question = How is it taken?
assessment-mode-gate = Gate: one question after another
assessment-mode-gate-hint = New questions until it is clear: passed at 9 of 9, 12 of 13, 14 of 16 or 17 of 20, and over as soon as that is out of reach. A second try is stricter. This is the surest way to tell who can do it.
assessment-mode-form = Form: a fixed number of questions
assessment-mode-form-hint = The learner moves between the questions freely. A share of the points is enough to pass.
assessment-update = Show the fields for this way
assessment-instructions = What learners read before they begin
assessment-instructions-hint = Markdown. How many questions there are, what they may use, what happens afterwards.

assessment-draws = What it asks about
assessment-draws-gate-hint = One competency, as a rule. How many questions there are is in the gate's table.
assessment-draws-form-hint = Each competency, and how many questions come from it.
assessment-draw-count = Questions from competency
assessment-add-draw = Add a competency
assessment-draw-which = Only some of its questions
assessment-draw-any-kind = Any kind
assessment-draw-easiest = Lowest difficulty for competency
assessment-draw-hardest = Highest difficulty for competency
assessment-draw-difficulty-hint = From −6, which is easy, to 6, which is hard, as each question says. Empty means any.
assessment-draw-exposed = Highest exposure, in percent, for competency
assessment-draw-exposed-hint = A question that came in more of the latest 100 tries than this comes only when no other is left. Counted once there were 20 tries. Empty means no limit.
assessment-choose = Choose …
assessment-supply = { $found ->
    [one] 1 published question is there
   *[other] { $found } published questions are there
}; so that everybody can use every try, { $needed } are needed.
assessment-found = { $found ->
    [one] 1 published question is there.
   *[other] { $found } published questions are there.
}

assessment-cut = Pass mark, in percent of the points
assessment-cut-hint = Leave it empty for practice, which decides nothing.
assessment-tries = Tries
assessment-tries-gate-hint = From 1 to 4. Each needs questions that the learner has not seen.
assessment-tries-form-hint = Each more makes it easier to pass by luck: look at the strength. Empty means any number.
assessment-cooldown = Pause between tries, in hours
assessment-cooldown-hint = Time to learn something in between. 0.5 is half an hour.
assessment-time-limit = Time limit, in minutes
assessment-time-limit-hint = Leave it empty unless speed matters for what you want to know.
assessment-unseen = May questions come again in another try?
assessment-unseen-hint = What was remembered has not been shown.
assessment-unseen-required = No: only questions that the learner has not seen
assessment-unseen-preferred = Only when the new ones are used up
assessment-unseen-any = Yes
assessment-layout = On the page
assessment-layout-oneitemperpage = One question on each page
assessment-layout-onepage = All on one page
assessment-shuffle = Ask each learner in a different order
assessment-linear = No way back
assessment-linear-hint = Questions come one after another, and one that was left is not seen again.
assessment-feedback = Learners are told about their answers
assessment-feedback-atonce = After each answer, which then stands
assessment-feedback-atend = After the try
assessment-feedback-never = Never: they get the result only
assessment-correct-answers = Show the right answers with it
assessment-correct-answers-hint = Whoever sees them can pass them on. Better not where questions come again.
assessment-work-out = Update the strength

assessment-strength = How strong it is
assessment-elsewhere = This assessment was made elsewhere
assessment-elsewhere-text = Its questions are fixed, its rule is joined from several, or its gate asks only some of the questions, which this editor can't show. It works as it is.
assessment-availability = Open or put away
assessment-archive = Put it away
assessment-archive-text = Nobody can begin a try any more. Tries under way go on, and results stay.
assessment-restore = Take it out again
assessment-restore-text = It is put away. Taken out again, learners can begin.

done-assessment-saved = The draft is saved.
done-assessment-published = It is published.
done-assessment-archived = The assessment is put away.
done-assessment-restored = The assessment is open again.

error-assessment-too-large = The title is longer than 200 characters, or the assessment is too large
error-assessment-percent = Enter a number from 1 to 100
error-assessment-pool-too-small = { $competency } has { $found } published questions for assessments; { $needed } are needed so that everybody can use every try. Write more, or permit fewer tries.
error-assessment-pool-too-narrow = { $competency } has { $found } published questions like these; { $needed } are needed so that everybody can use every try, with what other rows may take of them. Take more kinds or difficulties, write more, or permit fewer tries.
error-assessment-items-marked = A person has to mark one of these: a gate needs to know at once whether an answer is right
error-assessment-items-retired = One of these is retired. Leave it out, or put it back into use first
error-assessment-items-practised = One of these is there to practise with, so learners are told its answer
error-assessment-items-missing = { $missing ->
    [one] 1 question does not exist any more
   *[other] { $missing } questions do not exist any more
}

strength-no-rule = This decides nothing, so it has no strength.
strength-unsound = Put right what is marked, then the strength is worked out.
strength-assessors-only = Assessors alone decide. How strong that is depends on them; no formula can say.
strength-too-large = This rule asks for so many answers that how strong it is cannot be worked out. Ask for fewer tries or questions, and it can.
strength-judged = Assessors have a say as well. The figures are for learners of whom every assessor says yes.
strength-strong = Strong
strength-fair = Somewhat weak
strength-weak = Weak
strength-in-words = A learner who gets 6 in 10 such questions right passes { $weak } of the time; one who gets 9 in 10 right, { $strong }. All tries are counted.
strength-caption = How often learners pass, by how many of such questions they get right
strength-accuracy = Right
strength-passes = Pass
strength-bar = As a bar
strength-percent = { $figure }%
strength-exact = Worked out exactly, for learners who use every try.
strength-simulated = Found by letting { $learners } made-up learners of each kind use every try.

audit-assessment-created = { $actor } made an assessment
audit-assessment-saved = { $actor } saved an assessment
audit-assessment-published = { $actor } published an assessment
audit-assessment-archived = { $actor } put an assessment away
audit-assessment-restored = { $actor } took an assessment out again
audit-assessment-delivery-changed = { $actor } changed when an assessment can be taken

assessment-honour = What learners agree to before they begin
assessment-honour-hint = Markdown. They tick that they agree. Leave it empty, and nothing is asked.
assessment-feedback-afterwindow = When it has closed for everybody: say when it closes, or it never comes
delivery-open = When it can be taken
delivery-title = When it can be taken
delivery-lead = This holds from the moment you save it, for every version. Attempts under way never lose time by it.
delivery-opens = Opens
delivery-opens-hint = Date and time in UTC. Empty: it is open from the start.
delivery-closes = Closes
delivery-closes-hint = Date and time in UTC. From then on nobody can begin, and attempts under way end; whoever has extra time keeps it. Empty: it does not close.
delivery-code-hint = Learners type it to begin: for an assessment that somebody watches over. Empty: none is asked for.
done-assessment-delivery-saved = Saved. It holds from now on.
error-moment-unreadable = Enter a date and a time, such as 2027-03-01T09:00
error-window-answers-shown = It has closed, and those who sat it have seen the right answers. Make another assessment instead.
error-window-closes-first = It would close before it opens
error-access-code-too-long = At most { $most } characters
