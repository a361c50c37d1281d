import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Requests
import Storage
import Visits

/// The hours that a demonstration offers around the day it is made, and some that are booked.
///
/// ```yaml
/// visits:
///   - {form: home, unit: "410102001001", worker: clerk, days: ["0", "1"], from: 9, to: 11}
/// ```
struct DemonstrationVisits {
    private let visits: Visits

    init(_ district: District) throws { visits = Visits(try Requests(district)) }

    /// Offers the hours of a file; none where the district has some already.
    ///
    /// - Throws: `BrokenCatalogue` for a file that is not understood.
    func offer(from path: String) async throws -> Int {
        let faults = FaultList()
        let said =
            document(path, faults)
            .flatMap { Mapping($0, file: "visits.yaml", faults: faults) }?
            .items("visits").map(SaidHours.init) ?? []
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
        return try await visits.district.database.write { [visits] db in
            let today = visits.district.now().day
            let first = try db.value("SELECT MIN(id) FROM visit_slot", as: String.self)
            guard first == nil else { return 0 }
            let structure = try visits.district.structure(db)
            var count = 0
            for one in said {
                guard let form = visits.services.visits.first(where: { $0.id == one.form }),
                    let unit = structure.unit(naming: one.unit, on: today),
                    let worker = try AccountStore(db).find(signIn: one.worker)
                else { continue }
                var offer = VisitOffer(
                    form, in: unit.unit, by: worker.id, on: one.days.map { today + $0 },
                    from: one.from * 60, to: one.to * 60, length: 30)
                offer.isOffHours = true
                offer.place = one.place ?? ""
                let slots = try visits.offer(offer, by: .command(), db)
                count += slots.count
                guard let words = one.booked, let slot = slots.first(where: visits.isBookable)
                else { continue }
                let booked = BookingWords(
                    words: words, address: "1号楼2单元301", contact: "000-0000")
                _ = try visits.book(
                    slot.id, booked, form: "demonstration \(words)", by: .visitor, db)
            }
            return count
        }
    }
}

/// Hours as the file says them.
private struct SaidHours: Sendable {
    let form: String
    let unit: String
    let worker: String
    /// Counted from the day on which the demonstration is made.
    let days: [Int]
    let from: Int
    let to: Int
    let place: String?
    let booked: String?

    init(_ mapping: Mapping) {
        form = mapping.requiredText("form")
        unit = mapping.requiredText("unit")
        worker = mapping.requiredText("worker")
        days = mapping.words("days").compactMap { Int($0) }
        from = mapping.integer("from") ?? 9
        to = mapping.integer("to") ?? 10
        place = mapping.text("place")
        booked = mapping.text("booked")
        mapping.close()
    }
}
