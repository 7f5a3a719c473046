package tested

func Name() string { return "one" }

//wps:trigger hub=chat eventType=user eventName=one unsigned
func Unsigned() {}
