package api_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const dialect = "https://json-schema.org/draft/2020-12/schema"

func description(t *testing.T) map[string]any {
	t.Helper()
	status, answer, header := open(t, nil).call("GET", "/api/openapi.json", "", "")
	if status != 200 || !strings.HasPrefix(header.Get("Content-Type"), "application/vnd.oai.openapi+json") {
		t.Fatalf("%d %v", status, header)
	}
	return answer
}

// TestDescriptionObeysTheSpecification checks the description against the schema
// of OpenAPI 3.1, and each schema in it against JSON Schema 2020-12, which that
// schema leaves open.
func TestDescriptionObeysTheSpecification(t *testing.T) {
	file, err := os.Open("testdata/openapi-3.1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // only read
	specification, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("openapi.json", specification); err != nil {
		t.Fatal(err)
	}
	rules, err := compiler.Compile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	answer := description(t)
	if err := rules.Validate(answer); err != nil {
		t.Errorf("%v", err)
	}
	answer["openapi"] = "2.0"
	if rules.Validate(answer) == nil {
		t.Fatal("the schema lets everything through")
	}
	schemas := answer["components"].(map[string]any)["schemas"].(map[string]any)
	meta, err := jsonschema.NewCompiler().Compile(dialect)
	if err != nil {
		t.Fatal(err)
	}
	if len(schemas) < 8 {
		t.Errorf("only %d schemas", len(schemas))
	}
	for name, schema := range schemas {
		if err := meta.Validate(schema); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDescriptionIsWhole wants every operation described with its rights, its
// errors and words on every parameter.
func TestDescriptionIsWhole(t *testing.T) {
	raw, err := json.Marshal(description(t)["paths"])
	if err != nil {
		t.Fatal(err)
	}
	var paths map[string]map[string]struct {
		OperationID string
		Summary     string
		Security    []map[string][]string
		Parameters  []struct{ Name, In, Description string }
		Responses   map[string]struct{ Content map[string]any }
	}
	if err := json.Unmarshal(raw, &paths); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for path, item := range paths {
		for method, op := range item {
			name := method + " " + path
			if op.Summary == "" || op.OperationID == "" || ids[op.OperationID] {
				t.Errorf("%s: summary %q, id %q", name, op.Summary, op.OperationID)
			}
			ids[op.OperationID] = true
			for _, p := range op.Parameters {
				if p.Description == "" {
					t.Errorf("%s: nobody says what %s is", name, p.Name)
				}
			}
			wanted := []string{"422", "429"}
			if len(op.Security) > 0 {
				wanted = append(wanted, "401", "403")
			}
			if method != "get" {
				wanted = append(wanted, "409", "413")
			}
			for _, status := range wanted {
				if op.Responses[status].Content["application/problem+json"] == nil {
					t.Errorf("%s: %s is not described as a problem document", name, status)
				}
			}
		}
	}
	for _, id := range []string{"list-limits", "reckon-deadline", "get-calendar-year", "list-organs", "get-organ", "get-organ-contact", "put-organ-contact", "get-me"} {
		if !ids[id] {
			t.Errorf("%s is not described", id)
		}
	}
	if got := paths["/api/v1/organs/{organ}/contact"]["put"].Security[0]["token"]; len(got) != 1 || got[0] != "organ.contact" {
		t.Errorf("the act of a change is %v", got)
	}
}

func TestPageExplainsTheAPI(t *testing.T) {
	w := open(t, nil)
	for lang, wants := range map[string][]string{
		"zh-CN": {"/api/v1/deadline", "修改机关联系方式", "If-Match", "Idempotency-Key", "RateLimit-Remaining", "curl"},
		"en":    {"/api/v1/deadline", "edit organs&#39; contacts", "If-Match", "Idempotency-Key", "RateLimit-Remaining", "curl"},
	} {
		jar, err := cookiejar.New(nil) // keeps the language
		if err != nil {
			t.Fatal(err)
		}
		resp, err := (&http.Client{Jar: jar}).Get(w.URL + "/api?lang=" + lang)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(page), want) {
				t.Errorf("%s: the page lacks %q", lang, want)
			}
		}
	}
}
