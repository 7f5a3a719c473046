package wps

import (
	"context"
	"fmt"
	"net/http"
)

// ConnectionExists reports whether there is a connection of that id in the hub.
func (c *ServiceClient) ConnectionExists(ctx context.Context, connectionID string) (bool, error) {
	return c.ask(ctx, "ConnectionExists", "", literal("connections"), segment("connectionID", connectionID))
}

// UserExists reports whether a user has a connection to the hub.
func (c *ServiceClient) UserExists(ctx context.Context, userID string) (bool, error) {
	return c.ask(ctx, "UserExists", "", literal("users"), segment("userID", userID))
}

// GroupExists reports whether a group has a connection in it.
func (c *ServiceClient) GroupExists(ctx context.Context, group string) (bool, error) {
	return c.ask(ctx, "GroupExists", "", literal("groups"), segment("group", group))
}

// HasPermission reports whether a connection has a permission for the group targetName, by its literal
// name, which the service wants (service-spec 4).
func (c *ServiceClient) HasPermission(ctx context.Context, connectionID string, permission Permission, targetName string) (bool, error) {
	return c.ask(ctx, "HasPermission", targetQuery(targetName),
		literal("permissions"), permission.segment(), literal("connections"), segment("connectionID", connectionID))
}

// Health reports whether the service answers: nil if it does. It needs no hub and no authorization.
func (c *ServiceClient) Health(ctx context.Context) error {
	_, err := c.call(ctx, "Health", &restRequest{
		method: http.MethodHead, url: c.endpoint + "/api/health?api-version=" + apiVersion, success: http.StatusOK, anonymous: true,
	})
	return err
}

// ask asks a question that the service answers with 200 or 404.
func (c *ServiceClient) ask(ctx context.Context, method, query string, target ...pathPart) (bool, error) {
	r, err := plainRequest(http.MethodHead, http.StatusOK, query, target...)
	if err != nil {
		return false, fmt.Errorf("%s: %w", method, err)
	}
	r.negative = http.StatusNotFound
	out, err := c.call(ctx, method, &r)
	return err == nil && out.status == r.success, err
}
