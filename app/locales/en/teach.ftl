teach-title = Teach
teach-overview = Courses
teach-competencies = Competencies
teach-items = Items
teach-assessments = Assessments
teach-marking = Marking
teach-files = Files

teach-save = Save
teach-add = Add
teach-create = Create
teach-change = Change
teach-remove = Remove
teach-keep = Keep it
teach-preview = Preview
teach-as-learner = As a learner sees it
teach-order = Order
teach-kind = Kind
teach-state = State
teach-changed = Last changed
teach-learners = Learners
teach-learners-count = { $count ->
    [0] no learners yet
    [one] 1 learner
   *[other] { $count } learners
}
teach-state-draft = Draft
teach-state-published = Published
teach-state-version = Published, version { $number }
teach-state-archived = Put away

teach-courses = Courses
teach-course = Course
teach-courses-caption = Courses, the last changed first
teach-no-courses = No courses yet
teach-no-courses-text = Begin one with a title. Learners see nothing of it until you publish it.
teach-new-course = New course
teach-title-field = Title
teach-title-hint = What learners read first. You can change it later.
teach-slug-field = Address
teach-slug-hint = Small letters, digits and hyphens. It comes after { $address }
teach-language-field = Language
teach-language-hint = A language tag, like en or pt-BR
teach-summary-field = Summary
teach-summary-hint = What it is about, for whom, and how long it takes. The first words stand in the catalogue. Markdown.
teach-basics = Title and summary

teach-archive = Put away
teach-restore = Take out again
teach-see-as-learner = See it as learners do
teach-all-published = Everything that you have written is published.
teach-ready = Ready to be published
teach-publish = Publish
teach-publish-first = Once it is published, everybody sees it in the catalogue and can begin it.
teach-publish-changes = There are changes that learners do not see yet. Those who have begun stay on their version until they choose to move.
teach-problems = To be put right before it can be published
teach-outline = Outline
teach-no-modules = Nothing in it yet
teach-no-modules-text = A course is made of modules, and a module of lessons, practice and assessments.
teach-add-module = Add a module
teach-module = Module
teach-activity = Activity
teach-add-activity = Add an activity
teach-kind-field = What kind of activity?
teach-kind-lesson-hint = Something to read, look at and think through.
teach-kind-practice-hint = Questions with an answer at once. They decide nothing.
teach-kind-assessment-hint = An assessment whose result counts.
teach-markdown-hint = Markdown. A picture is ![what it shows](name-of-the-file.png), a formula stands between dollar signs: $\frac{"{"}1{"}"}{"{"}2{"}"}$
teach-lesson-field = Text
teach-minutes-field = Minutes
teach-minutes-hint = How long it takes most learners. You can leave it empty.
teach-competencies-field = What is it for?
teach-after-field = What must be done first?
teach-after-hint = Only what stands before it in the outline can be asked for.
teach-whole-module = All of “{ $title }”
teach-draws-caption = How many questions about what
teach-how-many = Questions
teach-assessment-field = Assessment
teach-assessment-hint = Published assessments only.
teach-no-assessment = Not chosen yet
teach-remove-question = Remove { $title }?
teach-remove-module-text = The module and all its activities leave the draft. What is published stays as it is until you publish again.
teach-remove-activity-text = The activity leaves the draft, and its text is lost. What is published stays as it is until you publish again.
teach-remove-competency-text = This cannot be undone. It works only while nothing refers to it: no part of it, no question, no learner's evidence.

teach-competencies-lead = What people can do, said so that it can be shown. Courses teach towards them, questions test them, and each has a rule that says when it counts as shown.
teach-framework = Framework
teach-framework-edit = Title and code
teach-new-framework = New framework
teach-no-frameworks = No frameworks yet
teach-no-frameworks-text = A framework holds competencies that belong together. Begin with one.
teach-competency-count = { $count ->
    [one] 1 competency
   *[other] { $count } competencies
}
teach-framework-code-hint = Short, like NUM
teach-description-field = Description
teach-new-competency = New competency
teach-no-competencies = No competencies yet
teach-no-competencies-text = Add the first: a code and a sentence that says what somebody can do.
teach-competency = Competency
teach-members-caption = Competencies, each under the one that it is part of
teach-depth = (level { $depth } of the tree)
teach-code-field = Code
teach-code-hint = How it is cited, like NUM.PCT.1
teach-statement = Statement
teach-statement-hint = Begin with a verb: “Finds a percentage of any amount.”
teach-level-field = Level
teach-level-hint = In your framework's own word. You can leave it empty.
teach-parent-field = Part of
teach-no-parent = Nothing: it stands by itself

teach-rule = When it counts as shown
teach-rule-change = Change the rule
teach-rule-now = In force
teach-rule-choose = Choose a rule
teach-rule-kind-gate = Gate
teach-rule-kind-cut-score = Cut score
teach-rule-kind-n-of-m = Right in a row
teach-rule-kind-rubric-level = Rubric level
teach-rule-kind-assessors = Assessors
teach-rule-about-gate = One new question after another, until it is certain. Its error is known: of 100 learners who get 6 in 10 right, fewer than 5 pass, all their tries together.
teach-rule-about-cut-score = A form of so many questions, and a share of the points that is enough. Easy to explain; look at the table for how many pass who should not.
teach-rule-about-n-of-m = So many right among so many answers in a row, anywhere in practice or assessments.
teach-rule-about-rubric-level = Assessors mark with a rubric, and so many of them must give this level or a higher one. 0 is the rubric's lowest.
teach-rule-about-assessors = So many assessors must judge that the evidence shows it.
teach-rule-field-tries = Tries
teach-rule-field-cooldown-hours = Hours between two tries
teach-rule-field-items = Questions on the form
teach-rule-field-cut = Enough, in percent of the points
teach-rule-field-n = Right answers
teach-rule-field-m = Among so many in a row
teach-rule-field-answers = Answers that count at all
teach-rule-field-level = Level
teach-rule-field-assessors = Assessors
teach-rule-strength = How often learners would pass, all their tries counted
teach-rule-strength-accuracy = Get right
teach-rule-strength-passes = Pass
teach-rule-strength-bar = As a bar
teach-rule-strength-exact = Exact.
teach-rule-strength-simulated = From { $learners } simulated learners each.
teach-rule-strength-judged = People judge here; there is no figure for how often they are right.
teach-rule-percent = { $share } %

teach-rule-way = { $correct } of { $answered }
teach-rule-words-gate = Passed with { $ways } new questions right.
teach-rule-words-one-try = There is one try.
teach-rule-words-gate-again = { $more ->
    [one] One more try, after { $hours } hours
   *[other] { $more } more tries, each after { $hours } hours
}: { $ways }.
teach-rule-words-cut = At least { $cut } % of the points of { $items } questions.
teach-rule-words-tries = { $tries ->
    [one] One try.
   *[other] { $tries } tries, with { $hours } hours between; the best one counts.
}
teach-rule-words-n-of-m = { $n } right among { $m } answers in a row, within the first { $answers }.
teach-rule-words-rubric = Level { $level } of the rubric or higher, by { $assessors ->
    [one] one assessor
   *[other] { $assessors } assessors
}.
teach-rule-words-assessors = { $assessors ->
    [one] An assessor judges that it is shown.
   *[other] { $assessors } assessors judge that it is shown.
}
teach-rule-words-all = All of these: { $parts }
teach-rule-words-any = One of these: { $parts }
teach-rule-words-at-least = At least { $n } of these: { $parts }

teach-files-lead = Pictures, films, captions and papers for your lessons and questions. A text calls a file by its name.
teach-upload = Upload a file
teach-file = File
teach-file-field = File
teach-file-hint = PNG, JPEG, WebP, GIF or SVG pictures, PDF, MP4 or WebM films, VTT captions, plain text. Pictures are stored anew, without what cameras add; of a GIF the first picture is kept.
teach-file-name-field = Name
teach-file-name-hint = What texts call it, like images/tides.png. Left empty, it keeps the name it has. Captions and a transcript have the film's name and end in .vtt and .txt.
teach-everyone-field = Visitors may see it too
teach-everyone-hint = For logos and badges. Otherwise only members see it.
teach-no-files = No files yet
teach-no-files-text = Upload the first above.
teach-files-caption = Files, the newest first ({ $total } in all)
teach-size = Size
teach-kibibytes = { $size } KB
teach-snippet = In a text
teach-snippet-alt = what it shows
teach-snippet-link = what it is

done-course-created = The course is begun. Add a first module.
done-course-published = It is published.
done-course-archived = It is put away.
done-course-restored = It is back in the catalogue.
done-module-added = The module is added.
done-removed = Removed.
done-framework-created = The framework is made. Add a first competency.
done-competency-created = The competency is added.
done-file-uploaded = The file is there. Copy its line from the list into a text.

error-title-empty = Enter a title
error-title-too-long = Shorten the title to { $most } characters
error-title-character = Leave out characters that cannot be seen
error-text-over-limit = This is too long: { $most } characters at most
error-text-hidden-character = Leave out characters that cannot be seen
error-too-many = At most { $most } of these
error-address-taken = Another course has this address
error-language-unknown = Enter a language tag, like en or pt-BR
error-not-a-whole-number = Enter a whole number
error-minutes-out-of-range = Enter from 1 to { $most } minutes
error-draw-out-of-range = Enter from 1 to { $most } questions
error-draw-twice = A competency stands here twice
error-prerequisite-not-earlier = Something that must be done first stands after this, or is no longer there
error-course-empty = There is no module in it
error-module-empty = There is no activity in it
error-id-twice = It is in the course twice
error-lesson-empty = The lesson has no text
error-practice-empty = Say how many questions about what
error-assessment-not-chosen = Choose an assessment
error-assessment-not-published = The assessment is not published, or no longer there
error-competency-not-there = A competency is no longer there
error-picture-without-description = Say in words what { $picture } shows
error-file-not-there = There is no file called { $file }
error-code-empty = Enter a code
error-code-too-long = Shorten the code to 40 characters
error-code-character = Use letters, digits and . - _ / : with a letter or digit at both ends
error-code-taken = This code is taken
error-statement-empty = Say what somebody can do
error-competency-code-twice = This code is taken
error-competency-parent-unknown = Choose one of the list
error-competency-parent-cycle = It cannot be part of itself, or of one of its own parts
error-competency-tree-too-deep = This would be too deep: 12 levels at most
error-rule-number-out-of-range = Enter a number from { $least } to { $most }
error-rule-empty = Say what has to be fulfilled
error-rule-too-many-parts = At most { $most } parts
error-rule-too-deep = This is nested too deep
error-rule-too-large = This has too many parts: { $most } at most
error-percent-out-of-range = Enter a number from 1 to 100
error-file-empty = Choose a file
error-file-kind = This kind of file is not taken
error-file-too-large = This file is too large: { $most } MB at most
error-file-not-readable = This file is damaged, or not what it seems
error-file-name-empty = Enter a name
error-file-name-too-long = Shorten the name to 100 characters
error-file-name-character = Use letters, digits and . - _ and a slash between folders
error-file-name-taken = Another file has this name

trouble-course-has-problems-title = There is something to put right first
trouble-course-has-problems-text = Go back to the course: the list on its page says what.
trouble-course-too-large-title = This is more than a course can hold
trouble-course-too-large-text = Nothing was stored. Go back and make it smaller, or split it in two.
trouble-competency-in-use-title = It is in use
trouble-competency-in-use-text = Something refers to this competency: a part of it, a question, or what a learner has shown. It stays.
trouble-framework-not-empty-title = There are competencies in it
trouble-framework-not-empty-text = Remove them first.
trouble-framework-full-title = This framework is full
trouble-framework-full-text = It has as many competencies as one can hold. Begin another.

audit-course-created = { $actor } began the course “{ $title }”
audit-course-published = { $actor } published version { $version } of “{ $title }”
audit-course-archived = { $actor } put a course away
audit-course-restored = { $actor } took a course out again
audit-framework-created = { $actor } made the framework { $code }
audit-framework-changed = { $actor } changed the framework { $code }
audit-framework-removed = { $actor } removed a framework
audit-competency-created = { $actor } added the competency { $code }
audit-competency-changed = { $actor } changed the competency { $code }
audit-competency-removed = { $actor } removed a competency
audit-file-uploaded = { $actor } uploaded { $name }
