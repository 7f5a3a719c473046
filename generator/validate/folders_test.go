package validate_test

import (
	"os"
	"slices"
	"testing"
)

// TestAnyFolder takes every folder right in an app's for a function's, as the host does: called like those
// that hold other people's code, or a link to one elsewhere.
func TestAnyFolder(t *testing.T) {
	bad := "/function.json --\n" + event("chat", "conntected") + "\n"
	dir := folder(t, "-- app/host.json --\n"+bundle+"\n-- app/vendor"+bad+"-- app/testdata"+bad+"-- app/bin/a"+bad+"-- app/obj/x --\n-- elsewhere"+bad)
	if err := os.Symlink("../elsewhere", dir+"/app/linked"); err != nil {
		t.Skip(err)
	}
	var got []string
	for _, f := range run(t, dir+"/app") {
		if f.Code == "WPS425" {
			got = append(got, f.Place.File[len(dir):])
		}
	}
	if want := []string{"/app/linked/function.json", "/app/testdata/function.json", "/app/vendor/function.json"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

// TestClosedFiles reports files that cannot be read, and validates the others all the same.
func TestClosedFiles(t *testing.T) {
	dir := folder(t, "-- host.json --\n"+bundle+"\n-- a/function.json --\n"+event("chat", "conntected")+"\n-- b/x --\n-- none/x --\n")
	const unreadable = "/proc/self/mem" // a file whose beginning nobody may read
	if _, err := os.Stat(unreadable); err != nil {
		t.Skip("this system has no such file")
	}
	for _, name := range []string{"/b/function.json", "/none/host.json", "/local.settings.json"} {
		if err := os.Symlink(unreadable, dir+name); err != nil {
			t.Fatal(err)
		}
	}
	got := spell(dir, run(t, dir))
	want := []string{
		`a/function.json:1:133: WPS425: eventName "conntected" is not a system event; did you mean "connected"?`,
		"b/function.json: WPS404: the file could not be read: input/output error; let whoever runs wpsgen read it",
		"local.settings.json: WPS406: the file could not be read: input/output error; let whoever runs wpsgen read it",
		"none/host.json: WPS402: the file could not be read: input/output error; let whoever runs wpsgen read it",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}
