package binding

import (
	"bytes"
	"strings"
	"testing"
)

// TestUnknownBinding follows definitions that no Go code knows of through everything but their entries,
// which TestEntries has.
func TestUnknownBinding(t *testing.T) {
	set := project(t)
	for _, test := range []struct {
		directive string
		want      []string
	}{
		{"queue queueName=orders", nil},
		{"queue queueName=Orders batchSize=many", []string{
			`bad(queueName=): queueName cannot be "Orders"; it is 3 to 63 lower-case letters, digits or -`,
			`bad(batchSize=): batchSize is a whole number and cannot be "many"`}},
		{"queue", []string{"missing: //wps:queue needs queueName; add queueName=… (3 to 63 lower-case letters, digits or -)"}},
		{"queue queue=abc", []string{"old key(queue): queue is called queueName; write queueName -> queueName"}},
		{"queue queueName=abc replyTo=x", []string{"caution(replyTo): replyTo: answers are lost when that queue is full"}},
		{"queue queueName=abc order=lifo", []string{`bad(order=): order cannot be "lifo"; did you mean "fifo"?`}},
		{"queue queueName=abc order=FIFO", []string{`bad(order=): order cannot be "FIFO"; did you mean "fifo"? -> fifo`}},
		{"blob path=%Root%/{room}.json raw=true name=room", nil},
		{"blob path=a_b(1)", nil},
		{"blob raw", []string{"missing: //wps:blob needs path; add path=…"}},
	} {
		verb, rest, _ := strings.Cut(test.directive, " ")
		given := args(rest)
		var got []string
		for _, issue := range Check(set.Verb(verb), given, Env{}) {
			got = append(got, spell(given, issue))
		}
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s\n got %s\nwant %s", test.directive, strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
	if queue := set.Verb("queue"); !queue.IsTrigger() || queue.NeedsVerbs[0] != "blob" {
		t.Errorf("queue is %+v", queue)
	}
	for _, verb := range []string{"queue", "blob"} {
		var out bytes.Buffer
		if err := Explain(&out, set.Verb(verb), "text"); err != nil {
			t.Fatal(err)
		}
		compareGolden(t, "testdata/explain/"+verb+".txt", out.Bytes())
	}
}
