import Core
import Hummingbird
import Ledger
import Organization
import Web

/// GET /visits?unit=CODE. For everybody: the hours that a unit offers and that are free.
struct ChooseVisit: Sendable {
    let app: VisitServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let code = try Query(request).text("unit")
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            let visits = app.visits
            let structure = try visits.district.structure(db)
            let day = visits.today
            let units = try VisitSlotStore(db).units(
                visits.open.map(\.id), from: day, through: day + VisitLimits.days
            ).compactMap { structure.version($0, on: day) }
                .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
            let chosen = code.flatMap { code in units.first { $0.code == code } }
            let free = try chosen.map { try visits.free(in: $0.unit, db) } ?? []
            return ChooseVisitPage(
                free, units, chosen, VisitSays(words, visits, structure))
        }
        return app.site.show(page, context)
    }
}

/// The free hours of a unit, day by day.
struct ChooseVisitPage: Page {
    static let template = "visits/choose"

    let title: String
    let lead: String
    let action: String
    let select: Select?
    let nothing: String?
    let days: Listed<FreeDay>?
    let statusHref: String

    struct FreeDay: Sendable {
        let dayName: String
        let slots: [Slot]
    }

    struct Slot: Sendable {
        let slotTime: String
        let slotHref: String
        let slotForm: String
        let slotPurpose: String?
        let slotPlace: String?
    }

    init(
        _ free: [VisitSlot], _ units: [UnitVersion], _ chosen: UnitVersion?, _ says: VisitSays
    ) {
        let words = says.words
        title = words["visits_title"]
        lead = words["visits_lead"]
        action = Address.visits.text
        select =
            units.isEmpty
            ? nil
            : Select(
                name: "unit", label: words["visits_unit"], chosen: chosen?.code ?? "",
                options: [(value: "", label: words["ask_choose"])]
                    + units.map { (value: $0.code, label: $0.name) })
        nothing =
            units.isEmpty
            ? words["visits_none"]
            : chosen != nil && free.isEmpty ? words["visits_full"] : nil
        let byDay = Dictionary(grouping: free, by: \.day)
        days = Listed(
            byDay.keys.sorted().map { day in
                FreeDay(
                    dayName: says.day(day),
                    slots: (byDay[day] ?? []).map { slot in
                        Slot(
                            slotTime: slot.time, slotHref: Address.bookVisit(slot.id).text,
                            slotForm: says.form(slot), slotPurpose: says.purpose(slot),
                            slotPlace: slot.place.isEmpty ? nil : slot.place)
                    })
            })
        statusHref = Address.visitStatus.text
    }
}
