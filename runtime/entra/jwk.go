package entra

import (
	"crypto/rsa"
	"encoding/base64"
	"math/big"
	"strings"
)

// Sizes of a modulus in bits. Less is not safe (RFC 7518, 3.3), more only costs time.
const (
	minModulus = 2048
	maxModulus = 8192
)

// jwk is a key of a JWK set (RFC 7517), as far as it is looked at. issuer is Entra ID's own.
type jwk struct {
	Type      string `json:"kty"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	ID        string `json:"kid"`
	Modulus   string `json:"n"`
	Exponent  string `json:"e"`
	Issuer    string `json:"issuer"`
}

// signs reports whether the key is for RS256 signatures. Entra ID leaves alg out.
func (k jwk) signs() bool {
	return k.Type == "RSA" && k.ID != "" && (k.Use == "" || k.Use == "sig") && (k.Algorithm == "" || k.Algorithm == "RS256")
}

// public returns the key, or nil for one that is not well-formed or not safe.
func (k jwk) public() *rsa.PublicKey {
	n, e := number(k.Modulus), number(k.Exponent)
	if n == nil || e == nil || n.BitLen() < minModulus || n.BitLen() > maxModulus || n.Bit(0) == 0 {
		return nil
	}
	if e.BitLen() < 2 || e.BitLen() > 31 || e.Bit(0) == 0 {
		return nil
	}
	return &rsa.PublicKey{N: n, E: int(e.Int64())}
}

func number(text string) *big.Int {
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil
	}
	return new(big.Int).SetBytes(b)
}
