import Core
import Storage
import Web

/// A page that somebody wants to find again under a name of their own: the address says what is
/// asked, so the answer is always today's, and never more than its reader may see.
package struct SavedView: Sendable {
    typealias ID = Core.ID<SavedView>

    let id: ID
    package let name: String
    package let address: String
    let place: Place
    let madeAt: Moment

    /// Where it stands beside the list of its owner.
    package enum Place: String, Sendable, CaseIterable {
        case list, desk
        /// On the home page, for everybody: for those who answer for the district's reports.
        case home
    }

    /// The most of one account, and the most that the home page shows.
    static let limit = 50
    static let homeLimit = 6
    /// The longest name, in characters.
    static let nameCharacters = 40

    init(_ row: Row) throws {
        id = try row.get("id")
        name = try row.get("name")
        address = try row.get("address")
        place = Place(rawValue: try row.get("place")) ?? .list
        madeAt = try row.get("made_at")
    }
}

/// Every statement on saved views.
package struct SavedViewStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    func list(of account: Account.ID) throws -> [SavedView] {
        try db.rows(
            """
            SELECT * FROM saved_view WHERE account_id = \(account)
            ORDER BY made_at, id LIMIT \(SavedView.limit)
            """
        ).map(SavedView.init)
    }

    /// What stands on the home page, the oldest first.
    package func onHome() throws -> [SavedView] {
        try db.rows(
            """
            SELECT * FROM saved_view WHERE place = \(SavedView.Place.home.rawValue)
            ORDER BY made_at, id LIMIT \(SavedView.homeLimit)
            """
        ).map(SavedView.init)
    }

    func countOnHome() throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM saved_view WHERE place = \(SavedView.Place.home.rawValue)
            """, as: Int.self) ?? 0
    }

    func find(_ address: String, of account: Account.ID) throws -> SavedView? {
        try db.first(
            """
            SELECT * FROM saved_view WHERE account_id = \(account) AND address = \(address)
            """
        ).map(SavedView.init)
    }

    func find(_ id: SavedView.ID, of account: Account.ID) throws -> SavedView? {
        try db.first(
            "SELECT * FROM saved_view WHERE id = \(id) AND account_id = \(account)"
        ).map(SavedView.init)
    }

    func insert(
        _ id: SavedView.ID, of account: Account.ID, name: String, address: String,
        place: SavedView.Place, at moment: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO saved_view (id, account_id, name, address, place, made_at)
            VALUES (\(id), \(account), \(name), \(address), \(place.rawValue), \(moment))
            """)
    }

    func change(_ id: SavedView.ID, name: String, place: SavedView.Place) throws {
        try db.execute(
            "UPDATE saved_view SET name = \(name), place = \(place.rawValue) WHERE id = \(id)")
    }

    func remove(_ id: SavedView.ID) throws {
        try db.execute("DELETE FROM saved_view WHERE id = \(id)")
    }

    /// Takes away what accounts that were disabled had saved.
    func sweep() throws -> Int {
        try db.execute(
            """
            DELETE FROM saved_view WHERE account_id IN (
                SELECT a.id FROM account a WHERE a.disabled_at IS NOT NULL)
            """)
    }
}
