package setting

import (
	"net/netip"
	"strings"

	"gongkai/internal/errs"
)

// Addresses reads a list of network addresses and ranges, parted by blanks, commas
// or semicolons of any sort.
func Addresses(s string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, one := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;，；、　\t\n", r) }) {
		prefix, err := netip.ParsePrefix(one)
		if err != nil {
			address, wrong := netip.ParseAddr(one)
			if wrong != nil {
				return nil, errs.New(errs.Invalid, "“%s”不是网络地址；请写成 203.0.113.7 或者 203.0.113.0/28，几个之间用空格隔开。", one)
			}
			prefix = netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen())
		}
		if few := map[bool]int{true: 24, false: 48}[prefix.Addr().Is4()]; prefix.Bits() < few {
			return nil, errs.New(errs.Invalid, "“%s”范围太大；一个网段不大于 /24（IPv6 不大于 /48）。", one)
		}
		all = append(all, prefix.Masked())
	}
	return all, nil
}

// Among tells whether an address is one of a list that Addresses has read.
func Among(list []netip.Prefix, address string) bool {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	for _, p := range list {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}
