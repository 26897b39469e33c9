package codescanning

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
)

// The findings of the stress test, and GitHub's limits.
const (
	severe, mild  = 1_000, 29_000
	mostResults   = 25_000
	mostBytes     = 10_000_000
	findingsAFile = 250
)

// stress writes a tree of 30,000 findings: those at random places that are
// severe must survive among the others.
func stress(t *testing.T) string {
	t.Helper()
	files := map[string]string{}
	var b strings.Builder
	for i := range severe + mild {
		if i%(1+mild/severe) == 0 {
			fmt.Fprintf(&b, "curl -u reports:$PASSWORD http://host%d.example.com/\n", i)
		} else {
			fmt.Fprintf(&b, "curl \"https://host%d.example.com/sms/send?to=%d&text=hello\"\n", i, i)
		}
		if i%findingsAFile == findingsAFile-1 {
			files[fmt.Sprintf("scripts/%d.sh", i/findingsAFile)] = b.String()
			b.Reset()
		}
	}
	return checkout(t, files)
}

// TestThirtyThousand holds a log of 30,000 findings to what GitHub takes: the
// most severe stay, and a notification says of how many. With
// STRESS_LOG set it keeps the log there, for the validators.
func TestThirtyThousand(t *testing.T) {
	bin, err := authtest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "stress.sarif")
	cmd := exec.Command(bin, "--format", "sarif:"+path)
	cmd.Dir = stress(t)
	if out, _ := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("authlint ends with %d: %s", cmd.ProcessState.ExitCode(), out)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if keep := os.Getenv("STRESS_LOG"); keep != "" {
		if err := os.WriteFile(keep, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var log struct {
		Runs []struct {
			Results     []struct{ RuleID string }
			Invocations []struct {
				ToolExecutionNotifications []struct {
					Descriptor struct{ ID string }
					Message    struct{ Text string }
				}
			}
		}
	}
	if err := json.Unmarshal(data, &log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("%v, %d runs", err, len(log.Runs))
	}
	counts := map[string]int{}
	for _, r := range log.Runs[0].Results {
		counts[r.RuleID]++
	}
	if n := len(log.Runs[0].Results); n != mostResults {
		t.Errorf("%d results, want %d", n, mostResults)
	}
	if counts["basic-auth-over-http"] != severe {
		t.Errorf("%d of %d severe ones stay: %v", counts["basic-auth-over-http"], severe, counts)
	}
	told := ""
	for _, n := range log.Runs[0].Invocations[0].ToolExecutionNotifications {
		if n.Descriptor.ID == "too-many-results" {
			told = n.Message.Text
		}
	}
	if !strings.Contains(told, fmt.Sprintf("the %d most severe of %d findings", mostResults, severe+mild)) {
		t.Errorf("the notification says %q", told)
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, _ = w.Write(data) // to memory
	_ = w.Close()
	if zipped.Len() > mostBytes {
		t.Errorf("%d bytes compressed", zipped.Len())
	}
	t.Logf("%d results, %d bytes, %d compressed; %s", len(log.Runs[0].Results), len(data), zipped.Len(), told)
}
