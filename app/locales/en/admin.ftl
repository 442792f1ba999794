admin-title = Administration

admin-overview-title = Overview
admin-overview-people = See who they are
admin-overview-latest = What was done last
admin-overview-all = See everything that was done

admin-settings-title = Look and settings
admin-settings-name = Name
admin-settings-tagline = In one line
admin-settings-tagline-hint = What the organisation is for. It stands on its front page.
admin-settings-description = About the organisation
admin-settings-description-hint = As long as you like, in Markdown.
admin-settings-shades = We adjust your colour so that everything can be read:
admin-settings-shades-light = Light theme: { $fill } for buttons (contrast { $contrast } to 1), { $text } for links.
admin-settings-shades-dark = Dark theme: { $fill } for buttons (contrast { $contrast } to 1), { $text } for links.
admin-settings-sign-up = Who may join by themselves?
admin-settings-sign-up-open = Everybody
admin-settings-sign-up-open-hint = Whoever has an account here.
admin-settings-sign-up-email-domains = People with certain e-mail addresses
admin-settings-sign-up-email-domains-hint = Whoever has a confirmed address at one of the domains below.
admin-settings-sign-up-invitation-only = Nobody
admin-settings-sign-up-invitation-only-hint = Only those who are invited.
admin-settings-domains = Domains
admin-settings-domains-hint = One on each line, such as example.org. Only used with the choice above. A subdomain counts only if you name it.

admin-people-title = People
admin-people-invite = Invite somebody
admin-people-search = Name or address
admin-people-all-roles = Every role
admin-people-none = Nobody found. Try another name or role.
admin-people-since = Since
admin-people-count = { $total ->
    [one] One person
   *[other] { $total } people
}

admin-person-since = Member since
admin-person-above = This person is { $role }. Only an owner can change that.
admin-person-change-role = Change the role
admin-person-end = End the membership
admin-person-end-hint = { $name } can no longer come in. The badges that they have earned stay theirs. With an invitation they can come back.

admin-invitations-title = Invitations
admin-invitations-email-hint = Only this address can accept. The invitation is valid for seven days.
admin-invitations-send = Send the invitation
admin-invitations-none = Nobody has been invited yet.
admin-invitations-sent = Sent
admin-invitations-sent-at = Sent on
admin-invitations-state = State
admin-invitations-revoke = Take back

admin-audit-title = History
admin-audit-lead = What instructors, administrators and operators changed, latest first.
admin-audit-none = Nothing has been changed yet.

done-role-changed = The role has been changed.
done-membership-ended = The membership has been ended.
done-invited = The invitation is on its way.
done-invitation-revoked = The invitation has been taken back.

# The audit trail. { $actor } did it, perhaps to { $person }.
audit-cairn = Cairn
audit-somebody = somebody
audit-tenant-created = { $actor } made the organisation
audit-settings-changed = { $actor } changed the settings
audit-logo-changed = { $actor } changed the logo
audit-membership-added = { $actor } added { $person } as { $role }
audit-membership-joined = { $actor } joined
audit-membership-role-changed = { $actor } changed the role of { $person } from { $from } to { $to }
audit-membership-ended = { $actor } ended the membership of { $person }
audit-accommodation-changed = { $actor } changed what { $person } is given in assessments
audit-invitation-sent = { $actor } invited { $email } as { $role }
audit-invitation-accepted = { $actor } accepted an invitation as { $role }
audit-invitation-revoked = { $actor } took back the invitation of { $email }

# Suspending badges
admin-settings-suspension = Badges from now on can be suspended
admin-settings-review = Items are published only once somebody else has approved them
admin-settings-review-hint = Whoever writes an item sends it to review, and another instructor or admin approves it. Leave this off if you write on your own. Items that are published already stay in use.
admin-settings-suspension-hint = Each badge then names two lists to look it up in: of revoked badges, and of suspended ones. Checkers that follow the Open Badges schema to the letter understand only one, and may refuse such a badge. Without this, a badge can be revoked, but not suspended.

# The logo
admin-settings-logo = Logo: choose, change or remove it
admin-logo = Logo
admin-logo-lead = It stands in the head of each page and in every badge from now on.
admin-logo-hint = PNG, JPEG, WebP, GIF or SVG, at most 8 MB. It is made small enough for slow networks. A square with a see-through background looks best in both themes.
admin-logo-remove = Remove the logo

accommodation-open = Extra time and breaks
accommodation-title = Extra time and breaks
accommodation-lead = What { $name } is given in every assessment with a time limit, from now on. Only those who manage people see this, and { $name }.
accommodation-extra-time = Extra time, in percent of the time limit
accommodation-extra-time-hint = 25 makes 75 minutes of 60. At most 300.
accommodation-breaks = Breaks, in minutes of one attempt
accommodation-breaks-hint = So long the clock can be stopped, in one break or several. The questions are not shown meanwhile. At most 240.
done-accommodation-saved = Saved. It holds for attempts that are under way too; none of them loses time.
error-accommodation-too-large = Enter a number from 0 to { $most }
