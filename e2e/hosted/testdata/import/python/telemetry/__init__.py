def main(events, actions):
    return ""
