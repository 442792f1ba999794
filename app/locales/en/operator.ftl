operator-title = Organisations
operator-new-tenant = New organisation
operator-tenants = { $total ->
    [one] One organisation
   *[other] { $total } organisations
}
operator-no-tenants = No organisations yet
operator-no-tenants-hint = An organisation has its own people, courses and badges. Make the first one.
operator-tenant-name = Name
operator-tenant-address = Address
operator-tenant-address-hint = Small letters, digits and hyphens, such as “ridgeway”. It becomes part of its pages’ addresses and of its badges, and cannot be changed once a badge is signed.
operator-tenant-owner = First owner’s e-mail address
operator-tenant-owner-hint = They are invited by mail, and set up everything else.
operator-tenant-create = Make the organisation
operator-jobs = { $parked ->
    [0] Background work: all is well
    [one] Background work: one piece has failed
   *[other] Background work: { $parked } pieces have failed
}
operator-log-empty = The public log is empty: no badge has been issued yet.
operator-log = { $size ->
    [one] Public log: 1 entry, root
   *[other] Public log: { $size } entries, root
}
operator-log-key = Its key
operator-jobs-title = Failed background work
operator-jobs-lead = Cairn sends mail and signs badges in the background. The work below failed many times. Put right what stopped it, then try it again.
operator-jobs-none = Nothing has failed. All is well.
operator-job-kind = Work
operator-job-given-up = Failed for good
operator-job-tries = Tries
operator-job-error = Last error
operator-job-actions = Actions
operator-job-retry = Try again
operator-job-discard = Discard

done-tenant-created = The organisation is made, and its owner is invited.
done-job-retried = It will be tried again in a moment.
done-job-discarded = It is discarded.
