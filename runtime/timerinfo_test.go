package wps

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// TestTimerInfoJSON reads what the host sends and writes it again.
func TestTimerInfoJSON(t *testing.T) {
	const status = `{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":%q,"LastUpdated":%[1]q,"Next":"2026-08-22T10:00:00+00:00"},"IsPastDue":true}`
	for text, last := range map[string]time.Time{
		"2026-08-22T09:55:00.0012345+00:00": time.Date(2026, 8, 22, 9, 55, 0, 1234500, time.UTC),
		"2026-08-22T09:55:00":               time.Date(2026, 8, 22, 9, 55, 0, 0, time.UTC),
		"0001-01-01T00:00:00":               {},
	} {
		var info, again TimerInfo
		if err := json.Unmarshal(fmt.Appendf(nil, status, text), &info); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if s := info.ScheduleStatus; !s.Last.Equal(last) || !s.LastUpdated.Equal(last) || s.Next.Hour() != 10 || !info.IsPastDue || !info.Schedule.AdjustForDST {
			t.Errorf("%s: %+v, %+v", text, info, s)
		}
		doc, err := json.Marshal(info)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(doc, &again); err != nil || !again.ScheduleStatus.Last.Equal(last) || again.IsPastDue != info.IsPastDue {
			t.Errorf("%s: again %s, %v", text, doc, err)
		}
	}
	for _, bad := range []string{`{"Next":"soon"}`, `{"Last":1}`} {
		if err := json.Unmarshal([]byte(bad), new(ScheduleStatus)); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
	var none TimerInfo
	if err := json.Unmarshal([]byte(`{"ScheduleStatus":null,"IsPastDue":true}`), &none); err != nil || none.ScheduleStatus != nil || !none.IsPastDue {
		t.Errorf("%+v, %v", none, err)
	}
}
