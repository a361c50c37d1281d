import Catalogue
import Core

/// What people write behind a number: 3人, 4项, 2 小时, 88.5万元, “12 persons”.
struct UnitWords {
    /// How many stored units one of each word is.
    private let multiples: [String: Int]

    /// - Parameter counter: what the field counts, where the catalogue says it.
    init(_ unit: MeasureUnit, counter: Wording? = nil) {
        var multiples = unit.multiples
        let one = unit.written.factor / unit.factor
        for word in Self.words(unit.written) { multiples[word] = one }
        for word in [counter?.zh, counter?.en].compactMap({ $0 }) {
            multiples[Self.folded(word)] = one
        }
        self.multiples = multiples
    }

    /// A number without the unit behind it, and how many stored units one is.
    ///
    /// - Returns: a multiple of nil where nothing stands behind the number, and no number where
    ///   what stands there is another unit.
    func parted(_ text: String) -> (number: String?, word: String, multiple: Int?) {
        let number = text.prefix { "0123456789,.+-−–— ".contains($0) }
        let word = Self.folded(String(text[number.endIndex...]))
        guard number.contains(where: \.isNumber), !word.isEmpty else { return (text, "", nil) }
        if let multiple = multiples[word] { return (String(number), word, multiple) }
        return Self.all.contains(word) ? (nil, word, nil) : (text, word, nil)
    }

    private static func folded(_ word: String) -> String {
        Folding.letters(word).lowercased().trimmed
    }

    private static func words(_ unit: MeasureUnit) -> [String] {
        ([unit.name.zh, unit.name.en] + unit.otherNames).map(folded)
    }

    /// Every word that is some unit's.
    private static let all: Set<String> = Set(
        MeasureUnit.allCases.flatMap { words($0) + $0.multiples.keys }
            + ["本", "张", "套", "台", "辆", "亩", "倍", "岁", "周", "星期", "季度", "吨", "公斤", "kg", "亿元"])
}

extension MeasureUnit {
    /// Larger units in which a number of this one may be written, and how many stored ones each is.
    fileprivate var multiples: [String: Int] {
        switch self {
        case .minute: ["小时": 60, "个小时": 60, "时": 60, "h": 60, "hour": 60, "hours": 60]
        case .fen: ["万元": 1_000_000, "万": 1_000_000]
        case .meter: ["公里": 1_000, "千米": 1_000, "km": 1_000]
        default: [:]
        }
    }

    /// What else people write behind a number of this unit.
    fileprivate var otherNames: [String] {
        switch self {
        case .minute: ["分", "分钟", "min", "minute"]
        case .hour: ["时", "个小时", "h", "hour"]
        case .yuan: ["块", "人民币", "rmb", "cny"]
        case .squareMeter: ["㎡", "平米", "平方", "sqm"]
        case .person: ["人", "名", "位", "人数", "person", "persons", "people"]
        case .copy: ["本", "册", "张", "copy"]
        case .text: ["text"]
        case .piece: ["个", "项", "条", "piece"]
        case .time: ["回", "场", "time"]
        case .day: ["日", "day"]
        case .month: ["月", "month"]
        case .year: ["year"]
        case .household: ["家", "household"]
        case .unit: ["家", "名", "unit"]
        case .meter: ["meter", "meters"]
        case .fen, .dm2, .percent, .workingHour, .workingDay: []
        }
    }
}
