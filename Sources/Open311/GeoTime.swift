import Core

/// Moments as the contract writes them: ISO 8601 with a zone.
enum GeoTime {
    /// Reads a moment with its zone, or a day, which begins in the district; nil for anything else.
    static func read(_ text: String) -> Moment? {
        guard text.utf8.count > 10 else { return Day(text)?.start }
        guard let day = Day(String(text.prefix(10))) else { return nil }
        let rest = text.dropFirst(10)
        guard rest.first == "T" || rest.first == "t" else { return nil }
        let time = rest.dropFirst().prefix { $0.isNumber || $0 == ":" || $0 == "." }
        let zone = rest.dropFirst(1 + time.count)
        guard let clock = clock(time), let offset = offset(zone) else { return nil }
        return Moment(milliseconds: Int64(day.number) * 86_400_000 + clock - offset)
    }

    /// `09:05`, `09:05:07` or `09:05:07.250`, in milliseconds since midnight.
    private static func clock(_ text: Substring) -> Int64? {
        let sides = text.split(separator: ".", omittingEmptySubsequences: false)
        let parts = sides[0].split(separator: ":", omittingEmptySubsequences: false).map(two)
        guard (2...3).contains(parts.count), sides.count <= 2, !parts.contains(nil),
            let hour = parts[0], hour < 24, let minute = parts[1], minute < 60
        else { return nil }
        let second = parts.count == 3 ? parts[2] ?? 0 : 0
        guard second < 60 else { return nil }
        return Int64((hour * 60 + minute) * 60 + second) * 1000
    }

    /// `Z`, `+08:00` or `-0500`, in milliseconds east.
    private static func offset(_ text: Substring) -> Int64? {
        if text == "Z" || text == "z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard digits.count == 4, let hour = two(digits.prefix(2)), hour < 24,
            let minute = two(digits.suffix(2)), minute < 60
        else { return nil }
        return Int64((hour * 60 + minute) * 60_000) * (sign == "-" ? -1 : 1)
    }

    private static func two(_ text: Substring) -> Int? {
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
