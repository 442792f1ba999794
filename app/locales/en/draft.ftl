# What is written as a draft and published: courses, items, assessments, achievements

stage = State
stage-draft = Draft
stage-published = Published

draft-version = Version { $number } is in force
draft-version-outdated = Version { $number } is in force; the draft says something else
draft-publish = Save and publish
draft-save = Save draft
draft-show = Update the preview

shelf-in-use = In use
shelf-put-away = Put away
