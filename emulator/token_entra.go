package emulator

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// entraAudience is what tokens of Microsoft Entra ID for the service are made for (service-spec 4.1).
const entraAudience = "https://webpubsub.azure.com"

// checkUnvalidated accepts a token that looks like one of Microsoft Entra ID: audience and times are
// right; who signed it does not matter. Errors never show the token.
func checkUnvalidated(token string) error {
	parsed := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(token, parsed); err != nil {
		return errors.New("the token is not a JWT")
	}
	audiences := claims(parsed).audiences()
	if !slices.ContainsFunc(audiences, func(aud string) bool { return strings.TrimSuffix(aud, "/") == entraAudience }) {
		return fmt.Errorf("claim aud: %s is not %s", quoteShort(strings.Join(audiences, " ")), entraAudience)
	}
	if err := jwt.NewValidator(jwt.WithLeeway(clockSkew), jwt.WithExpirationRequired()).Validate(parsed); err != nil {
		return errors.New("claims exp and nbf: the token is not valid now, or has no exp")
	}
	return nil
}
