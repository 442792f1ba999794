# Mails are plain text. A link stands on a line of its own.
mail-greeting = Hello { $name },
mail-greeting-unknown = Hello,
mail-farewell =
    Cairn
    Please do not answer this mail: nobody reads what is sent there.

mail-verify-email-subject = Please confirm your e-mail address
mail-verify-email-text =
    This address was given for an account on Cairn. Please confirm that it is yours. The link works once, for 24 hours:

    { $link }

    If you did not ask for this, do nothing. Without the link nothing comes of it.

mail-already-signed-up-subject = You already have an account
mail-already-signed-up-text =
    Somebody, perhaps you, gave this address for an account on Cairn. There is one already, and nothing was changed. You can sign in here:

    { $link }

    If you have forgotten your password, choose “Forgotten your password?” on that page. If it was not you, you need not do anything.

mail-reset-password-subject = Choose a new password
mail-reset-password-text =
    Somebody, perhaps you, asked for a new password for your account on Cairn. You can choose one here. The link works once, for one hour:

    { $link }

    If you did not ask for this, do nothing. Your password stays as it is.

mail-password-changed-subject = Your password was changed
mail-password-changed-text =
    The password of your account on Cairn was changed just now, and you were signed out on other devices.

    If it was not you, choose “Forgotten your password?” where you sign in, and tell whoever runs the site.

mail-email-changed-subject = Your e-mail address was changed
mail-email-changed-text =
    The address of your account on Cairn is now { $to }. Mail no longer goes to this one.

    If it was not you, tell whoever runs the site at once.

mail-invitation-subject = { $tenant } invites you
mail-invitation-text =
    { $inviter } invites you to join { $tenant } on Cairn. You can accept here. The invitation is for this address only, and stands for seven days:

    { $link }

    If you do not know who sent this, you need not do anything.

mail-badge-earned-subject = You have earned a badge: { $badge }
mail-badge-earned-text =
    You have earned the badge “{ $badge }” from { $tenant }. It is signed and it is yours to keep. You find it here:

    { $link }

mail-badge-revoked-subject = A badge was revoked: { $badge }
mail-badge-revoked-text =
    { $tenant } has revoked your badge “{ $badge }”. Whoever checks it will see that it no longer holds. The reason given is:

    { $reason }

    You find the badge here:

    { $link }

    If you think that this is a mistake, please ask { $tenant }.

mail-badge-suspended-subject = A badge was suspended: { $badge }
mail-badge-suspended-text =
    { $tenant } has suspended your badge “{ $badge }”. For the time being, whoever checks it will see that it does not count. Badges that you have earned with it stay yours. The reason given is:

    { $reason }

    You find the badge here:

    { $link }

    If you think that this is a mistake, please ask { $tenant }.

mail-badge-reinstated-subject = Your badge counts again: { $badge }
mail-badge-reinstated-text =
    { $tenant } has lifted the suspension of your badge “{ $badge }”. Whoever checks it will see that it is valid. They say:

    { $reason }

    You find the badge here:

    { $link }

mail-attempt-marked-subject = Your result: { $assessment }
mail-attempt-marked-text =
    Your answers in “{ $assessment }” have been marked. You find your result here:

    { $link }

mail-result-changed-subject = Your result has changed: { $assessment }
mail-result-changed-text =
    A question in “{ $assessment }” was put right after you had answered it, and your result has changed. What was changed and why, you find here:

    { $link }

mail-late-answer-decided-subject = An answer that came late: { $assessment }
mail-late-answer-decided-text =
    An answer of yours in “{ $assessment }” came when the time was up. Whether it counts was decided, and you find it here:

    { $link }

mail-appeal-answered-subject = Your request was answered: { $assessment }
mail-appeal-answered-text =
    You asked to have your result in “{ $assessment }” looked at again. The answer is here:

    { $link }
