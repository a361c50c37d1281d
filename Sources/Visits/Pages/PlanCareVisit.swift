import Accounts
import Core
import Hummingbird
import Ledger
import Requests
import Storage
import Web

/// GET and POST /visits/desk/care. For whoever stands on the list of the agreements: plans a visit
/// of care for somebody who agreed to it. The answer shows the code for the person visited, but to
/// nobody who calls themselves.
struct PlanCareVisit: Sendable {
    let app: VisitServices

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let offered = [
            "agreement": try query.text("agreement") ?? "",
            "day": "\(try query.day("day") ?? app.visits.today + 1)", "starts": "09:30",
            "minutes": "30",
        ]
        return try await page(FormState(context, offering: offered), context)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await context.mending(form) {
            let planned = try await app.app.database.write { [app] db in
                try plan(form, app, app.app.accounts.acting(context, db), db)
            }
            let words = app.site.words(context)
            let page = BookedVisitPage(planned.booked, secret: planned.isShown, words)
            return app.site.show(
                page, context, trail: [Link(words["nav_visit_desk"], .visitDesk)]
            ).unkept
        } again: {
            try await page($0, context)
        }
    }

    private func plan(
        _ form: Form, _ app: VisitServices, _ acting: ActingAccount, _ db: Connection
    ) throws -> (booked: Booked, isShown: Bool) {
        guard acting.may(.write) else { throw Refusal.notFound }
        var reader = FormReader(form)
        let agreement = reader.optional("agreement").flatMap { Record.ID($0) }
        let day = reader.given(
            reader.day("day"), "day", missing: Wording(zh: "请填写日期。", en: "Give the day."))
        let starts = reader.time("starts")
        let minutes = reader.number("minutes", 15...240)
        let unit = try agreement.flatMap {
            try RecordStore(db: db).find($0, in: .everything)?.unit
        }
        let worker = try app.worker(&reader, acting, in: unit, db)
        try reader.check()
        guard let day, let starts, let minutes, let worker else { throw Refusal.notFound }
        let booked = try app.visits.plan(
            CareVisit(
                agreement: agreement, day: day, starts: starts, minutes: minutes, worker: worker),
            form: form.key, by: acting, db)
        let slot = try VisitBookingStore(db).find(booked.id).flatMap {
            try VisitSlotStore(db).find($0.slot)
        }
        let isOwn = try slot.map { try app.visits.isWorker(acting, of: $0, db) } ?? true
        return (booked, !isOwn)
    }

    private func page(_ state: FormState, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            let acting = try app.app.accounts.acting(context, db)
            let forms = try app.visits.services.visits.filter {
                try $0.agreement != nil && app.visits.mayWrite($0, acting)
            }
            let agreed = try app.visits.agreements(
                in: app.units(of: acting).map(\.unit), forms, on: app.visits.today, db)
            let says = VisitSays(words, app.visits, acting.structure)
            let signIn = try AccountStore(db).find(acting.account)?.signIn ?? ""
            let sheet = FormSheet(
                context.formHead(.planCare, keeping: state.form), state,
                [
                    state.choice(
                        "agreement", words["field_agreement"],
                        options: [(value: "", label: words["ask_choose"])]
                            + agreed.map { one in
                                (
                                    value: one.id.text,
                                    label: words[
                                        "visit_agreed_line",
                                        ["household": one.household, "unit": says.unit(one.unit)]]
                                )
                            }, isRequired: true,
                        help: words[agreed.isEmpty ? "visit_agreed_none" : "visit_agreed_help"]),
                    state.line("day", words["field_day"], type: "date", isRequired: true),
                    state.line("starts", words["field_starts"], type: "time", isRequired: true),
                    state.line(
                        "minutes", words["field_minutes"], type: "number", isRequired: true),
                    state.line(
                        "worker", words["field_worker"],
                        help: words["visit_worker_help", ["name": signIn]]),
                ], submit: words["visit_care_go"])
            return FormPage(words["visit_care"], lead: words["visit_care_lead"], sheet)
        }
        return app.site.show(
            page, context, trail: [Link(words["nav_visit_desk"], .visitDesk)],
            status: state.status)
    }
}
