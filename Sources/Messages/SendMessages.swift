import Core
import Ledger
import Storage

/// The background work: looks for messages that nobody looked at, writes digests, and sends what is
/// to go out, each at most as often as it may.
///
/// What is sent is marked behind it. A stop in between leaves it under way, and it is sent again
/// behind its time, under the same identity, by which whoever receives it can tell.
struct SendMessages: Sendable {
    let messages: Messages
    static let job = "message_send"

    private var database: Database { messages.district.database }

    func run(_ progress: JobKind.Progress) async throws {
        while try await plan({ try $0.relay() }) {}
        while try await plan({ try $0.digests() }) {}
        var silent: Set<String> = []
        for done in 0..<MessageLimits.sentAtOnce {
            try Task.checkCancellation()
            guard let found = try await take(without: silent) else { return }
            progress(done, MessageLimits.sentAtOnce)
            guard case .taken(let delivery) = found else { continue }
            if let fault = try await send(delivery), fault.isOfPlace {
                silent.insert(
                    delivery.channel == .mail ? Delivery.Channel.mail.rawValue : delivery.place)
            }
        }
        // There may be more: another look follows at once.
        let moment = messages.district.now()
        try await database.write { try JobStore($0).ask(Self.job, at: moment) }
    }

    private func plan(
        _ work: @escaping @Sendable (MessagePlan) throws -> Bool
    ) async throws -> Bool {
        try Task.checkCancellation()
        return try await database.write { [messages] db in try work(MessagePlan(messages, db)) }
    }

    /// What came of looking at the next delivery.
    private enum Found: Sendable {
        case taken(Delivery)
        /// It is for nobody any longer, or has to wait.
        case passed
    }

    /// Takes the next delivery up; nil where none is to be sent now.
    private func take(without silent: Set<String>) async throws -> Found? {
        try await database.write { [messages] db -> Found? in
            let moment = messages.district.now()
            let store = DeliveryStore(db)
            guard let next = try store.next(at: moment, without: silent) else { return nil }
            guard try messages.isWanted(next, at: moment, db) else {
                try store.drop(next, at: moment)
                return .passed
            }
            let hour = moment.later(seconds: -3_600)
            if next.channel == .mail,
                try store.sent(to: next.place, since: hour) >= MessageLimits.lettersPerHour
            {
                try store.postpone(next, to: moment.later(seconds: 3_600))
                return .passed
            }
            return try store.take(next, at: moment) ? .taken(next) : .passed
        }
    }

    /// Sends it and writes down what came of it.
    private func send(_ delivery: Delivery) async throws -> DeliveryFault? {
        var fault: DeliveryFault?
        do {
            try await messages.carry(delivery)
        } catch let found as DeliveryFault {
            fault = found
        }
        let (tries, moment) = (delivery.tries + 1, messages.district.now())
        let rest = Delivery.restSeconds(after: tries, chance: Int64.random(in: 0...99))
        try await database.write { [fault] db in
            try DeliveryStore(db).finish(
                delivery.id, tries: tries, fault, rest: rest, at: moment)
        }
        return fault
    }
}
