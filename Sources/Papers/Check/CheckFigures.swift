import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Reports
import Storage
import Web

/// GET and POST /figures/check. For whoever is signed in: the numbers of a pasted text or of a Word
/// file, each beside what the ledger says. Nothing of the text is kept.
struct CheckFigures: Sendable {
    let desk: PaperDesk

    /// A file with the form around it.
    private static let formBytes = DocxText.fileBytes + Limits.bodyBytes

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let offered = [
            "unit": try query.written("unit") ?? "", "period": try query.written("period") ?? "",
        ]
        return try await page(context, FormState(context, offering: offered))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request, upTo: Self.formBytes)
        return try await context.mending(form, at: "text") {
            let text = try await text(form)
            let words = desk.site.words(context)
            let (code, period) = (try form.text("unit"), try form.text("period"))
            let access = context.reader.access
            let result = try await desk.site.database.read { [desk] db in
                let reading = try desk.reports.figures.reading(db)
                let asked = try AskedCheck(unit: code, period: period, reading)
                let disclosures = Disclosures(
                    reading, today: desk.site.now().day,
                    mayRead: { unit, indicator in
                        reading.structure.lies(
                            unit, below: access.units(.read), on: reading.today)
                            && access.opens(indicator, desk.district.catalogue)
                    })
                return try desk.reports.check(
                    text.text, unit: asked.unit, period: asked.period, reading, words.language
                ) { try disclosures.disclosure($0) == .open }
            }
            return try await page(
                context, FormState(context, form), result, hasMacros: text.hasMacros)
        } again: {
            try await page(context, $0)
        }
    }

    /// What was brought: a file where there is one, else what was pasted.
    private func text(_ form: Form) async throws -> (text: String, hasMacros: Bool) {
        if let file = form.files("file").first {
            let read = try await DocxText(file.bytes)
            return (String(read.text.prefix(TextFigures.characterLimit)), read.hasMacros)
        }
        guard let text = try form.lines("text", upTo: TextFigures.characterLimit) else {
            throw Refusal.invalid(
                "text", zh: "请粘贴文字，或选择DOCX文件。", en: "Paste a text, or choose a DOCX.")
        }
        return (text, false)
    }

    private func page(
        _ context: AppContext, _ state: FormState, _ result: TextFigures? = nil,
        hasMacros: Bool = false
    ) async throws -> Response {
        let words = desk.site.words(context)
        let offered = try await desk.site.database.read { [desk] db in
            let structure = try desk.district.structure(db)
            let root = structure.root(nearest: desk.site.now().day)
            return (root, desk.site.now().day)
        }
        func value(_ name: String, _ other: String) -> String {
            state.value(name).isEmpty ? other : state.value(name)
        }
        let file = FormField(
            "file", words["check_file"], .line(type: "file"), help: words["check_file_help"],
            faults: state.sentences("file"))
        var sheet = FormSheet(
            context.formHead(Address("figures", "check"), keeping: state.form), state,
            [
                FormPart(
                    FormField(
                        "text", words["field_text"], .lines(rows: 8), value: state.value("text"),
                        faults: state.sentences("text"),
                        isFirst: state.isFirst("text", opens: true))),
                FormPart(file),
                FormPart(
                    FormField(
                        "unit", words["field_unit"],
                        value: value("unit", offered.0?.code ?? ""),
                        help: words["check_unit_help"], faults: state.sentences("unit"))),
                FormPart(
                    FormField(
                        "period", words["field_period"],
                        value: value("period", String(offered.1.year)),
                        help: words["check_period_help"], faults: state.sentences("period"))),
            ], submit: words["check_go"])
        sheet.encoding = "multipart/form-data"
        return desk.site.show(
            CheckPage(sheet, result, hasMacros: hasMacros, words), context,
            trail: [Link(words["nav_figures"], Address("figures"))], status: state.status)
    }
}

/// Of which unit and which time a text speaks.
package struct AskedCheck {
    package let unit: UnitVersion
    package let period: Period

    /// - Parameters:
    ///   - code: the unit's code or name; the whole district unless given.
    ///   - text: the period; this year unless given.
    package init(unit code: String?, period text: String?, _ reading: Figures.Reading) throws {
        period = try reading.period(text ?? String(reading.today.year))
        if let code {
            var units = UnitReading(reading.structure, on: period.lastDay)
            units.reachesBack = true
            unit = try units.unit(code)
        } else {
            guard let root = reading.structure.root(nearest: period.lastDay) else {
                throw Refusal.conflict(
                    zh: "还没有单位：请先导入单位名册。", en: "There are no units yet: import them.")
            }
            unit = root
        }
    }
}

/// The form, and what came of the numbers of a text.
struct CheckPage: Page {
    static let template = "papers/check"

    let title: String
    let lead: String
    let sheet: FormSheet
    let found: Listed<Line>?
    let sums: String?
    let macros: String?
    let cut: String?
    let nothing: String?

    struct Line: Sendable {
        let before: String
        let number: String
        let after: String
        let tag: String
        let tagStyle: String
        let says: String?
        let href: String?
    }

    var summary: FaultSummary? { sheet.summary }

    init(_ sheet: FormSheet, _ result: TextFigures?, hasMacros: Bool, _ words: Words) {
        title = words["check_title"]
        lead = words["check_lead"]
        self.sheet = sheet
        let lines = result?.lines ?? []
        found = Listed(lines.map { Line($0, words) })
        sums =
            lines.isEmpty
            ? nil
            : words[
                "check_sums",
                Dictionary(
                    uniqueKeysWithValues: TextFigures.Verdict.allCases.map { verdict in
                        (verdict.rawValue, String(lines.filter { $0.verdict == verdict }.count))
                    })]
        macros = hasMacros ? words["check_macros"] : nil
        cut =
            result?.isCut == true
            ? words["check_cut", ["count": String(TextFigures.numberLimit)]] : nil
        nothing = result != nil && lines.isEmpty ? words["check_none"] : nil
    }
}

extension CheckPage.Line {
    /// How much of a sentence stands around its number.
    private static let around = 40

    fileprivate init(_ line: TextFigures.Line, _ words: Words) {
        let letters = Array(line.sentence)
        let range = line.number.range
        before = String(letters[..<range.lowerBound].suffix(Self.around))
        number = String(letters[range])
        after = String(letters[range.upperBound...].prefix(Self.around))
        tag = words["check_\(line.verdict.rawValue)"]
        tagStyle =
            switch line.verdict {
            case .agrees: "tag-good"
            case .differs: "tag-warn"
            default: ""
            }
        let name = line.indicator?[words.language]
        says =
            switch line.verdict {
            case .agrees, .differs:
                words[
                    "check_says",
                    [
                        "said": line.number.text, "records": line.says ?? "",
                        "name": name ?? "",
                    ]]
            case .untold:
                line.says.map {
                    words["check_no_value", ["name": name ?? "", "answer": $0]]
                } ?? words["check_withheld", ["name": name ?? ""]]
            default: name
            }
        href = line.question.map { question in
            Address("figures", question.indicator).with("unit", line.unit?.code)
                .with("period", question.period.text).text
        }
    }
}
