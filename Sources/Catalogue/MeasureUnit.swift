import Core

/// The units of stored measures and of thresholds. Storage is always in the base unit, an
/// integer; people write and read the shown unit.
package enum MeasureUnit: String, Sendable, CaseIterable {
    case minute, hour, fen, yuan, dm2
    case squareMeter = "square_meter"
    case person, copy, text, piece, time, day
    case percent, month, year, meter, household, unit
    /// Hours and days of work: terms count in them, measures do not.
    case workingHour = "working_hour"
    case workingDay = "working_day"

    /// How many base units one of these holds.
    package var factor: Int {
        switch self {
        case .hour: 60
        case .yuan, .squareMeter: 100
        default: 1
        }
    }

    /// The unit in which people write a measure stored in this unit.
    package var written: MeasureUnit {
        switch self {
        case .fen: .yuan
        case .dm2: .squareMeter
        default: self
        }
    }

    package var base: MeasureUnit {
        switch self {
        case .hour: .minute
        case .yuan: .fen
        case .squareMeter: .dm2
        default: self
        }
    }

    package var name: Wording {
        switch self {
        case .minute: Wording(zh: "分钟", en: "minutes")
        case .hour: Wording(zh: "小时", en: "hours")
        case .fen: Wording(zh: "分", en: "fen")
        case .yuan: Wording(zh: "元", en: "yuan")
        case .dm2: Wording(zh: "平方分米", en: "dm²")
        case .squareMeter: Wording(zh: "平方米", en: "m²")
        case .person: Wording(zh: "人次", en: "person-times")
        case .copy: Wording(zh: "份", en: "copies")
        case .text: Wording(zh: "篇", en: "texts")
        case .piece: Wording(zh: "件", en: "pieces")
        case .time: Wording(zh: "次", en: "times")
        case .day: Wording(zh: "天", en: "days")
        case .percent: Wording(zh: "%", en: "%")
        case .month: Wording(zh: "个月", en: "months")
        case .year: Wording(zh: "年", en: "years")
        case .meter: Wording(zh: "米", en: "m")
        case .household: Wording(zh: "户", en: "households")
        case .unit: Wording(zh: "个", en: "units")
        case .workingHour: Wording(zh: "个工作小时", en: "working hours")
        case .workingDay: Wording(zh: "个工作日", en: "working days")
        }
    }
}
