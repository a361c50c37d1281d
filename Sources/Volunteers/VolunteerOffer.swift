import Accounts
import Core
import Ledger
import Organization
import Storage

/// What a person offers: where, what they can do, and when they have time.
struct VolunteerOffer: Sendable {
    typealias ID = Core.ID<VolunteerOffer>

    let id: ID
    let person: Person.ID
    let unit: OrgUnit.ID
    let skills: Set<Skill>
    let times: Set<OfferTime>
    /// The record of their registration that this offer made; nil where it stood before.
    let record: Record.ID?
}

extension VolunteerOffer {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), person: try row.get("person_id"),
            unit: try row.get("unit_id"), skills: Self.read(try row.get("skills")),
            times: Self.read(try row.get("times")), record: try row.optional("record_id"))
    }

    /// Words with spaces between them, as a column keeps several choices.
    static func kept<Choice: RawRepresentable & CaseIterable & Hashable>(
        _ choices: Set<Choice>
    ) -> String where Choice.RawValue == String {
        Choice.allCases.filter(choices.contains).map(\.rawValue).joined(separator: " ")
    }

    private static func read<Choice: RawRepresentable & Hashable>(
        _ text: String
    ) -> Set<Choice> where Choice.RawValue == String {
        Set(text.split(separator: " ").compactMap { Choice(rawValue: String($0)) })
    }
}

/// Every statement on offers.
struct OfferStore {
    let db: Connection

    init(_ db: Connection) { self.db = db }

    /// What one of a person's entries offers now.
    func open(of persons: [Person.ID]) throws -> VolunteerOffer? {
        try db.first(
            """
            SELECT * FROM volunteer_offer
            WHERE person_id IN (\(values: persons)) AND ended_on IS NULL ORDER BY id LIMIT 1
            """
        ).map(VolunteerOffer.init)
    }

    /// Offers in some units, those that were made first before the others.
    ///
    /// - Parameter units: a query of one column, or a list.
    func open(in units: SQL) throws -> [VolunteerOffer] {
        try db.rows(
            """
            SELECT o.* FROM volunteer_offer o JOIN person p ON p.id = o.person_id
            WHERE o.ended_on IS NULL AND o.unit_id IN (\(units))
                AND p.erased_at IS NULL AND p.restricted_at IS NULL
            ORDER BY o.id LIMIT \(VolunteerLimits.compared)
            """
        ).map(VolunteerOffer.init)
    }

    func insert(
        _ offer: VolunteerOffer, account: Account.ID?, by actor: Actor, at moment: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO volunteer_offer (id, person_id, account_id, unit_id, skills, times,
                record_id, offered_by, offered_at)
            VALUES (\(offer.id), \(offer.person), \(account), \(offer.unit),
                \(VolunteerOffer.kept(offer.skills)), \(VolunteerOffer.kept(offer.times)),
                \(offer.record), \(actor.name), \(moment))
            """)
    }

    func end(_ offer: VolunteerOffer.ID, on day: Day) throws {
        try db.execute("UPDATE volunteer_offer SET ended_on = \(day) WHERE id = \(offer)")
    }
}
