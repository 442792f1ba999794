home-title = Learn it, show it, keep it
home-lead = Take a course at your own pace, show what you can do, and own a signed badge that anybody can check.
home-tenants = Where to learn
home-verify = Somebody showed you a badge? Check it here.
