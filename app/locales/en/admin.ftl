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
admin-settings-shades = So that everything can be read, the colour becomes:
admin-settings-shades-light = In the light theme { $fill } for buttons (contrast of their text { $contrast } to 1), { $text } for links.
admin-settings-shades-dark = In the dark theme { $fill } for buttons (contrast of their text { $contrast } to 1), { $text } for links.
admin-settings-sign-up = Who may join by themselves?
admin-settings-sign-up-open = Everybody
admin-settings-sign-up-open-hint = Whoever has an account here.
admin-settings-sign-up-email-domains = Holders of certain addresses
admin-settings-sign-up-email-domains-hint = Whoever has a confirmed address at one of the domains below.
admin-settings-sign-up-invitation-only = Nobody
admin-settings-sign-up-invitation-only-hint = Only those who are invited.
admin-settings-domains = Domains
admin-settings-domains-hint = One a line, such as example.org. Used only when holders of certain addresses may join. A subdomain counts only when it is named.

admin-people-title = People
admin-people-invite = Invite somebody
admin-people-search = Name or address
admin-people-all-roles = Every role
admin-people-none = Nobody fits that.
admin-people-since = Since
admin-people-count = { $total ->
    [one] One person
   *[other] { $total } people
}

admin-person-since = Belongs here since
admin-person-above = This person is { $role }. Only an owner can change that.
admin-person-change-role = Change the role
admin-person-end = End the membership
admin-person-end-hint = { $name } can no longer come in here. Badges that were earned stay theirs. An invitation lets them back.

admin-invitations-title = Invitations
admin-invitations-email-hint = The invitation is for this address only, and stands for seven days.
admin-invitations-send = Send the invitation
admin-invitations-none = Nobody has been invited yet.
admin-invitations-sent = Sent
admin-invitations-sent-at = Sent on
admin-invitations-state = State
admin-invitations-revoke = Take back

admin-audit-title = History
admin-audit-lead = What instructors, administrators and operators changed, latest first.
admin-audit-none = Nothing has been changed yet.

done-role-changed = The role is changed.
done-membership-ended = The membership is ended.
done-invited = The invitation is on its way.
done-invitation-revoked = The invitation is taken back.

# The audit trail. { $actor } did it, perhaps to { $person }.
audit-cairn = Cairn
audit-somebody = somebody
audit-tenant-created = { $actor } made the organisation
audit-settings-changed = { $actor } changed the settings
audit-membership-added = { $actor } added { $person } as { $role }
audit-membership-joined = { $actor } joined
audit-membership-role-changed = { $actor } changed the role of { $person } from { $from } to { $to }
audit-membership-ended = { $actor } ended the membership of { $person }
audit-invitation-sent = { $actor } invited { $email } as { $role }
audit-invitation-accepted = { $actor } accepted an invitation as { $role }
audit-invitation-revoked = { $actor } took back the invitation of { $email }
