package reports

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"gongkai/internal/annual/write"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// media are the formats in which a report is taken away.
var media = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"pdf":  "application/pdf",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"html": "text/html; charset=utf-8",
	"json": "application/json; charset=utf-8",
}

// formats gives the links to a version, or with 0 to what is worked on.
func formats(_ *locale.Catalogue, path string, version int) []web.Action {
	var all []web.Action
	for _, format := range []string{"docx", "pdf", "xlsx", "html", "json"} {
		to := path + "/download?format=" + format
		if version > 0 {
			to += "&version=" + strconv.Itoa(version)
		}
		all = append(all, web.Action{Label: strings.ToUpper(format), Path: to})
	}
	return all
}

func (p Pages) download(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	format, report := web.Format(r), b.Examined.Report
	if media[format] == "" {
		return errs.New(errs.Unsupported, "报告没有“%s”格式；可以下载 docx、pdf、xlsx、html 或者 json。", format)
	}
	name := fmt.Sprintf("%s%d年政府信息公开工作年度报告", b.Scene.Organ.Name, b.Report.Year)
	if n, err := strconv.Atoi(r.URL.Query().Get("version")); err == nil {
		if n < 1 || n > len(b.Report.Versions) {
			return errs.New(errs.NotFound, "没有第%d版。", n)
		}
		if report, err = b.Report.Versions[n-1].Report(); err != nil {
			return err
		}
	} else if b.Report.Draft != nil {
		name += "（草稿）"
	}
	var out bytes.Buffer
	if format == "json" {
		text, err := report.JSON(false)
		if err != nil {
			return err
		}
		out.Write(text)
	} else if err := open.Write(&out, doc.Format(format), write.Document(report)); err != nil {
		return err
	}
	web.Attach(w, name+"."+format, media[format])
	_, err = out.WriteTo(w)
	return err
}
