package warned

/* want+1 `WPS214: unsigned: anybody who finds the address can send this event` */
//wps:trigger hub=chat eventType=user eventName=one unsigned
func Unsigned() {}
