package tested

//wps:http // want `WPS107: //wps:http stands in a test file`
func Tested() {}
