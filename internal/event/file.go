package event

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"gongkai/internal/errs"
)

// file encodes a proof for people to keep. What cannot be encoded is a bug.
func file(v any) []byte {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(v); err != nil {
		panic(fmt.Sprintf("event: proof: %v", err))
	}
	return b.Bytes()
}

// readFile reads a proof of a schema. It refuses what two readers could
// understand differently: unknown and repeated fields, other spellings of a
// name, anything after the end.
func readFile(raw []byte, into any, what, schema string, version int) error {
	if len(raw) > MaxReceipt {
		return errs.New(errs.TooLarge, "文件超过%d KiB，不是本系统出具的%s。", MaxReceipt>>10, what)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")) // editors of Windows put it there
	var is struct {
		Schema  string `json:"schema"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(raw, &is); err != nil {
		return broken(err, what)
	}
	switch {
	case is.Schema != schema:
		return errs.New(errs.Unsupported, "这个文件不是%s：schema 应为“%s”，实际是“%s”。", what, schema, clip(is.Schema))
	case is.Version != version:
		return errs.New(errs.Unsupported, "这份%s是第%d版格式，本程序只认第%d版；请用较新的程序核验。", what, is.Version, version)
	}
	if err := strict(raw, reflect.TypeOf(into).Elem()); err != nil {
		return broken(err, what)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return broken(err, what)
	}
	return nil
}

func broken(err error, what string) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return errs.Wrap(err, errs.Corrupt, "文件不是完整的%s：第%d个字节处不是合法的 JSON，可能没有下载完或者被编辑过；请重新下载。", what, syntax.Offset)
	}
	return errs.Wrap(err, errs.Corrupt, "文件不是完整的%s：有字段缺少、重复、多余或者类型不对；请重新下载。", what)
}

// strict demands that every object has exactly the fields of its struct.
func strict(raw []byte, t reflect.Type) error {
	in := json.NewDecoder(bytes.NewReader(raw))
	if err := strictObject(in, t); err != nil {
		return err
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more after the end")
	}
	return nil
}

func strictObject(in *json.Decoder, t reflect.Type) error {
	if open, err := in.Token(); err != nil || open != json.Delim('{') {
		return errors.Join(err, errors.New("no object"))
	}
	fields := map[string]reflect.Type{}
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[name] = f.Type
	}
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return err
		}
		key, _ := name.(string)
		of, ok := fields[key]
		if !ok {
			return fmt.Errorf("field %q is unknown or there twice", key)
		}
		delete(fields, key)
		if err := strictValue(in, of); err != nil {
			return err
		}
	}
	if len(fields) > 0 {
		return fmt.Errorf("%d fields are missing", len(fields))
	}
	_, err := in.Token()
	return err
}

func strictValue(in *json.Decoder, t reflect.Type) error {
	if t.Kind() == reflect.Struct {
		return strictObject(in, t)
	}
	var value json.RawMessage
	if err := in.Decode(&value); err != nil {
		return err
	}
	if string(value) == "null" {
		return errors.New("null")
	}
	return nil
}
