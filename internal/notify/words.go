package notify

import "fmt"

// Messages speak the language that the person reads.

func several(n int, english bool) string {
	if english {
		return fmt.Sprintf("%d messages", n)
	}
	return fmt.Sprintf("您有%d条消息", n)
}

func farewell(english bool) string {
	if english {
		return "Sent by the system. How you get messages is set under “My account – Messages”."
	}
	return "本消息由系统自动发送，请勿回复。接收方式可以在“我的账户—消息”中调整。"
}

func testing(english bool) string {
	if english {
		return "Test message: sending works."
	}
	return "测试消息：发送正常。"
}
