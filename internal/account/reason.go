package account

import (
	"regexp"
	"strings"

	"gongkai/internal/errs"
)

// Bounds of a reason, in characters.
const (
	MinReason = 5
	MaxReason = 200
)

// numbers are what a reason may not hold: it stands in an event, which is kept
// for ever, and personal data do not (个人信息保护法§19).
var numbers = regexp.MustCompile(`(^|\D)(1[3-9]\d{9}|\d{15}|\d{17}[\dXx]|\d{16,19})(\D|$)|[^\s@]+@[^\s@]+\.[^\s@]+`)

// CheckReason tells what is wrong with the reason for an act, as an error on the
// field "reason".
func CheckReason(reason string) error {
	reason = strings.TrimSpace(reason)
	if n := len([]rune(reason)); n < MinReason || n > MaxReason {
		return errs.InField("reason", "请写明理由，5到200个字；理由会记入日志。")
	}
	if numbers.MatchString(reason) {
		return errs.InField("reason", "理由会长期保存在日志中，请不要写身份证号码、手机号码、银行卡号和邮箱地址，改写为申请编号或者文号。")
	}
	return nil
}
