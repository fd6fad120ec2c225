package org

// Natures and Levels give the values in the order in which they are listed.
func Natures() []Nature {
	return []Nature{Administrative, Internal, TownshipLevel, Dispatched, Authorised}
}

// Levels gives the levels from the top.
func Levels() []Level { return []Level{Central, Provincial, City, County, Town} }

// Word is a value in words.
type Word struct{ Chinese, English string }

// Words gives the nature in words.
func (n Nature) Words() Word {
	return map[Nature]Word{
		Administrative: {"行政机关", "administrative organ"}, Internal: {"内设机构", "internal section"},
		TownshipLevel: {"乡镇、街道", "township"}, Dispatched: {"派出机构", "field office"}, Authorised: {"授权组织", "authorised body"},
	}[n]
}

// Words gives the level in words.
func (l Level) Words() Word {
	return map[Level]Word{
		Central: {"中央", "central"}, Provincial: {"省级", "province"}, City: {"市级", "city"}, County: {"县级", "county"}, Town: {"乡级", "township"},
	}[l]
}
