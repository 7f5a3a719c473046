package wps

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// TestTimerInfoJSON reads what the host sends (invoke-timer.json) and writes it again.
func TestTimerInfoJSON(t *testing.T) {
	src, err := os.ReadFile("../testdata/vectors/host/invoke-timer.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []struct {
			ID      string
			Request struct {
				Body struct {
					Data struct{ Timer json.RawMessage }
				}
			}
		}
	}
	if err := json.Unmarshal(src, &file); err != nil {
		t.Fatal(err)
	}
	ten := time.Date(2026, 8, 22, 10, 0, 0, 0, time.UTC)
	if len(file.Vectors) == 0 {
		t.Fatal("there are no vectors")
	}
	for _, v := range file.Vectors {
		var info, again TimerInfo
		if err := json.Unmarshal(v.Request.Body.Data.Timer, &info); err != nil {
			t.Errorf("%s: %v", v.ID, err)
			continue
		}
		last := time.Date(2026, 8, 22, 9, 55, 0, 1234500, time.UTC)
		if v.ID == "timer-first-run" {
			last = time.Time{}
		}
		s := info.ScheduleStatus
		if !s.Next.Equal(ten) || !s.Last.Equal(last) || !s.LastUpdated.Equal(last) ||
			info.IsPastDue != (v.ID == "timer-past-due") || info.Schedule.AdjustForDST != (v.ID != "timer-interval") {
			t.Errorf("%s: %+v, %+v", v.ID, info, s)
		}
		doc, err := json.Marshal(info)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(doc, &again); err != nil || !again.ScheduleStatus.Last.Equal(last) || again.IsPastDue != info.IsPastDue {
			t.Errorf("%s: again %s, %v", v.ID, doc, err)
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
