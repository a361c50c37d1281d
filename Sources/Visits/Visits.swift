import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Requests
import Storage

/// The appointments of a district: hours that units offer, who booked them, and visits that rest on
/// an agreement.
package struct Visits: Sendable {
    package let district: District
    package let services: ServiceCatalogue
    let gate: FilingGate

    package init(_ requests: Requests) {
        district = requests.district
        services = requests.services
        gate = FilingGate(now: requests.district.now)
    }

    var secrets: RequestSecret { RequestSecret(district, of: "visit") }
    var today: Day { district.now().day }

    func form(_ id: String) -> VisitForm? { services.visits.first { $0.id == id } }

    /// The sorts that everybody may book.
    var open: [VisitForm] { services.visits.filter { $0.agreement == nil } }

    /// The sorts that a form of unit offers.
    func forms(of unit: UnitVersion) -> [VisitForm] {
        services.visits.filter { $0.forms.contains(unit.form) }
    }

    /// Whether hours on this day stand: on a day off only those offered as off-hours, also where
    /// the holiday was announced after them.
    package func stands(_ slot: VisitSlot) -> Bool {
        slot.state == .offered
            && (slot.isOffHours || district.catalogue.calendar.isWorkingDay(slot.day))
    }

    /// Whether somebody can still book: what has begun is not booked any more.
    package func isBookable(_ slot: VisitSlot) -> Bool {
        stands(slot) && district.now() < slot.begins && form(slot.form)?.agreement == nil
    }

    /// The hours with a place left that everybody may book.
    package func free(in unit: OrgUnit.ID?, _ db: Connection) throws -> [VisitSlot] {
        try VisitSlotStore(db).free(
            open.map(\.id), in: unit, from: today, through: today + VisitLimits.days
        ).filter(isBookable)
    }

    /// The hours and their unit, for whoever may write there.
    func slot(
        _ id: VisitSlot.ID, for acting: ActingAccount, _ db: Connection
    ) throws -> VisitSlot {
        guard let slot = try VisitSlotStore(db).find(id), acting.may(.write, in: slot.unit),
            let form = form(slot.form), try mayWrite(form, acting)
        else { throw Refusal.notFound }
        return slot
    }

    /// Whoever plans visits of care stands on the list of the agreements.
    func mayWrite(_ form: VisitForm, _ acting: ActingAccount) throws -> Bool {
        guard let agreement = form.agreement else { return acting.may(.write) }
        return district.catalogue.kinds[agreement.kind].map(acting.mayWrite) ?? false
    }

    /// Whether an account is the one who calls, under whatever account of theirs.
    func isWorker(_ acting: ActingAccount, of slot: VisitSlot, _ db: Connection) throws -> Bool {
        if slot.worker == acting.account { return true }
        let accounts = AccountStore(db)
        guard let own = try accounts.person(of: acting.account) else { return false }
        return try accounts.person(of: slot.worker) == own
    }
}
