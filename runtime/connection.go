package wps

import "log/slog"

// Connection is what a client needs to connect: the value of a webPubSubConnection binding. Encoded
// as JSON it carries the access token; printed or logged it does not.
type Connection struct {
	// BaseURL is the WebSocket URL without the token.
	BaseURL string `json:"baseUrl"`
	// URL is BaseURL with the token as access_token.
	URL string `json:"url"`
	// AccessToken is the token.
	AccessToken string `json:"accessToken"`
}

// String returns the URL without the token.
func (c Connection) String() string { return c.BaseURL }

// GoString returns the URL without the token, for %#v.
func (c Connection) GoString() string { return "wps.Connection{BaseURL: " + c.BaseURL + "}" }

// LogValue returns the URL without the token.
func (c Connection) LogValue() slog.Value { return slog.StringValue(c.BaseURL) }
