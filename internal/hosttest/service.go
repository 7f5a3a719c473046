package hosttest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

const (
	apiVersion = "2024-12-01"
	// tokenLifetime is that of the webPubSubConnection binding, which sets none of its own.
	tokenLifetime = time.Hour
	// maxServiceAnswer bounds what is read of the service's answers, in bytes.
	maxServiceAnswer = 1 << 20
)

// service is the Web PubSub service as the extension reaches it.
type service struct {
	client *http.Client
	// identityToken is the bearer token of identity connections.
	identityToken string
}

// call makes one REST call. Any status but the operation's own is an error.
func (s *service) call(ctx context.Context, a access, r restRequest) ([]byte, error) {
	url := r.url(a.endpoint, apiVersion)
	req, err := http.NewRequestWithContext(ctx, r.method, url, bytes.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	token, err := s.token(a, url)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	if r.contentType != "" {
		req.Header.Set("Content-Type", r.contentType)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxServiceAnswer))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != r.success {
		return nil, ownText("Service request failed.\nStatus: %s", resp.Status)
	}
	return body, nil
}

func (s *service) token(a access, url string) (string, error) {
	if a.identity {
		return s.identityToken, nil
	}
	if !a.hasKey {
		return "", fmt.Errorf("the connection to %s has no AccessKey", a.host)
	}
	return wire.MintRESTToken(a.key, url, time.Now())
}

// clientConnection is what a webPubSubConnection gives a function.
type clientConnection struct {
	BaseURL     string `json:"baseUrl"`
	URL         string `json:"url"`
	AccessToken string `json:"accessToken"`
}

func newClientConnection(baseURL, token string) clientConnection {
	return clientConnection{BaseURL: baseURL, URL: baseURL + "?access_token=" + token, AccessToken: token}
}

// clientAccess is what a client is given: the service's, or one signed with the key (extension-spec 7).
type clientAccess struct {
	hub      string
	protocol wire.ClientProtocol
	token    wire.ClientToken
	lifetime time.Duration
}

// connect makes the connection of a client.
func (s *service) connect(ctx context.Context, a access, c clientAccess) (clientConnection, error) {
	base, err := wire.ClientURL(a.endpoint, c.protocol, c.hub)
	if err != nil {
		return clientConnection{}, err
	}
	if !a.identity {
		if !a.hasKey {
			return clientConnection{}, fmt.Errorf("the connection to %s has no AccessKey", a.host)
		}
		audience := a.endpoint + "/" + c.protocol.ClientPath(c.hub)
		token, err := wire.MintClientToken(a.key, audience, c.token, time.Now(), c.lifetime)
		return newClientConnection(base, token), err
	}
	body, err := s.call(ctx, a, generateToken(c))
	if err != nil {
		return clientConnection{}, err
	}
	var answer struct{ Token string }
	if err := json.Unmarshal(body, &answer); err != nil {
		return clientConnection{}, err
	}
	return newClientConnection(base, answer.Token), nil
}

// generateToken asks the service for a token, as identity connections must.
func generateToken(c clientAccess) restRequest {
	var query []queryValue
	if c.token.UserID != nil {
		query = append(query, queryValue{"userId", *c.token.UserID})
	}
	for _, role := range c.token.Roles {
		query = append(query, queryValue{"role", role})
	}
	minutes := max(1, int(c.lifetime/time.Minute))
	query = append(query, queryValue{"minutesToExpire", strconv.Itoa(minutes)}, queryValue{"clientType", clientType(c.protocol)})
	return restRequest{method: http.MethodPost, path: "/api/hubs/" + escapeData(c.hub) + "/:generateToken", query: query, success: http.StatusOK}
}

// clientType is the protocol as the REST API spells it.
func clientType(p wire.ClientProtocol) string {
	switch p.ClientPath("") {
	case wire.ProtocolMQTT.ClientPath(""):
		return "mqtt"
	case wire.ProtocolSocketIO.ClientPath(""):
		return "socketio"
	}
	return "default"
}
