import Core
import Organization
import Web

/// The fields of the head of a table, as two forms ask for them.
struct TableHead: Sendable {
    /// Issuer and what follows are asked of a table of somebody else alone.
    static func parts(
        _ state: FormState, offices: [UnitVersion], _ words: Words
    ) -> [FormPart] {
        var parts: [FormPart] = []
        if offices.count > 1 {
            parts.append(
                state.choice(
                    "unit", words["tables_office"], options: offices.map { ($0.code, $0.name) },
                    isRequired: true))
        }
        return parts + [
            state.line("title", words["tables_name"], isRequired: true),
            state.line("issuer", words["tables_issuer"], isRequired: true),
            state.line("document", words["tables_document"], help: words["tables_document_help"]),
            state.line("basis", words["tables_basis"], help: words["tables_basis_help"]),
            state.choice(
                "listed", words["tables_listed"],
                options: [("yes", words["tables_listed_yes"]), ("no", words["tables_listed_no"])],
                isRequired: true),
            state.choice(
                "rhythm", words["tables_rhythm"],
                options: words.options(Rhythm.allCases, "tables_rhythm"), isRequired: true),
            state.line(
                "due_days", words["tables_due_days"], isRequired: true,
                help: words["tables_due_days_help"], inputmode: "numeric"),
            state.line("until", words["tables_until"], type: "date"),
        ]
    }

    /// The latest day a table may be due, counted from its period, in days.
    private static let mostDays = 366

    /// Reads the head.
    ///
    /// - Throws: `Refusal.invalid` with everything that is wrong.
    static func table(
        _ reader: inout FormReader, offices: [UnitVersion], at moment: Moment
    ) throws(Refusal) -> DeskTable {
        let said = DeskTable.Said(
            title: reader.line("title", upTo: TableLimits.titleCharacters),
            issuer: reader.line("issuer", upTo: TableLimits.titleCharacters),
            document: reader.optional("document", upTo: TableLimits.titleCharacters),
            basis: reader.optional("basis", upTo: TableLimits.titleCharacters),
            isListed: reader.optional("listed") == "yes")
        let rhythm = reader.choice(
            "rhythm", as: Rhythm.self,
            missing: Wording(zh: "请选择多久填报一次。", en: "Choose how often it is filled."))
        let days = reader.line("due_days")
        if Int(days).map({ (0...mostDays).contains($0) }) != true {
            reader.fault(
                "due_days", zh: "请填 0 至 \(mostDays) 的天数。",
                en: "Write a number of days from 0 to \(mostDays).")
        }
        let until = reader.optional("until")
        if let until, Day(until) == nil {
            reader.fault("until", zh: "请填写日期。", en: "Write a day.")
        }
        let unit = Self.office(&reader, offices)
        try reader.check()
        guard let unit, let rhythm else { throw .notFound }
        let once = rhythm == .once ? Rhythm.month.period(of: moment.day)?.previous?.text : nil
        return DeskTable(
            unit: unit.unit, said: said,
            DeskTable.Terms(
                rhythm, onlyPeriod: once, dueDays: Int(days) ?? 0,
                lastOn: until.flatMap { Day($0) }), at: moment)
    }

    /// The office whose table it is: the only one, or the one that was chosen.
    static func office(_ reader: inout FormReader, _ offices: [UnitVersion]) -> UnitVersion? {
        if offices.count == 1 { return offices[0] }
        let code = reader.optional("unit")
        return reader.given(
            offices.first { $0.code == code }, "unit",
            missing: Wording(zh: "请选择单位。", en: "Choose a unit."))
    }
}
