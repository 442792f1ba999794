site-name = Cairn
page-error-title = Error: { $title }
frame-skip = Skip to main content
frame-footer = What you can do, shown and signed. Yours to keep.
nav-label = Main
nav-all = All organisations
nav-courses = Courses
nav-progress = My progress
nav-wallet = My badges
nav-sign-in = Sign in
nav-verify = Check a badge
nav-teach = Teach
nav-marking = Marking
nav-admin = Admin
nav-operator = Installation
nav-menu = Menu
nav-your-account = Your account
nav-account = Account
nav-sign-out = Sign out

trouble-home = Go to the front page
trouble-not-found-title = There is nothing here
trouble-not-found-text = Perhaps the address was mistyped, or the page was removed, or you may not see it.
trouble-invalid-title = Something in the form is not right
trouble-invalid-text = Go back, look at what you typed, and send it again.
trouble-unreadable-title = That could not be read
trouble-unreadable-text = What was sent is not what this page expects. Go back, load the page again, and send it once more.
trouble-too-large-title = That was too large
trouble-too-large-text = Nothing was stored. Go back and send less at once.
trouble-cross-site-title = That came from another site
trouble-cross-site-text = For your safety, forms are only taken from this site’s own pages. Go to the page here, and send it from there.
trouble-stale-title = Somebody else changed this while you were writing
trouble-stale-text = Nothing of yours was saved. Copy what you typed, open the page again, and paste it in.
trouble-open-again = Open the page again, in another window
trouble-typed = What you typed
trouble-typed-field = Text { $number }
trouble-sign-in = Sign in, in another window
trouble-send-again = Send it again

trouble-signed-out-title = You are not signed in any more
trouble-signed-out-text = Nothing was saved, and nothing is lost: sign in in another window, come back to this one, and send it again.
trouble-too-many-title = That was a lot of tries
trouble-too-many-text = Wait a little, then try again.
trouble-unavailable-title = We will be back in a moment
trouble-unavailable-text = Our store does not answer just now. What you had saved is safe. Try again in a few seconds.
trouble-failed-title = Something went wrong on our side
trouble-failed-text = We have made a note of it. Try again. If it happens again, tell whoever runs this site.

form-errors = There is a problem

moment = { $date }, { $time } UTC
moment-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
