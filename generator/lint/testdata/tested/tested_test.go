package tested

/* want+1 `WPS107: //wps:http stands in a test file` */
//wps:http
func Tested() {}
