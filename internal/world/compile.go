package world

import (
	"context"

	"gongkai/internal/clock"
	"gongkai/internal/compile"
)

// compile begins the report on this year, as an office does that writes down through
// the year what it will have to tell.
func (w *World) compile(ctx context.Context, o Offices, c *clock.Manual) error {
	if o.Reports == nil {
		return nil
	}
	c.Set(o.Now)
	if o.Filings != nil {
		if _, err := o.Filings.Tend(ctx); err != nil {
			return err
		}
	}
	if o.Consults != nil {
		if _, err := o.Consults.Tend(ctx); err != nil {
			return err
		}
	}
	organ, clerk := w.Organs[serviceName], w.People["jingban"].Actor()
	year := o.Now.Year()
	for _, deed := range []compile.Deed{compile.Start{}, compile.Write{Content: compile.Content{
		Text: map[compile.Section]string{
			compile.Proactive:   "全年在政府网站首次公开文件{{documents.published}}件，微信公众号发布各类信息{{posts.wechat}}条。开展“码上说”问卷调查，收集意见建议{{opinions.total}}条，收到好差评评价{{ratings.received}}条；周末不打烊、延时服务事项{{services.items}}项。",
			compile.Management:  "落实公开属性源头认定机制，起草文件时即认定公开属性，公开前逐项进行保密审查。",
			compile.Supervision: "每季度检查公开内容，对发现的问题限期整改，公开工作纳入绩效考核。",
			compile.Problems:    "政策解读形式比较单一；政策法规培训相对偏少。",
		},
	}}} {
		if err := o.Reports.Do(ctx, clerk, organ, year, deed); err != nil {
			return err
		}
	}
	return nil
}
