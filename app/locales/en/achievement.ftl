admin-achievements-title = Badges
achievement-new = New badge
achievement-begin = Create
achievement-name = Name
achievement-name-hint = What stands on the badge, in a few words.
achievement-parts = Stacks on
achievement-holders = Holders
achievement-changed = Last changed
achievement-count = { $total ->
    [one] 1 badge
   *[other] { $total } badges
}
achievement-none = No badges here
achievement-none-text = A badge says what somebody can do, and what it took to show it. Learners who fulfil its rule get it by themselves, signed, to keep.
achievement-none-archived = Nothing has been put away.
achievement-programs = What stacks into what: the programs
achievement-new-on-top = It begins with the badge that you came from as its first condition. Its editor takes the others.

programs-title = Programs
programs-new = New program
programs-lead = A program is a badge that stacks on others and that nothing larger asks for. When the last part is earned, the larger badge follows by itself.
programs-none = No programs yet
programs-none-text = A program is a badge that is earned by earning others: three small badges that together make a certificate, for example.
programs-none-how = Publish the small badges first. Then make a new program, and choose them as its conditions.
programs-sound = No problems
programs-problems = { $count ->
    [one] 1 problem
   *[other] { $count } problems
}
programs-kind-badge = Badge
programs-kind-competency = Competency
programs-kind-assessment = Assessment
programs-holders = Held by { $count } of { $of } { $of ->
    [one] member
   *[other] members
}
programs-masters = Mastered by { $count } of { $of } { $of ->
    [one] member
   *[other] members
}
programs-passed = Passed by { $count } of { $of } { $of ->
    [one] member
   *[other] members
}
programs-stuck = { $count ->
    [one] 1 member lacks only this
   *[other] { $count } members lack only this
}
programs-above = Its parts stand further up
programs-build-on = Build a larger badge on this
programs-fault-gone = This is no longer there, so nobody can get it. Choose something else in the rule of the badge above it.
programs-fault-draft = This is only a draft, so nobody can get it. Publish it.
programs-fault-withdrawn = This is put away, so nobody gets it any more. Take it out again, or choose something else.
programs-fault-undecided = No rule says when this counts as shown, so nobody can get it. Give it a rule.
programs-fault-unassessed = No published assessment asks about this competency, so nobody can show it. Publish one.
programs-fault-unsound = The rule of this badge isn’t whole, so nobody can earn it. Open its editor.
programs-fault-goes-round = This badge, by way of others, asks for itself, so nobody can ever earn it.
programs-fault-too-deep = More badges stand above each other than are shown here. Look at this one by itself.

achievement-withdrawn = Put away

achievement-description = What holders can do
achievement-description-hint = One or two sentences that an employer understands.
achievement-criteria = What it took
achievement-criteria-hint = For people to read, in Markdown: how it was assessed, how strictly, what was allowed.
achievement-attests = Competencies that it attests
achievement-attests-hint = They are named in the badge, with your framework.
achievement-type = Kind
achievement-type-hint = The standard's word for it. Most are badges.
achievement-type-achievement = Achievement
achievement-type-award = Award
achievement-type-badge = Badge
achievement-type-certificate = Certificate
achievement-type-certificateofcompletion = Certificate of completion
achievement-type-competency = Competency
achievement-type-course = Course
achievement-type-learningprogram = Program of several courses
achievement-type-microcredential = Micro-credential
achievement-level = Level
achievement-level-hint = From 1 (basic) to 8 (the forefront of a field), as in the European Qualifications Framework.
achievement-level-none = None
achievement-level-of = Level { $level }
achievement-tags = Words to find it by
achievement-tags-hint = With commas between them.

achievement-rule-title = When is it earned?
achievement-rule-hint = Publish what you ask for first: a badge or an assessment that is only a draft can't be earned by anybody.
achievement-join = How many of the conditions?
achievement-rule-all = All of them
achievement-rule-any = Any one of them
achievement-rule-at-least = A number of them
achievement-least = How many at least?
achievement-least-hint = Only for the last choice.
achievement-condition = Condition
achievement-conditions-competency = Mastered: the competency
achievement-conditions-assessment = Passed: the assessment
achievement-conditions-badge = Held: the badge
achievement-add-condition = Add a condition

achievement-looks = How it looks
achievement-looks-text = Drawn in your colour; the name decides how the stones lie, the level how many there are.
achievement-public-page = Its public page
achievement-elsewhere = This badge was made elsewhere
achievement-elsewhere-text = Its rule has rules within, which this editor can't show. It works as it is.
achievement-availability = Open or put away
achievement-archive = Put it away
achievement-archive-text = Nobody earns it any more. Badges that were awarded stay valid, and its page stays.
achievement-restore = Take it out again
achievement-restore-text = It is put away. Taken out again, it can be earned.

achievement-closed = This badge is no longer awarded. Those that were awarded stay valid.
achievement-badge-of = Badge of { $tenant }
achievement-version = Version
achievement-rule = The rule behind it
achievement-competencies = Competencies
achievement-join-all = All of these:
achievement-join-any = Any one of these:
achievement-join-at-least = At least { $n } of these { $of }:
achievement-part-competency = Mastered: { $name }
achievement-part-assessment = Passed: { $name }
achievement-part-badge = Holds the badge “{ $name }”
achievement-part-gone = something that is no longer there

done-achievement-saved = The draft is saved.
done-achievement-published = It is published. Whoever has earned it already gets it in a moment.
done-achievement-archived = The badge is put away.
done-achievement-restored = The badge can be earned again.

error-badge-text-empty = { $field ->
    [name] Enter a name
    [description] Say what holders can do
    [criteria-narrative] Say what it took
   *[other] Fill this in
}
error-badge-text-too-long = At most { $most } characters
error-badge-text-unprintable = There is a character here that can't be seen: type it anew
error-badge-list-too-long = At most { $most } of these
error-badge-url-invalid = Enter a web address
error-badge-too-large = The name is longer than 120 characters, or the badge is too large
error-badge-level = Choose a level from 1 to 8
error-badge-criteria-empty = Add at least one condition
error-badge-criteria-too-many-parts = At most { $most } conditions
error-badge-criteria-too-deep = At most { $most } rules within each other
error-badge-criteria-too-large = The rule is too large
error-badge-criteria-number-out-of-range = Enter a number from { $least } to { $most }
error-badge-competency-gone = A competency is no longer there: choose another
error-badge-assessment-unpublished = “{ $title }” is not open to learners: publish it first
error-badge-unpublished = Nobody can earn “{ $name }” now: publish it first
error-badge-cycle = These badges ask for each other in a circle, so nobody could ever earn them: { $way }

audit-achievement-created = { $actor } made a badge
audit-achievement-saved = { $actor } saved a badge
audit-achievement-published = { $actor } published a badge
audit-achievement-archived = { $actor } put a badge away
audit-achievement-restored = { $actor } took a badge out again

# Its own picture
achievement-picture = Picture
achievement-picture-lead = Without a picture of its own, the badge is drawn in your organisation’s colour. Badges that people hold already keep the picture that they have.
achievement-picture-hint = PNG, JPEG, WebP, GIF or SVG, at most 8 MB, best a square of 512 pixels. Words in it should also stand in the name or the description: not everybody sees it.
achievement-picture-choose = Choose a picture
achievement-picture-change = Change the picture
achievement-picture-remove = Remove the picture
done-achievement-picture = The picture is changed. Publish to put it on badges.
audit-achievement-picture = { $actor } changed the picture of a badge
