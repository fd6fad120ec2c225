package rollup

// Name is the kind of issue in Chinese, as lists print it.
func (k IssueKind) Name() string {
	switch k {
	case Missing:
		return "缺报"
	case Late:
		return "逾期"
	case NoDate:
		return "日期不明"
	case Doubtful:
		return "读取存疑"
	case Unreadable:
		return "无法读取"
	case Unmatched:
		return "不在名录"
	case ByFileName:
		return "按文件名归入"
	case Duplicate:
		return "重复报送"
	case WrongYear:
		return "年度不符"
	case FormMismatch:
		return "格式不一"
	case MaybeTotal:
		return "可能重复计算"
	case NotTheSum:
		return "汇总数不符"
	case ExcludedKind:
		return "不计入汇总"
	}
	return string(k)
}

func kindName(k Kind) string {
	switch k {
	case Department:
		return "部门"
	case Government:
		return "政府"
	case Township:
		return "乡镇（街道）"
	}
	return ""
}

func statusName(s Status) string {
	switch s {
	case Counted:
		return "已计入"
	case StatedOnly:
		return "汇总数，只作核对"
	case NotThere:
		return "缺报"
	case Unusable:
		return "未计入"
	case LeftOut:
		return "不计入汇总"
	case InDoubt:
		return "重复报送，部分计入"
	}
	return ""
}
