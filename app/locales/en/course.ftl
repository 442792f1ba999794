catalogue-join = Join
catalogue-begun = Your courses
catalogue-courses = Courses
catalogue-more = More courses
catalogue-all-begun = You have begun every course that there is here.
catalogue-programs = Programs
catalogue-programs-lead = Small badges that stack into a larger one. When the last part is yours, the larger badge follows by itself.
catalogue-program-held = You hold it
catalogue-program-done = { $done } of { $of } parts are yours
catalogue-program-all = { $count ->
    [one] It takes this:
   *[other] It takes all of these:
}
catalogue-program-some = It takes at least { $least } of these { $count }:
catalogue-program-more = And { $count } more
catalogue-about = About { $tenant }
catalogue-empty = No courses here yet
catalogue-empty-text = Come back later: new courses appear here as soon as they are published.

course-kind-lesson = Lesson
course-kind-practice = Practice
course-kind-assessment = Assessment
course-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
course-hours = about { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
course-modules = { $count ->
    [one] 1 module
   *[other] { $count } modules
}
course-activities = { $count ->
    [one] 1 activity
   *[other] { $count } activities
}
course-module = { $number }. { $title }
course-after = Opens after: { $what }
course-content = What is in it
course-targets = What you can do after it
course-begin = Begin this course
course-join = Join to begin this course
course-sign-in = Sign in to begin this course
course-closed = This course is not open to new learners just now.
course-start = Start
course-continue = Go on
course-next-is = Next: { $title }
course-done-of = { $done } of { $total } done
course-finished = Finished
course-complete = You have finished this course
course-complete-since = Everything was done on
course-see-badges = See your badges
course-newer = There is a newer version of this course
course-newer-text = You can stay on yours to the end, or move. What you have done stays done.
course-move-on = Move to the newer version
course-activity-done = Done
course-mark-done = I have read this
course-ways = Back and on

done-enrolled = You have begun this course.
done-moved-on = You are on the newer version now.
done-lesson-done = Done.

text-table = Table
text-transcript = Read the transcript
text-captions = Captions

trouble-course-archived-title = This course has been put away
trouble-course-archived-text = It does not take new learners. Those who have begun it can go on.
