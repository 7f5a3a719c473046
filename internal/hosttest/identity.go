package hosttest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
)

// identity is one of the caller's ClaimsIdentities (host-spec 1.5).
type identity struct {
	AuthenticationType *string
	IsAuthenticated    bool
	Actor              *string
	BootstrapContext   *string
	Claims             []claim
	Label              *string
	Name               *string
	NameClaimType      string
	RoleClaimType      string
}

type claim struct {
	Issuer         string
	OriginalIssuer string
	Properties     struct{}
	Type           string
	Value          string
	ValueType      string
}

const (
	nameClaimType  = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"
	roleClaimType  = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"
	claimIssuer    = "LOCAL AUTHORITY"
	claimValueType = "http://www.w3.org/2001/XMLSchema#string"
)

func anonymous() identity {
	return identity{Claims: []claim{}, NameClaimType: nameClaimType, RoleClaimType: roleClaimType}
}

// identitiesOf are the caller's: what App Service authentication has put into x-ms-client-principal, or
// the anonymous one.
func identitiesOf(h http.Header) []identity {
	raw, err := base64.StdEncoding.DecodeString(headerValue(h, "X-Ms-Client-Principal"))
	if err != nil || len(raw) == 0 {
		return []identity{anonymous()}
	}
	var principal struct {
		AuthType string `json:"auth_typ"`
		NameType string `json:"name_typ"`
		RoleType string `json:"role_typ"`
		Claims   []struct {
			Type  string `json:"typ"`
			Value string `json:"val"`
		} `json:"claims"`
	}
	if json.Unmarshal(raw, &principal) != nil {
		return []identity{anonymous()}
	}
	id := anonymous()
	id.AuthenticationType, id.IsAuthenticated = &principal.AuthType, principal.AuthType != ""
	id.NameClaimType, id.RoleClaimType = principal.NameType, principal.RoleType
	for _, c := range principal.Claims {
		if id.Name == nil && c.Type == principal.NameType {
			id.Name = &c.Value
		}
		id.Claims = append(id.Claims, claim{Issuer: claimIssuer, OriginalIssuer: claimIssuer, Type: c.Type, Value: c.Value, ValueType: claimValueType})
	}
	return []identity{id}
}
