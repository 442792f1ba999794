ui-crumbs = Breadcrumb
ui-pages = Pages
ui-page = Page { $number }
ui-back = Back
ui-next = Next
ui-next-kind = Next: { $kind }
ui-standing-done = Done
ui-standing-current = You are here
ui-standing-open = Not done yet
ui-standing-locked = Locked
ui-check-passed = Passed:
ui-check-failed = Failed:
ui-check-unknown = Could not be checked:
ui-question-answered = Question { $number }, answered
ui-question-open = Question { $number }, not answered
ui-question-flagged = { $question }, flagged
ui-move-up = Move “{ $text }” up
ui-move-down = Move “{ $text }” down
ui-place-of = Place of “{ $text }”
ui-choose-one = Choose one
styleguide-title = Styleguide
error-specimen = Enter an address like name@example.org

# Pictures that are brought
emblem-now = The picture as it is now
emblem-file = Picture
emblem-send = Use this picture
error-file-not-a-picture = Choose a picture: this is a file of another kind
