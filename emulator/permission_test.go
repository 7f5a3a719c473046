package emulator

import (
	"reflect"
	"testing"
)

func TestPermissionRoles(t *testing.T) {
	roles := []string{
		"webpubsub.sendToGroup.a", "webpubsub.sendToGroups.room.*", "webpubsub.sendToGroup.",
		"webpubsub.joinLeaveGroup", "webpubsub.sendToGroups.*******", "other", "webpubsub.sendToGrouped",
	}
	send, bad := newPermission(permissionSend, roles)
	if !reflect.DeepEqual(bad, []string{"webpubsub.sendToGroups.*******"}) {
		t.Errorf("bad roles %v", bad)
	}
	join, _ := newPermission(permissionJoinLeave, roles)
	for group, want := range map[string]bool{"a": true, "A": false, "room.1": true, "room.1.2": false, "": false, "b": false} {
		if send.allows(group) != want {
			t.Errorf("send to %q: %v", group, !want)
		}
		if !join.allows(group) {
			t.Errorf("join %q refused", group)
		}
	}
}

// TestPermissionChanges: the last word on a literal name counts, also against a role.
func TestPermissionChanges(t *testing.T) {
	p, _ := newPermission(permissionSend, []string{"webpubsub.sendToGroup", "webpubsub.sendToGroup.a"})
	steps := []struct {
		set     bool
		allowed bool
	}{{false, false}, {true, true}, {true, true}, {false, false}}
	for i, step := range steps {
		if !p.set("a", step.set) || p.allows("a") != step.allowed {
			t.Errorf("step %d: %v", i, p.allows("a"))
		}
		if !p.allows("b") {
			t.Errorf("step %d: another group changed", i)
		}
	}
}
