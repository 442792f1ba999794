home-title = Learn it, show it, keep it
home-lead = Take a course at your own pace, show what you can do, and own a signed badge that anybody can check.
