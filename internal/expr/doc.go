// Package expr reads the binding expressions of function.json: %setting%, resolved once at start, and
// {expression}, evaluated for each call from the trigger's binding data (host-spec 6).
package expr
