print("dmcheck")
