import Core
import Web

extension FormReader {
    /// A day in any way of writing one; nil where none was given.
    package mutating func day(_ name: String) -> Day? {
        guard let text = optional(name) else { return nil }
        guard let day = Reading.day(text) else {
            fault(name, zh: "日期应写作 2015-03-30 的形式。", en: "Write the day like 2015-03-30.")
            return nil
        }
        return day
    }

    /// The first day of something; none is a fault.
    package mutating func firstDay(_ name: String) -> Day? {
        given(
            day(name), name, missing: Wording(zh: "请填写首日。", en: "Fill in the first day."))
    }
}
