def run(msg, type):
    pass
