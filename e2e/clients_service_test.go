package e2e_test

import (
	"encoding/pem"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/wpsgen/wpsgen/emulator"
)

// TestServiceClient is @azure/web-pubsub with every call it has: it takes nothing for a success but the
// exact status, and knows errors by their code.
func TestServiceClient(t *testing.T) {
	needTools(t, "client", missingNode()...)
	em := startEmulator(t, emulator.Options{AllowUnvalidatedEntra: true})
	endpoint, certificate := overTLS(t, em)
	s := startScript(t, "service.mjs", "WPSGEN_CONNECTION_STRING="+em.ConnectionString(),
		"WPSGEN_TLS_ENDPOINT="+endpoint, "NODE_EXTRA_CA_CERTS="+certificate, "WPSGEN_ENTRA_TOKEN="+entraToken(t))
	s.awaitEnd(t, scriptLimit)
	const (
		noConnection = `[404,"RestError","Info.Connection.NotExisted"]`
		noUser       = `[404,"RestError","Info.User.NotExisted"]`
	)
	s.wantSteps(t, [][2]string{
		{"sendToAll", `[202]`},
		{"sendToAll json", `[202]`},
		{"sendToAll string", `[202]`},
		{"sendToAll filter", `[202]`},
		{"sendToUser", `[202]`},
		{"sendToConnection", `[202]`},
		{"sendToConnection missing", `[202]`},
		{"group.addConnection", `[200]`},
		{"group.addConnection missing", noConnection},
		{"group.addUser", `[200]`},
		{"group.addUser missing", noUser},
		{"group.sendToAll", `[202]`},
		{"group.listConnections", `[200,[["ada"],["bob"]]]`},
		{"group.removeUser", `[204]`},
		{"group.removeConnection", `[204]`},
		{"addConnectionsToGroups", `[200]`},
		{"removeConnectionsFromGroups", `[200]`},
		{"bad filter", `[400,"RestError","Error.BadRequest"]`},
		{"groupExists", `[200,true]`},
		{"groupExists missing", `[404,false]`},
		{"userExists", `[200,true]`},
		{"userExists missing", `[404,false]`},
		{"connectionExists", `[200,true]`},
		{"connectionExists missing", `[404,false]`},
		{"removeUserFromAllGroups", `[204]`},
		{"removeConnectionFromAllGroups", `[204]`},
		{"groupExists empty", `[404,false]`},
		{"hasPermission before", `[404,false]`},
		{"grantPermission", `[200]`},
		{"hasPermission", `[200,true]`},
		{"revokePermission", `[204]`},
		{"hasPermission after", `[404,false]`},
		{"grantPermission missing", noConnection},
		{"ada got", `["all",{"a":1},"quoted","ada only","user","connection","group"]`},
		{"generateToken", `[200,["eve",true]]`},
		{"another key", `[401,"RestError","Error.Unauthorized"]`},
		{"closeConnection", `[204]`},
		{"closeConnection missing", `[204]`},
		{"closeUserConnections", `[204]`},
		{"group.closeAllConnections", `[204]`},
		{"closeAllConnections", `[204]`},
		{"everybody closed", `[false,false,false]`},
	})
}

// overTLS puts TLS before the emulator, for credentials that go nowhere without. It returns the
// endpoint and a file with the certificate.
func overTLS(t *testing.T, em *emulator.Emulator) (endpoint, certificate string) {
	t.Helper()
	target, err := url.Parse(em.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(target))
	t.Cleanup(server.Close)
	certificate = filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(certificate, block, 0o600); err != nil {
		t.Fatal(err)
	}
	return server.URL, certificate
}

// entraToken looks like a token of Microsoft Entra ID for the service; nobody of importance signed it.
func entraToken(t *testing.T) string {
	t.Helper()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"aud": "https://webpubsub.azure.com",
		"exp": time.Now().Add(time.Hour).Unix(),
	}).SignedString([]byte("anybody's key"))
	if err != nil {
		t.Fatal(err)
	}
	return token
}
