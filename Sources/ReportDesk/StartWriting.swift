import Accounts
import Core
import Hummingbird
import Organization
import Reports
import Storage
import Web

/// GET and POST /reports/desk/new. For whoever writes for a unit: a report begins from a template
/// of the district or from an earlier report, for a unit and a period of its own.
struct StartWriting: Sendable {
    let desk: WritingDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        return try await page(
            context, FormState(context, offering: ["begins_from": try query.text("from") ?? ""]))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await desk.app.submit(form, context, needs: .right(.write), at: "period") {
            [desk] acting, db in
            let (writing, first) = try begin(form, acting, db)
            let store = WritingStore(db)
            guard try store.count(of: writing.unit) < WritingLimits.writingsPerUnit else {
                throw Refusal.conflict(
                    zh: "一个单位最多\(WritingLimits.writingsPerUnit)份报告。",
                    en: "A unit has \(WritingLimits.writingsPerUnit) reports at most.")
            }
            try store.insert(writing, first)
            try desk.note("report.begun", writing.id, acting, db)
            return .writing(writing.id)
        } again: { state in
            try await page(context, state)
        }
    }

    /// The report that a form begins, with its first version.
    private func begin(
        _ form: Form, _ acting: ActingAccount, _ db: Connection
    ) throws -> (Writing, WritingVersion) {
        var reader = FormReader(form)
        let from = reader.line("begins_from")
        let code = reader.line("unit")
        let written = reader.line("period")
        let title = reader.optional("own_title", upTo: WritingLimits.titleCharacters)
        let period = Period.read(written, today: acting.today)
        let isAsked = period.map { ReportTemplate.shapes.contains($0.shape) } ?? false
        if !isAsked, !written.isEmpty {
            reader.fault(
                "period", zh: "报告的时段是一年、半年、一季或一月，如2015-H1。",
                en: "A report is of a year, half-year, quarter or month, such as 2015-H1.")
        }
        try reader.check()
        guard let period else { throw Refusal.notFound }
        guard period.from <= acting.today else {
            throw Refusal.invalid(
                "period", zh: "\(period.words.zh)还没有开始。",
                en: "It is too early: \(period.words.en) has not begun.")
        }
        let day = min(period.lastDay, acting.today)
        let unit = try UnitReading(acting.structure, on: day).unit(code)
        guard acting.may(.write, in: unit.unit) else {
            throw Refusal.invalid(
                "unit", zh: "您不能为\(unit.name)起草报告。",
                en: "You may not write reports of \(unit.name).")
        }
        var body = try body(from, unit.form, period, acting, db)
        if let title { body.title = WritingBody.Said(zh: title, en: "") }
        let wrong = body.check(desk.district.catalogue).words(body.title.words, isTitle: true)
        guard wrong.isEmpty else {
            throw Refusal.invalid(wrong.map { Fault("own_title", $0) })
        }
        let writing = Writing(
            id: .make(), unit: unit.unit, period: period.text, origin: from, newest: 1,
            caseID: nil, report: nil, madeBy: acting.actor.name)
        let first = WritingVersion(
            number: 1, body: body, why: "",
            position: try desk.app.audit(db).position(), writtenBy: acting.actor.name,
            writtenAt: acting.moment)
        return (writing, first)
    }

    /// The text it begins from: a template, or a report that whoever begins it may see.
    private func body(
        _ from: String, _ form: String, _ period: Period, _ acting: ActingAccount,
        _ db: Connection
    ) throws -> WritingBody {
        if let template = desk.reports.templates[from] {
            return WritingBody(template, for: form, period)
        }
        let sight = WritingSight(acting.access, acting.structure, on: acting.today)
        guard let id = Writing.ID(from),
            let earlier = try WritingStore(db)
                .list("w.id = \(id) AND \(sight.condition)", limit: 1).first
        else {
            throw Refusal.invalid("begins_from", zh: "请选择底稿。", en: "Choose what it begins from.")
        }
        return earlier.version.body.moved(to: form, period)
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = desk.site.words(context)
        let access = context.reader.access
        let (sight, earlier) = try await desk.database.read { [desk] db in
            let sight = WritingSight(access, try desk.district.structure(db), on: desk.app.today)
            return (
                sight,
                try WritingStore(db).list(sight.condition).map { one in
                    (
                        one.writing.id.text,
                        WritingsPage.Line(one, .draft, sight.structure, "", words)
                    )
                }
            )
        }
        let templates = desk.reports.templates.values.sorted { $0.id < $1.id }.map {
            (
                value: $0.id,
                label: words["report_desk_template", ["name": $0.called[words.language]]]
            )
        }
        let offices = sight.offices
        let unit = state.value("unit")
        let sheet = FormSheet(
            context.formHead(.newWriting, keeping: state.form), state,
            [
                state.choice(
                    "begins_from", words["report_desk_from"],
                    options: [(value: "", label: words["report_desk_from_none"])] + templates
                        + earlier.map { (value: $0.0, label: "\($0.1.unit) \($0.1.label)") },
                    isRequired: true, help: words["report_desk_from_help"]),
                FormPart(
                    FormField(
                        "unit", words["reports_unit"],
                        .line(list: offices.map { ($0.code, $0.name) }),
                        value: unit.isEmpty ? offices.first?.code ?? "" : unit,
                        isRequired: true, help: words["report_desk_unit_help"],
                        faults: state.sentences("unit"), isFirst: state.isFirst("unit"),
                        near: NearChoice(state.faults, of: "unit", words.language))),
                state.line(
                    "period", words["reports_period"], isRequired: true,
                    help: words["report_desk_period_help"]),
                state.line(
                    "own_title", words["report_desk_own_title"],
                    help: words["report_desk_own_title_help"]),
            ], submit: words["report_desk_start"])
        return desk.site.show(
            FormPage(words["report_desk_new"], lead: words["report_desk_new_lead"], sheet),
            context, trail: desk.trail(words), status: state.status)
    }
}

extension ReportTemplate {
    /// The periods that reports are of.
    fileprivate static var shapes: [Period.Shape] { [.year, .half, .quarter, .month] }
}
