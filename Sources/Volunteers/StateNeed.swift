import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /volunteers/new. For who writes for a unit: says what hands are needed for, where,
/// when and how many.
struct StateNeed: Sendable {
    let desk: VolunteerDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(
            context,
            FormState(
                context,
                offering: [
                    "need_day": (desk.app.today + 7).description, "need_from": "09:00",
                    "need_minutes": "120", "need_hands": "10",
                ]))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await desk.app.submit(form, context, needs: .right(.write)) {
            [desk] acting, db in
            let need = try Self.read(form, desk.offices(acting), today: acting.today)
            try NeedStore(db).insert(need, by: acting.actor, at: acting.moment)
            try desk.note("volunteer.need_stated", need.id.text, acting, db)
            return Address.need(need.id).with("done", "volunteer_need")
        } again: {
            try await page(context, $0)
        }
    }

    private static func read(
        _ form: Form, _ offices: [UnitVersion], today: Day
    ) throws(Refusal) -> VolunteerNeed {
        var reader = FormReader(form)
        let code = reader.optional("unit")
        let unit = reader.given(
            offices.count == 1 ? offices[0] : offices.first { $0.code == code }, "unit")
        let title = reader.line("need_title", upTo: VolunteerLimits.titleCharacters)
        let place = reader.line("need_place", upTo: VolunteerLimits.titleCharacters)
        let skill = reader.choice(
            "need_skill", as: Skill.self,
            missing: Wording(zh: "请选择需要的技能。", en: "Choose what is needed."))
        let day = Reading.day(reader.line("need_day"))
        if day.map({ (today...(today + VolunteerLimits.daysAhead)).contains($0) }) != true {
            reader.fault(
                "need_day", zh: "请填今天起一年内的日期。", en: "Write a day within a year from today.")
        }
        let from = Reading.minute(reader.line("need_from"))
        if from == nil {
            reader.fault("need_from", zh: "请填时间，如 09:00。", en: "Write a time, such as 09:00.")
        }
        let minutes = number(&reader, "need_minutes", VolunteerLimits.minutes)
        let hands = number(&reader, "need_hands", VolunteerLimits.hands)
        try reader.check()
        guard let unit, let skill, let day, let from, let minutes, let hands else {
            throw .notFound
        }
        return VolunteerNeed(
            id: .make(), unit: unit.unit, title: title, place: place, skill: skill, heldOn: day,
            startsAt: from, minutes: minutes, hands: hands)
    }

    /// A whole number from one on.
    static func number(_ reader: inout FormReader, _ name: String, _ most: Int) -> Int? {
        let number = Int(reader.optional(name) ?? "")
        guard let number, (1...most).contains(number) else {
            reader.fault(
                name, zh: "请填1到\(most)的整数。", en: "Write a whole number from 1 to \(most).")
            return nil
        }
        return number
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let words = desk.site.words(context)
        let offices = try await desk.app.database.read { [desk] db in
            try desk.app.accounts.acting(context.reader, db).map(desk.offices) ?? []
        }
        guard !offices.isEmpty else { throw Refusal.notFound }
        var parts: [FormPart] = []
        if offices.count > 1 {
            parts.append(
                state.choice(
                    "unit", words["volunteers_unit"], options: offices.map { ($0.code, $0.name) },
                    isRequired: true))
        }
        parts += [
            state.line(
                "need_title", words["field_need_title"], isRequired: true,
                help: words["volunteers_title_help"], opens: true),
            state.line("need_place", words["field_need_place"], isRequired: true),
            state.choice(
                "need_skill", words["field_need_skill"],
                options: words.options(Skill.allCases, "volunteer_skill"), isRequired: true),
            state.line("need_day", words["field_need_day"], type: "date", isRequired: true),
            state.line("need_from", words["field_need_from"], type: "time", isRequired: true),
            state.line(
                "need_minutes", words["field_need_minutes"], isRequired: true,
                inputmode: "numeric"),
            state.line(
                "need_hands", words["field_need_hands"], isRequired: true,
                help: words["volunteers_hands_help"], inputmode: "numeric"),
        ]
        return desk.site.show(
            FormPage(
                words["volunteers_new"], lead: words["volunteers_new_lead"],
                FormSheet(
                    context.formHead(.newNeed, keeping: state.form), state, parts,
                    submit: words["volunteers_new_go"])),
            context, trail: desk.trail(words), status: state.status)
    }
}
