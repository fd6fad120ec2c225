package portal

import (
	"encoding/xml"
	"net/http"
	"strings"
)

// OpenSearchPath is where browsers read how the site is searched.
const OpenSearchPath = "/opensearch.xml"

type openSearch struct {
	XMLName     xml.Name         `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string           `xml:"ShortName"`
	Description string           `xml:"Description"`
	Encoding    string           `xml:"InputEncoding"`
	URLs        []openSearchPage `xml:"Url"`
}

type openSearchPage struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

// openSearch lets a browser offer the search of the site (OpenSearch 1.1).
func (p Portal) openSearch(w http.ResponseWriter, r *http.Request) error {
	base := strings.TrimSuffix(p.Base, "/")
	if base == "" {
		base = "http://" + r.Host
		if r.TLS != nil {
			base = "https://" + r.Host
		}
	}
	name := []rune(p.Kit.Site(r.Context()).Name)
	const most = 16 // characters, by the specification
	body, err := xml.Marshal(openSearch{
		ShortName: string(name[:min(len(name), most)]), Description: string(name) + " " + p.Kit.Say(r).T("portal.search"), Encoding: "UTF-8",
		URLs: []openSearchPage{{"text/html", base + SearchPath + "?q={searchTerms}"}, {"application/x-suggestions+json", base + SuggestPath + "?q={searchTerms}"}},
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/opensearchdescription+xml; charset=utf-8")
	_, err = w.Write(append([]byte(xml.Header), body...))
	return err
}
