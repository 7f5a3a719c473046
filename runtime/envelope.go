package wps

// envelope is what the Functions host hands over for one call.
type envelope struct{}
