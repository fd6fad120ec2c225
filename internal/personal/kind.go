package personal

import (
	"regexp"
	"strings"
	"time"

	"gongkai/internal/errs"
)

// Kind is what sort of personal datum something is: it says how it is checked,
// compared and masked.
type Kind string

// The kinds.
const (
	IDNumber Kind = "id-number" // 公民身份号码, 18 or the old 15 digits (GB 11643-1999)
	Phone    Kind = "phone"
	Email    Kind = "email"
	Address  Kind = "address"
	BankCard Kind = "bank-card"
	Name     Kind = "name"
	Other    Kind = "other" // never shown in part
)

var (
	mobileForm = regexp.MustCompile(`^1[3-9]\d{9}$`)
	fixedForm  = regexp.MustCompile(`^(0\d{2,3})?[2-9]\d{6,7}(\d{1,6})?$`)
	emailForm  = regexp.MustCompile(`^[^@\s]{1,64}@[^@\s]+\.[^@\s]+$`)
	cardForm   = regexp.MustCompile(`^\d{16,19}$`)
	// Before a town or a county stands no house number; else the word belongs to
	// something smaller, as 街道办对面 or 小区.
	townForm   = regexp.MustCompile(`^[^0-9０-９号室楼栋幢院组村屯弄巷路街]{2,24}?(镇|乡|苏木|街道)`)
	countyForm = regexp.MustCompile(`^[^0-9０-９号室楼栋幢院组村屯弄巷路街小]{2,8}?(省|自治区|市)([^0-9０-９号室楼栋幢院组村屯弄巷路街小]{1,8}?(市|盟|州|地区))?([^0-9０-９号室楼栋幢院组村屯弄巷路街小]{1,8}?(区|县|旗|市))?`)
)

// Normal gives the form in which values of a kind are kept and compared.
func (k Kind) Normal(text string) string {
	text = strings.TrimSpace(text)
	switch k {
	case IDNumber:
		return strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	case Phone, BankCard:
		text = strings.Map(func(r rune) rune {
			if strings.ContainsRune(" -—()（）", r) {
				return -1
			}
			return r
		}, text)
		return strings.TrimPrefix(text, "+86")
	case Email:
		return strings.ToLower(text)
	}
	return text
}

// Check tells what is wrong with a normal value.
func (k Kind) Check(text string) error {
	wrong := func(sentence string) error { return errs.New(errs.Invalid, "%s", sentence) }
	switch {
	case text == "" || len(text) > 2000:
		return wrong("内容为空，或者太长。")
	case k == IDNumber && !ValidID(text):
		return wrong("公民身份号码不正确：应为18位，请核对出生日期和最后一位校验码。")
	case k == Phone && !mobileForm.MatchString(text) && !fixedForm.MatchString(text):
		return wrong("电话号码不正确：手机号11位，固定电话写区号，如 0478-3212345。")
	case k == Email && !emailForm.MatchString(text):
		return wrong("电子邮箱不正确，请写成 name@example.cn 这样的形式。")
	case k == BankCard && (!cardForm.MatchString(text) || !luhn(text)):
		return wrong("银行卡号不正确，请核对。")
	}
	return nil
}

// ValidID tells whether a citizen's ID number is well formed: date of birth and
// check character (GB 11643-1999); of the old form with 15 digits the date.
func ValidID(id string) bool {
	switch len(id) {
	case 15:
		_, err := time.Parse("20060102", "19"+id[6:12])
		return err == nil && digits(id)
	case 18:
	default:
		return false
	}
	if _, err := time.Parse("20060102", id[6:14]); err != nil || !digits(id[:17]) {
		return false
	}
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(id[i]-'0') * weight
	}
	return id[17] == "10X98765432"[sum%11]
}

func digits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

func luhn(card string) bool {
	sum := 0
	for i := range len(card) {
		d := int(card[len(card)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// Mask gives what may be shown of a normal value: of an ID number the first two
// and the last three characters, of a telephone number the first three and the
// last four, of an address the township or street office, where none is named
// the county, of a bank card the last four digits. The first three follow an official notice, the others are
// usual practice.
func (k Kind) Mask(text string) string {
	runes := []rune(text)
	switch k {
	case IDNumber:
		return keep(runes, 2, 3)
	case Phone:
		return keep(runes, 3, 4)
	case BankCard:
		return keep(runes, 0, 4)
	case Email:
		name, domain, _ := strings.Cut(text, "@")
		return keep([]rune(name), 1, 0) + "@" + domain
	case Address:
		if town := townForm.FindString(text); town != "" {
			return town + "***"
		}
		return countyForm.FindString(text) + "***"
	case Name:
		return keep(runes, 1, 0)
	}
	return "***"
}

func keep(runes []rune, first, last int) string {
	if len(runes) <= first+last {
		return strings.Repeat("*", len(runes))
	}
	return string(runes[:first]) + strings.Repeat("*", len(runes)-first-last) + string(runes[len(runes)-last:])
}
