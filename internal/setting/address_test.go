package setting_test

import (
	"testing"

	"gongkai/internal/setting"
)

func TestAddressesOfHalls(t *testing.T) {
	list, err := setting.Addresses("203.0.113.7，198.51.100.0/28; 2001:db8:1::/64")
	if err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	for address, want := range map[string]bool{
		"203.0.113.7": true, "203.0.113.8": false, "198.51.100.15": true, "198.51.100.16": false, "::ffff:203.0.113.7": true, "2001:db8:1::5": true, "2001:db8:2::5": false, "": false,
	} {
		if setting.Among(list, address) != want {
			t.Errorf("%q: want %v", address, want)
		}
	}
	d, _ := setting.Find(setting.RequestHalls)
	for _, bad := range []string{"大厅", "203.0.113.256", "0.0.0.0/0", "10.0.0.0/8", "2001:db8::/32"} {
		if _, err := d.Parse(bad); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
	if got, err := d.Parse(" 203.0.113.7 "); err != nil || got != "203.0.113.7" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := d.Parse(""); err != nil {
		t.Errorf("no hall: %v", err)
	}
}
