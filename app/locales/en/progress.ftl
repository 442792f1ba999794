progress-title = My progress
progress-lead = What you have practised, and what you have shown. Open a line to see why.
progress-undecided = Not assessed yet
progress-no-practice = Not practised yet
progress-estimate = { $answers ->
    [one] After one practice answer: about { $percent } in 100 right
   *[other] After { $answers } practice answers: about { $percent } in 100 right
}
progress-none-yet = Nothing practised or shown here yet.
progress-courses = Find a course
progress-nowhere = You do not belong to an organisation yet
progress-nowhere-text = Join one to take its courses.
progress-no-competencies = There is nothing to master here yet
progress-no-competencies-text = This organisation has not written down any competencies.
progress-standing = Where you stand
progress-decision = What was decided
progress-no-decision = Nothing has been decided yet. This is what it takes:
progress-evidence = Your evidence
progress-no-evidence = Nothing yet. Practice does not count here: take an assessment to show it.

evidence-answers = An assessment, with { $right } right of { $of }
evidence-rubric-mark = An assessor’s mark: level { $level } or higher in every criterion
evidence-judged-shown = An assessor finds that it is shown
evidence-judged-not = An assessor finds that it is not shown yet
evidence-external = Something from elsewhere, not judged yet
progress-competencies = Competencies
progress-about = Which courses teach this, and which badges show it
