import Catalogue
import Core

/// The events of a calendar file, as far as whole days go (RFC 5545, section 3.6.1).
struct CalendarEvents {
    private struct Event {
        var first: Day?
        /// The first day after it.
        var end: Day?
        var title = ""
        /// What Apple's calendars of holidays say of an event.
        var special = ""
    }

    private var events: [Event] = []

    /// The longest event that is read: nobody has a holiday of two months.
    static let longest = 60

    /// - Throws: `Refusal.invalid` for a day that cannot be read.
    init(_ text: String) throws {
        var event: Event?
        for line in Self.unfolded(text) {
            let (name, value) = Self.parted(line)
            switch name {
            case "BEGIN" where value.uppercased() == "VEVENT": event = Event()
            case "END" where value.uppercased() == "VEVENT":
                if let event { events.append(event) }
                event = nil
            case "DTSTART": event?.first = try Self.day(value)
            case "DTEND": event?.end = try Self.day(value)
            case "SUMMARY": event?.title = Self.unescaped(value)
            case "X-APPLE-SPECIAL-DAY": event?.special = value.uppercased()
            default: break
            }
        }
    }

    /// The days that are off or worked instead. Events that say neither, such as the feast itself
    /// or a solar term, are left out.
    ///
    /// - Throws: `Refusal.invalid` where nothing says which.
    func days(_ known: WorkCalendar) throws -> [CalendarYear.Special] {
        var days: [CalendarYear.Special] = []
        for event in events {
            guard let first = event.first, let mark = mark(event) else { continue }
            let end = max(event.end ?? first + 1, first + 1)
            guard end.number - first.number <= Self.longest else {
                throw Refusal.invalid(
                    "calendar", zh: "“\(event.title)”从\(first)起超过\(Self.longest)天，不像是节假日。",
                    en: "“\(event.title)” from \(first) takes more than \(Self.longest) days.")
            }
            let name = known.named(CalendarMark.name(event.title))
            for number in first.number..<end.number {
                days.append(CalendarYear.Special(Day(number: number), mark, name))
            }
        }
        if days.isEmpty, !events.isEmpty {
            throw Refusal.invalid(
                "calendar",
                zh: "日历中的\(events.count)项都没有写明“休”或“班”，无法判断哪天放假、哪天上班。",
                en: "None of the \(events.count) events says whether its day is off or worked.")
        }
        return days
    }

    private func mark(_ event: Event) -> WorkCalendar.Mark? {
        switch event.special {
        case "WORK-HOLIDAY": .holiday
        case "ALTERNATE-WORKDAY": .swappedWorkday
        default: CalendarMark.read(event.title)
        }
    }

    /// Lines that go on begin with a blank.
    private static func unfolded(_ text: String) -> [String] {
        var lines: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if let first = line.first, first == " " || first == "\t", !lines.isEmpty {
                lines[lines.count - 1] += line.dropFirst()
            } else {
                lines.append(String(line))
            }
        }
        return lines
    }

    /// `DTSTART;VALUE=DATE:20270101` is the name DTSTART and the value 20270101.
    private static func parted(_ line: String) -> (name: String, value: String) {
        guard let colon = line.firstIndex(of: ":") else { return (line, "") }
        let name = line[..<colon].prefix { $0 != ";" }
        return (name.uppercased(), String(line[line.index(after: colon)...]))
    }

    /// The day of a date or of a time, in the district where it is given in UTC.
    private static func day(_ value: String) throws -> Day {
        let digits = value.prefix(8)
        let year = Int(digits.prefix(4)) ?? 0
        let month = Int(digits.dropFirst(4).prefix(2)) ?? 0
        let day = Int(digits.dropFirst(6)) ?? 0
        guard digits.count == 8, let found = Day(year, month, day) else {
            throw Refusal.invalid(
                "calendar", zh: "日历中的“\(value)”不是日期。", en: "“\(value)” is no day.")
        }
        let hour = Int(value.dropFirst(9).prefix(2)) ?? 0
        return value.hasSuffix("Z") && hour >= 16 ? found + 1 : found
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("\\,", with: ",").replacing("\\;", with: ";")
            .replacing("\\n", with: " ").replacing("\\N", with: " ")
            .replacing("\\\\", with: "\\")
    }
}
