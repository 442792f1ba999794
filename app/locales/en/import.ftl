# Bringing questions from other systems.

import-title = Bring in questions
import-lead = A question bank in Moodle XML or from a Common Cartridge, or an item or a package of QTI 2.1, 2.2 or 3.0. What it is, the file says itself. Each question becomes a draft.
import-competency-hint = What all of these questions show. You can change it for each of them later.
import-duplicates = Bring in duplicates as well
import-duplicates-hint = Otherwise a question that is there already for this competency is not made a second time.
import-file = File
import-file-hint = An .xml, .zip or .imscc file of at most 32 MB.
import-send = Bring them in

import-done = { $new ->
        [one] One of { $total } is a draft now
       *[other] { $new } of { $total } are drafts now
    }
import-done-refused = { $refused ->
        [0] None was refused.
        [one] One was refused.
       *[other] { $refused } were refused.
    }
import-report = What became of each question
import-outcome = Outcome
import-imported = Imported
import-with-changes = Imported with changes
import-already-there = Imported before
import-duplicate = Already here
import-refused = Refused
import-not-kept = It is not kept here to be tried again.
import-in-line = { $what } (line { $line }, { $element })
import-in-element = { $what } ({ $element })

import-kept-link = { $total ->
        [0] No question is waiting to be tried again
        [one] One question was refused and can be tried again
       *[other] { $total } questions were refused and can be tried again
    }
import-kept-title = Refused questions
import-kept-lead = Questions that could not be brought in as they are. After an update they may be, or for another competency.
import-kept-none = Nothing was refused
import-kept-none-text = Questions that can't be brought in are kept here with the reason.
import-kept-caption = { $total ->
        [one] One refused question
       *[other] { $total } refused questions
    }
import-when = Last tried
import-again-title = Try it again
import-from = From { $file }
import-again = Try again
import-forget = Forget it

import-change-presentation-dropped = How something looks was left out
import-change-formatting-dropped = A mark on the text was left out, its words stayed
import-change-layout-flattened = Lists or tables became paragraphs
import-change-address-dropped = A link that can't be kept was left out, its words stayed
import-change-accessibility-dropped = Support for those who need it otherwise was left out
import-change-constraint-dropped = A limit on answers was left out
import-change-feedback-dropped = A message to the learner was left out
import-change-rubric-dropped = A text for others than learners and markers was left out
import-change-variable-dropped = A variable that sets no points was left out
import-change-scoring-assumed = No rule gave points, so the key gives one
import-change-rubric-made = A rubric was made of what markers are told
import-change-never-below-zero = Points no longer go below zero
import-change-maximum-differs = The file says another maximum than its rules give
import-change-maximum-assumed = The file says no maximum, so it is what the key gives
import-change-prompt-made = A question without words has its title for them
import-change-name-made = A region without a name has its number for one
import-change-always-shuffled = A fixed order is now one of chance
import-change-unit-shown = The unit stands beside the field now
import-change-tag-dropped = A tag was left out that is too long or one too many
import-change-lookalikes-taken = In what is typed, signs that look alike are taken for one another, such as ² for 2

import-why-too-large = It is larger than any question may be
import-why-malformed = It is no well-formed XML
import-why-entities-forbidden = It declares a document type or entities, which is not allowed
import-why-not-an-item = It is no question of a kind that is read here
import-why-invalid = Something that must be there is missing or is not what it must be
import-why-unsupported-interaction = It is a kind of question that there is not here
import-why-unsupported-type = Its answer is of a type that is not taken here
import-why-unsupported-scoring = Its points can't be kept exactly as they are
import-why-unsupported-adaptive = It goes on, and changes, until it is solved
import-why-unsupported-template = It is made anew for each learner in a way that there is not here
import-why-unsupported-content = It holds something that can't be shown here
import-why-no-interaction = It asks nothing
import-why-unsupported-pattern = It takes answers of which a part may be anything
import-why-package = Its file in the package can't be read
import-why-other = It could not be stored: { $code }

done-refused-taken = The question is here now.
done-refused-again = It was refused again.
done-refused-forgotten = It is forgotten.

error-import-package = This package can't be opened: it is damaged or too large, or its list of contents is missing or wrong
error-item-purpose = Choose what the questions are for

audit-refused-item-taken = { $actor } brought in a question that had been refused
audit-refused-item-forgotten = { $actor } forgot a question that had been refused
