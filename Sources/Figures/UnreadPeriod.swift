import Core

extension Period {
    /// What forms call a period.
    package static let label = Wording(zh: "时段", en: "Period")

    /// What is said of a text that is no period, with what may have been meant.
    package static func unread(_ text: String, today: Day, at field: String = "period") -> Fault {
        Fault(
            label, at: field,
            zh: "“\(text)”不是时段，可以写 2015年上半年、一季度、2015年5月、上个月、2015-H1、..2015-06-30。",
            en: "“\(text)” is not a period: write H1 2015, May 2015, last month, 2015-H1 or "
                + "..2015-06-30."
        ).near(near(text, today: today))
    }

    /// The periods that come nearest to a text, each with what it is called.
    package static func near(_ text: String, today: Day) -> [Fault.Near] {
        nearest(to: text, today: today).map { Fault.Near($0.text, $0.words) }
    }
}
