package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"hash"
	"strings"
	"sync"
)

const (
	signaturePrefix = "sha256="
	signatureLen    = len(signaturePrefix) + 2*sha256.Size
	// maxSignatures bounds the work one header can ask for: the service sends one per access key, two in all.
	maxSignatures = 8
)

// Signer makes and checks ce-signature values for one access key. It is safe for concurrent use.
type Signer struct {
	macs sync.Pool
}

// macState is a keyed HMAC with room for its input and output, which would otherwise be allocated for
// each call, since a hash is known only as an interface.
type macState struct {
	mac hash.Hash
	in  [128]byte
	out [sha256.Size]byte
}

// NewSigner returns a Signer whose HMAC key is the UTF-8 bytes of the access key's text.
func NewSigner(accessKey string) *Signer {
	key := []byte(accessKey)
	return &Signer{macs: sync.Pool{New: func() any { return &macState{mac: hmac.New(sha256.New, key)} }}}
}

// Sign returns "sha256=" and the lower-case hex HMAC-SHA256 of the connection id. The service signs
// nothing else: neither the body nor any other header.
func (s *Signer) Sign(connectionID string) string {
	sum := s.sum(connectionID)
	out := make([]byte, signatureLen)
	copy(out, signaturePrefix)
	hex.Encode(out[len(signaturePrefix):], sum[:])
	return string(out)
}

// Verify reports whether one of the signatures in header, separated by commas or blanks, is that of
// connectionID. It compares in constant time and allocates nothing; a header with more than eight
// signatures is refused.
func (s *Signer) Verify(header, connectionID string) bool {
	if len(header) < signatureLen {
		return false
	}
	want := s.sum(connectionID)
	match, count := 0, 0
	for header != "" {
		var token string
		if token, header = nextToken(header); token == "" {
			continue
		}
		if count++; count > maxSignatures {
			return false
		}
		if got, ok := decodeSignature(token); ok {
			match |= subtle.ConstantTimeCompare(got[:], want[:])
		}
	}
	return match == 1
}

func (s *Signer) sum(connectionID string) [sha256.Size]byte {
	m := s.macs.Get().(*macState)
	defer s.macs.Put(m)
	m.mac.Reset()
	m.mac.Write(append(m.in[:0], connectionID...))
	m.mac.Sum(m.out[:0])
	return m.out
}

// nextToken splits a list at its first comma or blank. strings.IndexAny would be slower by far, and this runs
// for every event.
func nextToken(s string) (token, rest string) {
	end := strings.IndexByte(s, ',')
	if end < 0 {
		end = len(s)
	}
	if blank := strings.IndexByte(s[:end], ' '); blank >= 0 {
		end = blank
	}
	if end == len(s) {
		return s, ""
	}
	return s[:end], s[end+1:]
}

func decodeSignature(token string) (sum [sha256.Size]byte, ok bool) {
	if len(token) != signatureLen || !strings.EqualFold(token[:len(signaturePrefix)], signaturePrefix) {
		return sum, false
	}
	digits := token[len(signaturePrefix):]
	var bad byte
	for i := range sum {
		hi, lo := hexValues[digits[2*i]], hexValues[digits[2*i+1]]
		bad |= hi | lo
		sum[i] = hi<<4 | lo&0x0f
	}
	return sum, bad < 0x10
}

// hexValues are the values of hexadecimal digits; every other byte has one above 15.
var hexValues = func() (values [256]byte) {
	for c := range values {
		values[c] = 0xff
	}
	for i := range byte(10) {
		values['0'+i] = i
	}
	for i := range byte(6) {
		values['a'+i], values['A'+i] = 10+i, 10+i
	}
	return values
}()
