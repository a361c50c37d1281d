import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Requests
import Storage
import Web

/// GET and POST /visits/desk/new. For whoever writes: offers the same hours on each chosen weekday
/// of some days, or on a single one.
struct OfferVisits: Sendable {
    let app: VisitServices

    static let fields: [String: SentField] = Dictionary(
        uniqueKeysWithValues: (["off"] + (1...7).map(weekday)).map { ($0, SentField.carried) })

    private static func weekday(_ number: Int) -> String { "weekday_\(number)" }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let offered = [
            "unit": try query.text("unit") ?? "", "form": try query.text("form") ?? "",
            "from": "\(try query.day("from") ?? app.visits.today + 1)", "starts": "09:00",
            "ends": "11:00", "minutes": "30", "capacity": "1",
        ]
        return try await page(FormState(context, offering: offered), context)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.app.submit(form, context, needs: .right(.write)) { acting, db in
            let offer = try read(form, acting, db)
            let slots = try app.visits.offer(offer, by: acting.actor, db)
            return Address.visitDesk.with("day", slots[0].day.description)
                .with("done", "visits_offered")
        } again: {
            try await page($0, context)
        }
    }

    @Sendable private func read(
        _ sent: Form, _ acting: ActingAccount, _ db: Connection
    ) throws -> VisitOffer {
        var reader = FormReader(sent)
        let units = try app.units(of: acting)
        let unit = reader.given(
            reader.optional("unit").flatMap { text in
                acting.structure.unit(naming: text, on: acting.today)
            }.flatMap { unit in units.first { $0.unit == unit.unit } }, "unit",
            missing: Wording(zh: "请选择您能填报的单位。", en: "Choose a unit in which you write."))
        let form = reader.given(
            reader.optional("form").flatMap(app.visits.form).flatMap {
                $0.agreement == nil ? $0 : nil
            }, "form", missing: Wording(zh: "请选择类别。", en: "Choose the sort."))
        let from = reader.firstDay("from")
        let until = reader.day("until")
        let times = reader.times("starts", "ends")
        let length = reader.number("minutes", 15...480)
        let capacity = reader.number("capacity", 1...VisitLimits.capacity)
        let worker = try app.worker(&reader, acting, in: unit?.unit, db)
        let purpose = reader.optional("purpose", upTo: VisitLimits.line)
        let service = reader.optional("service").flatMap { app.visits.services[$0]?.id }
        let place = reader.optional("place", upTo: VisitLimits.line) ?? ""
        let placeUnit = acting.structure.unit(naming: place, on: acting.today)
        if let form, form.sessions.contains(where: \.hasPlace), placeUnit == nil {
            reader.fault(
                "place", zh: "请写所到社区的名称或代码。", en: "Name the community that is visited.")
        }
        try reader.check()
        guard let unit, let form, let from, let times, let length, let capacity, let worker else {
            throw Refusal.notFound
        }
        let chosen = (1...7).filter { !sent.all(Self.weekday($0)).isEmpty }
        let last = min(until ?? from, acting.today + VisitLimits.days)
        let days = from <= last ? (0...(last.number - from.number)).map { from + $0 } : []
        var offer = VisitOffer(
            form, in: unit.unit, by: worker,
            on: days.filter { chosen.isEmpty || chosen.contains($0.weekday) },
            from: times.starts, to: times.ends, length: length)
        (offer.capacity, offer.service, offer.purpose) = (capacity, service, purpose)
        (offer.place, offer.placeUnit) = (placeUnit?.name ?? place, placeUnit?.unit)
        offer.isOffHours = !sent.all("off").isEmpty
        return offer
    }

    private func page(_ state: FormState, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let sheet = try await app.app.database.read { [app] db in
            let acting = try app.app.accounts.acting(context, db)
            let signIn = try AccountStore(db).find(acting.account)?.signIn ?? ""
            return Self.sheet(
                state, try app.units(of: acting), app.visits, worker: signIn, words, context)
        }
        return app.site.show(
            FormPage(words["visit_offer"], lead: words["visit_offer_lead"], sheet), context,
            trail: [Link(words["nav_visit_desk"], .visitDesk)], status: state.status)
    }

    private static func sheet(
        _ state: FormState, _ units: [UnitVersion], _ visits: Visits, worker: String,
        _ words: Words, _ context: AppContext
    ) -> FormSheet {
        let choose = [(value: "", label: words["ask_choose"])]
        let ticks = (1...7).map { number in
            FormPart.Ticks.Box(
                weekday(number), "1", words["weekday_\(number)"],
                isTicked: !state.value(weekday(number)).isEmpty)
        }
        let off = FormPart.Ticks.Box(
            "off", "1", words["visit_off"], isTicked: !state.value("off").isEmpty)
        return FormSheet(
            context.formHead(.offerVisits, keeping: state.form), state,
            [
                state.choice(
                    "unit", words["visits_unit"],
                    options: choose + units.map { (value: $0.code, label: $0.name) },
                    isRequired: true),
                state.choice(
                    "form", words["visit_form"],
                    options: choose
                        + visits.open.map { (value: $0.id, label: $0.name[words.language]) },
                    isRequired: true),
                state.line("from", words["field_from"], type: "date", isRequired: true),
                state.line(
                    "until", words["field_until"], type: "date", help: words["visit_until_help"]),
                FormPart(FormPart.Ticks(words["visit_weekdays"], ticks)),
                state.line("starts", words["field_starts"], type: "time", isRequired: true),
                state.line("ends", words["field_ends"], type: "time", isRequired: true),
                state.line(
                    "minutes", words["field_minutes"], type: "number", isRequired: true,
                    help: words["visit_minutes_help"]),
                state.line(
                    "capacity", words["field_capacity"], type: "number", isRequired: true),
                FormPart(FormPart.Ticks(words["visit_off_legend"], [off])),
                state.line("place", words["visit_place"], help: words["visit_place_help"]),
                state.choice(
                    "service", words["field_service"],
                    options: [(value: "", label: words["ask_none"])]
                        + visits.services.offered(on: visits.today).map {
                            (value: $0.id, label: $0.name[words.language])
                        }),
                state.line("purpose", words["visit_purpose"]),
                state.line("worker", words["field_worker"], help: workerHelp(worker, words)),
            ], submit: words["visit_offer_go"])
    }

    private static func workerHelp(_ signIn: String, _ words: Words) -> String {
        words["visit_worker_help", ["name": signIn]]
    }
}

extension VisitServices {
    /// Whoever works then: the reader unless another account is named that writes in the unit.
    func worker(
        _ reader: inout FormReader, _ acting: ActingAccount, in unit: OrgUnit.ID?,
        _ db: Connection
    ) throws -> Account.ID? {
        guard let text = reader.optional("worker") else { return acting.account }
        let found = try AccountStore(db).find(signIn: text)
        let other = try found.flatMap { try app.accounts.acting($0.id, db) }
        let may = unit.map { other?.may(.write, in: $0) ?? false } ?? true
        return reader.given(
            may ? found?.id : nil, "worker",
            missing: Wording(
                zh: "没有在这个单位能填报的这个账号。", en: "No such account writes in this unit."))
    }
}

extension FormReader {
    /// Two times of a day, in minutes.
    mutating func times(_ starts: String, _ ends: String) -> (starts: Int, ends: Int)? {
        guard let first = time(starts), let last = time(ends) else { return nil }
        return (first, last)
    }

    /// A time of the day, in minutes.
    mutating func time(_ name: String) -> Int? {
        let parts = optional(name).map { $0.split(separator: ":").compactMap { Int($0) } } ?? []
        let isTime =
            parts.count == 2 && (0...24).contains(parts[0]) && (0...59).contains(parts[1])
        return given(
            isTime ? parts[0] * 60 + parts[1] : nil, name,
            missing: Wording(zh: "时间应写作 09:00 的形式。", en: "Write the time like 09:00."))
    }

    /// A whole number within bounds.
    mutating func number(_ name: String, _ range: ClosedRange<Int>) -> Int? {
        given(
            optional(name).flatMap { Int(Folding.letters($0)) }.flatMap {
                range.contains($0) ? $0 : nil
            }, name,
            missing: Wording(
                zh: "请填\(range.lowerBound)到\(range.upperBound)之间的整数。",
                en: "Give a whole number from \(range.lowerBound) to \(range.upperBound)."))
    }
}
