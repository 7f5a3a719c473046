package chat

//wps:trigger hub=chat eventType=user eventName=two
func Again() {}
