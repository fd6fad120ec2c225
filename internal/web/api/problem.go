package api

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"gongkai/internal/errs"
	"gongkai/internal/web"
)

// problem turns an error into a problem document. What nobody planned for gets
// an incident number and no words of its own. Fields are in place: "body.".
func (s *server) problem(ctx context.Context, place string, err error) error {
	if err == nil {
		return nil
	}
	if known := (*huma.ErrorModel)(nil); errors.As(err, &known) {
		return known
	}
	problem := refusal(web.Status(err), errs.Public(err))
	if problem.Status == http.StatusInternalServerError {
		problem.Instance = s.kit.Incident(ctx, err)
		problem.Detail = "系统出错了，刚才的操作没有完成；请稍后重试，仍不行时把 instance 中的编号告诉系统管理员。"
	}
	for _, f := range errs.FieldsOf(err) {
		problem.Errors = append(problem.Errors, &huma.ErrorDetail{Message: f.Public, Location: place + f.Name})
	}
	return problem
}

// refusal is a problem document with a sentence.
func refusal(status int, sentence string) *huma.ErrorModel {
	return &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: sentence}
}

// inChinese puts what huma says about a request into our words, and leaves out
// the values, which the caller knows and a log had better not.
func inChinese(_ huma.Context, _ string, v any) (any, error) {
	problem, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	problem.Detail = phrase(problem.Detail)
	for _, e := range problem.Errors {
		e.Message, e.Value = phrase(e.Message), nil
	}
	return problem, nil
}

// phrase gives the Chinese sentence for one of huma's; what is none of them is
// given back.
func phrase(sentence string) string {
	for _, p := range phrases {
		if m := p.form.FindStringSubmatch(sentence); m != nil {
			text := p.chinese
			for _, value := range m[1:] {
				text = strings.Replace(text, "%s", value, 1)
			}
			return text
		}
	}
	return sentence
}

type phrased struct {
	form    *regexp.Regexp
	chinese string
}

var placeholder = regexp.MustCompile(`%[vsd]`)

// phrases are what huma says of requests to operations like ours. Chinese takes
// as many values as it has places for.
var phrases = func() []phrased {
	var all []phrased
	for _, p := range [][2]string{
		{"validation failed", "请求的内容不符合要求，errors 指出了每一处。"},
		{"unexpected error occurred", "系统出错了，请稍后重试。"},
		{"request body is required", "请求缺少内容（JSON）。"},
		{"request body is too large limit=%d bytes", "请求的内容太大，最多 %s 字节。"},
		{"request body read timeout", "请求的内容没有在规定的时间内收全，请重试。"},
		{"cannot read request body", "请求的内容没有收全，请重试。"},
		{"unknown query parameter", "没有这个参数，请核对拼写。"},
		{"required %s parameter is missing", "缺少必填的参数。"},
		{"expected at most one value, but received multiple values", "这个参数只能写一次。"},
		{"invalid integer", "应为整数。"},
		{"invalid number", "应为数。"},
		{"invalid boolean", "应为 true 或者 false。"},
		{"unknown content type%s", "内容应为 JSON（Content-Type: application/json）。"},
		{"invalid character %s", "内容不是正确的 JSON。"},
		{"unexpected end of JSON input", "内容不是完整的 JSON。"},
		{validation.MsgUnexpectedProperty, "没有这个字段，请核对拼写。"},
		{validation.MsgExpectedRequiredProperty, "缺少必填的字段 %s。"},
		{validation.MsgExpectedDependentRequiredProperty, "有 %s 就要有 %s。"},
		{validation.MsgExpectedBoolean, "应为 true 或者 false。"},
		{validation.MsgExpectedNumber, "应为数。"},
		{validation.MsgExpectedInteger, "应为整数。"},
		{validation.MsgExpectedString, "应为文字。"},
		{validation.MsgExpectedArray, "应为数组。"},
		{validation.MsgExpectedObject, "应为对象。"},
		{validation.MsgExpectedArrayItemsUnique, "数组里有重复的项。"},
		{validation.MsgExpectedOneOf, "应为下列之一：%s。"},
		{validation.MsgExpectedMinimumNumber, "不能小于 %s。"},
		{validation.MsgExpectedExclusiveMinimumNumber, "应大于 %s。"},
		{validation.MsgExpectedMaximumNumber, "不能大于 %s。"},
		{validation.MsgExpectedExclusiveMaximumNumber, "应小于 %s。"},
		{validation.MsgExpectedMinLength, "不能短于 %s 个字符。"},
		{validation.MsgExpectedMaxLength, "不能长于 %s 个字符。"},
		{validation.MsgExpectedMinItems, "不能少于 %s 项。"},
		{validation.MsgExpectedMaxItems, "不能多于 %s 项。"},
		{validation.MsgExpectedBePattern, "格式不正确，应为 %s。"},
		{validation.MsgExpectedMatchPattern, "格式不正确，应符合 %s。"},
		{validation.MsgExpectedRFC3339Date, "应为日期，如 2026-11-23。"},
		{validation.MsgExpectedRFC3339DateTime, "应为时刻，如 2026-11-23T09:00:00+08:00。"},
	} {
		form := placeholder.ReplaceAllString(regexp.QuoteMeta(p[0]), "(.*)")
		all = append(all, phrased{regexp.MustCompile("^(?s:" + form + ")$"), p[1]})
	}
	return all
}()
