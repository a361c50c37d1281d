import Core

extension Period {
    /// The period as people say it.
    package var words: Wording {
        let (year, month, day) = from.parts
        switch shape {
        case .year: return Wording(zh: "\(year)年", en: "the year \(year)")
        case .half:
            return month == 1
                ? Wording(zh: "\(year)年上半年", en: "the first half of \(year)")
                : Wording(zh: "\(year)年下半年", en: "the second half of \(year)")
        case .quarter:
            let number = (month + 2) / 3
            return Wording(zh: "\(year)年第\(number)季度", en: "quarter \(number) of \(year)")
        case .month: return Wording(zh: "\(year)年\(month)月", en: "\(text)")
        case .day: return Wording(zh: "\(year)年\(month)月\(day)日", en: "\(from)")
        case .toDate: return Wording(zh: "截至\(lastDay.chinese)", en: "up to \(lastDay)")
        case .week, .span:
            return Wording(
                zh: "\(from.chinese)至\(lastDay.chinese)", en: "\(from) to \(lastDay)")
        }
    }
}

extension Day {
    /// The day as a Chinese sentence writes it.
    package var chinese: String {
        let (year, month, day) = parts
        return "\(year)年\(month)月\(day)日"
    }
}
