import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /visits/desk?unit=CODE&day=DAY. For whoever writes: today's appointments, made for a
/// telephone, and the hours of the days that follow.
struct ShowVisitDesk: Sendable {
    let app: VisitServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let (code, asked) = (try query.text("unit"), try query.day("day"))
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            let acting = try app.app.accounts.acting(context, db)
            let units = try app.units(of: acting)
            let chosen = try code.map { code -> UnitVersion in
                guard let unit = units.first(where: { $0.code == code }) else {
                    throw Refusal.notFound
                }
                return unit
            }
            let first = asked ?? app.visits.today
            let slots = try VisitSlotStore(db).list(
                in: chosen.map { [$0.unit] } ?? units.map(\.unit), from: first,
                through: first + VisitLimits.ahead
            ).filter { slot in
                try app.visits.form(slot.form).map { try app.visits.mayWrite($0, acting) } ?? false
            }
            let booked = try VisitBookingStore(db).list(of: slots.map(\.id))
            return VisitDeskPage(
                slots, booked, units, chosen, first,
                VisitSays(words, app.visits, acting.structure), own: acting.account)
        }
        return app.site.show(page, context)
    }
}

extension VisitServices {
    /// The units in which somebody offers hours or plans visits.
    func units(of acting: ActingAccount) throws -> [UnitVersion] {
        let offering = Set(visits.services.visits.flatMap(\.forms))
        return Array(
            acting.structure.units(.write, acting.access, on: acting.today)
                .filter { offering.contains($0.form) }.prefix(VisitLimits.units))
    }
}

/// The hours of the coming days, with how many booked.
struct VisitDeskPage: Page {
    static let template = "visits/desk"

    let title: String
    let lead: String
    let doors: [Link]
    let action: String
    let day: String
    let select: Select
    let nothing: String?
    let days: Listed<DeskDay>?

    struct DeskDay: Sendable {
        let dayName: String
        let slots: [Slot]
    }

    struct Slot: Sendable {
        let slotTime: String
        let slotHref: String
        let slotForm: String
        let slotUnit: String
        let slotPlace: String
        let slotCount: String
        let slotState: String?
        let slotOwn: String?
    }

    init(
        _ slots: [VisitSlot], _ booked: [VisitSlot.ID: [VisitBooking]], _ units: [UnitVersion],
        _ chosen: UnitVersion?, _ first: Day, _ says: VisitSays, own: Account.ID
    ) {
        let (words, visits) = (says.words, says.visits)
        func held(_ slot: VisitSlot) -> Int {
            (booked[slot.id] ?? []).filter { ![.cancelled, .withdrawn].contains($0.state) }.count
        }
        let today = slots.filter { $0.day == first && $0.state != .withdrawn }
        title = words["nav_visit_desk"]
        lead =
            words[
                "visit_desk_lead",
                ["day": says.day(first), "count": today.map(held).reduce(0, +).grouped]]
        doors = [
            Link(words["visit_offer"], .offerVisits), Link(words["visit_care"], .planCare),
            Link(words["visit_promises"], .visitPromises),
        ]
        action = Address.visitDesk.text
        day = first.description
        select = Select(
            name: "unit", label: words["visits_unit"], chosen: chosen?.code ?? "",
            options: [(value: "", label: words["visit_all_units"])]
                + units.map { (value: $0.code, label: $0.name) })
        nothing = slots.isEmpty ? words["visit_desk_none"] : nil
        let byDay = Dictionary(grouping: slots, by: \.day)
        days = Listed(
            byDay.keys.sorted().map { day in
                DeskDay(
                    dayName: says.day(day),
                    slots: (byDay[day] ?? []).map { slot in
                        Slot(
                            slotTime: slot.time, slotHref: Address.visitSlot(slot.id).text,
                            slotForm: says.form(slot), slotUnit: says.unit(slot.unit),
                            slotPlace: slot.place,
                            slotCount: words[
                                "visit_count",
                                ["booked": String(held(slot)), "places": String(slot.capacity)]],
                            slotState: slot.state == .offered && !visits.stands(slot)
                                ? words["visit_day_off"]
                                : slot.state == .offered
                                    ? nil : words["visit_slot_\(slot.state.rawValue)"],
                            slotOwn: slot.worker == own ? words["visit_own"] : nil)
                    })
            })
    }
}

/// What stands on the desk of whoever calls on people or receives them today.
func visitsOnDesk(_ visits: Visits) -> DeskParts {
    { context, words, db in
        guard let account = context.reader.account, context.reader.access.may(.write) else {
            return []
        }
        let slots = try VisitSlotStore(db).list(of: account, on: visits.today)
            .filter { $0.state == .offered }
        let bookings = try VisitBookingStore(db).list(of: slots.map(\.id))
            .mapValues { $0.filter { $0.state == .booked }.count }.filter { $0.value > 0 }
        guard !bookings.isEmpty else { return [] }
        let says = VisitSays(words, visits, try visits.district.structure(db))
        return [
            DeskPart(
                .soon, words["visit_desk_today"], count: bookings.values.reduce(0, +),
                lines: slots.filter { bookings[$0.id] != nil }.map { slot in
                    DeskPart.Line(
                        tag: slot.time, label: says.form(slot),
                        note: [says.unit(slot.unit), slot.place].filter { !$0.isEmpty }
                            .joined(separator: words.comma),
                        href: Address.visitSlot(slot.id).text)
                }, all: Link(words["visit_desk_all"], .visitDesk))
        ]
    }
}
