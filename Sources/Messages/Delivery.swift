import Accounts
import Core
import Storage

/// That something is to reach one place: a letter to an address, or an event to a program. There is
/// one for each event and place, however often it is asked for.
package struct Delivery: Sendable {
    package typealias ID = Core.ID<Delivery>

    /// By which way it goes.
    package enum Channel: String, Sendable, CaseIterable { case mail, webhook }

    /// What became of it.
    package enum State: String, Sendable, CaseIterable {
        case waiting
        /// A program has it under way; behind its time another takes it up.
        case sending
        case sent
        /// It was tried as often as it may be, or refused for good.
        case dead
        /// Whoever it was for wants it no longer.
        case dropped
    }

    /// What is sent that nobody chooses: the code that shows whose an address is.
    static let codeEvent = Message.Event("mail_code")

    package let id: ID
    /// What tells one event from another, the same at every place that it goes to.
    let key: String
    let event: Message.Event
    let channel: Channel
    let place: String
    /// Whose address it is; nil for a program.
    let account: Account.ID?
    let state: State
    package let tries: Int
    let nextAt: Moment
    let madeAt: Moment
    let fault: DeliveryFault.Kind?
    /// What is sent, sealed; empty once it has arrived.
    let body: String

    init(_ row: Row) throws {
        id = try row.get("id")
        key = try row.get("event_key")
        event = Message.Event(try row.get("event"))
        channel = Channel(rawValue: try row.get("channel")) ?? .mail
        place = try row.get("destination")
        account = try row.optional("account_id")
        state = State(rawValue: try row.get("state")) ?? .dead
        tries = try row.get("tries")
        nextAt = try row.get("next_at")
        madeAt = try row.get("made_at")
        fault = try row.optional("fault", as: String.self).flatMap(DeliveryFault.Kind.init)
        body = try row.get("body")
    }

    /// Where letters to an address go, by the mark of the address.
    static func place(ofMark mark: String) -> String { "mail:" + mark }

    static func place(of webhook: Webhook.ID) -> String { "webhook:" + webhook.text }

    /// The program it goes to; nil for a letter.
    var webhook: Webhook.ID? {
        channel == .webhook ? Webhook.ID(String(place.dropFirst("webhook:".count))) : nil
    }

    /// What its body is sealed for.
    static func sealName(_ id: ID) -> String { "delivery \(id)" }

    /// How long it rests after so many tries. The chance keeps what failed together from coming
    /// back together.
    ///
    /// - Parameter chance: from 0 to 99.
    static func restSeconds(after tries: Int, chance: Int64) -> Int64 {
        let rests = MessageLimits.restSeconds
        let rest = rests[min(max(tries, 1), rests.count) - 1]
        let spread = rest * MessageLimits.jitterPercent / 100
        return rest - spread + 2 * spread * chance / 99
    }
}
