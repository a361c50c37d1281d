import Catalogue
import Core
import Ledger

/// Reads the days of a calendar of holidays as somebody brings them: a table (CSV, XLSX, ODS), a
/// calendar file (ICS, RFC 5545), or a file of the catalogue itself.
///
/// What cannot be told apart is refused with its place: a working weekend that is taken for a
/// holiday moves every deadline across it.
struct ReadCalendar {
    /// What the loaded calendars call a holiday in both languages.
    let known: WorkCalendar

    /// The largest file of days, and the most days of one.
    static let fileBytes = 1 << 20
    static let dayLimit = 400
    /// The most years that one file may speak of.
    static let yearLimit = 5

    /// - Returns: the calendars of the years it speaks of, the first year first.
    /// - Throws: `Refusal.invalid` beside a field.
    func read(_ bytes: [UInt8], named name: String, at field: String) throws -> [CalendarYear] {
        guard bytes.count <= Self.fileBytes else {
            throw Refusal.invalid(
                field, zh: "文件超过\(Self.fileBytes >> 20) MB。",
                en: "The file is larger than \(Self.fileBytes >> 20) MB.")
        }
        let days: [CalendarYear.Special]
        do {
            days = try read(bytes, name)
        } catch let refusal as Refusal {
            guard case .invalid(let faults) = refusal else { throw refusal }
            throw Refusal.invalid(
                faults.map { Fault(field, zh: $0.words.zh, en: $0.words.en) })
        }
        guard !days.isEmpty else {
            throw Refusal.invalid(
                field, zh: "没有读到放假或调休上班的日子。",
                en: "No holiday and no working weekend was found in it.")
        }
        let years = Set(days.map(\.day.year)).sorted()
        guard years.count <= Self.yearLimit, days.count <= Self.dayLimit else {
            throw Refusal.invalid(
                field, zh: "一次最多\(Self.yearLimit)个年度、\(Self.dayLimit)天。",
                en: "At most \(Self.yearLimit) years and \(Self.dayLimit) days at a time.")
        }
        let faults = checked(days).map { Fault(field, zh: $0.zh, en: $0.en) }
        guard faults.isEmpty else { throw Refusal.invalid(faults) }
        return years.map { year in CalendarYear(year, days.filter { $0.day.year == year }) }
    }

    private func read(_ bytes: [UInt8], _ name: String) throws -> [CalendarYear.Special] {
        if FileForm(bytes) == .text {
            let text = String(decoding: try TextEncoding.utf8(bytes), as: UTF8.self)
            if text.contains("BEGIN:VCALENDAR") {
                return try CalendarEvents(text).days(known)
            }
            let lines = text.split(whereSeparator: \.isNewline)
            if lines.contains(where: { $0.hasPrefix("year:") }) { return try catalogue(text) }
        }
        let table = try ImportTable(
            name: name, bytes: bytes, rowLimit: Self.dayLimit,
            knows: { Self.columns[$0.lowercased()] != nil })
        return try read(table)
    }

    private func catalogue(_ text: String) throws -> [CalendarYear.Special] {
        do {
            return try CalendarYear(text: text, file: "calendar").days
        } catch let broken as BrokenCatalogue {
            let said = broken.faults.prefix(5).map(\.description).joined(separator: "; ")
            throw Refusal.invalid("calendar", zh: "文件有误：\(said)", en: "It is wrong: \(said)")
        }
    }

    // MARK: Tables

    private enum Column { case day, mark, zh, en }

    /// What the columns of a table may be headed.
    private static let columns: [String: Column] = [
        "日期": .day, "day": .day, "date": .day, "类型": .mark, "安排": .mark, "kind": .mark,
        "节日": .zh, "名称": .zh, "name": .zh, "holiday": .zh, "英文名称": .en, "name_en": .en,
    ]

    private func read(_ table: ImportTable) throws -> [CalendarYear.Special] {
        var places: [Column: Int] = [:]
        for (index, heading) in table.headings.enumerated() {
            if let column = Self.columns[heading.lowercased()] { places[column] = index }
        }
        guard let dayPlace = places[.day], let markPlace = places[.mark] else {
            throw Refusal.invalid(
                "calendar", zh: "表格须有“日期”“类型”两列，“节日”一列可有可无。",
                en: "A table needs the columns “day” and “kind”, and may have “name”.")
        }
        var faults: [Fault] = []
        var days: [CalendarYear.Special] = []
        for row in table.rows {
            let said = row.values[markPlace]
            guard let day = Reading.day(row.values[dayPlace]) else {
                faults.append(
                    Fault(
                        "calendar", zh: "第\(row.line)行：“\(row.values[dayPlace])”不是日期。",
                        en: "Row \(row.line): “\(row.values[dayPlace])” is no day."))
                continue
            }
            guard let mark = CalendarMark.read(said) else {
                faults.append(
                    Fault(
                        "calendar", zh: "第\(row.line)行：“\(said)”应为“放假”或“上班”。",
                        en: "Row \(row.line): “\(said)” should be “holiday” or “work”."))
                continue
            }
            let zh = places[.zh].map { row.values[$0] } ?? ""
            let en = places[.en].map { row.values[$0] } ?? ""
            days.append(CalendarYear.Special(day, mark, named(zh, en)))
        }
        guard faults.isEmpty else { throw Refusal.invalid(Array(faults.prefix(10))) }
        return days
    }

    private func named(_ zh: String, _ en: String) -> Wording {
        known.named(zh.isEmpty ? en : zh, en: en)
    }

    // MARK: Checks

    private func checked(_ days: [CalendarYear.Special]) -> [Wording] {
        var faults: [Wording] = []
        var seen: [Day: WorkCalendar.Mark] = [:]
        for special in days {
            if let other = seen.updateValue(special.mark, forKey: special.day) {
                faults.append(
                    other == special.mark
                        ? Wording(
                            zh: "\(special.day)写了两次。", en: "\(special.day) is given twice.")
                        : Wording(
                            zh: "\(special.day)既写放假又写上班。",
                            en: "\(special.day) is both a holiday and worked."))
            }
            if special.mark == .swappedWorkday, special.day.weekday <= 5 {
                faults.append(
                    Wording(
                        zh: "\(special.day)不是周末，不会是调休上班日。",
                        en: "\(special.day) is no weekend, so it is worked anyway."))
            }
        }
        return Array(faults.prefix(10))
    }
}

/// How calendars and notices say whether a day is off or worked.
enum CalendarMark {
    private static let worked = [
        "swapped_workday", "workday", "working", "work", "补班", "上班", "调休上班", "班",
    ]
    private static let off = [
        "holiday", "day off", "off", "放假", "假期", "休息", "公休", "休", "假",
    ]

    /// What a text says of its day; nil where it says neither. A working day may be called after
    /// its holiday (“国庆节补班”), so that what is worked is looked for first.
    static func read(_ text: String) -> WorkCalendar.Mark? {
        let said = text.lowercased()
        if worked.contains(where: said.contains) { return .swappedWorkday }
        if off.contains(where: said.contains) { return .holiday }
        return nil
    }

    /// The name of the holiday in a title: without what says how it is, and without its counting.
    static func name(_ title: String) -> String {
        var name = title
        for bracket in ["（", "("] {
            if let place = name.firstIndex(of: Character(bracket)) {
                name = String(name[..<place])
            }
        }
        let words = (worked + off).filter { $0.count > 1 || !$0.allSatisfy(\.isASCII) }
        let parts = name.split(separator: " ").map(String.init)
            .filter { part in !part.hasPrefix("第") && !words.contains(part.lowercased()) }
        name = parts.joined(separator: " ")
        for word in ["调休上班", "补班", "放假", "上班", "假期"] where name.hasSuffix(word) {
            name = String(name.dropLast(word.count))
        }
        return name.trimmed
    }
}

extension WorkCalendar {
    /// A holiday's name in both languages: as it is called in a calendar that is loaded, else as
    /// it was brought.
    func named(_ text: String, en: String = "") -> Wording {
        let said = text.trimmed.isEmpty ? "节假日" : text.trimmed
        if let known = name(zh: said), en.isEmpty { return known }
        let other = said == "节假日" ? "Holiday" : said
        return Wording(zh: said, en: en.isEmpty ? other : en)
    }
}
