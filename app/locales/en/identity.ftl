# The language's own name for itself.
language-name = English

# Fields that several forms have
field-name = Name
field-name-hint = As it should stand on your badges.
field-email = E-mail address
field-email-hint = We send a link to it.
field-password = Password
field-password-hint = At least 10 characters. A few words that only you would put together work well.
field-current-password = Current password
field-new-password = New password
form-save = Save
form-show = Show

# Signing up, in and out
sign-up-title = Make an account
sign-up-lead = One account for all courses here, and for all your badges.
sign-up-send = Make an account
sign-up-known = You have an account?
sign-in-title = Sign in
sign-in-send = Sign in
sign-in-forgot = Forgotten your password?
sign-in-sign-up = Make an account
sign-out = Sign out

check-mail-title = Check your e-mail
check-mail-sign-up = We have sent you a mail. Follow its link, and your account is ready.
check-mail-verify = Your password is right, but your address is not confirmed yet. We have sent you a mail with a link that does it.
check-mail-again = If that address has an account that is not confirmed yet, a mail with the link is on its way to it.
check-mail-again-title = Did no link come?
check-mail-again-hint = The one you made the account with. Five minutes after the last link we send another.
check-mail-again-send = Send the link again
check-mail-reset = If that address has an account, a mail with a link to choose a new password is on its way to it.
check-mail-email = We have sent a mail to the new address. Follow its link, and it is yours here. Until then the old one counts.
check-mail-nothing = Nothing there after a few minutes? Look in your spam folder, and check that you typed the address correctly.

verify-email-title = Confirm your e-mail address
verify-email-lead = Type your password, and your address is confirmed and you are signed in.
verify-email-password-hint = The one of your account here. If you did not make an account, stop: somebody else used your address.
verify-email-send = Confirm the address

forgot-password-title = Forgotten your password?
forgot-password-lead = Give us your e-mail address, and we send you a link to choose a new one.
forgot-password-send = Send the link

reset-password-title = Choose a new password
reset-password-lead = You will be signed out everywhere, and can then sign in with the new one.
reset-password-send = Change the password

setup-title = Welcome to your new Cairn
setup-lead = This is its first run. Make the account of whoever runs it: that person sets up organisations and sees whether all is well.
setup-send = Make the operator’s account
trouble-set-up-key-title = This Cairn is not set up yet
trouble-set-up-key-text = Whoever runs it makes the first account. The address for that was printed when the server started.

# One's own account
account-title = Your account
account-profile-title = Profile
account-email-title = E-mail address
account-password-title = Password
account-sessions-title = Where you are signed in
account-locale = Language
account-locale-browser = As my browser is set
account-theme = Theme
account-theme-auto = As my device is set
account-theme-light = Light
account-theme-dark = Dark
account-tenants = Your organisations
account-tenants-none = You do not belong to an organisation yet. Open the page of one to join it, or follow the link in an invitation.
account-operator = Run this installation
account-email-current = Your address is { $email }.
account-email-new = New e-mail address
account-email-new-hint = We send a link to the new address, and tell the old one.
account-email-send = Change the address
account-password-lead = You will be signed out on all your other devices.
account-password-send = Change the password
account-sessions-lead = If you do not know one of these, sign it out and change your password.
account-sessions-device = Browser
account-sessions-since = Since
account-sessions-seen = Last used
account-sessions-end = Sign out
account-sessions-end-others = Sign out everywhere else
account-sessions-here = This device
device = { $browser } on { $system }
device-unknown = An unknown browser

# What was done
done-saved = Saved.
done-signed-out = You are signed out.
done-email-verified = Your e-mail address is confirmed.
done-email-changed = Your e-mail address is changed.
done-password-changed = Your password is changed.
done-session-ended = That browser is signed out.
done-sessions-ended = Every other browser is signed out.
done-set-up = Cairn is set up, and this is your account. Now make the first organisation.

# What is wrong with a field
error-sign-in-wrong = The address or the password is not right
error-password-wrong = This is not your current password
error-email-invalid = Enter an address like name@example.org
error-email-taken = This address has an account already
error-email-same = This is your address already
error-name-empty = Enter your name
error-name-too-long = Enter a name of at most 80 characters
error-name-unprintable = Leave out characters that cannot be seen
error-password-too-short = Enter at least 10 characters
error-password-too-long = Enter at most 256 characters
error-password-unprintable = Leave out characters that a keyboard does not give
error-password-common = This is among the first that anybody would try. Choose something less known
error-password-is-name = This is your name or address. Choose something else
error-choice-unknown = Choose one of those in the list

# What was refused
trouble-link-expired-title = This link no longer works
trouble-link-expired-text = It has been used already, or it is too old. If you have just used it, all is well. If not, ask for a new one on the sign-in page.
trouble-email-taken-title = This address has another account
trouble-email-taken-text = In the meantime somebody made an account with it. Yours keeps its old address.
