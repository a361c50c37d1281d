import Core

extension Reading {
    /// Reads `9:30`, `09:30`, `9:30:00`, `9点30分`, `9时半`, `上午9:30`, `下午3点` and `3:30 PM`, in
    /// letters of any width; nil for what is no minute of a day.
    package static func minute(_ text: String) -> Minute? {
        let folded = Folding.letters(WrittenCode.unguarded(text)).uppercased()
        guard let match = folded.wholeMatch(of: minutePattern), let written = Int(match.hour),
            let hour = hour(written, match.before ?? match.after)
        else { return nil }
        let minute =
            match.half != nil
            ? 30
            : match.quarter.map { $0.hasPrefix("一") ? 15 : 45 }
                ?? (match.minute ?? match.spoken).flatMap { Int($0) } ?? 0
        return Minute(hour: hour, minute: minute)
    }

    /// Why a text is no minute, and how to write one.
    package static func minuteFault(_ text: String) -> Wording {
        Wording(
            zh: "“\(text)”不是时间，请写成 09:30。", en: "“\(text)” is not a time: write it as 09:30.")
    }

    /// Seconds that say nothing may stand behind, as spreadsheets write them.
    nonisolated(unsafe) private static let minutePattern =
        #/
        (?<before>上午|下午|凌晨|早上|清晨|中午|傍晚|晚上|晚)?\ ?
        (?<hour>[0-9]{1,2})\ ?
        (?:
            :\ ?(?<minute>[0-9]{2})(?::00(?:[.]0+)?)?
            |[点时](?:钟|整|(?<half>半)|(?<quarter>[一三]刻)|\ ?(?<spoken>[0-9]{1,2})\ ?分?)?
        )
        \ ?(?<after>AM|PM|A[.]M[.]|P[.]M[.])?
        /#

    /// The hour of twenty-four: twelve at noon is twelve, and twelve at night is none.
    private static func hour(_ written: Int, _ half: Substring?) -> Int? {
        guard let half else { return written }
        // Whoever counts to twenty-four says the half of the day beside it.
        if written > 12 { return ["上午", "凌晨", "早上", "清晨"].contains(half) ? nil : written }
        switch half {
        case "下午", "傍晚", "晚上", "晚", "PM", "P.M.":
            return written == 12
                ? (half.hasPrefix("晚") ? nil : 12) : written == 0 ? nil : written + 12
        case "中午": return written >= 11 ? written : written <= 2 && written > 0 ? written + 12 : nil
        case "上午": return written
        case "凌晨", "早上", "清晨", "AM", "A.M.": return written == 12 ? 0 : written
        default: return written
        }
    }
}
