import Accounts
import Core
import Foundation
import Storage

/// A program elsewhere that is told what happened: by identities and kinds alone, never by words
/// about anybody.
package struct Webhook: Sendable {
    package typealias ID = Core.ID<Webhook>

    let id: ID
    let name: String
    /// Where it is called.
    let url: String
    let sealedSecret: String
    let madeAt: Moment

    init(_ row: Row) throws {
        id = try row.get("id")
        name = try row.get("name")
        url = try row.get("url")
        sealedSecret = try row.get("secret")
        madeAt = try row.get("made_at")
    }

    /// What its secret is sealed for.
    static func sealName(_ id: ID) -> String { "webhook \(id)" }

    /// Whether an address can be one: over HTTPS, or plain to a network of the district's own, and
    /// with nothing in it that is a secret.
    package static func isAddress(_ text: String, reach: [NetworkRange]) -> Bool {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.fragment == nil,
            parts.port.map({ (1...65_535).contains($0) }) ?? true
        else { return false }
        let address = NetworkAddress(host)
        if let address, !allows(address, reach: reach) { return false }
        switch parts.scheme {
        case "https": return true
        case "http": return address.map { !$0.isPublic } ?? false
        default: return false
        }
    }

    /// Whether an address may be called: a public one, or one of a network that is listed.
    static func allows(_ address: NetworkAddress, reach: [NetworkRange]) -> Bool {
        address.isPublic || reach.contains { $0.contains(address) }
    }
}

/// Every statement on the programs that are told.
struct WebhookStore {
    let db: Connection

    init(_ db: Connection) { self.db = db }

    func list() throws -> [Webhook] {
        try db.rows("SELECT * FROM webhook ORDER BY made_at, id LIMIT \(MessageLimits.webhooks)")
            .map(Webhook.init)
    }

    func find(_ id: Webhook.ID) throws -> Webhook? {
        try db.first("SELECT * FROM webhook WHERE id = \(id)").map(Webhook.init)
    }

    func insert(
        _ id: Webhook.ID, name: String, url: String, secret: String, by actor: Actor,
        at moment: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO webhook (id, name, url, secret, made_by, made_at)
            VALUES (\(id), \(name), \(url), \(secret), \(actor.name), \(moment))
            """)
    }

    /// Takes one away, and what still waits for it; false where there is none such.
    func remove(_ id: Webhook.ID) throws -> Bool {
        try db.execute("DELETE FROM delivery WHERE destination = \(Delivery.place(of: id))")
        return try db.execute("DELETE FROM webhook WHERE id = \(id)") == 1
    }
}
